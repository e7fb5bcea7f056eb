package org.adjoint.expr;

import java.util.List;
import java.util.Objects;

/**
 * A function of a square matrix as a whole: inverse, determinant, exponential, power; and the Fréchet derivatives of the last
 * two, {@code L(X, E) = d/ds f(X + sE)} at s = 0, which are the upper right block of {@code f([[X, E], [0, X]])} (Higham,
 * Functions of Matrices, 2008, section 3.2, equation 3.16). The adjoint of {@code L(X, ·)} is {@code L(Xᵀ, ·)}, so these
 * are closed under differentiation by E.
 */
public final class MatrixFunction extends Expr {
    private static final long KIND = Digest.hash("matrix");
    /** A power with an integer exponent of at most this size is written out as a product. */
    private static final long WRITTEN_OUT = 8;

    /** Which function. */
    public enum Operation {
        /** {@code X⁻¹}, for invertible X. */
        INVERSE(1, "inv"),
        /** {@code det X}. */
        DETERMINANT(1, "det"),
        /** {@code log |det X|}, for invertible X. */
        LOG_DETERMINANT(1, "logdet"),
        /** {@code eˣ = Σ Xʳ/r!}. */
        EXPONENTIAL(1, "expm"),
        /** {@code Xᵏ} for an integer k; for invertible X when k is negative. */
        POWER(2, "matrix_power"),
        /** {@code L(X, E)} of the exponential; E may have leading axes, and then so has the result. */
        EXPONENTIAL_SLOPE(2, "expm_frechet"),
        /** {@code L(X, E) = Σ_{r<k} Xʳ E Xᵏ⁻¹⁻ʳ} of the power k, operands X, k, E; E may have leading axes. */
        POWER_SLOPE(3, "matrix_power_frechet");

        private final int arity;
        private final String text;

        Operation(int arity, String text) {
            this.arity = arity;
            this.text = text;
        }

        public int arity() {
            return arity;
        }

        /** The name by which it is called. */
        public String text() {
            return text;
        }

        /** Whether an operand is an exponent, as the second of {@code matrix_power}. */
        public boolean hasExponent() {
            return this == POWER || this == POWER_SLOPE;
        }

        /** Whether the last operand is the direction of a Fréchet derivative. */
        public boolean hasDirection() {
            return this == EXPONENTIAL_SLOPE || this == POWER_SLOPE;
        }

        private boolean isScalar() {
            return this == DETERMINANT || this == LOG_DETERMINANT;
        }
    }

    private final Operation operation;
    private final Expr[] operands;

    private MatrixFunction(Shape shape, Operation operation, Expr[] operands) {
        super(shape, new Digest(KIND).add(operation.name()).add(operands));
        this.operation = operation;
        this.operands = operands;
    }

    /**
     * The function of a square matrix.
     *
     * @throws ShapeError when the operand is not a square matrix
     */
    public static Expr of(Operation operation, Expr operand) {
        return of(operation, List.of(operand));
    }

    /**
     * The function of its operands: the matrix, for a power then the exponent, for a Fréchet derivative then the direction.
     *
     * @throws ShapeError when the first is not a square matrix, the exponent not a scalar, or the direction not shaped as it
     */
    public static Expr of(Operation operation, List<? extends Expr> operands) {
        if (operands.size() != operation.arity) {
            throw new ShapeError(operation.text + " takes " + operation.arity + " operands", operands);
        }
        Expr x = operands.get(0);
        if (x.shape().rank() != 2 || !x.shape().get(0).equals(x.shape().get(1))) {
            throw new ShapeError(operation.text + " needs a square matrix", x);
        }
        if (operation.hasExponent() && !isInteger(operands.get(1))) {
            throw new ShapeError(
                    "the exponent of a matrix power is an integer: a number, a size, or a scalar declared so",
                    x, operands.get(1));
        }
        Shape shape = operation.isScalar() ? Shape.SCALAR : x.shape();
        if (operation.hasDirection()) {
            Expr direction = operands.getLast();
            int rank = direction.shape().rank();
            if (rank < 2 || !direction.shape().slice(rank - 2, rank).equals(x.shape())) {
                throw new ShapeError("the direction of a Fréchet derivative has the shape of the matrix", x, direction);
            }
            shape = direction.shape();
        }
        return Interner.intern(new MatrixFunction(shape, operation, operands.toArray(NO_OPERANDS)));
    }

    /** {@code eˣ}. */
    public static Expr exponential(Expr x) {
        return Linear.isZero(x) && x.shape().rank() == 2 ? Delta.of(x.shape().get(0)) : of(Operation.EXPONENTIAL, x);
    }

    /**
     * {@code Xᵏ}: a product for a small integer, else a node of its own.
     *
     * @throws ShapeError when X is not square, or k is not known to be an integer
     */
    public static Expr power(Expr x, Expr k) {
        Rational number = Constant.uniform(k).filter(c -> c.isInteger() && k.shape().isScalar()).orElse(null);
        if (number == null || number.abs().compareTo(Rational.of(WRITTEN_OUT)) > 0
                || x.shape().rank() != 2 || !x.shape().get(0).equals(x.shape().get(1))) {
            return of(Operation.POWER, List.of(x, k));
        }
        Expr factor = number.signum() < 0 ? of(Operation.INVERSE, x) : x;
        long count = number.abs().numerator().longValueExact();
        Expr power = count == 0 ? Delta.of(x.shape().get(0)) : factor;
        for (long r = 1; r < count; r++) {
            power = power.matmul(factor);
        }
        return power;
    }

    /** Whether the scalar takes integer values only, as far as its form says. */
    public static boolean isInteger(Expr k) {
        if (!k.shape().isScalar()) {
            return false;
        }
        return switch (k) {
            case Constant number -> !number.isData() && number.value().isInteger();
            case Dimension ignored -> true;
            case Variable v -> v.is(Fact.Named.INTEGER) || v.is(Fact.Named.NATURAL);
            case Linear sum -> {
                boolean integer = true;
                for (int t = 0; t < sum.termCount(); t++) {
                    Expr term = sum.term(t);
                    integer &= sum.coefficient(t).isInteger() && !(term instanceof Linear) && isInteger(term);
                }
                yield integer;
            }
            default -> false;
        };
    }

    public Operation operation() {
        return operation;
    }

    /** Whether there are matrices of which it has no value: singular ones. */
    public boolean needsInvertible() {
        return switch (operation) {
            case INVERSE, LOG_DETERMINANT -> true;
            case DETERMINANT, EXPONENTIAL, EXPONENTIAL_SLOPE -> false;
            case POWER, POWER_SLOPE -> !isNatural(operands[1]);
        };
    }

    /** Sizes are at least 1, so {@code n − 1} is as good as a natural number. */
    private static boolean isNatural(Expr k) {
        return switch (k) {
            case Constant number -> number.value().signum() >= 0;
            case Dimension d -> d.size().isNonNegative();
            case Variable v -> v.is(Fact.Named.NATURAL) || (v.is(Fact.Named.INTEGER) && v.is(Fact.Named.POSITIVE));
            case Linear sum -> isNatural(sum);
            default -> false;
        };
    }

    private static boolean isNatural(Linear sum) {
        Rational least = Rational.ZERO;
        for (int t = 0; t < sum.termCount(); t++) {
            Expr term = sum.term(t);
            Rational c = sum.coefficient(t);
            if (term instanceof Constant number) {
                least = least.plus(c.times(number.value()));
            } else if (c.signum() < 0 || term instanceof Linear || !isNatural(term)) {
                return false;
            } else if (!(term instanceof Variable v) || v.is(Fact.Named.POSITIVE)) {
                least = least.plus(c);
            }
        }
        return least.signum() >= 0;
    }

    /** The exponent of a power or of its derivative. */
    public Expr exponent() {
        if (!operation.hasExponent()) {
            throw new IllegalStateException(operation + " has no exponent");
        }
        return operands[1];
    }

    /** The direction of a Fréchet derivative. */
    public Expr direction() {
        if (!operation.hasDirection()) {
            throw new IllegalStateException(operation + " has no direction");
        }
        return operands[operands.length - 1];
    }

    @Override
    public int operandCount() {
        return operands.length;
    }

    @Override
    public Expr operand(int k) {
        return Objects.requireNonNull(operands[k]);
    }

    @Override
    public Expr withOperands(List<Expr> newOperands) {
        return operation == Operation.POWER ? power(newOperands.get(0), newOperands.get(1))
                : operation == Operation.EXPONENTIAL ? exponential(newOperands.get(0)) : of(operation, newOperands);
    }

    @Override
    boolean sameAs(Expr other) {
        return other instanceof MatrixFunction function && operation == function.operation
                && sameOperands(operands, function.operands);
    }
}
