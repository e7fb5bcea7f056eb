package org.adjoint.lang;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Functions;
import org.adjoint.expr.Rational;
import org.adjoint.expr.Shape;
import org.adjoint.expr.ShapeError;
import org.adjoint.expr.Size;
import org.adjoint.expr.Tensors;
import org.adjoint.expr.Where;

/** Relations and logic inside expressions: settled where numbers and sizes allow, else indicators of 0 and 1. */
final class Conditions {
    private final Elaborator reader;

    Conditions(Elaborator reader) {
        this.reader = reader;
    }

    Value relation(Syntax.Relation relation) {
        List<Value> links = new ArrayList<>();
        Value left = operand(relation.operands().get(0));
        for (int k = 0; k < relation.ops().size(); k++) {
            Value right = operand(relation.operands().get(k + 1));
            links.add(link(relation, k, left, right));
            left = right;
        }
        return conjunction(links);
    }

    private Value operand(Syntax syntax) {
        return syntax instanceof Syntax.Range range ? new Comprehensions(reader).rangeSet(range) : reader.value(syntax);
    }

    private Value link(Syntax.Relation relation, int k, Value left, Value right) {
        Syntax.Relation.Op op = relation.ops().get(k);
        if (op == Syntax.Relation.Op.IN || op == Syntax.Relation.Op.NOT_IN) {
            Optional<Boolean> in = member(left, right);
            return new Value.Truth(in.orElseThrow(() -> new Undecided(
                    "whether one is in the other is not settled: " + Failures.excerpt(relation),
                    relation.span())) == (op == Syntax.Relation.Op.IN));
        }
        Optional<Boolean> settled = settle(op, left, right);
        if (settled.isPresent()) {
            return new Value.Truth(settled.get());
        }
        Value.Tensor a = Values.tensor(left, relation.operands().get(k).span());
        Value.Tensor b = Values.tensor(right, relation.operands().get(k + 1).span());
        try {
            return Indices.align(List.of(a, b)).join(x -> indicator(op, x.get(0), x.get(1)));
        } catch (ShapeError error) {
            throw Failures.shape(relation, error,
                    Failures.operands(relation.operands().subList(k, k + 2), List.of(a, b)));
        }
    }

    private static Expr indicator(Syntax.Relation.Op op, Expr a, Expr b) {
        return switch (op) {
            case EQUAL, APPROXIMATELY -> Functions.EQUAL.apply(a, b);
            case NOT_EQUAL -> complement(Functions.EQUAL.apply(a, b));
            case LESS -> Functions.LESS.apply(a, b);
            case LESS_OR_EQUAL -> Functions.LESS_EQUAL.apply(a, b);
            case GREATER -> Functions.LESS.apply(b, a);
            case GREATER_OR_EQUAL -> Functions.LESS_EQUAL.apply(b, a);
            case IN, NOT_IN -> throw new IllegalStateException("membership is settled before");
        };
    }

    private static Expr complement(Expr x) {
        return Constant.ONE.minus(x);
    }

    // ---- what is settled as it is read

    private Optional<Boolean> member(Value item, Value set) {
        List<Value> items = switch (set) {
            case Value.SetValue s -> s.items();
            case Value.ListValue l -> l.items();
            default -> List.of();
        };
        if (items.isEmpty()) {
            return Optional.empty();
        }
        boolean open = false;
        for (Value candidate : items) {
            Optional<Boolean> same = settle(Syntax.Relation.Op.EQUAL, item, candidate);
            if (same.isPresent() && same.get()) {
                return same;
            }
            open |= same.isEmpty();
        }
        return open ? Optional.empty() : Optional.of(false);
    }

    /** Whether the relation holds, when both sides are numbers, sizes, shapes, texts or truth values. */
    private Optional<Boolean> settle(Syntax.Relation.Op op, Value left, Value right) {
        boolean equality = op == Syntax.Relation.Op.EQUAL || op == Syntax.Relation.Op.NOT_EQUAL;
        boolean want = op == Syntax.Relation.Op.EQUAL;
        if (left instanceof Value.Tensor a && right instanceof Value.Tensor b) {
            return a.axes().isEmpty() && b.axes().isEmpty() ? sign(a.expr(), b.expr()).map(s -> holds(op, s))
                    : Optional.empty();
        }
        if (!equality) {
            return Optional.empty();
        }
        if (left instanceof Value.ShapeValue || right instanceof Value.ShapeValue) {
            Optional<Shape> a = Values.shape(left, reader.environment);
            Optional<Shape> b = Values.shape(right, reader.environment);
            return a.isPresent() && b.isPresent() ? Optional.of(a.equals(b) == want) : Optional.empty();
        }
        boolean plain = left instanceof Value.Text || left instanceof Value.Truth;
        return plain && left.getClass() == right.getClass() ? Optional.of(left.equals(right) == want)
                : Optional.empty();
    }

    private static boolean holds(Syntax.Relation.Op op, int sign) {
        return switch (op) {
            case EQUAL, APPROXIMATELY -> sign == 0;
            case NOT_EQUAL -> sign != 0;
            case LESS -> sign < 0;
            case LESS_OR_EQUAL -> sign <= 0;
            case GREATER -> sign > 0;
            case GREATER_OR_EQUAL -> sign >= 0;
            case IN, NOT_IN -> throw new IllegalStateException("membership has no sign");
        };
    }

    /** The sign of a − b, for exact numbers, and for sizes that differ by a known sign. */
    private static Optional<Integer> sign(Expr a, Expr b) {
        if (!a.shape().isScalar() || !b.shape().isScalar()) {
            return Optional.empty();
        }
        Optional<Rational> x = Constant.uniform(a);
        Optional<Rational> y = Constant.uniform(b);
        if (x.isPresent() && y.isPresent()) {
            return Optional.of(x.get().compareTo(y.get()));
        }
        Optional<Size> m = SizeArithmetic.of(a);
        Optional<Size> n = SizeArithmetic.of(b);
        if (m.isEmpty() || n.isEmpty()) {
            return Optional.empty();
        }
        Size difference = m.get().minus(n.get());
        if (difference.isInteger()) {
            return Optional.of(Long.signum(difference.value()));
        }
        return difference.minus(Size.ONE).isNonNegative() ? Optional.of(1)
                : Size.ZERO.minus(difference).minus(Size.ONE).isNonNegative() ? Optional.of(-1) : Optional.empty();
    }

    // ---- logic

    Value not(Syntax.Not not) {
        Value operand = reader.value(not.operand());
        if (operand instanceof Value.Truth truth) {
            return new Value.Truth(!truth.holds());
        }
        Value.Tensor tensor = Values.tensor(operand, not.operand().span());
        return new Value.Tensor(complement(tensor.expr()), tensor.axes());
    }

    Value and(Syntax.And and) {
        List<Value> operands = new ArrayList<>();
        for (Syntax operand : and.operands()) {
            Value value = reader.value(operand);
            if (value instanceof Value.Truth truth && !truth.holds()) {
                return truth;
            }
            operands.add(value);
        }
        return conjunction(operands);
    }

    private static Value conjunction(List<Value> operands) {
        List<Value.Tensor> open = new ArrayList<>();
        for (Value value : operands) {
            if (value instanceof Value.Truth truth) {
                if (!truth.holds()) {
                    return truth;
                }
            } else if (value instanceof Value.Tensor tensor) {
                open.add(tensor);
            }
        }
        return open.isEmpty() ? new Value.Truth(true) : Indices.align(open).join(Tensors::product);
    }

    /** {@code p or q} is {@code not (not p and not q)}. */
    Value or(Syntax.Or or) {
        List<Value.Tensor> open = new ArrayList<>();
        for (Syntax operand : or.operands()) {
            Value value = reader.value(operand);
            if (value instanceof Value.Truth truth) {
                if (truth.holds()) {
                    return truth;
                }
            } else {
                Value.Tensor tensor = Values.tensor(value, operand.span());
                open.add(new Value.Tensor(complement(tensor.expr()), tensor.axes()));
            }
        }
        return open.isEmpty() ? new Value.Truth(false)
                : Indices.align(open).join(x -> complement(Tensors.product(x)));
    }

    Value implies(Syntax.Implies implies) {
        Value premise = reader.value(implies.premise());
        if (premise instanceof Value.Truth truth) {
            return truth.holds() ? reader.value(implies.conclusion()) : new Value.Truth(true);
        }
        Value.Tensor p = Values.tensor(premise, implies.premise().span());
        Value.Tensor q = reader.tensorOf(implies.conclusion());
        return Indices.align(List.of(p, q))
                .join(x -> complement(Tensors.product(List.of(x.get(0), complement(x.get(1))))));
    }

    /** {@code a if p else b}: the branch, when p is settled, which then is the only one that is read. */
    Value choose(Syntax.Conditional conditional) {
        Value condition = reader.value(conditional.condition());
        if (condition instanceof Value.Truth truth) {
            return reader.value(truth.holds() ? conditional.then() : conditional.otherwise());
        }
        Value.Tensor c = Values.tensor(condition, conditional.condition().span());
        Value.Tensor a = reader.tensorOf(conditional.then());
        Value.Tensor b = reader.tensorOf(conditional.otherwise());
        try {
            return Indices.align(List.of(c, a, b)).join(x -> Where.of(x.get(0), x.get(1), x.get(2)));
        } catch (ShapeError error) {
            throw Expressions.misfit(conditional,
                    List.of(conditional.condition(), conditional.then(), conditional.otherwise()), List.of(c, a, b),
                    error);
        }
    }
}
