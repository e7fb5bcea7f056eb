package org.adjoint.show;

import java.util.List;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Rational;
import org.adjoint.expr.Size;

/**
 * What one node of the graph looks like on paper: a small tree of notation whose leaves are other nodes. It knows the
 * node that it denotes, so a form is chosen only when building it from its parts gives back the very node shown.
 */
sealed interface Shown {
    /** The node that this notation denotes when it is read again. */
    Expr meaning();

    /** Another node, shown in its own way. */
    record Leaf(Expr meaning) implements Shown {
    }

    /** A rational number. */
    record Numeral(Rational value, Expr meaning) implements Shown {
    }

    /** A name: a variable, π, a shared part of a long formula. */
    record Name(String name, Expr meaning) implements Shown {
    }

    /** A symbolic size as a number. */
    record Extent(Size size, Expr meaning) implements Shown {
    }

    /** A floating-point number that came with the data. */
    record Data(double value, Expr meaning) implements Shown {
    }

    /** {@code a + b - c}; operands broadcast. */
    record Sum(List<Term> terms, Expr meaning) implements Shown {
    }

    /** A term of a sum. */
    record Term(boolean negative, Shown value) {
    }

    /** {@code c · a · b / d} entry by entry; operands broadcast. A negative sign shows outside of sums only. */
    record Product(Fraction coefficient, List<Shown> factors, List<Shown> divisors, Expr meaning) implements Shown {
    }

    /** The matrix product. */
    record Matmul(Shown left, Shown right, Expr meaning) implements Shown {
    }

    /** The outer product of two vectors. */
    record Outer(Shown left, Shown right, Expr meaning) implements Shown {
    }

    /** The transpose of a matrix, or all axes reversed. */
    record Transpose(Shown operand, Expr meaning) implements Shown {
    }

    /** The power entry by entry. */
    record Power(Shown base, Shown exponent, Expr meaning) implements Shown {
    }

    /** {@code f(a, b, key=value)}. */
    record Call(String function, List<Shown> arguments, List<Option> options, Expr meaning) implements Shown {
    }

    /** The diagonal matrix of a vector. */
    record Diagonal(Shown vector, Expr meaning) implements Shown {
    }

    /** The sum over some axes; all of them when {@code axes} is empty. */
    record Total(Shown operand, List<Integer> axes, Expr meaning) implements Shown {
    }

    /** A setting of a function, written out. */
    record Option(String key, String value) {
    }

    /** An argument that is no tensor: a shape, a list of axes. */
    record Verbatim(String text, Expr meaning) implements Shown {
    }

    /** An unknown function or one of its derivatives. */
    record Unknown(String function, boolean single, List<Integer> derivatives, List<Shown> arguments, Expr meaning)
            implements
                Shown {
    }

    /** {@code x[1:3, :, None]}. */
    record Index(Shown base, List<Item> items, Expr meaning) implements Shown {
    }

    /** {@code [a, b, c]}: stacked along a new first axis. */
    record Stack(List<Shown> rows, Expr meaning) implements Shown {
    }

    /** {@code a < b} as the condition of a selection. */
    record Relation(Shown left, String sign, Shown right, Expr meaning) implements Shown {
    }

    /**
     * {@code [sum(A[i, j] * B[j, k] for j) for i, k]}: indices below {@code outputs} are those of the result, the others
     * are summed; {@code ranges} holds the size of each.
     */
    record Entries(List<Shown> factors, List<List<Integer>> indices, int outputs, List<Size> ranges, Expr meaning)
            implements
                Shown {
    }

    /** One item of an index. */
    sealed interface Item {
        /** {@code :}. */
        record Whole() implements Item {
        }

        /** {@code None}. */
        record NewAxis() implements Item {
        }

        /** One position, counted from 0. */
        record At(Size position) implements Item {
        }

        /** {@code start : start + step·count : step} of an axis of the given size. */
        record Slice(Size start, int step, Size count, Size axis) implements Item {
        }
    }

    Item WHOLE = new Item.Whole();
    Item NEW_AXIS = new Item.NewAxis();

    default int rank() {
        return meaning().shape().rank();
    }
}
