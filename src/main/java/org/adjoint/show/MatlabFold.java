package org.adjoint.show;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
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
import org.adjoint.expr.Fact;
import org.adjoint.expr.Linear;
import org.adjoint.expr.MatrixFunction;
import org.adjoint.expr.NodeMap;
import org.adjoint.expr.Range;
import org.adjoint.expr.Rational;
import org.adjoint.expr.Reduction;
import org.adjoint.expr.Reshape;
import org.adjoint.expr.Shape;
import org.adjoint.expr.Size;
import org.adjoint.expr.Variable;
import org.adjoint.expr.Walk;
import org.adjoint.expr.Where;
import org.adjoint.expr.Window;
import org.adjoint.show.Phrase.Kind;

/**
 * The words of the dialect {@code matlab} for nodes: vectors are columns, sums never broadcast. A node for which there are
 * none leaves the others alone.
 */
final class MatlabFold {
    /** A node's phrase, or why it has none. */
    private record Known(Optional<Phrase> phrase, String trouble) {
    }

    private final boolean lenient;
    private final NodeMap<Known> known = new NodeMap<>();
    private final NodeMap<Boolean> named = new NodeMap<>();
    private final Order order = new Order();
    private final IdentityHashMap<Phrase, Size> counts = new IdentityHashMap<>();

    MatlabFold() {
        this(false);
    }

    /** @param lenient whether a node without words is left to be written in its own way */
    MatlabFold(boolean lenient) {
        this.lenient = lenient;
    }

    /** How many numbers each sum adds up. */
    IdentityHashMap<Phrase, Size> counts() {
        return counts;
    }

    boolean isLenient() {
        return lenient;
    }

    Order order() {
        return order;
    }

    /** Shows the node by a name from now on. */
    void name(Expr node, String name) {
        named.put(node, true);
        known.put(node, new Known(Optional.of(Phrases.name(name, Kind.of(node.shape()), false)), ""));
    }

    boolean isNamed(Expr node) {
        return named.contains(node);
    }

    /**
     * The words for the expression.
     *
     * @throws NoWords when there are none
     */
    Phrase of(Expr root) {
        for (Expr node : Walk.postorder(root, known::contains)) {
            if (!known.contains(node)) {
                known.put(node, attempt(node));
            }
        }
        return phrase(root);
    }

    private Known attempt(Expr node) {
        try {
            return new Known(Optional.of(fold(node)), "");
        } catch (NoWords e) {
            if (lenient) {
                return new Known(Optional.of(new Phrase.Leaf(node, Kind.of(node.shape()), order.weight(node), false)),
                        "");
            }
            return new Known(Optional.empty(), String.valueOf(e.getMessage()));
        }
    }

    /** The words for a node below the one at hand. */
    Phrase phrase(Expr node) {
        Known found = known.get(node);
        if (found == null) {
            Known made = attempt(node);
            known.put(node, made);
            found = made;
        }
        String trouble = found.trouble();
        return found.phrase().orElseThrow(() -> new NoWords(trouble));
    }

    private Phrase fold(Expr node) {
        return switch (node) {
            case Variable variable -> variable(variable);
            case Constant constant -> constant(constant);
            case Dimension dimension -> Phrases.size(dimension.size());
            case Range range -> throw new NoWords("a range of numbers");
            case Delta delta -> eye(delta.size());
            case Elementwise elementwise -> new MatlabElementwise(this).fold(elementwise);
            case Linear linear -> linear(linear);
            case Contraction contraction -> new MatlabContraction(this).fold(contraction);
            case Window window -> new MatlabContraction(this).fold(window);
            case Reduction reduction -> reduction(reduction);
            case Where where -> new MatlabElementwise(this).where(where);
            case MatrixFunction function -> matrixFunction(function);
            case Reshape reshape -> reshape(reshape);
            case Concatenation concatenation -> throw new NoWords("a concatenation");
            case Application application -> throw new NoWords("the unknown function "
                    + application.function().name());
            case Detach detach when lenient ->
                Phrases.call("detach", of(detach.operand(0)).kind(), of(detach.operand(0)));
            case Detach detach -> phrase(detach.operand(0));
        };
    }

    private Phrase variable(Variable variable) {
        if (!lenient && !variable.name().matches("[A-Za-z_][A-Za-z_0-9]*")) {
            throw new NoWords("the name " + variable.name());
        }
        return Phrases.name(variable.name(), Kind.of(variable.shape()),
                variable.is(Fact.Named.SYMMETRIC) || variable.is(Fact.Named.POSITIVE_DEFINITE));
    }

    static Phrase eye(Size size) {
        return Phrases.call("eye", Kind.MATRIX, true, Phrases.size(size));
    }

    static Phrase filled(String function, Shape shape) {
        if (shape.isScalar()) {
            return Phrases.number(function.equals("ones") ? Rational.ONE : Rational.ZERO);
        }
        if (shape.rank() > 2) {
            return tensor(function, shape);
        }
        return Phrases.call(function, Kind.of(shape),
                shape.sizes().stream().map(Phrases::size).toArray(Phrase[]::new));
    }

    /** The dialect has matrices of ones only. */
    private static Phrase tensor(String function, Shape shape) {
        Network network = new Network(IntStream.range(0, shape.rank()).boxed()
                .collect(Collectors.toMap(k -> k, shape::get)), IntStream.range(0, shape.rank()).toArray());
        return Phrases.product(function.equals("ones") ? Rational.ONE : Rational.ZERO, List.of(network.form()));
    }

    private static Phrase constant(Constant constant) {
        if (constant.isData() && constant.shape().isScalar()) {
            double value = constant.value().toDouble();
            if (Double.isNaN(value) || Double.isInfinite(value)) {
                throw new NoWords("the number " + value);
            }
            return signed(BigDecimal.valueOf(value));
        }
        Optional<Rational> uniform = Constant.uniform(constant);
        if (uniform.isEmpty()) {
            throw new NoWords("a table of numbers");
        }
        return constant.shape().isScalar() ? Phrases.number(uniform.get())
                : Phrases.product(uniform.get(), List.of(filled("ones", constant.shape())));
    }

    private static Phrase signed(BigDecimal value) {
        Phrase digits = Phrases.literal(value.abs().toPlainString());
        return value.signum() < 0 ? Phrases.negate(digits) : digits;
    }

    private Phrase linear(Linear node) {
        if (node.termCount() == 0) {
            return filled("zeros", node.shape());
        }
        Optional<Reduction> lse = Fold.logSoftmax(node);
        if (lse.isPresent()) {
            Optional<Phrase> softmax = softmax(lse.get());
            if (softmax.isPresent()) {
                return Phrases.call("log", softmax.get().kind(), softmax.get());
            }
        }
        List<Integer> terms = IntStream.range(0, node.termCount()).boxed()
                .sorted(Comparator.comparing((Integer k) -> node.coefficient(k).signum() < 0)
                        .thenComparing(k -> node.term(k) == Constant.ONE)
                        .thenComparing(node::term, order.ofTerms()))
                .toList();
        List<Phrase> phrases = new ArrayList<>();
        for (int k : terms) {
            phrases.add(node.term(k) == Constant.ONE ? Phrases.number(node.coefficient(k))
                    : Phrases.product(node.coefficient(k), List.of(phrase(node.term(k)))));
        }
        return Phrases.sum(phrases);
    }

    /** {@code softmax(x)}, row by row of a matrix. */
    Optional<Phrase> softmax(Reduction lse) {
        Expr x = lse.operand(0);
        Phrase argument = phrase(x);
        if (x.shape().rank() == 1) {
            return Optional.of(Phrases.call("softmax", Kind.COLUMN, argument));
        }
        if (x.shape().rank() != 2 || argument.kind() != Kind.MATRIX || lse.axes().length != 1) {
            return Optional.empty();
        }
        return Optional.of(lse.axes()[0] == 1 ? Phrases.call("softmaxrows", Kind.MATRIX, argument)
                : Phrases.turned(Phrases.call("softmaxrows", Kind.MATRIX, Phrases.turned(argument))));
    }

    private Phrase reduction(Reduction node) {
        Expr x = node.operand(0);
        Phrase argument = phrase(x);
        boolean all = node.axes().length == x.shape().rank();
        return switch (node.operation()) {
            case LOG_SUM_EXP -> {
                if (all && argument.kind() == Kind.COLUMN) {
                    yield Phrases.call("logsumexp", Kind.SCALAR, argument);
                }
                Phrase exp = Phrases.call("exp", argument.kind(), argument);
                yield Phrases.call("log", Kind.of(node.shape()), all ? Phrases.call("sum", Kind.SCALAR, exp)
                        : along(exp, node.axes()));
            }
            case PRODUCT -> {
                if (!all) {
                    throw new NoWords("a product along an axis");
                }
                yield Phrases.call("prod", Kind.SCALAR, argument);
            }
            case MAX, FIRST_MAX -> {
                if (!lenient || !node.shape().isScalar()) {
                    throw new NoWords("a maximum");
                }
                yield Phrases.call("max", Kind.SCALAR, argument);
            }
        };
    }

    private static Phrase along(Phrase matrix, int... axes) {
        if (matrix.kind() != Kind.MATRIX || axes.length != 1) {
            throw new NoWords("a sum along axes");
        }
        return Phrases.call(axes[0] == 1 ? "rowsum" : "colsum", Kind.COLUMN, matrix);
    }

    private Phrase matrixFunction(MatrixFunction node) {
        Phrase argument = phrase(node.operand(0));
        return switch (node.operation()) {
            case INVERSE -> Phrases.call("inv", argument.kind(), argument.symmetric(), argument);
            case DETERMINANT -> Phrases.call("det", Kind.SCALAR, argument);
            case LOG_DETERMINANT -> Phrases.call("logdet", Kind.SCALAR, argument);
            case EXPONENTIAL -> Phrases.call("expm", argument.kind(), argument.symmetric(), argument);
            case POWER -> {
                Phrase exponent = of(node.exponent());
                yield new Phrase.Power(argument, exponent, false, argument.kind(),
                        argument.cost() + exponent.cost() + 1);
            }
            case EXPONENTIAL_SLOPE -> throw new NoWords("the Fréchet derivative of the matrix exponential");
            case POWER_SLOPE -> {
                if (!lenient) {
                    throw new NoWords("a sum of products over an index, as the derivative of a matrix power is");
                }
                yield PowerSum.of(this, node);
            }
        };
    }

    /**
     * Axes stacked to one: {@code vec}, Kronecker products. Sums and functions are taken apart, so that each part is stacked
     * by itself.
     */
    private Phrase reshape(Reshape node) {
        Expr operand = node.operand(0);
        Shape shape = node.shape();
        int split = split(operand.shape(), shape);
        if (split < 0) {
            throw new NoWords("a reshape from " + operand.shape() + " to " + shape);
        }
        return switch (operand) {
            case Contraction contraction when !isNamed(contraction) ->
                new MatlabContraction(this).stacked(contraction, split);
            case Linear linear when !isNamed(linear) -> phrase(Linear.of(shape,
                    linear.operands().stream().map(term -> Reshape.of(term, shape)).toList(),
                    IntStream.range(0, linear.termCount()).mapToObj(linear::coefficient).toList()));
            case Elementwise function when operand.shape().rank() > 2 && !isNamed(function) -> of(function.withOperands(
                    function.operands().stream().map(x -> Reshape.of(x, shape)).toList()));
            case Expr other when shape.rank() == 1 && operand.shape().rank() == 2 -> Linearly.call("vec", Kind.COLUMN,
                    Phrases.turned(phrase(operand)));
            case Expr other -> throw new NoWords("a reshape from " + operand.shape() + " to " + shape);
        };
    }

    /** How many axes are stacked to the rows; −1 when rows and columns are no stacked axes. */
    private static int split(Shape axes, Shape stacked) {
        if (stacked.rank() == 1) {
            return axes.rank();
        }
        if (stacked.rank() != 2) {
            return -1;
        }
        return IntStream.rangeClosed(0, axes.rank())
                .filter(k -> axes.slice(0, k).count().equals(stacked.get(0))
                        && axes.slice(k, axes.rank()).count().equals(stacked.get(1)))
                .findFirst().orElse(-1);
    }
}
