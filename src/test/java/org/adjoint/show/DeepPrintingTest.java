package org.adjoint.show;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.adjoint.expr.Definitions;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Functions;
import org.adjoint.expr.Shape;
import org.adjoint.expr.Variable;
import org.adjoint.show.code.CodeLanguage;
import org.adjoint.show.code.Routine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Deep graphs: nothing recurses over their depth, and a part is looked at once, however many parts there are. */
class DeepPrintingTest {
    private static final int DEEP = 100_000;
    private static final int NAMED = 2_500;

    /** {@code sin(sin(… x))}. */
    private static Expr tower() {
        Expr e = Variable.of("x", Shape.of("n"));
        for (int k = 0; k < DEEP; k++) {
            e = Functions.SIN.apply(e);
        }
        return e;
    }

    /** {@code xₖ₊₁ = x₀ tanh(xₖ) + xₖ}: every step is used twice and wants the same name. */
    private static Expr ladder() {
        Variable x = Variable.scalar("x");
        Expr e = x;
        for (int k = 0; k < NAMED; k++) {
            Expr h = Functions.TANH.apply(e);
            e = h.times(h.plus(x)).plus(e);
        }
        return e;
    }

    @Test
    void aTowerIsPrintedInEveryNotation() {
        Expr tower = tower();
        int all = 2 * DEEP;
        for (Printer printer : List.of(new TextPrinter(all, all), new UnicodePrinter(all, all),
                new LatexPrinter(all, all), new MatlabPrinter(all, all))) {
            String text = printer.print(tower);
            assertThat(text.split("sin", -1)).as(printer.getClass().getSimpleName()).hasSize(DEEP + 1);
        }
        assertThat(Dot.of(tower)).contains("sin");
    }

    @ParameterizedTest
    @EnumSource
    void aTowerIsWrittenInEveryLanguage(CodeLanguage language) {
        String program = language.write(new Routine("value_and_gradients", "sin of sin",
                List.of(new Routine.Result("value", tower())), Definitions.NONE, List.of()));
        assertThat(program.split("sin", -1)).hasSizeGreaterThan(DEEP);
    }

    /** Two parts with one name would be a wrong formula. */
    @Test
    void everyPartHasANameOfItsOwn() {
        Expr ladder = ladder();
        int all = 10 * NAMED;
        for (Printer printer : List.of(new TextPrinter(all, all), new UnicodePrinter(all, all),
                new LatexPrinter(all, all))) {
            List<String> names = printer.printed(ladder).where().stream().map(Printed.Shared::name).toList();
            assertThat(names).hasSizeGreaterThan(NAMED).doesNotHaveDuplicates();
        }
    }
}
