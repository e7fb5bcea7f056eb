package org.adjoint.limit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import org.adjoint.algebra.Assumptions;
import org.adjoint.algebra.Equality;
import org.adjoint.algebra.Relation;
import org.adjoint.algebra.SignOracle;
import org.adjoint.algebra.Signs;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Contraction;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Fact;
import org.adjoint.expr.Functions;
import org.adjoint.expr.Rational;
import org.adjoint.expr.Reduction;
import org.adjoint.expr.Shape;
import org.adjoint.expr.Size;
import org.adjoint.expr.Substitution;
import org.adjoint.expr.Tensors;
import org.adjoint.expr.Variable;
import org.adjoint.expr.Walk;
import org.jspecify.annotations.Nullable;

/** The fresh scalars of entry forms and what they stand for; equal entries have one symbol. */
final class Symbols {
    private final Map<Variable, Entry> entries = new LinkedHashMap<>();
    private final Map<Entry, Variable> variables = new HashMap<>();
    private final Set<String> taken = new TreeSet<>();
    private final Set<Relation> conditions = new LinkedHashSet<>();
    private final Set<Expr> unsigned = new LinkedHashSet<>();
    private final Map<Integer, Integer> listLengths = new HashMap<>();
    private int nextLabel = Entry.FIRST_BOUND;

    private final SignOracle signs;

    Symbols(Set<String> taken, Assumptions assumptions) {
        this.taken.addAll(taken);
        this.signs = new SignOracle(assumptions);
    }

    /** Whether a form is known to be positive, at all of its labels. */
    boolean isPositive(Expr form) {
        if (Signs.isPositive(form)) {
            return true;
        }
        return form instanceof Variable symbol && entries.get(symbol) instanceof Entry.Listed listed
                ? listed.scalars().stream().allMatch(this::isPositive)
                : signs.proves(new Relation(form, Relation.Op.GREATER, Constant.ZERO));
    }

    /** Whether a form is known not to be negative, at all of its labels. */
    boolean isNonNegative(Expr form) {
        return Signs.of(form) != Signs.Sign.UNKNOWN || isPositive(form);
    }

    /** Under which the forms that hold the symbols are right. */
    Set<Relation> conditions() {
        return conditions;
    }

    void require(Relation condition) {
        conditions.add(condition);
    }

    /** The bases of powers with the variable in the exponent that would have to be positive, and are not known to be. */
    Set<Expr> unsigned() {
        return unsigned;
    }

    void missPositive(Expr base) {
        unsigned.add(base);
    }

    /** A label that no other sum uses. */
    int freshLabel() {
        return nextLabel++;
    }

    @Nullable
    Entry entry(Variable symbol) {
        return entries.get(symbol);
    }

    Set<Variable> all() {
        return entries.keySet();
    }

    /** The symbol of {@code T[labels]}; a scalar that is written with scalars only is itself. */
    Expr of(Expr tensor, List<Integer> labels) {
        Rational number = Constant.uniform(tensor).orElse(null);
        if (number != null) {
            return Constant.of(number);
        }
        if (labels.isEmpty() && isScalarFormula(tensor)) {
            return tensor;
        }
        Entry.Of own = new Entry.Of(tensor, labels);
        Variable known = variables.get(own);
        if (known == null && !(tensor instanceof Variable)) {
            known = equal(own);
        }
        return known != null ? known : symbol(own, tensor instanceof Variable variable ? variable.name() : "s",
                facts(tensor));
    }

    /** A symbol of the same value, if there is one: {@code x·x} and {@code Σ x²}. */
    private @Nullable Variable equal(Entry.Of own) {
        for (Map.Entry<Variable, Entry> other : entries.entrySet()) {
            if (other.getValue() instanceof Entry.Of(Expr tensor, List<Integer> labels) && labels.equals(own.labels())
                    && !(tensor instanceof Variable) && tensor.shape().equals(own.tensor().shape())
                    && Walk.variables(tensor).equals(Walk.variables(own.tensor()))
                    && !SamplePoint.differ(tensor, own.tensor())
                    && Equality.prove(tensor, own.tensor()).isPresent()) {
                variables.put(own, other.getKey());
                return other.getKey();
            }
        }
        return null;
    }

    private static boolean isScalarFormula(Expr expr) {
        return Walk.postorder(expr).stream().allMatch(node -> node.shape().isScalar());
    }

    /** The symbol of a sum or maximum over bound labels. */
    Variable of(Entry entry) {
        boolean positive = entry instanceof Entry.ExponentialSum sum && isPositive(sum.weight())
                || entry instanceof Entry.Sum(Expr term, Map<Integer, Size> ignored) && isPositive(term);
        return symbol(entry, "S", positive ? Set.of(Fact.Named.POSITIVE) : Set.of());
    }

    private Variable symbol(Entry entry, String name, Set<? extends Fact> facts) {
        Variable known = variables.get(entry);
        if (known != null) {
            return known;
        }
        Variable symbol = fresh(name, facts);
        variables.put(entry, symbol);
        entries.put(symbol, entry);
        return symbol;
    }

    /** A scalar whose name nothing else has. */
    Variable fresh(String name, Set<? extends Fact> facts) {
        int number = 0;
        while (!taken.add(name + "#" + number)) {
            number++;
        }
        return Variable.of(name + "#" + number, Shape.SCALAR, facts);
    }

    /** What is declared of every entry. */
    private static Set<Fact> facts(Expr tensor) {
        Set<Fact> facts = new LinkedHashSet<>();
        if (tensor instanceof Variable variable) {
            for (Fact fact : variable.facts()) {
                boolean entrywise = switch (fact) {
                    case Fact.Interval interval -> true;
                    case Fact.Bound bound -> true;
                    case Fact.Random random -> false;
                    case Fact.Named named -> switch (named) {
                        case POSITIVE, NONZERO, INTEGER, NATURAL, PLUS_MINUS_ONE, ZERO_ONE -> true;
                        case SYMMETRIC, POSITIVE_DEFINITE, ORTHOGONAL, INVERTIBLE, ONE_HOT, PROBABILITY, UNIT, LINEAR,
                                FINITE_SUPPORT ->
                            false;
                    };
                };
                if (entrywise) {
                    facts.add(fact);
                }
            }
        }
        if (facts.isEmpty() && isSquare(tensor)) {
            facts.add(new Fact.Bound(Fact.Bound.Side.AT_LEAST, Rational.ZERO));
        }
        if (facts.isEmpty()) {
            switch (Signs.of(tensor)) {
                case POSITIVE -> facts.add(Fact.Named.POSITIVE);
                case NONNEGATIVE -> facts.add(new Fact.Bound(Fact.Bound.Side.AT_LEAST, Rational.ZERO));
                case UNKNOWN -> {
                }
            }
        }
        return facts;
    }

    /** Whether every factor of a sum of products occurs twice, at the same indices. */
    private static boolean isSquare(Expr tensor) {
        if (!(tensor instanceof Contraction product) || product.operandCount() % 2 != 0) {
            return false;
        }
        Set<List<Object>> single = new LinkedHashSet<>();
        for (int k = 0; k < product.operandCount(); k++) {
            List<Object> factor = List.of(product.operand(k), Arrays.stream(product.indices(k)).boxed().toList());
            if (!single.remove(factor)) {
                single.add(factor);
            }
        }
        return single.isEmpty();
    }

    // ---- labels

    /** The free labels of everything that occurs in the form. */
    Set<Integer> labels(Expr form) {
        Set<Integer> labels = new TreeSet<>();
        for (Variable variable : Walk.variables(form)) {
            Entry entry = entries.get(variable);
            if (entry == null) {
                continue;
            }
            switch (entry) {
                case Entry.Of of -> labels.addAll(of.labels());
                case Entry.Listed listed -> {
                    labels.add(listed.label());
                    listed.scalars().forEach(x -> labels.addAll(labels(x)));
                }
                case Entry.ExponentialSum sum -> {
                    labels.addAll(labels(sum.weight()));
                    sum.exponents().values().forEach(g -> labels.addAll(labels(g)));
                    labels.removeAll(sum.bound().keySet());
                }
                case Entry.Sum sum -> labels.addAll(without(labels(sum.term()), sum.bound()));
                case Entry.Maximum max -> labels.addAll(without(labels(max.term()), max.bound()));
            }
        }
        return labels;
    }

    private static Set<Integer> without(Set<Integer> labels, Map<Integer, Size> bound) {
        labels.removeAll(bound.keySet());
        return labels;
    }

    /** The form with its free labels renamed. */
    Expr rename(Expr form, Map<Integer, Integer> names) {
        Map<Variable, Expr> images = new LinkedHashMap<>();
        for (Variable variable : Walk.variables(form)) {
            Entry entry = entries.get(variable);
            if (entry != null) {
                images.put(variable, renamed(entry, names));
            }
        }
        return images.isEmpty() ? form : Substitution.of(images).apply(form);
    }

    private Expr renamed(Entry entry, Map<Integer, Integer> names) {
        return switch (entry) {
            case Entry.Of of -> of(of.tensor(), of.labels().stream().map(l -> names.getOrDefault(l, l)).toList());
            case Entry.Listed listed -> listed(listed.scalars().stream().map(x -> rename(x, names)).toList(),
                    names.getOrDefault(listed.label(), listed.label()));
            case Entry.ExponentialSum sum -> {
                Map<Expr, Expr> exponents = new LinkedHashMap<>();
                sum.exponents().forEach((rate, g) -> exponents.put(rate, rename(g, names)));
                yield of(new Entry.ExponentialSum(rename(sum.weight(), names), exponents, sum.bound()));
            }
            case Entry.Sum sum -> of(new Entry.Sum(rename(sum.term(), names), sum.bound()));
            case Entry.Maximum max -> of(new Entry.Maximum(rename(max.term(), names), max.bound()));
        };
    }

    // ---- back to tensors

    /**
     * The tensor whose entry at the labels is the form.
     *
     * @param labels one for each axis of the result
     * @param shape  of the result
     */
    Expr tensor(Expr form, List<Integer> labels, Shape shape) {
        return new TensorOf(this, labels, shape).of(form);
    }

    /** The symbol of one of some scalars, by the label. */
    Expr listed(List<Expr> scalars, int label) {
        if (scalars.stream().distinct().count() == 1) {
            return scalars.get(0);
        }
        boolean positive = scalars.stream().allMatch(this::isPositive);
        return symbol(new Entry.Listed(scalars, label), "s", positive ? Set.of(Fact.Named.POSITIVE) : Set.of());
    }

    /** The form at each of the scalars that the label runs through; nothing where it is the index of a tensor. */
    Optional<List<Expr>> unrolled(Expr form, int label) {
        Map<Variable, List<Expr>> lists = new LinkedHashMap<>();
        for (Variable variable : Walk.variables(form)) {
            if (entries.get(variable) instanceof Entry.Listed(List<Expr> scalars, int own) && own == label) {
                lists.put(variable, scalars);
            }
        }
        Integer count = lists.isEmpty() ? listLengths.get(label)
                : Integer.valueOf(lists.values().iterator().next().size());
        if (count == null) {
            return Optional.empty();
        }
        List<Expr> all = new ArrayList<>();
        for (int k = 0; k < count; k++) {
            Map<Variable, Expr> images = new LinkedHashMap<>();
            for (Map.Entry<Variable, List<Expr>> list : lists.entrySet()) {
                images.put(list.getKey(), list.getValue().get(k));
            }
            all.add(images.isEmpty() ? form : Substitution.of(images).apply(form));
        }
        return Optional.of(all);
    }

    /** A label that runs through lists of that length. */
    int freshList(int length) {
        int label = freshLabel();
        listLengths.put(label, length);
        return label;
    }

    /** {@code Σ form} over bound labels, of a form without the variable. */
    Expr sum(Expr form, Map<Integer, Size> bound, Map<Integer, Size> sizes) {
        return bound.size() == 1
                ? unrolled(form, bound.keySet().iterator().next()).map(Tensors::sum)
                        .orElseGet(
                                () -> reduced(form, bound, sizes, (tensor, axes) -> Tensors.sum(tensor, axes, false)))
                : reduced(form, bound, sizes, (tensor, axes) -> Tensors.sum(tensor, axes, false));
    }

    /** {@code max form} over bound labels, of a form without the variable. */
    Expr max(Expr form, Map<Integer, Size> bound, Map<Integer, Size> sizes) {
        Optional<List<Expr>> list = bound.size() == 1 ? unrolled(form, bound.keySet().iterator().next())
                : Optional.empty();
        return list.map(all -> extreme(all, 1))
                .orElseGet(() -> reduced(form, bound, sizes,
                        (tensor, axes) -> Reduction.of(Reduction.Operation.MAX, tensor, axes)));
    }

    private static boolean isTotalProbability(Expr sum) {
        return sum.shape().isScalar()
                && Walk.variables(sum).stream()
                        .anyMatch(x -> x.is(Fact.Named.PROBABILITY) || x.is(Fact.Named.ONE_HOT))
                && Equality.prove(sum, Constant.ONE).isPresent();
    }

    /** {@code max} of some scalars, or {@code min} for the sign −1; of the numbers among them there is one at most. */
    static Expr extreme(List<Expr> scalars, int sign) {
        List<Expr> open = new ArrayList<>();
        Rational best = null;
        for (Expr scalar : new LinkedHashSet<>(scalars)) {
            Rational number = Constant.uniform(scalar).orElse(null);
            if (number == null) {
                open.add(scalar);
            } else if (best == null || number.compareTo(best) * sign > 0) {
                best = number;
            }
        }
        if (best != null) {
            open.add(Constant.of(best));
        }
        return open.stream().reduce((a, b) -> (sign > 0 ? Functions.MAXIMUM : Functions.MINIMUM).apply(a, b))
                .orElseThrow();
    }

    /** Some reduction of a form over bound labels, as a symbol with the other labels. */
    private Expr reduced(Expr form, Map<Integer, Size> bound, Map<Integer, Size> sizes,
            BiFunction<Expr, int[], Expr> reduction) {
        List<Integer> free = new ArrayList<>(labels(form));
        free.removeAll(bound.keySet());
        List<Integer> all = new ArrayList<>(free);
        all.addAll(new TreeSet<>(bound.keySet()));
        List<Size> lengths = new ArrayList<>();
        for (int label : all) {
            Size size = bound.get(label);
            lengths.add(size != null ? size : Objects.requireNonNull(sizes.get(label)));
        }
        Expr tensor = tensor(form, all, Shape.of(lengths));
        int[] axes = IntStream.range(free.size(), all.size()).toArray();
        Expr reduced = reduction.apply(tensor, axes);
        return isTotalProbability(reduced) ? Constant.ONE : of(reduced, free);
    }
}
