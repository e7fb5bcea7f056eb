package org.adjoint.lang;

import java.util.ArrayList;
import java.util.List;
import org.adjoint.expr.Expr;
import org.adjoint.expr.ShapeError;
import org.adjoint.expr.Tensors;

/**
 * Chains of products in the dialects of linear algebra, where vectors are columns and a transposed vector is a row.
 *
 * <p>The scalars of a chain, and those it is divided by, multiply the product of the rest; the rest is multiplied from the
 * left, two operands at a time: row times column is a number, column times row the outer product. A row that is left over
 * is the same vector.
 */
final class LinearProducts {
    private final Elaborator reader;
    private final Products products;
    private final List<Value.Tensor> scalars = new ArrayList<>();
    /** Factors entry by entry of what is being collected, the first of which may be a product already. */
    private final List<Value.Tensor> entrywise = new ArrayList<>();
    private boolean row;

    LinearProducts(Elaborator reader, Products products) {
        this.reader = reader;
        this.products = products;
    }

    Value.Tensor read(Chain chain) {
        return read(chain, chain.operands().stream().map(reader::tensorOf).toList());
    }

    /** The chain of operands that are read already. */
    Value.Tensor read(Chain chain, List<Value.Tensor> values) {
        add(chain.operands().get(0), values.get(0), Syntax.Binary.Op.MULTIPLY, chain.operands().get(0));
        for (int k = 0; k < chain.nodes().size(); k++) {
            Syntax.Binary node = chain.nodes().get(k);
            Syntax right = chain.operands().get(k + 1);
            add(node, values.get(k + 1), node.op(), right);
        }
        Syntax.Binary whole = chain.nodes().get(chain.nodes().size() - 1);
        Value.Tensor result = join(whole);
        boolean isRow = row && result.shape().rank() == 1;
        if (isRow) {
            reader.rows.add(whole);
        }
        return new Value.Tensor(result.expr(), result.axes(), isRow);
    }

    private void add(Syntax at, Value.Tensor value, Syntax.Binary.Op op, Syntax operand) {
        boolean scalar = value.shape().isScalar();
        switch (op) {
            case MULTIPLY -> {
                if (scalar) {
                    scalars.add(value);
                } else if (entrywise.isEmpty()) {
                    start(value, reader.isRow(operand, value));
                } else {
                    multiply(at, operand, value);
                }
            }
            case ELEMENTWISE_MULTIPLY -> {
                row = entrywise.isEmpty() ? reader.isRow(operand, value) : row;
                (scalar ? scalars : entrywise).add(value);
            }
            case DIVIDE, ELEMENTWISE_DIVIDE -> {
                if (!scalar && reader.dialect == Dialect.MATH && op == Syntax.Binary.Op.DIVIDE) {
                    throw Failures.shape(at, "one divides by a number, entry by entry with ./",
                            List.of(new Failures.Operand(Failures.excerpt(operand), value.shape())));
                }
                if (!scalar && reader.dialect == Dialect.MATLAB && op == Syntax.Binary.Op.DIVIDE) {
                    throw new Undecided("division by a matrix is written inv(A): " + Failures.excerpt(at), at.span());
                }
                (scalar ? scalars : entrywise)
                        .add(new Value.Tensor(Products.reciprocal(value.expr()), value.axes()));
            }
            case MATMUL, FLOOR_DIVIDE, MODULO, KRONECKER -> {
                Syntax left = ((Syntax.Binary) at).left();
                Value.Tensor result = products.apply((Syntax.Binary) at, left, join(left), operand, value);
                scalars.clear();
                entrywise.clear();
                start(result, false);
            }
            case POWER, ELEMENTWISE_POWER, SUPERSCRIPT -> throw new IllegalStateException("powers are no products");
        }
    }

    private void start(Value.Tensor value, boolean isRow) {
        if (value.shape().isScalar()) {
            scalars.add(value);
            row = false;
        } else {
            entrywise.add(value);
            row = isRow;
        }
    }

    /** All that has been collected, as one product. */
    private Value.Tensor join(Syntax at) {
        List<Value.Tensor> all = new ArrayList<>(scalars);
        all.addAll(entrywise);
        return product(at, all);
    }

    private static Value.Tensor product(Syntax at, List<Value.Tensor> factors) {
        if (factors.size() == 1) {
            return factors.get(0);
        }
        try {
            return Indices.product(factors);
        } catch (ShapeError error) {
            throw Failures.shape(at, error, List.of());
        }
    }

    /** What stands on the left, without its scalars, times the operand. */
    private void multiply(Syntax at, Syntax operand, Value.Tensor right) {
        Value.Tensor left = product(at, entrywise);
        boolean leftRow = row;
        boolean rightRow = reader.isRow(operand, right);
        entrywise.clear();
        int ranks = Math.min(left.shape().rank(), 3) * 10 + Math.min(right.shape().rank(), 3);
        if (ranks == 11 && !leftRow && rightRow) {
            start(outer(left, right), false);
            return;
        }
        try {
            boolean turned = left.shape().rank() == 1 && !leftRow;
            boolean column = right.shape().rank() == 2 && right.shape().get(0).isOne();
            if (turned && column) {
                // a column times a matrix of one row
                start(Indices.product(List.of(columnOf(left), right)), false);
                return;
            }
            if (rightRow && left.shape().rank() == 2) {
                throw new ShapeError("a matrix does not multiply a row", left.expr(), right.expr());
            }
            if (rightRow && leftRow) {
                throw new ShapeError("a row does not multiply a row", left.expr(), right.expr());
            }
            Value.Tensor result = Products.matmul(left, right);
            if (turned) {
                Syntax written = at instanceof Syntax.Binary b ? b.left() : at;
                reader.environment.warn(Problem.at(at.span(),
                        Failures.excerpt(written) + " is read transposed, since a column does not multiply "
                                + Failures.excerpt(operand))
                        .hint("write the transpose"));
            }
            start(result, result.shape().rank() == 1 && left.shape().rank() == 1);
        } catch (ShapeError error) {
            Syntax written = at instanceof Syntax.Binary b ? b.left() : at;
            throw Failures.shape(at, error, Failures.operands(List.of(written, operand), List.of(left, right)));
        }
    }

    private static Value.Tensor columnOf(Value.Tensor x) {
        return new Value.Tensor(Tensors.insertAxis(x.expr(), x.expr().shape().rank()), x.axes());
    }

    private static Value.Tensor outer(Value.Tensor left, Value.Tensor right) {
        if (left.axes().isEmpty() && right.axes().isEmpty()) {
            Expr outer = Tensors.outer(left.expr(), right.expr());
            return Value.Tensor.of(outer);
        }
        return Indices.product(List.of(columnOf(left), right));
    }
}
