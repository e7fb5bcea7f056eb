package org.adjoint.check;

import java.util.Arrays;
import java.util.stream.Collectors;

/** Arrays in messages: exact, so that they can be pasted back. */
final class Text {

    private static final int LONGEST = 16;

    private Text() {}

    static String of(double[] values) {
        var shown = Arrays.stream(values).limit(LONGEST).mapToObj(Snippet::number).collect(Collectors.joining(", "));
        return values.length <= LONGEST ? "{" + shown + "}"
                : "{" + shown + ", ... " + (values.length - LONGEST) + " more}";
    }
}
