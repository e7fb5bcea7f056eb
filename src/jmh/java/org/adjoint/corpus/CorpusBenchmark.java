package org.adjoint.corpus;

import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.adjoint.derive.Derivation;
import org.adjoint.derive.Derived;
import org.adjoint.derive.Deriver;
import org.adjoint.derive.Layout;
import org.adjoint.derive.Refused;
import org.adjoint.expr.Definitions;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Walk;
import org.adjoint.lang.Elaborator;
import org.adjoint.show.MatlabPrinter;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Published derivatives of several kinds: read, derived, presented, proved, held against differences, printed; and proved equal
 * to the published form.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class CorpusBenchmark {
    /** A quadratic form, least squares, a log-determinant, a trace, attention, layer normalisation, a Hessian, a convolution. */
    @Param({"c081", "b_19", "c055l", "c126b", "a_32", "a_40", "l_7", "v_20"})
    private String id = "c081";

    private Case each = Case.own().get(0);

    @Setup
    public void choose() {
        each = Case.own().stream().filter(row -> row.id().equals(id)).findFirst().orElseThrow();
    }

    /** From the text of the question to the text of the answer. */
    @Benchmark
    public String derive() {
        Elaborator reader = Reading.reader(each);
        Expr f = Reading.read(reader, each.expression());
        Derivation derivation = new Deriver(Definitions.NONE, 1).derive(f,
                Walk.variables(List.of(f)).stream().filter(v -> v.name().equals(each.wrt())).findFirst().orElseThrow(),
                Layout.valueOf(each.layout().toUpperCase(Locale.ROOT)));
        return switch (derivation) {
            case Derived derived -> new MatlabPrinter().print(derived.value());
            case Refused refused -> throw new IllegalStateException(refused.reason());
        };
    }

    /** The published form, written as twice itself less itself, against itself. */
    @Benchmark
    public boolean prove() {
        String twice = "2*(" + each.expected() + ")-(" + each.expected() + ")";
        return Reading.proof(each, each.expected(), twice).isPresent();
    }
}
