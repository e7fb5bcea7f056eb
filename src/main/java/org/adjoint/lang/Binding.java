package org.adjoint.lang;

import java.util.List;
import java.util.Set;
import org.adjoint.expr.Size;
import org.adjoint.expr.UnknownFunction;

/** What a name stands for. */
sealed interface Binding {

    /** Where the name got its meaning, as said in messages. */
    Span where();

    /** A declared variable, a definition, a parameter: anything with a value. */
    record Valued(Value value, String sort, Span where) implements Binding {
    }

    /** A size. */
    record Sized(Size size, Span where) implements Binding {
    }

    /**
     * An index that takes the values {@code from, from + 1, …}, {@code count} of them; {@code inferred} when that is the
     * axis that it indexes, not what was written.
     */
    record Index(Size from, Size count, boolean inferred, Span where) implements Binding {
        Size last() {
            return from.plus(count).minus(Size.ONE);
        }
    }

    /** {@code f(p, q) = body}; the body is read where the definition stands. */
    record Function(List<Syntax.Name> parameters, Syntax body, Elaborator home, Span where) implements Binding {
    }

    /** {@code sigma : R -> R}. */
    record Unknown(UnknownFunction function, Span where) implements Binding {
    }

    /** {@code z[k] = e for k in 1..3}. */
    record Members(Family family, Span where) implements Binding {
    }

    /** Something that is understood but not computed. */
    record Opaque(String reason, Span where) implements Binding {
    }

    /** A definition that is ill formed; the name whose definition is the first to be so, and the names that this one lacks. */
    record Broken(String root, Problem problem, Set<String> missing, Span where) implements Binding {
    }
}
