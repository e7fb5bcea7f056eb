package org.adjoint.show.code;

import java.util.Arrays;

/**
 * The text of a value, and what must be known to put it into a larger text.
 *
 * @param text    an expression of the language
 * @param level   how tightly its outermost operator binds
 * @param host    whether it is a number of the language itself, not of its array library
 * @param covered for each axis of the value, whether the text has it at full length; an axis that is not covered is
 *                missing or has length 1, and broadcasting supplies it
 */
record Term(String text, int level, boolean host, boolean[] covered) {
    static final int SUM = 10;
    static final int PRODUCT = 20;
    static final int MATMUL = 25;
    static final int SIGN = 30;
    static final int POWER = 40;
    static final int ATOM = 50;

    /** A value whose text has its full shape. */
    static Term full(String text, int level, int rank) {
        boolean[] covered = new boolean[rank];
        Arrays.fill(covered, true);
        return new Term(text, level, false, covered);
    }

    static Term atom(String text, int rank) {
        return full(text, ATOM, rank);
    }

    /** A number of the language. */
    static Term host(String text, int level) {
        return new Term(text, level, true, new boolean[0]);
    }

    /** One number for every entry. */
    static Term spread(String text, int level, int rank) {
        return new Term(text, level, true, new boolean[rank]);
    }

    boolean isFull() {
        for (boolean axis : covered) {
            if (!axis) {
                return false;
            }
        }
        return true;
    }

    /** Whether one number stands for all entries. */
    boolean isUniform() {
        for (boolean axis : covered) {
            if (axis) {
                return false;
            }
        }
        return true;
    }

    int rank() {
        return covered.length;
    }

    /** The text, in brackets when it binds less tightly than is needed. */
    String at(int needed) {
        return level >= needed ? text : "(" + text + ")";
    }

    /** The same value under a name. */
    Term named(String name) {
        return new Term(name, ATOM, host, covered);
    }

    /** What the operands of an elementwise operation cover together. */
    static boolean[] covered(int rank, Iterable<Term> operands) {
        boolean[] covered = new boolean[rank];
        for (Term operand : operands) {
            for (int axis = 0; axis < rank; axis++) {
                covered[axis] |= operand.covered[axis];
            }
        }
        return covered;
    }
}
