package org.adjoint.algebra;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** All laws by name; each table is a theme. One test evaluates both sides of every one, and demands that it is proved. */
public final class Laws {
    private static final List<Law> ALL = Stream.of(SumLaws.all(), PowerLaws.all(), CancellationLaws.all(),
            ExpLogLaws.all(), SigmoidLaws.all(), SoftmaxLaws.all(), IndicatorLaws.all(), FactLaws.all(),
            MatrixLaws.all(), InverseLaws.all(), MatrixFunctionLaws.all(), TrigonometryLaws.all(), WindowLaws.all(),
            FunctionLaws.all(),
            StructureLaws.all())
            .flatMap(List::stream).toList();

    private Laws() {
    }

    public static List<Law> all() {
        return ALL;
    }

    /** The law of that name. */
    public static Optional<Law> named(String name) {
        return ALL.stream().filter(law -> law.name().equals(name)).findFirst();
    }
}
