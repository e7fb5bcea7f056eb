package org.adjoint.check;

import java.util.List;

/** How function and derivative are called in the source that a report prints. */
record Names(String of, List<String> arguments) {

    static final Names UNKNOWN = new Names("f", List.of("g"));
}
