package org.adjoint.verify;

import java.util.Set;
import org.adjoint.lang.Syntax;
import org.adjoint.lang.Trees;

/** Which expressions are about derivatives, so that points on kinks cannot refute claims about them. */
final class Derivatives {
    private static final Set<String> OPERATORS = Set.of("grad", "jacobian", "deriv", "partial", "pull", "hessian",
            "jvp",
            "vjp", "jacvec", "hessvec", "symgrad", "nabla");

    private Derivatives() {
    }

    /** Whether the expression takes a derivative, or uses one of these names, whose definitions do. */
    static boolean occurIn(Syntax syntax, Set<String> names) {
        for (Syntax node : Trees.postorder(syntax)) {
            if (node instanceof Syntax.Prime
                    || node instanceof Syntax.Name name
                            && (OPERATORS.contains(name.id()) || names.contains(name.id()))) {
                return true;
            }
        }
        return false;
    }
}
