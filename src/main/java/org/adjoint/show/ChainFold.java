package org.adjoint.show;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.adjoint.expr.Contraction;
import org.adjoint.expr.Delta;
import org.adjoint.expr.Dimension;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Shape;
import org.adjoint.expr.ShapeError;
import org.adjoint.expr.Size;
import org.adjoint.expr.Tensors;
import org.adjoint.show.Phrase.Kind;

/**
 * Products of many matrices, vectors and scalars as matrix notation, by way of a {@link Network}. Read again, {@code A @ B @ C}
 * is a product of a product; it is taken for the node when both are the same product once they are multiplied out.
 */
final class ChainFold {
    private final Fold fold;
    private final List<Size> sizes = new ArrayList<>();

    ChainFold(Fold fold) {
        this.fold = fold;
    }

    Optional<Shown> fold(Contraction node) {
        try {
            if (node.shape().rank() > 2 || node.indexSizes().stream().anyMatch(Size::isOne)) {
                return Optional.empty();
            }
            Shown form = shown(phrase(node));
            return flattened(form.meaning()) == flattened(node) ? Optional.of(form) : Optional.empty();
        } catch (NoWords | ShapeError e) {
            return Optional.empty();
        }
    }

    /** The node with the products inside it multiplied out. */
    static Expr flattened(Expr node) {
        int[] axes = Tensors.allAxes(node);
        return Contraction.flattened(List.of(node), List.of(axes), axes, node.shape());
    }

    // ---- from the node to notation

    private Phrase phrase(Contraction node) {
        Flat flat = Flat.of(node, fold::isNamed);
        boolean diagonal = flat.resolveDeltas(node.shape().rank() == 2);
        int[] output = diagonal ? new int[] {0} : Tensors.allAxes(node);
        Network network = new Network(flat.sizes(), output);
        if (!flat.relations().isEmpty()) {
            throw new NoWords("a window");
        }
        sizes.addAll(flat.sizes().values());
        flat.loose().forEach(size -> network.add(leaf(Dimension.of(size))));
        List<Flat.Factor> factors = new ArrayList<>(flat.factors());
        factors.sort(Comparator.comparing(Flat.Factor::node, fold.order()));
        factors.forEach(factor -> network.add(leaf(factor.node()), factor.labels()));
        Phrase form = network.form();
        return Phrases.product(flat.number(), List.of(diagonal ? Linearly.symmetric("diag", form) : form));
    }

    private Phrase leaf(Expr node) {
        return new Phrase.Leaf(node, Kind.of(node.shape()), fold.order().weight(node), node instanceof Delta);
    }

    // ---- from notation to what is shown; vectors have one axis, so a row is shown as a column is

    private Shown shown(Phrase phrase) {
        return switch (phrase) {
            case Phrase.Leaf leaf -> Surface.leaf(leaf.node());
            case Phrase.Turned turned when turned.kind() == Kind.MATRIX ->
                Surface.permute(shown(turned.operand()), 1, 0);
            case Phrase.Turned turned -> shown(turned.operand());
            case Phrase.Call call -> call(call);
            case Phrase.Entrywise entrywise -> entrywise(entrywise);
            case Phrase.Power power when !power.entrywise() && power.base().kind() == Kind.MATRIX -> repeated(power);
            case Phrase.Power power -> squares(power);
            case Phrase.Product product -> product(product);
            case Phrase.Word word -> throw new NoWords(word.text());
            case Phrase.Sum sum -> throw new NoWords("a sum");
        };
    }

    private Shown call(Phrase.Call call) {
        Phrase first = call.arguments().get(0);
        return switch (call.function()) {
            case "tr" -> Surface.trace(shown(first));
            case "sum" -> {
                Shown x = shown(first);
                yield Surface.total(x, IntStream.range(0, x.rank()).toArray());
            }
            case "rowsum" -> Surface.total(shown(first), 1);
            case "colsum" -> Surface.total(shown(first), 0);
            case "diagvec" -> Surface.diagonal(shown(first));
            case "diag" -> Surface.diag(shown(first));
            case "ones" -> ones(call);
            default -> throw new NoWords(call.function());
        };
    }

    private Shown ones(Phrase.Call call) {
        List<Size> axes = new ArrayList<>();
        for (Phrase argument : call.arguments()) {
            if (argument instanceof Phrase.Word word && !word.text().equals("1")) {
                axes.add(sizes.stream().filter(size -> size.toString().replace(" ", "").equals(word.text()))
                        .findFirst().orElseThrow(() -> new NoWords("a size")));
            }
        }
        return Surface.ones(Shape.of(axes));
    }

    /** {@code norm2(X)^2} as {@code sum(X * X)}; entry by entry, {@code x * x}. */
    private Shown squares(Phrase.Power power) {
        int exponent = exponent(power);
        if (power.entrywise()) {
            Shown base = shown(power.base());
            return Surface.product(Fraction.ONE, IntStream.range(0, exponent).mapToObj(k -> base).toList(), List.of());
        }
        if (exponent == 2 && power.base() instanceof Phrase.Call norm && norm.function().equals("norm2")) {
            Shown x = shown(norm.arguments().get(0));
            return x.rank() == 1 ? Surface.matmul(x, x)
                    : Surface.total(Surface.product(Fraction.ONE, List.of(x, x), List.of()), 0, 1);
        }
        throw new NoWords("a power");
    }

    private static int exponent(Phrase.Power power) {
        return power.exponent() instanceof Phrase.Word digits && digits.text().matches("[2-9]")
                ? digits.text().charAt(0) - '0'
                : 0;
    }

    private Shown repeated(Phrase.Power power) {
        Shown base = shown(power.base());
        Shown product = base;
        for (int k = 1; k < exponent(power); k++) {
            product = Surface.matmul(product, base);
        }
        return product;
    }

    private Shown entrywise(Phrase.Entrywise phrase) {
        List<Shown> factors = new ArrayList<>();
        List<Shown> divisors = new ArrayList<>();
        phrase.factors().forEach(factor -> sort(shown(factor), factors, divisors));
        phrase.divisors().forEach(divisor -> divisors.add(shown(divisor)));
        return Surface.product(Fraction.ONE, factors, divisors);
    }

    /** A factor, or the base of one with a negative power among the divisors. */
    private static void sort(Shown factor, List<Shown> factors, List<Shown> divisors) {
        PlainProduct.divisor(factor).ifPresentOrElse(base -> divisors.add(Surface.leaf(base)),
                () -> factors.add(factor));
    }

    private Shown product(Phrase.Product product) {
        List<Size> above = new ArrayList<>();
        List<Size> below = new ArrayList<>();
        List<Shown> factors = new ArrayList<>();
        List<Shown> divisors = new ArrayList<>();
        for (Phrase scalar : product.above()) {
            if (scalar instanceof Phrase.Leaf leaf && leaf.node() instanceof Dimension size) {
                above.add(size.size());
                continue;
            }
            List<Shown> under = new ArrayList<>();
            sort(shown(scalar), factors, under);
            for (Shown divisor : under) {
                if (divisor.meaning() instanceof Dimension size) {
                    below.add(size.size());
                } else {
                    divisors.add(divisor);
                }
            }
        }
        factors.replaceAll(factor -> Surface.mean(factor, below).orElse(factor));
        if (!product.chain().isEmpty()) {
            Shown whole = chain(product.chain());
            Shown chain = Surface.mean(whole, below).orElse(whole);
            if (chain instanceof Shown.Product plain && plain.coefficient().isOne()) {
                factors.addAll(plain.factors());
                divisors.addAll(plain.divisors());
            } else {
                factors.add(chain);
            }
        }
        return Surface.product(new Fraction(product.number(), above, below), factors, divisors);
    }

    // ---- chains

    /** A product of matrices; between a column and a row it is an outer product. */
    private Shown chain(List<Phrase> chain) {
        for (int k = 0; k + 1 < chain.size(); k++) {
            if (chain.get(k).kind() == Kind.COLUMN && chain.get(k + 1).kind() == Kind.ROW) {
                Shown left = chain(chain.subList(0, k + 1));
                Shown right = chain(chain.subList(k + 1, chain.size()));
                return left.rank() == 1 && right.rank() == 1 ? Surface.outer(left, right)
                        : Surface.product(Fraction.ONE, List.of(left, right), List.of());
            }
        }
        List<Shown> parts = scaled(chain);
        int last = parts.size() - 1;
        Shown product = parts.get(last);
        if (product.rank() == 1) {
            for (int k = last - 1; k >= 0; k--) {
                product = Surface.matmul(parts.get(k), product);
            }
            return product;
        }
        product = parts.get(0);
        for (int k = 1; k <= last; k++) {
            product = Surface.matmul(product, parts.get(k));
        }
        return product;
    }

    /** The parts of a chain, diagonal matrices multiplied into the matrix beside them: {@code v[:, None] * A}. */
    private List<Shown> scaled(List<Phrase> chain) {
        List<Shown> parts = new ArrayList<>();
        List<Shown> waiting = new ArrayList<>();
        for (int k = 0; k < chain.size(); k++) {
            Optional<Shown> vector = diagonal(chain.get(k));
            if (vector.isPresent() && (k + 1 < chain.size() || parts.isEmpty())) {
                waiting.add(vector.get());
                continue;
            }
            if (vector.isPresent()) {
                Shown before = parts.removeLast();
                parts.add(times(before, vector.get()));
                continue;
            }
            Shown part = shown(chain.get(k));
            for (Shown diagonal : waiting.reversed()) {
                Shown column = part.rank() == 1 ? diagonal : Surface.withNewAxes(diagonal, new boolean[] {true, false});
                part = times(column, part);
            }
            waiting.clear();
            parts.add(part);
        }
        waiting.forEach(diagonal -> parts.add(Surface.diag(diagonal)));
        return parts;
    }

    private static Shown times(Shown a, Shown b) {
        List<Shown> factors = new ArrayList<>();
        for (Shown factor : List.of(a, b)) {
            if (factor instanceof Shown.Product plain && plain.coefficient().isOne() && plain.divisors().isEmpty()) {
                factors.addAll(plain.factors());
            } else {
                factors.add(factor);
            }
        }
        return Surface.product(Fraction.ONE, factors, List.of());
    }

    private Optional<Shown> diagonal(Phrase phrase) {
        return phrase instanceof Phrase.Call call && call.function().equals("diag")
                ? Optional.of(shown(call.arguments().get(0)))
                : Optional.empty();
    }
}
