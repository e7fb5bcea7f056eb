package org.adjoint.lang;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Contraction;
import org.adjoint.expr.Dimension;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Functions;
import org.adjoint.expr.MatrixFunction;
import org.adjoint.expr.Rational;
import org.adjoint.expr.Reshape;
import org.adjoint.expr.Shape;
import org.adjoint.expr.ShapeError;
import org.adjoint.expr.Size;
import org.adjoint.expr.Tensors;

/** Products, quotients and powers. What an operator means is decided in {@link #meaning}, and for chains in the dialects of linear algebra by
 * {@link LinearProducts}. */
final class Products {
    private final Elaborator reader;

    Products(Elaborator reader) {
        this.reader = reader;
    }

    /** What is computed. */
    private enum Meaning {
        PRODUCT, QUOTIENT, MATRIX_PRODUCT, FLOOR_QUOTIENT, REMAINDER, POWER, MATRIX_POWER, KRONECKER
    }

    private Meaning meaning(Syntax.Binary.Op op, Value.Tensor left) {
        boolean matrix = left.shape().rank() == 2;
        return switch (op) {
            case MULTIPLY, ELEMENTWISE_MULTIPLY -> Meaning.PRODUCT;
            case MATMUL -> Meaning.MATRIX_PRODUCT;
            case DIVIDE, ELEMENTWISE_DIVIDE -> Meaning.QUOTIENT;
            case FLOOR_DIVIDE -> Meaning.FLOOR_QUOTIENT;
            case MODULO -> Meaning.REMAINDER;
            case POWER -> matrix && reader.dialect != Dialect.NUMPY ? Meaning.MATRIX_POWER : Meaning.POWER;
            case ELEMENTWISE_POWER -> Meaning.POWER;
            case SUPERSCRIPT -> matrix ? Meaning.MATRIX_POWER : Meaning.POWER;
            case KRONECKER -> Meaning.KRONECKER;
        };
    }

    /** Factors of one product that is still being collected, with what they were written as. */
    private static final class Pending {
        private final List<Syntax> syntaxes = new ArrayList<>();
        private final List<Value.Tensor> written = new ArrayList<>();
        private final List<Value.Tensor> factors = new ArrayList<>();

        void start(Syntax syntax, Value.Tensor value) {
            syntaxes.clear();
            written.clear();
            factors.clear();
            add(syntax, value, value);
        }

        void add(Syntax syntax, Value.Tensor value, Value.Tensor factor) {
            syntaxes.add(syntax);
            written.add(value);
            factors.add(factor);
        }
    }

    Value read(Syntax.Binary last) {
        if (reader.dialect == Dialect.MATLAB) {
            MatlabProducts products = new MatlabProducts(reader);
            return isProduct(last.op()) ? products.read(Chain.of(last)) : products.power(last);
        }
        Chain chain = Chain.of(last);
        if (reader.dialect != Dialect.NUMPY && isProduct(last.op())) {
            return new LinearProducts(reader, this).read(chain);
        }
        Pending pending = new Pending();
        pending.start(chain.operands().get(0), reader.tensorOf(chain.operands().get(0)));
        for (int k = 0; k < chain.nodes().size(); k++) {
            Syntax.Binary node = chain.nodes().get(k);
            Syntax right = chain.operands().get(k + 1);
            Value.Tensor value = reader.tensorOf(right);
            Meaning meaning = meaning(node.op(), pending.written.get(0));
            if (meaning == Meaning.PRODUCT) {
                pending.add(right, value, value);
            } else if (meaning == Meaning.QUOTIENT && !reader.under("division", "floor")) {
                pending.add(right, value, new Value.Tensor(reciprocal(value.expr()), value.axes()));
            } else {
                Syntax left = node.left();
                Value.Tensor result = apply(meaning, node, left, multiply(left, pending), right, value);
                pending.start(node, result);
            }
        }
        return multiply(last, pending);
    }

    static Expr reciprocal(Expr x) {
        Optional<Rational> known = Constant.uniform(x);
        return known.isPresent() && x.shape().isScalar() && !known.get().isZero()
                ? Constant.of(known.get().inverse())
                : Tensors.reciprocal(x);
    }

    private static Value.Tensor multiply(Syntax whole, Pending pending) {
        if (pending.factors.size() == 1) {
            return pending.factors.get(0);
        }
        try {
            return Indices.product(pending.factors);
        } catch (ShapeError error) {
            throw Expressions.misfit(whole, pending.syntaxes, pending.written, error);
        }
    }

    private static boolean isProduct(Syntax.Binary.Op op) {
        return op != Syntax.Binary.Op.POWER && op != Syntax.Binary.Op.ELEMENTWISE_POWER
                && op != Syntax.Binary.Op.SUPERSCRIPT;
    }

    /** One operator applied to two values. */
    Value.Tensor apply(Syntax.Binary node, Syntax left, Value.Tensor a, Syntax right, Value.Tensor b) {
        return apply(meaning(node.op(), a), node, left, a, right, b);
    }

    private Value.Tensor apply(Meaning meaning, Syntax.Binary whole, Syntax left, Value.Tensor a, Syntax right,
            Value.Tensor b) {
        try {
            return switch (meaning) {
                case PRODUCT -> Indices.product(List.of(a, b));
                case QUOTIENT -> quotient(a, b);
                case MATRIX_PRODUCT -> matmul(a, b);
                case FLOOR_QUOTIENT -> floorQuotient(whole, a, b);
                case REMAINDER -> remainder(whole, a, b);
                case POWER -> power(whole, left, a, right, b);
                case MATRIX_POWER -> matrixPower(whole, a, right);
                case KRONECKER -> Value.Tensor.of(kronecker(plain(a), plain(b)));
            };
        } catch (ShapeError error) {
            throw Failures.shape(whole, error, Failures.operands(List.of(left, right), List.of(a, b)));
        }
    }

    /** {@code aᵇ}, entry by entry; in textbook text of numbers, and {@code eˣ} is the exponential function. */
    private Value.Tensor power(Syntax.Binary whole, Syntax left, Value.Tensor a, Syntax right, Value.Tensor b) {
        boolean textbook = reader.dialect == Dialect.MATH && whole.op() != Syntax.Binary.Op.ELEMENTWISE_POWER;
        if (textbook && !(a.shape().isScalar() && b.shape().isScalar())) {
            throw Failures.shape(whole, "a power is of a number or of a square matrix, entry by entry with .^",
                    Failures.operands(List.of(left, right), List.of(a, b)));
        }
        boolean exponential = textbook && a.expr() == Functions.EXP.apply(Constant.ONE);
        return exponential ? new Value.Tensor(Functions.EXP.apply(b.expr()), b.axes())
                : Indices.align(List.of(a, b)).join(x -> x.get(0).pow(x.get(1)));
    }

    private static Expr plain(Value.Tensor x) {
        if (!x.axes().isEmpty()) {
            throw new Undecided("this operation is not computed on entries named by an index");
        }
        return x.expr();
    }

    // ---- division

    /** {@code a / b}; under {@code division = floor}, integers are divided as {@code //} does. */
    private Value.Tensor quotient(Value.Tensor a, Value.Tensor b) {
        boolean integers = SizeArithmetic.resolve(a.expr(), reader.environment).isPresent()
                && SizeArithmetic.resolve(b.expr(), reader.environment).isPresent();
        return integers ? floor(a, b)
                : Indices.align(List.of(a, b)).join(x -> Tensors.product(List.of(x.get(0), reciprocal(x.get(1)))));
    }

    private static Value.Tensor floor(Value.Tensor a, Value.Tensor b) {
        Optional<Size> above = a.axes().isEmpty() ? SizeArithmetic.of(a.expr()) : Optional.empty();
        Optional<Size> below = b.axes().isEmpty() ? SizeArithmetic.of(b.expr()) : Optional.empty();
        if (above.isPresent() && below.isPresent() && !below.get().equals(Size.ZERO)) {
            return Value.Tensor.of(Dimension.of(above.get().floorDivide(below.get())));
        }
        return Indices.align(List.of(a, b)).join(x -> {
            Expr ratio = Tensors.product(List.of(x.get(0), reciprocal(x.get(1))));
            Optional<Rational> known = Constant.uniform(ratio);
            return known.isPresent() && ratio.shape().isScalar() ? Constant.of(Rational.of(known.get().floor()))
                    : Functions.FLOOR.apply(ratio);
        });
    }

    private static void requireNonZero(Syntax whole, Value.Tensor b) {
        if (Constant.uniform(b.expr()).filter(Rational::isZero).isPresent()) {
            throw Failures.type(whole, Failures.excerpt(whole) + ": division by zero");
        }
    }

    private static Value.Tensor floorQuotient(Syntax whole, Value.Tensor a, Value.Tensor b) {
        requireNonZero(whole, b);
        return floor(a, b);
    }

    /** {@code a % b = a − b·(a // b)}. */
    private static Value.Tensor remainder(Syntax whole, Value.Tensor a, Value.Tensor b) {
        requireNonZero(whole, b);
        Value.Tensor floor = floor(a, b);
        Optional<Size> q = floor.axes().isEmpty() ? SizeArithmetic.of(floor.expr()) : Optional.empty();
        Optional<Size> x = a.axes().isEmpty() ? SizeArithmetic.of(a.expr()) : Optional.empty();
        Optional<Size> y = b.axes().isEmpty() ? SizeArithmetic.of(b.expr()) : Optional.empty();
        if (q.isPresent() && x.isPresent() && y.isPresent()) {
            return Value.Tensor.of(Dimension.of(x.get().minus(q.get().times(y.get()))));
        }
        return Indices.align(List.of(a, b, floor))
                .join(e -> e.get(0).minus(Tensors.product(List.of(e.get(1), e.get(2)))));
    }

    // ---- products of linear algebra

    static Value.Tensor matmul(Value.Tensor a, Value.Tensor b) {
        if (a.axes().isEmpty() && b.axes().isEmpty()) {
            return Value.Tensor.of(Tensors.matmul(a.expr(), b.expr()));
        }
        int ra = a.shape().rank();
        int rb = b.shape().rank();
        if (ra == 0 || rb == 0 || ra > 2 || rb > 2 || !a.shape().get(ra - 1).equals(b.shape().get(0))) {
            // the law, said of the shapes without the named axes
            Tensors.matmul(Contraction.ones(a.shape()), Contraction.ones(b.shape()));
            throw new Undecided("products of stacks of matrices are not computed on entries named by an index");
        }
        List<String> axes = new ArrayList<>(a.axes());
        b.axes().stream().filter(axis -> !axes.contains(axis)).forEach(axes::add);
        List<Size> sizes = new ArrayList<>();
        for (String axis : axes) {
            int at = a.axes().indexOf(axis);
            sizes.add(at >= 0 ? a.expr().shape().get(at) : b.expr().shape().get(b.axes().indexOf(axis)));
        }
        int row = sizes.size();
        if (ra == 2) {
            sizes.add(a.shape().get(0));
        }
        int column = sizes.size();
        if (rb == 2) {
            sizes.add(b.shape().get(1));
        }
        int inner = sizes.size();
        int[] la = labels(a, axes);
        int[] lb = labels(b, axes);
        la[la.length - 1] = inner;
        if (ra == 2) {
            la[la.length - 2] = row;
        }
        lb[b.axes().size()] = inner;
        if (rb == 2) {
            lb[lb.length - 1] = column;
        }
        int[] output = new int[sizes.size()];
        for (int k = 0; k < output.length; k++) {
            output[k] = k;
        }
        return new Value.Tensor(
                Contraction.of(List.of(a.expr(), b.expr()), List.of(la, lb), output, Shape.of(sizes)), axes);
    }

    private static int[] labels(Value.Tensor x, List<String> axes) {
        int[] labels = new int[x.expr().shape().rank()];
        for (int k = 0; k < x.axes().size(); k++) {
            labels[k] = axes.indexOf(x.axes().get(k));
        }
        return labels;
    }

    /** {@code Aᵏ} of a square matrix, for an integer k. */
    private Value.Tensor matrixPower(Syntax whole, Value.Tensor base, Syntax exponent) {
        Expr matrix = plain(base);
        if (matrix.shape().rank() != 2) {
            throw Failures.shape(whole, "a matrix power needs a square matrix",
                    List.of(new Failures.Operand(Failures.excerpt(whole), matrix.shape())));
        }
        Value power = reader.value(exponent);
        if (!(power instanceof Value.Tensor k) || !k.axes().isEmpty() || !MatrixFunction.isInteger(k.expr())) {
            return Value.Tensor.of(MatrixFunction.power(matrix, Constant.of(reader.integer(exponent))));
        }
        return Value.Tensor.of(MatrixFunction.power(matrix, k.expr()));
    }

    /** The Kronecker product of two matrices: block (i, j) is {@code a[i, j]·b}. */
    static Expr kronecker(Expr a, Expr b) {
        if (a.shape().rank() != b.shape().rank() || a.shape().rank() > 2) {
            throw new ShapeError("a Kronecker product takes two matrices or two vectors", a, b);
        }
        int rank = a.shape().rank();
        Expr outer = Tensors.outer(a, b);
        if (rank == 0) {
            return outer;
        }
        int[] order = rank == 1 ? new int[] {0, 1} : new int[] {0, 2, 1, 3};
        List<Size> sizes = new ArrayList<>();
        for (int k = 0; k < rank; k++) {
            sizes.add(a.shape().get(k).times(b.shape().get(k)));
        }
        return Reshape.of(Tensors.permute(outer, order), Shape.of(sizes));
    }
}
