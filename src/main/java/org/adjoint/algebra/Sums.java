package org.adjoint.algebra;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.adjoint.expr.Budget;
import org.adjoint.expr.Contraction;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Linear;
import org.adjoint.expr.NodeMap;
import org.adjoint.expr.Rational;
import org.adjoint.expr.Shape;

/**
 * Sums of products made short: each product by the laws of products, then common factors taken out; and where multiplying out
 * a sum, or writing all over one denominator, leads to something shorter, that. The search is bounded at every node.
 */
final class Sums {
    /** Multiplying out stops at so many terms. */
    private static final int TERM_LIMIT = 24;
    private static final int ROUNDS = 3;
    private static final int LAW_LIMIT = 24;
    /** A sum that several nodes use is multiplied out only where so much is saved. */
    private static final double SHARED_GAIN = 6;
    /** Sums in longer expressions are only factored, not searched. */
    private static final double SEARCH_LIMIT = 250;
    /** So many merges of two terms are tried at one node, and in all. */
    private static final int NODE_EFFORT = 120;
    private static final int EFFORT = 2_000;

    private final Cost cost;
    private final Factoring factoring;
    private final List<ProductRule> rules;
    private final Trace trace;
    private int effort = EFFORT;
    /** How many nodes use a sum: what several use is multiplied out only where much is saved. */
    private final NodeMap<Integer> uses;
    /** Results of a search all of whose other forms were looked at, so that a search from there would find nothing. */
    private final NodeMap<Boolean> settled = new NodeMap<>();

    Sums(Cost cost, List<ProductRule> rules, Trace trace, NodeMap<Integer> uses) {
        this.cost = cost;
        this.factoring = new Factoring(cost);
        this.rules = rules;
        this.trace = trace;
        this.uses = uses;
    }

    /** A sum or product whose operands are in their short form already. */
    Expr shortened(Expr node) {
        if (settled.contains(node)) {
            return node;
        }
        int allowed = Math.min(NODE_EFFORT, effort);
        factoring.allow(Math.max(allowed, 40));
        Expr best = searched(node);
        effort -= allowed - factoring.left();
        return best;
    }

    /** The sum with a number in front, or spread from a narrower one, where that is shorter. */
    private Expr assembled(Shape shape, List<Product> terms) {
        Expr sum = plain(shape, terms);
        Expr best = sum;
        if (sum instanceof Linear linear && linear.termCount() > 1) {
            Rational content = linear.coefficient(0);
            for (int k = 1; k < linear.termCount(); k++) {
                content = Factoring.content(content, linear.coefficient(k));
            }
            if (!content.abs().isOne()) {
                Expr scaled = Linear.scale(content, ProductRules.rescaled(linear, content));
                best = cost.of(scaled) < cost.of(best) ? scaled : best;
            }
            Expr spread = spread(shape, terms);
            best = cost.of(spread) < cost.of(best) ? spread : best;
        }
        return best;
    }

    /** The sum over the axes that some term has, spread over the others; the plain sum where there are none. */
    private static Expr spread(Shape shape, List<Product> terms) {
        int[] kept = IntStream.range(0, shape.rank()).filter(label -> shape.get(label).isOne()
                || terms.stream().anyMatch(term -> term.occurrences(label) > 0)).toArray();
        if (kept.length == shape.rank()) {
            return plain(shape, terms);
        }
        Shape narrow = Shape.of(IntStream.of(kept).mapToObj(shape::get).toList());
        List<Expr> nodes = new ArrayList<>();
        List<Rational> coefficients = new ArrayList<>();
        for (Product term : terms) {
            nodes.add(Product.over(term.factors(), kept, narrow));
            coefficients.add(term.coefficient());
        }
        return Contraction.of(List.of(Linear.of(narrow, nodes, coefficients)), List.of(kept), Product.output(shape),
                shape);
    }

    private Expr searched(Expr node) {
        Shape shape = node.shape();
        List<Product> terms = reduced(terms(node));
        Expr best = assembled(shape, factoring.factored(terms));
        Map<List<Object>, Expr> tried = new HashMap<>();
        List<Trace.Part> parts = new ArrayList<>();
        if (trace.isOn()) {
            tell(parts, StructureLaws.ASSOCIATED, node, terms(node), best);
        }
        for (int round = 0; round < ROUNDS && cost.of(best) <= SEARCH_LIMIT; round++) {
            Expr before = best;
            for (Alternative other : alternatives(round == 0 ? terms : reduced(terms(before)))) {
                Budget.current().checkTime();
                if (factoring.left() <= 0) {
                    trace.add(node, best, parts.toArray(Trace.Part[]::new));
                    return best;
                }
                Expr candidate = tried.computeIfAbsent(key(other.terms),
                        key -> assembled(shape, factoring.factored(reduced(other.terms))));
                if (cost.of(candidate) + other.penalty < cost.of(best)) {
                    tell(parts, other.law, best, other.terms, candidate);
                    best = candidate;
                }
            }
            if (best == before) {
                if (round > 0 || best == node) {
                    settled.put(best, true);
                }
                break;
            }
        }
        trace.add(node, best, parts.toArray(Trace.Part[]::new));
        return best;
    }

    /** Terms with the same key are written the same way: the ways to multiply out often lead to one form. */
    private static List<Object> key(List<Product> terms) {
        List<Object> key = new ArrayList<>();
        for (Product term : terms) {
            key.add(term.coefficient());
            for (Product.Factor factor : term.factors()) {
                key.add(factor.base());
                key.add(factor.exponent());
                for (int label : factor.labels()) {
                    key.add(label);
                }
            }
        }
        return key;
    }

    /** How a sum became another: by a law another list of terms, these by the laws of products, what they share taken out. */
    private void tell(List<Trace.Part> parts, String law, Expr start, List<Product> terms, Expr end) {
        if (!trace.isOn()) {
            return;
        }
        List<Product> now = new ArrayList<>(terms);
        Expr current = plain(start.shape(), now);
        parts.add(new Trace.Step(law, start, current));
        for (int k = 0; k < now.size(); k++) {
            for (int step = 0; step < LAW_LIMIT && !now.get(k).coefficient().isZero(); step++) {
                Applied applied = applied(now.get(k)).orElse(null);
                if (applied == null) {
                    break;
                }
                now.set(k, applied.product);
                Expr next = plain(start.shape(), now);
                parts.add(new Trace.Step(applied.law, current, next));
                current = next;
            }
        }
        parts.add(new Trace.Step(StructureLaws.COMMON_FACTOR, current, end));
    }

    /** A product after a law. */
    private record Applied(String law, Product product) {
    }

    private Optional<Applied> applied(Product product) {
        for (ProductRule rule : rules) {
            Optional<Product> next = rule.law().apply(product);
            if (next.isPresent()) {
                return Optional.of(new Applied(rule.name().get(), next.get()));
            }
        }
        return Optional.empty();
    }

    // ---- terms

    private static List<Product> terms(Expr node) {
        List<Product> terms = new ArrayList<>();
        addTerms(node, Rational.ONE, terms);
        return terms;
    }

    private static void addTerms(Expr node, Rational scale, List<Product> terms) {
        if (node instanceof Linear sum) {
            for (int k = 0; k < sum.termCount(); k++) {
                Rational c = scale.times(sum.coefficient(k));
                if (sum.term(k) instanceof Linear inner && inner != node) {
                    addTerms(inner, c, terms);
                } else {
                    Product product = Product.of(sum.term(k));
                    terms.add(product.with(product.coefficient().times(c)));
                }
            }
        } else {
            Product product = Product.of(node);
            terms.add(product.with(product.coefficient().times(scale)));
        }
    }

    private static Expr plain(Shape shape, List<Product> terms) {
        List<Expr> nodes = new ArrayList<>();
        List<Rational> coefficients = new ArrayList<>();
        for (Product term : terms) {
            nodes.add(term.bare().node());
            coefficients.add(term.coefficient());
        }
        return Linear.of(shape, nodes, coefficients);
    }

    /** Every product by the laws of products. */
    private List<Product> reduced(List<Product> terms) {
        List<Product> all = new ArrayList<>();
        for (Product term : terms) {
            Product done = reduced(term);
            if (!done.coefficient().isZero()) {
                all.add(done);
            }
        }
        return all;
    }

    private Product reduced(Product term) {
        Product product = term;
        for (int step = 0; step < LAW_LIMIT && !product.coefficient().isZero(); step++) {
            Product next = step(product);
            if (next == product) {
                break;
            }
            product = next;
        }
        return product;
    }

    private Product step(Product product) {
        for (ProductRule rule : rules) {
            Optional<Product> next = rule.law().apply(product);
            if (next.isPresent()) {
                return next.get();
            }
        }
        return product;
    }

    // ---- other forms of a sum

    /**
     * Another form of a sum.
     *
     * @param law     by which it is equal
     * @param penalty by how much it must be shorter
     */
    private record Alternative(String law, List<Product> terms, double penalty) {
    }

    private double penalty(Expr sum) {
        boolean shared = users(sum) + users(ProductRules.rescaled((Linear) sum, Rational.MINUS_ONE)) > 1;
        return shared || isCentred((Linear) sum) ? SHARED_GAIN : 0;
    }

    /** Whether a term is spread from fewer axes, as in {@code x − mean(x)}: such a sum has a meaning of its own. */
    private static boolean isCentred(Linear sum) {
        return sum.shape().rank() > 0 && sum.operands().stream().anyMatch(term -> term instanceof Contraction spread
                && spread.summedCount() > 0 && spread.operandCount() > 0
                && IntStream.range(0, sum.shape().rank()).anyMatch(label -> isMissing(spread, label)));
    }

    private static boolean isMissing(Contraction product, int label) {
        return IntStream.range(0, product.operandCount())
                .noneMatch(f -> IntStream.of(product.indices(f)).anyMatch(each -> each == label));
    }

    private int users(Expr sum) {
        return Objects.requireNonNullElse(uses.get(sum), 0);
    }

    private List<Alternative> alternatives(List<Product> terms) {
        List<Alternative> all = new ArrayList<>();
        Set<Expr> sums = new LinkedHashSet<>();
        for (Product term : terms) {
            for (Product.Factor factor : term.factors()) {
                if (isSum(factor)) {
                    sums.add(factor.base());
                }
            }
        }
        double penalty = sums.stream().mapToDouble(this::penalty).max().orElse(0);
        for (Expr sum : sums) {
            all.add(new Alternative(StructureLaws.DISTRIBUTED, multipliedOut(terms, List.of(sum)), penalty(sum)));
        }
        if (sums.size() > 1) {
            all.add(new Alternative(StructureLaws.DISTRIBUTED, multipliedOut(terms, List.copyOf(sums)), penalty));
        }
        if (!sums.isEmpty()) {
            all.add(new Alternative(StructureLaws.DISTRIBUTED, everything(terms), penalty));
        }
        Denominators.common(terms, numerators -> shorter(terms.get(0).shape(), numerators))
                .forEach(other -> all.add(new Alternative("common denominator", other, 0)));
        all.removeIf(other -> other.terms.isEmpty());
        return all;
    }

    /** The shorter of the sum as it is and multiplied out. */
    private Expr shorter(Shape shape, List<Product> terms) {
        Expr asIs = assembled(shape, factoring.factored(reduced(terms)));
        List<Product> open = everything(terms);
        if (open.isEmpty()) {
            return asIs;
        }
        Expr out = assembled(shape, factoring.factored(reduced(open)));
        return cost.of(out) < cost.of(asIs) ? out : asIs;
    }

    private static boolean isSum(Product.Factor factor) {
        return factor.base() instanceof Linear && factor.exponent().isOne();
    }

    /** Products of the given sums multiplied out; nothing when there would be too many terms. */
    private static List<Product> multipliedOut(List<Product> terms, List<Expr> sums) {
        List<Product> all = new ArrayList<>();
        List<Product> open = new ArrayList<>(terms);
        while (!open.isEmpty()) {
            Product term = open.removeLast();
            Optional<Product.Factor> sum = term.factors().stream().filter(f -> isSum(f) && sums.contains(f.base()))
                    .findFirst();
            if (sum.isEmpty()) {
                all.add(term);
            } else {
                open.addAll(expanded(term, sum.get()));
            }
            if (open.size() + all.size() > TERM_LIMIT) {
                return List.of();
            }
        }
        return all;
    }

    /** Everything multiplied out, sums within sums too. */
    private static List<Product> everything(List<Product> terms) {
        List<Product> all = new ArrayList<>();
        List<Product> open = new ArrayList<>(terms);
        while (!open.isEmpty()) {
            Product term = open.removeLast();
            Optional<Product.Factor> sum = term.factors().stream().filter(Sums::isSum).findFirst();
            if (sum.isEmpty()) {
                all.add(term);
            } else {
                open.addAll(expanded(term, sum.get()));
            }
            if (open.size() + all.size() > TERM_LIMIT) {
                return List.of();
            }
        }
        return all;
    }

    /** {@code P·(a + b) = P·a + P·b}. */
    static List<Product> expanded(Product term, Product.Factor factor) {
        Linear sum = (Linear) factor.base();
        List<Product> all = new ArrayList<>();
        for (int k = 0; k < sum.termCount(); k++) {
            List<Product.Factor> factors = new ArrayList<>(term.factors());
            factors.removeIf(f -> f == factor);
            factors.add(new Product.Factor(sum.term(k), Rational.ONE, factor.labels()));
            Product next = Product.of(term.with(factors).bare().node());
            all.add(next.with(next.coefficient().times(term.coefficient()).times(sum.coefficient(k))));
        }
        return all;
    }
}
