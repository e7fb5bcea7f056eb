package org.adjoint.lang;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Size;

/**
 * A position that is an affine form in index names: {@code offset + Σ strides[k]·k}, where k counts from 0.
 *
 * @param strides by index name; never 0
 * @param offset  the position at the first value of every index
 */
record Affine(Map<String, Integer> strides, Size offset) {

    static Affine constant(Size offset) {
        return new Affine(Map.of(), offset);
    }

    Affine plus(Affine other) {
        Map<String, Integer> sum = new LinkedHashMap<>(strides);
        other.strides.forEach((name, stride) -> sum.merge(name, stride, Integer::sum));
        sum.values().removeIf(stride -> stride == 0);
        return new Affine(sum, offset.plus(other.offset));
    }

    Affine times(int factor) {
        Map<String, Integer> product = new LinkedHashMap<>();
        strides.forEach((name, stride) -> product.put(name, Math.multiplyExact(stride, factor)));
        product.values().removeIf(stride -> stride == 0);
        return new Affine(product, offset.times(Size.of(factor)));
    }

    /** The form that an index item is, when it is one. */
    static Optional<Affine> of(Syntax syntax, Elaborator reader) {
        return switch (syntax) {
            case Syntax.Name name when reader.environment.lookup(name.id())
                    .orElse(null) instanceof Binding.Index index ->
                Optional
                        .of(new Affine(Map.of(name.id(), 1), index.from()));
            case Syntax.Sum sum -> {
                Affine total = constant(Size.ZERO);
                for (Syntax.Term term : sum.terms()) {
                    Optional<Affine> part = of(term.value(), reader);
                    if (part.isEmpty()) {
                        yield Optional.empty();
                    }
                    total = total.plus(term.negated() ? part.get().times(-1) : part.get());
                }
                yield Optional.of(total);
            }
            case Syntax.Unary unary -> of(unary.operand(), reader)
                    .map(a -> unary.op() == Syntax.Unary.Op.NEGATE ? a.times(-1) : a);
            case Syntax.Binary product when product.op() == Syntax.Binary.Op.MULTIPLY -> scaled(product, reader);
            case Syntax.Name name when reader.environment.lookup(name.id())
                    .orElse(null) instanceof Binding.Valued valued && valued.value() instanceof Value.Tensor tensor
                    && tensor.axes().size() == 1 ->
                parameter(tensor, reader);
            default -> reader.value(syntax) instanceof Value.Tensor tensor && tensor.axes().isEmpty()
                    ? SizeArithmetic.resolve(tensor.expr(), reader.environment).map(Affine::constant)
                    : Optional.empty();
        };
    }

    /** A parameter that stands for an index name, or for one moved by an integer: {@code h(i)}, {@code h(i + 1)}. */
    private static Optional<Affine> parameter(Value.Tensor tensor, Elaborator reader) {
        String axis = tensor.axes().get(0);
        return reader.environment.axis(axis).flatMap(index -> {
            Value.Tensor whole = Expressions.index(axis, index);
            if (!whole.expr().shape().equals(tensor.expr().shape())) {
                return Optional.empty();
            }
            return Constant.uniform(tensor.expr().minus(whole.expr()))
                    .filter(c -> c.isInteger() && c.fitsLong())
                    .map(c -> new Affine(Map.of(axis, 1), index.from().plus(Size.of(c.longValueExact()))));
        });
    }

    private static Optional<Affine> scaled(Syntax.Binary product, Elaborator reader) {
        Optional<Affine> left = of(product.left(), reader);
        Optional<Affine> right = of(product.right(), reader);
        if (left.isEmpty() || right.isEmpty()) {
            return Optional.empty();
        }
        boolean leftIsNumber = left.get().strides.isEmpty();
        Affine factor = leftIsNumber ? left.get() : right.get();
        Affine form = leftIsNumber ? right.get() : left.get();
        if (form.strides.isEmpty() && factor.strides.isEmpty()) {
            return Optional.of(constant(form.offset.times(factor.offset)));
        }
        boolean integer = factor.strides.isEmpty() && factor.offset.isInteger()
                && Math.abs(factor.offset.value()) < Integer.MAX_VALUE;
        return integer ? Optional.of(form.times((int) factor.offset.value())) : Optional.empty();
    }
}
