package org.adjoint.symja;

import java.util.List;
import java.util.Optional;
import org.adjoint.algebra.ScalarOracle;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Variable;
import org.matheclipse.core.expression.F;
import org.matheclipse.core.interfaces.IExpr;

/** Asks Symja, on a thread of its own. This class loads nothing of Symja before the first question. */
public final class SymjaOracle implements ScalarOracle {
    private final Worker worker = new Worker();

    @Override
    public Optional<Expr> simplified(Expr scalar) {
        return ask(List.of(scalar), terms -> F.Simplify(terms.get(0)));
    }

    @Override
    public Optional<Expr> radicals(Expr closed) {
        return ask(List.of(closed), terms -> F.FullSimplify(terms.get(0)));
    }

    @Override
    public Optional<Expr> sum(Expr body, Variable index, Expr from, Expr to) {
        return ask(List.of(body, index, from, to),
                terms -> F.Sum(terms.get(0), F.List(terms.get(1), terms.get(2), terms.get(3))));
    }

    /** What is asked about some translated expressions. */
    private interface Question {
        IExpr of(List<IExpr> terms);
    }

    private Optional<Expr> ask(List<Expr> expressions, Question question) {
        return worker.call(evaluator -> {
            Translation translation = new Translation();
            return translation.toSymja(expressions)
                    .flatMap(terms -> translation.fromSymja(evaluator.eval(question.of(terms))));
        });
    }
}
