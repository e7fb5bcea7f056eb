package org.adjoint.derive;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.adjoint.algebra.Equality;
import org.adjoint.algebra.NormalForm;
import org.adjoint.diff.ReverseSweep;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Contraction;
import org.adjoint.expr.Distribution;
import org.adjoint.expr.Elementwise;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Fact;
import org.adjoint.expr.Functions;
import org.adjoint.expr.Linear;
import org.adjoint.expr.MatrixFunction;
import org.adjoint.expr.Rational;
import org.adjoint.expr.Shape;
import org.adjoint.expr.Substitution;
import org.adjoint.expr.Tensors;
import org.adjoint.expr.Variable;
import org.adjoint.expr.Walk;

/**
 * The expectation of an expression over its random variables, entry by entry, for symbolic sizes; derived, never
 * sampled.
 *
 * <p>Variables are independent, so that one is averaged after another, the others held ({@code E f = E E[f |
 * others]}). In the variable W at hand f must be a polynomial: {@code f = Σₖ cₖ·W⊗…⊗W}, which is proved, with the
 * derivatives of f at 0 as coefficients. Then linearity leaves {@code E[W⊗…⊗W]}, a sum over the partitions of the k
 * factors into blocks of products of cumulants, each block holding one entry: entries are independent. Where f is no
 * polynomial and W is symmetric, f is first replaced by {@code (f(W) + f(−W))/2}: an activation of a quantity that is
 * odd in W changes its side with W, which leaves {@code E relu(z)² = E z²/2}.
 *
 * <p>Source: Stuart and Ord, Kendall's Advanced Theory of Statistics, volume 1, chapter 3; for normal entries Isserlis
 * (1918).
 *
 * @param value the expectation
 * @param laws  by which laws, each named once
 */
public record Expectation(Expr value, List<String> laws) {
    private static final int MOST = 6;

    public Expectation {
        laws = List.copyOf(laws);
    }

    /** That an expectation is not found; nothing is said of whether it exists. */
    public static final class Unknown extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final String reason;

        Unknown(String reason) {
            super(reason);
            this.reason = reason;
        }

        /** Why. */
        public String reason() {
            return reason;
        }
    }

    /**
     * The expectation of an expression into which all definitions are inserted.
     *
     * @throws Unknown when the laws do not suffice
     */
    public static Expectation of(Expr f) {
        Set<String> laws = new LinkedHashSet<>();
        return new Expectation(over(f, laws), List.copyOf(laws));
    }

    /** {@code E(f g) − E f E g}, entry by entry. */
    public static Expectation covariance(Expr f, Expr g) {
        Set<String> laws = new LinkedHashSet<>();
        Expr value = over(f.times(g), laws).minus(over(f, laws).times(over(g, laws)));
        return new Expectation(new NormalForm().of(value), List.copyOf(laws));
    }

    private static Expr over(Expr f, Set<String> laws) {
        requireDefined(f);
        Expr rest = f;
        while (true) {
            Map<Variable, Distribution> random = random(rest);
            if (random.isEmpty()) {
                return rest;
            }
            Optional<Expr> next = Optional.empty();
            String why = "";
            for (Map.Entry<Variable, Distribution> entry : random.entrySet()) {
                try {
                    next = Optional.of(new Averaging(entry.getKey(), entry.getValue(), laws).of(rest));
                    break;
                } catch (Unknown unknown) {
                    why = unknown.reason();
                }
            }
            String reason = why;
            rest = next.orElseThrow(() -> new Unknown("the expectation is not found: " + reason));
        }
    }

    /** A quotient that cancels, or is averaged away, has no value at the zeros of its divisor, which may be likely. */
    private static void requireDefined(Expr f) {
        for (Expr node : Walk.postorder(f)) {
            boolean partial = node instanceof MatrixFunction || node instanceof Elementwise e
                    && e.function().domain().isPresent() && !isPower(e);
            if (partial && !random(node).isEmpty()) {
                throw new Unknown("the expectation is not found: " + String.join(", ",
                        Variable.names(random(node).keySet())) + " may have values at which there is none");
            }
        }
    }

    private static boolean isPower(Elementwise e) {
        return e.function() == Functions.POWER && Constant.uniform(e.operand(1))
                .filter(k -> k.isInteger() && k.signum() >= 0).isPresent();
    }

    /** The random variables in an expression. */
    private static Map<Variable, Distribution> random(Expr f) {
        Map<Variable, Distribution> random = new LinkedHashMap<>();
        for (Variable variable : Walk.variables(f)) {
            for (Fact fact : variable.facts()) {
                if (fact instanceof Fact.Random drawn) {
                    random.put(variable, drawn.distribution());
                }
            }
        }
        return random;
    }

    /** The mean over one random variable, all others held. */
    private record Averaging(Variable w, Distribution distribution, Set<String> laws) {

        Expr of(Expr f) {
            Map<Expr, Expr> hidden = new LinkedHashMap<>();
            Map<Expr, Expr> parts = new LinkedHashMap<>();
            held(f).forEach(part -> {
                Variable name = Variable.of("held " + hidden.size(), part.shape());
                hidden.put(part, name);
                parts.put(name, part);
            });
            return Substitution.of(parts).apply(ofPolynomial(Substitution.of(hidden).apply(f)));
        }

        /**
         * The largest random parts in which w does not occur: they keep their form, for the variables that come after.
         */
        private Set<Expr> held(Expr f) {
            Set<Expr> with = new HashSet<>();
            Set<Expr> held = new LinkedHashSet<>();
            for (Expr node : Walk.postorder(f)) {
                if (node == w || node.operands().stream().anyMatch(with::contains)) {
                    with.add(node);
                    node.operands().stream()
                            .filter(o -> !with.contains(o) && o.operandCount() > 0 && !random(o).isEmpty())
                            .forEach(held::add);
                }
            }
            return held;
        }

        private Expr ofPolynomial(Expr f) {
            Expr p = new NormalForm().of(even(f));
            List<Expr> coefficients = coefficients(p);
            List<Expr> terms = new ArrayList<>();
            for (int k = 0; k < coefficients.size(); k++) {
                if (!Linear.isZero(coefficients.get(k))) {
                    partitions(k, k, new ArrayList<>(), coefficients.get(k), p.shape(), terms);
                }
            }
            laws.add(coefficients.size() < 2 ? "E c = c" : "linearity, and the moments of " + w.name() + " ~ "
                    + distribution.text() + " with independent entries");
            return terms.isEmpty() ? Linear.zero(p.shape()) : new NormalForm().of(Tensors.sum(terms));
        }

        // ---- symmetry

        /**
         * Activations of quantities that are odd in a symmetric w are replaced, and the odd part of the whole is left
         * out.
         */
        private Expr even(Expr f) {
            if (!distribution.isSymmetric()) {
                return f;
            }
            Map<Expr, Expr> sides = new LinkedHashMap<>();
            Map<Expr, Variable> signs = new LinkedHashMap<>();
            Map<Variable, Expr> flipped = new LinkedHashMap<>(Map.of(w, w.negate()));
            for (Expr node : Walk.postorder(f)) {
                boolean kinked = node instanceof Elementwise e
                        && (e.function() == Functions.RELU || e.function() == Functions.ABS);
                if (kinked && Walk.variables(node).contains(w)) {
                    Expr u = node.operand(0);
                    if (Equality.prove(Substitution.of(Map.of(w, w.negate())).apply(u), u.negate()).isEmpty()) {
                        return f;
                    }
                    Variable side = signs.computeIfAbsent(u, of -> Variable.of("side " + signs.size(), of.shape(),
                            Fact.Named.PLUS_MINUS_ONE));
                    boolean relu = ((Elementwise) node).function() == Functions.RELU;
                    sides.put(node, relu ? u.plus(side.times(u)).times(Rational.HALF) : side.times(u));
                    flipped.put(side, side.negate());
                }
            }
            if (sides.isEmpty()) {
                return f;
            }
            Expr smooth = Substitution.of(sides).apply(f);
            Expr even = new NormalForm().of(
                    smooth.plus(Substitution.of(flipped).apply(smooth)).times(Rational.HALF));
            if (Walk.variables(even).stream().anyMatch(v -> v != w && flipped.containsKey(v))) {
                throw new Unknown("an activation of " + w.name() + " is left when " + w.name()
                        + " and its negative are averaged");
            }
            laws.add("symmetry: " + w.name() + " and -" + w.name()
                    + " are equally likely, so that relu(z)**2 has the mean of z**2/2");
            return even;
        }

        // ---- polynomials

        /** {@code Dᵏf(0)/k!}, shaped like f followed by k times the shape of w. */
        private List<Expr> coefficients(Expr f) {
            List<Expr> coefficients = new ArrayList<>();
            List<Expr> terms = new ArrayList<>();
            Expr derivative = f;
            long factorial = 1;
            for (int k = 0;; k++) {
                Expr atZero = new NormalForm()
                        .of(Substitution.of(Map.of(w, Linear.zero(w.shape()))).apply(derivative))
                        .times(Rational.of(1, factorial));
                coefficients.add(atZero);
                terms.add(contracted(atZero, f.shape(), k));
                if (!Walk.variables(derivative).contains(w)) {
                    break;
                }
                if (k == MOST) {
                    throw new Unknown("no polynomial of degree " + MOST + " or less in " + w.name());
                }
                derivative = new NormalForm().of(ReverseSweep.jacobian(derivative, w));
                factorial *= k + 1;
            }
            if (Equality.prove(f, Tensors.sum(terms)).isEmpty()) {
                throw new Unknown("it is not proved to be a polynomial in " + w.name());
            }
            return coefficients;
        }

        /** {@code c·w⊗…⊗w}, k times. */
        private Expr contracted(Expr c, Shape shape, int k) {
            int[] labels = Tensors.allAxes(c);
            List<Expr> factors = new ArrayList<>(List.of(c));
            List<int[]> all = new ArrayList<>(List.of(labels));
            int rank = w.shape().rank();
            for (int copy = 0; copy < k; copy++) {
                int first = shape.rank() + copy * rank;
                factors.add(w);
                all.add(Arrays.copyOfRange(labels, first, first + rank));
            }
            return Contraction.of(factors, all, Arrays.copyOf(labels, shape.rank()), shape);
        }

        // ---- moments

        /**
         * One term for each way to write k as a sum of block lengths, as often as k factors can be put into such
         * blocks; the coefficient is symmetric in them.
         */
        private void partitions(int left, int longest, List<Integer> blocks, Expr c, Shape shape, List<Expr> terms) {
            if (left == 0) {
                term(blocks, c, shape).ifPresent(terms::add);
                return;
            }
            for (int length = Math.min(left, longest); length >= 1; length--) {
                blocks.add(length);
                partitions(left - length, length, blocks, c, shape, terms);
                blocks.removeLast();
            }
        }

        private Optional<Expr> term(List<Integer> blocks, Expr c, Shape shape) {
            List<Expr> cumulants = new ArrayList<>();
            for (int length : blocks) {
                Optional<Expr> cumulant = distribution.cumulant(length);
                if (cumulant.filter(Linear::isZero).isPresent()) {
                    return Optional.empty();
                }
                cumulants.add(cumulant.orElse(Constant.ONE));
            }
            int[] labels = Tensors.allAxes(c);
            int rank = w.shape().rank();
            int at = shape.rank();
            for (int length : blocks) {
                for (int axis = rank; axis < length * rank; axis++) {
                    labels[at + axis] = labels[at + axis % rank];
                }
                at += length * rank;
            }
            Expr sum = Contraction.of(List.of(c), List.of(labels), Arrays.copyOf(Tensors.allAxes(c), shape.rank()),
                    shape);
            for (int length : blocks) {
                boolean known = distribution.cumulant(length).isPresent();
                if (!known && !Linear.isZero(new NormalForm().of(sum))) {
                    throw new Unknown("a moment of order " + length + " of " + w.name() + " ~ " + distribution.text()
                            + " is not known");
                }
            }
            Expr value = sum;
            for (Expr cumulant : cumulants) {
                value = value.times(cumulant);
            }
            return Optional.of(value.times(ways(blocks)));
        }

        /** In how many ways a set falls into unnamed blocks of these lengths: {@code k!/(Π bᵢ! Π mⱼ!)}. */
        private static Rational ways(List<Integer> blocks) {
            Rational ways = factorial(blocks.stream().mapToInt(b -> b).sum());
            for (int length : blocks) {
                ways = ways.times(factorial(length).inverse());
            }
            for (int length : new LinkedHashSet<>(blocks)) {
                ways = ways.times(factorial((int) blocks.stream().filter(b -> b == length).count()).inverse());
            }
            return ways;
        }

        private static Rational factorial(int k) {
            Rational product = Rational.ONE;
            for (int j = 2; j <= k; j++) {
                product = product.times(Rational.of(j));
            }
            return product;
        }
    }
}
