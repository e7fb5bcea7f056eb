package org.adjoint.cli;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.adjoint.derive.Condition;
import org.adjoint.derive.Derivation;
import org.adjoint.derive.Derived;
import org.adjoint.derive.Layout;
import org.adjoint.derive.Refused;
import org.adjoint.expr.Definitions;
import org.adjoint.expr.Expr;
import org.adjoint.show.code.CodeLanguage;
import org.adjoint.show.code.Routine;

/** What {@code adjoint derive} tells in a programming language: one function that returns the value and every derivative. */
final class CodeReport {
    private CodeReport() {
    }

    static String of(String source, Expr f, List<Derivation> results, Definitions definitions, CodeLanguage language) {
        List<Routine.Result> returned = new ArrayList<>();
        returned.add(new Routine.Result("value", f));
        Set<String> notes = new LinkedHashSet<>();
        String derivatives = "gradients";
        for (Derivation result : results) {
            switch (result) {
                case Derived derived -> {
                    String prefix = prefix(derived.layout());
                    derivatives = prefix.equals("grad") ? "gradients" : prefix + "s";
                    returned.add(new Routine.Result(prefix + "_" + derived.wrt().name(), derived.value()));
                    for (Condition condition : derived.conditions()) {
                        notes.add(condition.text(OutputFormat.TEXT::print));
                    }
                }
                case Refused refused -> notes
                        .add("the derivative by " + refused.wrt().name() + " is refused: " + refused.reason());
            }
        }
        return language.write(
                new Routine("value_and_" + derivatives, source, returned, definitions, List.copyOf(notes)));
    }

    private static String prefix(Layout layout) {
        return switch (layout) {
            case GRADIENT -> "grad";
            case JACOBIAN, HESSIAN, JACVEC, HESSVEC, SYMGRADIENT, DSCALAR -> layout.name().toLowerCase(Locale.ROOT);
        };
    }
}
