package org.adjoint.algebra;

import org.adjoint.expr.Constant;
import org.adjoint.expr.Expr;

/** An order or an equation between two scalars, {@code left op right}: an assumption, or the condition of a case. */
public record Relation(Expr left, Op op, Expr right) {
    /** How the two sides compare. */
    public enum Op {
        LESS("<"), LESS_OR_EQUAL("<="), EQUAL("=="), NOT_EQUAL("!="), GREATER_OR_EQUAL(">="), GREATER(">");

        private final String text;

        Op(String text) {
            this.text = text;
        }

        /** The symbol of the language. */
        public String text() {
            return text;
        }

        /** The relation that holds exactly where this one does not. */
        public Op opposite() {
            return switch (this) {
                case LESS -> GREATER_OR_EQUAL;
                case LESS_OR_EQUAL -> GREATER;
                case EQUAL -> NOT_EQUAL;
                case NOT_EQUAL -> EQUAL;
                case GREATER_OR_EQUAL -> LESS;
                case GREATER -> LESS_OR_EQUAL;
            };
        }

        /** The same relation read from right to left. */
        public Op mirrored() {
            return switch (this) {
                case LESS -> GREATER;
                case LESS_OR_EQUAL -> GREATER_OR_EQUAL;
                case EQUAL -> EQUAL;
                case NOT_EQUAL -> NOT_EQUAL;
                case GREATER_OR_EQUAL -> LESS_OR_EQUAL;
                case GREATER -> LESS;
            };
        }

        /** Whether it holds for two sides whose difference has that sign. */
        public boolean admits(int sign) {
            return switch (this) {
                case LESS -> sign < 0;
                case LESS_OR_EQUAL -> sign <= 0;
                case EQUAL -> sign == 0;
                case NOT_EQUAL -> sign != 0;
                case GREATER_OR_EQUAL -> sign >= 0;
                case GREATER -> sign > 0;
            };
        }
    }

    /** {@code x op 0}. */
    public static Relation ofSign(Expr x, Op op) {
        return new Relation(x, op, Constant.ZERO);
    }

    /** {@code left − right}. */
    public Expr difference() {
        return left.minus(right);
    }

    /** What holds exactly where this does not. */
    public Relation opposite() {
        return new Relation(left, op.opposite(), right);
    }
}
