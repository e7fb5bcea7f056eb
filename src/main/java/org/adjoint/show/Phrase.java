package org.adjoint.show;

import java.util.List;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Rational;
import org.adjoint.expr.Shape;

/**
 * Notation of linear algebra in which everything is a matrix: vectors are columns and a transpose makes rows of them.
 * Made by {@link Phrases}, which keeps it short; {@code cost} counts the printed symbols, that is leaves, operators,
 * transposes and names of functions.
 */
sealed interface Phrase {
    /** What the value is; a matrix with one row or one column counts as a row or a column. */
    enum Kind {
        SCALAR, COLUMN, ROW, MATRIX, TENSOR;

        static Kind of(Shape shape) {
            long axes = shape.sizes().stream().filter(size -> !size.isOne()).count();
            if (shape.rank() > 2) {
                return TENSOR;
            }
            return axes == 0 ? SCALAR : axes == 2 ? MATRIX
                    : shape.rank() == 2 && shape.get(0).isOne() ? ROW : COLUMN;
        }

        Kind turned() {
            return this == COLUMN ? ROW : this == ROW ? COLUMN : this;
        }
    }

    Kind kind();

    long cost();

    /** Whether the transpose is known to be the same. */
    default boolean symmetric() {
        return kind() == Kind.SCALAR;
    }

    /** A name, a size, a number: text as it stands, which binds as tightly as {@code level} says. */
    record Word(String text, int level, Kind kind, long cost, boolean symmetric) implements Phrase {
    }

    /** A node that is written in its own way. */
    record Leaf(Expr node, Kind kind, long cost, boolean symmetric) implements Phrase {
    }

    /** {@code f(a, b)}. */
    record Call(String function, List<Phrase> arguments, Kind kind, long cost, boolean symmetric) implements Phrase {
    }

    /** {@code X'}. */
    record Turned(Phrase operand, Kind kind, long cost) implements Phrase {
    }

    /** {@code c*a*b*X*Y/(d*e)}: a number, scalars above and below, and a chain of matrices. */
    record Product(Rational number, List<Phrase> above, List<Phrase> below, List<Phrase> chain, Kind kind, long cost)
            implements
                Phrase {
        boolean negative() {
            return number.signum() < 0;
        }

        /** Whether it is nothing but a product of matrices. */
        boolean bare() {
            return number.isOne() && above.isEmpty() && below.isEmpty();
        }
    }

    /** {@code A.*B./C}; of equally shaped parts. */
    record Entrywise(List<Phrase> factors, List<Phrase> divisors, Kind kind, long cost) implements Phrase {
    }

    /** {@code a - b + c}; signs are those of the terms. */
    record Sum(List<Phrase> terms, Kind kind, long cost) implements Phrase {
    }

    /** {@code x^y}, or entry by entry {@code x.^y}. */
    record Power(Phrase base, Phrase exponent, boolean entrywise, Kind kind, long cost) implements Phrase {
    }
}
