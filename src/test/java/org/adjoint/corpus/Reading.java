package org.adjoint.corpus;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.adjoint.algebra.Equality;
import org.adjoint.algebra.Proof;
import org.adjoint.expr.Expr;
import org.adjoint.lang.Dialect;
import org.adjoint.lang.Elaborator;
import org.adjoint.lang.Environment;
import org.adjoint.lang.Parser;
import org.adjoint.lang.Problem;
import org.adjoint.lang.Source;
import org.adjoint.verify.DerivedOperators;
import org.adjoint.verify.Verifier;

/** Two texts of one case read by the engine, and proved equal by it. */
final class Reading {
    /** All facts of a case and their words; a proof may use also those that the question does not mention. */
    static final Map<String, String> FACTS = facts();

    private Reading() {
    }

    private static Map<String, String> facts() {
        Map<String, String> facts = new HashMap<>(Map.of("inv", "invertible", "sym", "symmetric", "spd", "spd",
                "pos", "positive", "unit", "unit", "onehot", "onehot", "prob", "probability", "int", "integer"));
        facts.put("pm1", "pm1");
        facts.put("01", "01");
        return facts;
    }

    /** A proof that the two answers to the case are equal for every size. */
    static Optional<Proof> proof(Case each, String one, String other) {
        return Verifier.DEFAULT_BUDGET.call(() -> {
            Elaborator elaborator = reader(each);
            return Equality.prove(read(elaborator, one), read(elaborator, other));
        });
    }

    /** A reader that knows the variables of a case with all their facts. */
    static Elaborator reader(Case each) {
        Elaborator elaborator = new Elaborator(new Environment(), new DerivedOperators(), Dialect.MATLAB, Set.of());
        for (String shape : Answer.shapes(each, FACTS)) {
            List<Problem> problems = elaborator.statement(Parser.shape(Source.of("--shape", shape)));
            if (!problems.isEmpty()) {
                throw new IllegalArgumentException(problems.get(0).render());
            }
        }
        return elaborator;
    }

    static Expr read(Elaborator elaborator, String text) {
        return elaborator.tensor(Parser.expression(Source.of("<answer>", text), Dialect.MATLAB)).expr();
    }
}
