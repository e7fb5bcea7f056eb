package org.adjoint.expr;

/**
 * What is declared of a variable, and holds by construction wherever it is sampled.
 *
 * <p>Facts of tensors hold entry by entry ({@link Named#POSITIVE}, {@link Interval}) or of the whole
 * ({@link Named#ORTHOGONAL}).
 */
public sealed interface Fact {
    /** How the fact is written in a declaration. */
    String text();

    /** Facts without parameters. */
    enum Named implements Fact {
        SYMMETRIC("symmetric"), POSITIVE_DEFINITE("spd"), ORTHOGONAL("orthogonal"), INVERTIBLE("invertible"),
        POSITIVE("positive"), NONZERO("nonzero"), INTEGER("integer"), NATURAL("natural"), PLUS_MINUS_ONE("pm1"),
        ZERO_ONE("01"),
        ONE_HOT("onehot"), PROBABILITY("probability"), UNIT("unit"), LINEAR("linear"), FINITE_SUPPORT("finite_support");

        private final String text;

        Named(String text) {
            this.text = text;
        }

        @Override
        public String text() {
            return text;
        }
    }

    /** Every entry lies strictly between the two bounds. */
    record Interval(Rational from, Rational to) implements Fact {
        /** @throws IllegalArgumentException when the interval is empty */
        public Interval {
            if (from.compareTo(to) >= 0) {
                throw new IllegalArgumentException("in(a, b) needs a < b; got a = " + from + ", b = " + to);
            }
        }

        @Override
        public String text() {
            return "in(" + from + ", " + to + ")";
        }
    }

    /** Every entry lies on one side of a number, which may be among them: {@code above(2)}, {@code at_least(2)}. */
    record Bound(Side side, Rational number) implements Fact {
        /** Which side. */
        public enum Side {
            ABOVE("above"), AT_LEAST("at_least"), BELOW("below"), AT_MOST("at_most");

            private final String text;

            Side(String text) {
                this.text = text;
            }

            /** The word of declarations. */
            public String text() {
                return text;
            }

            /** Whether the number bounds from below. */
            public boolean isLower() {
                return this == ABOVE || this == AT_LEAST;
            }
        }

        /** Whether {@code x} lies there. */
        public boolean admits(Rational x) {
            int sign = x.compareTo(number);
            return switch (side) {
                case ABOVE -> sign > 0;
                case AT_LEAST -> sign >= 0;
                case BELOW -> sign < 0;
                case AT_MOST -> sign <= 0;
            };
        }

        @Override
        public String text() {
            return side.text() + "(" + number + ")";
        }
    }

    /** Entries drawn from a distribution, independently of each other and of all other variables. */
    record Random(Distribution distribution) implements Fact {
        @Override
        public String text() {
            return "random(" + distribution.text() + ")";
        }
    }
}
