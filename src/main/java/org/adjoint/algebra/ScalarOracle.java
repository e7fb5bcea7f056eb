package org.adjoint.algebra;

import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Variable;

/**
 * Another system that may guess forms of scalar expressions. Its answers are guesses: whoever asks proves them before
 * they count. No answer, for whatever reason, is an empty one; an oracle never throws and answers within a second, its own
 * start apart.
 */
public interface ScalarOracle {
    /** A simpler form of the expression. */
    Optional<Expr> simplified(Expr scalar);

    /** A closed expression, such as {@code sin(π/12)}, by radicals. */
    Optional<Expr> radicals(Expr closed);

    /** {@code Σ body} over the integers {@code from ≤ index ≤ to}, without a sum. */
    Optional<Expr> sum(Expr body, Variable index, Expr from, Expr to);

    /** The oracle on the class path, looked for when first asked for; none where there is none. */
    static Optional<ScalarOracle> installed() {
        return Installed.ORACLE;
    }

    /** Holder: nothing is loaded before somebody asks. */
    final class Installed {
        private static final Optional<ScalarOracle> ORACLE = find();

        private Installed() {
        }

        private static Optional<ScalarOracle> find() {
            try {
                return ServiceLoader.load(ScalarOracle.class, ScalarOracle.class.getClassLoader()).findFirst();
            } catch (ServiceConfigurationError | LinkageError incomplete) {
                // The provider is there and its library is not.
                return Optional.empty();
            }
        }
    }
}
