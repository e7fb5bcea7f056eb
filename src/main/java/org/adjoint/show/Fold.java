package org.adjoint.show;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.adjoint.expr.Application;
import org.adjoint.expr.Concatenation;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Contraction;
import org.adjoint.expr.Delta;
import org.adjoint.expr.Detach;
import org.adjoint.expr.Dimension;
import org.adjoint.expr.Elementwise;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Functions;
import org.adjoint.expr.Linear;
import org.adjoint.expr.MatrixFunction;
import org.adjoint.expr.NodeMap;
import org.adjoint.expr.Range;
import org.adjoint.expr.Rational;
import org.adjoint.expr.Reduction;
import org.adjoint.expr.Reshape;
import org.adjoint.expr.ShapeError;
import org.adjoint.expr.Tensors;
import org.adjoint.expr.Variable;
import org.adjoint.expr.Where;
import org.adjoint.expr.Window;

/** Recognises the notation of nodes, one node at a time; what was recognised is remembered. */
final class Fold {
    private final Order order = new Order();
    private final NodeMap<Shown> shown = new NodeMap<>();
    private final NodeMap<Boolean> named = new NodeMap<>();

    Order order() {
        return order;
    }

    boolean isNamed(Expr node) {
        return named.contains(node);
    }

    /** Shows the node by a name from now on. */
    void name(Expr node, String name) {
        named.put(node, true);
        shown.put(node, new Shown.Name(name, node));
    }

    /** The notation of a node. */
    Shown of(Expr node) {
        Shown known = shown.get(node);
        if (known == null) {
            known = fold(node);
            shown.put(node, known);
        }
        return known;
    }

    /** What a leaf stands for; anything else is itself. */
    Shown resolve(Shown form) {
        return form instanceof Shown.Leaf leaf ? of(leaf.meaning()) : form;
    }

    /** The form, if it denotes the node; a form whose parts do not fit together denotes nothing. */
    static Optional<Shown> verified(Expr node, Supplier<Shown> form) {
        try {
            Shown candidate = form.get();
            return candidate.meaning() == node ? Optional.of(candidate) : Optional.empty();
        } catch (ShapeError e) {
            return Optional.empty();
        }
    }

    private Shown fold(Expr node) {
        return switch (node) {
            case Variable variable -> new Shown.Name(variable.name(), node);
            case Constant constant -> constant(constant, 0, 0, constant.values().size());
            case Dimension dimension -> new Shown.Extent(dimension.size(), node);
            case Range range -> Surface.call("arange", node, Surface.extent(range.size()));
            case Delta delta -> Surface.call("eye", node, Surface.extent(delta.size()));
            case Elementwise elementwise -> elementwise(elementwise);
            case Linear linear -> new ConvolutionFold(this).of(linear).or(() -> PoolFold.ofInput(linear))
                    .orElseGet(() -> new LinearFold(this).fold(linear));
            case Contraction contraction -> new ContractionFold(this).fold(contraction);
            case Window window -> new ConvolutionFold(this).of(window).or(() -> PoolFold.ofInput(window))
                    .orElseGet(() -> WindowFold.fold(window));
            case Reduction reduction -> PoolFold.maximum(reduction).orElseGet(() -> reduction(reduction));
            case Where where -> where(where);
            case MatrixFunction function -> Surface.call(function.operation().text(), node,
                    leaves(function.operands()).toArray(Shown[]::new));
            case Reshape reshape -> kron(reshape).or(() -> new ConvolutionFold(this).of(reshape))
                    .orElseGet(() -> Surface.call("reshape", node, Surface.leaf(reshape.operand(0)),
                            Surface.verbatim(reshape.shape().toString())));
            case Concatenation concatenation -> concatenation(concatenation);
            case Application application -> new Shown.Unknown(application.function().name(),
                    application.operandCount() == 1, IntStream.of(application.derivatives()).boxed().toList(),
                    leaves(application.operands()), node);
            case Detach detach -> Surface.call("detach", node, Surface.leaf(detach.operand(0)));
        };
    }

    /** {@code A_ac B_bd} with a, b and c, d stacked. */
    private static Optional<Shown> kron(Reshape node) {
        if (!(node.operand(0) instanceof Contraction product) || node.shape().rank() != 2
                || product.shape().rank() != 4 || product.operandCount() != 2 || product.summedCount() > 0) {
            return Optional.empty();
        }
        Shown[] factors = new Shown[2];
        for (int f = 0; f < 2; f++) {
            int[] index = product.indices(f);
            boolean fits = index.length == 2 && Math.abs(index[0] - index[1]) == 2;
            if (!fits || factors[Math.min(index[0], index[1])] != null) {
                return Optional.empty();
            }
            Shown factor = Surface.leaf(product.operand(f));
            factors[Math.min(index[0], index[1])] = index[0] < index[1] ? factor : Surface.permute(factor, 1, 0);
        }
        return verified(node, () -> Surface.kron(factors[0], factors[1]));
    }

    private static List<Shown> leaves(List<Expr> nodes) {
        return nodes.stream().map(Surface::leaf).toList();
    }

    /** The entries of a constant from {@code from}, {@code count} of them, over its axes from {@code axis}. */
    private static Shown constant(Constant constant, int axis, int from, int count) {
        if (axis == constant.shape().rank()) {
            Rational value = constant.value(from);
            return constant.isData() ? new Shown.Data(value.toDouble(), constant)
                    : new Shown.Numeral(value, constant);
        }
        int rows = (int) constant.shape().get(axis).value();
        List<Shown> stack = new ArrayList<>(rows);
        for (int row = 0; row < rows; row++) {
            stack.add(constant(constant, axis + 1, from + row * (count / rows), count / rows));
        }
        Shown list = new Shown.Stack(stack, constant);
        return axis == 0 && constant.isData() ? Surface.call("float", constant, list) : list;
    }

    private Shown elementwise(Elementwise node) {
        if (node.function() == Functions.POWER) {
            return power(node);
        }
        if (node.function() == Functions.PI) {
            return new Shown.Name("pi", node);
        }
        if (node.function() == Functions.EXP && logSoftmax(node.operand(0)).isPresent()) {
            return softmax("softmax", logSoftmax(node.operand(0)).orElseThrow(), node);
        }
        List<Expr> narrow = node.operands().stream().map(Narrow::of).toList();
        boolean same = narrow.stream().anyMatch(x -> x.shape().equals(node.shape()));
        return Surface.call(node.function().name(), node,
                leaves(same ? narrow : node.operands()).toArray(new Shown[0]));
    }

    private static Shown power(Elementwise node) {
        Expr base = node.operand(0);
        Expr exponent = Narrow.of(node.operand(1));
        Rational number = Constant.uniform(exponent).orElse(Rational.ZERO);
        if (number.isInteger() && number.signum() < 0) {
            Expr divisor = number.abs().isOne() ? base : Functions.POWER.apply(base, Constant.of(number.abs()));
            return new Shown.Product(Fraction.ONE, List.of(), List.of(Surface.leaf(divisor)), node);
        }
        return new Shown.Power(Surface.leaf(base), Surface.leaf(exponent), node);
    }

    /** The log-sum-exp of {@code x − logsumexp(x)}. */
    static Optional<Reduction> logSoftmax(Expr node) {
        if (!(node instanceof Linear sum) || sum.termCount() < 2) {
            return Optional.empty();
        }
        for (int k = 0; k < sum.termCount(); k++) {
            Expr term = sum.term(k) instanceof Contraction view && view.operandCount() == 1 ? view.operand(0)
                    : sum.term(k);
            if (term instanceof Reduction lse && lse.operation() == Reduction.Operation.LOG_SUM_EXP
                    && lse.axes().length == 1 && lse.operand(0).shape().equals(node.shape())
                    && Tensors.logSoftmax(lse.operand(0), lse.axes()[0]) == node) {
                return Optional.of(lse);
            }
        }
        return Optional.empty();
    }

    static Shown softmax(String function, Reduction lse, Expr node) {
        return reduce(function, lse, node);
    }

    private static Shown reduction(Reduction node) {
        return reduce(switch (node.operation()) {
            case MAX -> "max";
            case PRODUCT -> "prod";
            case LOG_SUM_EXP -> "logsumexp";
            case FIRST_MAX -> "argmax_onehot";
        }, node, node);
    }

    private static Shown reduce(String function, Reduction node, Expr meaning) {
        int[] axes = node.axes();
        List<Shown.Option> options = axes.length == node.operand(0).shape().rank() ? List.of()
                : List.of(new Shown.Option("axis", axesText(IntStream.of(axes).boxed().toList())));
        return new Shown.Call(function, List.of(Surface.leaf(node.operand(0))), options, meaning);
    }

    /** {@code 1} or {@code (0, 1)}. */
    static String axesText(List<Integer> axes) {
        String listed = axes.toString();
        return axes.size() == 1 ? axes.get(0).toString() : "(" + listed.substring(1, listed.length() - 1) + ")";
    }

    private static Shown where(Where node) {
        List<Expr> operands = node.operands();
        List<Expr> narrow = operands.stream().map(Narrow::of).toList();
        List<Expr> best = Tensors.broadcastShape(narrow).equals(node.shape()) ? narrow : operands;
        return Surface.call("where", node, condition(best.get(0)), Surface.leaf(best.get(1)),
                Surface.leaf(best.get(2)));
    }

    /** A relation as a person writes it, the constant on the right. */
    private static Shown condition(Expr node) {
        if (!(node instanceof Elementwise relation)) {
            return Surface.leaf(node);
        }
        String sign = relation.function() == Functions.LESS ? "<"
                : relation.function() == Functions.LESS_EQUAL ? "<="
                        : relation.function() == Functions.EQUAL ? "==" : "";
        if (sign.isEmpty()) {
            return Surface.leaf(node);
        }
        Expr left = Narrow.of(relation.operand(0));
        Expr right = Narrow.of(relation.operand(1));
        if (!Tensors.broadcastShape(List.of(left, right)).equals(node.shape())) {
            left = relation.operand(0);
            right = relation.operand(1);
        }
        boolean turned = Constant.uniform(left).isPresent();
        String shownSign = turned ? sign.replace('<', '>') : sign;
        return new Shown.Relation(Surface.leaf(turned ? right : left), shownSign,
                Surface.leaf(turned ? left : right), node);
    }

    private static Shown concatenation(Concatenation node) {
        List<Expr> rows = new ArrayList<>();
        for (Expr operand : node.operands()) {
            Narrow.firstAxisRemoved(operand).filter(row -> node.axis() == 0).ifPresent(rows::add);
        }
        if (rows.size() == node.operandCount()) {
            Optional<Shown> stack = verified(node, () -> new Shown.Stack(leaves(rows), Tensors.stack(rows)));
            if (stack.isPresent()) {
                return stack.get();
            }
        }
        return new Shown.Call("concatenate", List.of(new Shown.Stack(leaves(node.operands()), node)),
                List.of(new Shown.Option("axis", Integer.toString(node.axis()))), node);
    }
}
