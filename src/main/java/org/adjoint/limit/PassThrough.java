package org.adjoint.limit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.adjoint.algebra.Assumptions;
import org.adjoint.expr.Budget;
import org.adjoint.expr.Contraction;
import org.adjoint.expr.Elementwise;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Functions;
import org.adjoint.expr.Linear;
import org.adjoint.expr.Rational;
import org.adjoint.expr.ScalarFunction;
import org.adjoint.expr.Shape;
import org.adjoint.expr.Size;
import org.adjoint.expr.Tensors;
import org.adjoint.expr.Variable;
import org.adjoint.expr.Walk;

/**
 * {@code lim Σₖ tₖ = Σₖ lim tₖ} for a sum of any fixed size whose terms all have finite limits, and {@code lim max = max lim};
 * what a continuous function makes of finite limits is the limit of what it makes.
 */
final class PassThrough implements SumExpansion {
    @Override
    public Optional<Expansion> expand(Question question) {
        EntryForm entries = EntryForm.of(question).orElse(null);
        if (entries == null) {
            return Optional.empty();
        }
        Search search = new Search(entries, question);
        if (!search.needsMe(entries.form())) {
            return Optional.empty();
        }
        return search.limit(entries.form()).map(limit -> {
            Variable symbol = entries.symbols().fresh("limit", Set.of());
            return new Expansion(symbol, Assumptions.NONE, Map.of(symbol, entries.tensor(limit)), Map.of(),
                    entries.shown(entries.symbols().conditions()), search.steps);
        });
    }

    private static final class Search {
        private final EntryForm entries;
        private final Symbols symbols;
        private final Question question;
        private final List<Step> steps = new ArrayList<>();

        Search(EntryForm entries, Question question) {
            this.entries = entries;
            this.symbols = entries.symbols();
            this.question = question;
        }

        /** Whether a sum or a maximum occurs that has no expansion. */
        boolean needsMe(Expr form) {
            return Walk.variables(form).stream().map(symbols::entry)
                    .anyMatch(entry -> entry instanceof Entry.Sum || entry instanceof Entry.Maximum);
        }

        /** The limit of a form as a form without the variable. */
        Optional<Expr> limit(Expr form) {
            if (!needsMe(form)) {
                return whole(form)
                        .or(() -> form instanceof Variable symbol ? symbol(symbol, List.of()) : Optional.empty());
            }
            return switch (form) {
                case Variable symbol -> symbol(symbol, List.of());
                case Linear sum -> {
                    List<Expr> limits = new ArrayList<>();
                    for (int k = 0; k < sum.termCount(); k++) {
                        Rational c = sum.coefficient(k);
                        limit(sum.term(k)).map(x -> x.times(c)).ifPresent(limits::add);
                    }
                    yield limits.size() == sum.termCount() ? Optional.of(Tensors.sum(limits)) : Optional.empty();
                }
                case Contraction product -> product(product);
                case Elementwise f -> function(f);
                default -> Optional.empty();
            };
        }

        /** The factors beside a sum go under it; without one sum, each has a limit of its own. */
        private Optional<Expr> product(Contraction product) {
            List<Expr> others = new ArrayList<>(product.operands());
            for (Expr factor : product.operands()) {
                if (factor instanceof Variable symbol && symbols.entry(symbol) instanceof Entry.Sum) {
                    others.remove(factor);
                    if (!needsMe(Tensors.product(others))) {
                        return symbol(symbol, others);
                    }
                    break;
                }
            }
            for (Expr factor : product.operands()) {
                others = new ArrayList<>(product.operands());
                others.remove(factor);
                if (factor instanceof Variable symbol && symbols.entry(symbol) instanceof Entry.Maximum
                        && others.stream().allMatch(this::isPositiveNear)) {
                    return symbol(symbol, others);
                }
            }
            List<Expr> limits = new ArrayList<>();
            for (Expr factor : product.operands()) {
                Optional<Expr> one = limit(factor);
                if (one.isEmpty()) {
                    return one;
                }
                limits.add(one.get());
            }
            return Optional.of(Tensors.product(limits));
        }

        private Optional<Expr> symbol(Variable symbol, List<Expr> factors) {
            return switch (symbols.entry(symbol)) {
                case Entry.Sum(Expr term, Map<Integer, Size> bound) -> sum(term, bound, factors);
                case Entry.ExponentialSum sum -> sum(sum.term(), sum.bound(), factors);
                case Entry.Maximum(Expr term, Map<Integer, Size> bound) -> {
                    List<Expr> all = new ArrayList<>(factors);
                    all.add(term);
                    yield limit(Tensors.product(all)).map(limit -> {
                        Expr max = symbols.max(limit, bound, entries.sizes());
                        steps.add(Step.of("limit of a maximum",
                                "the maximum is continuous, positive factors go under it, and every entry goes to {0}: "
                                        + "the maximum goes to {1}",
                                entries.shown(limit), entries.shown(max)));
                        return max;
                    });
                }
                case null, default -> Optional.empty();
            };
        }

        private Optional<Expr> sum(Expr term, Map<Integer, Size> bound, List<Expr> factors) {
            List<Expr> all = new ArrayList<>(factors);
            all.add(term);
            return limit(Tensors.product(all)).map(limit -> {
                Expr sum = symbols.sum(limit, bound, entries.sizes());
                steps.add(Step.of("limit of a finite sum",
                        "every term goes to {0}, and the number of terms does not depend on " + question.v().name()
                                + ": the sum goes to {1}",
                        entries.shown(limit), entries.shown(sum)));
                return sum;
            });
        }

        private Optional<Expr> function(Elementwise f) {
            List<Expr> limits = new ArrayList<>();
            for (Expr operand : f.operands()) {
                Optional<Expr> limit = limit(operand);
                if (limit.isEmpty()) {
                    return limit;
                }
                limits.add(limit.get());
            }
            return isContinuous(f.function(), limits) ? Optional.of(f.function().apply(limits.toArray(new Expr[0])))
                    : Optional.empty();
        }

        private boolean isContinuous(ScalarFunction f, List<Expr> at) {
            if (f == Functions.LOG || f == Functions.SQRT || f == Functions.POWER) {
                return positive(at.get(0));
            }
            return !f.isLocallyConstant() && f.domain().isEmpty();
        }

        /** Whether a factor is positive on the way, seen from where it or its reciprocal goes. */
        private boolean isPositiveNear(Expr factor) {
            Optional<Extended> up = Optional.of(Extended.PLUS_INFINITY);
            return symbols.isPositive(factor) || (!needsMe(factor) && (Rate.limit(factor, question).equals(up)
                    || Rate.limit(Tensors.reciprocal(factor), question).equals(up)));
        }

        private boolean positive(Expr form) {
            return symbols.isPositive(form);
        }

        /** The limit of a form without such sums, as a tensor with an axis for each of its labels. */
        private Optional<Expr> whole(Expr form) {
            if (!Walk.variables(form).contains(question.v()) && Walk.variables(form).stream().map(symbols::entry)
                    .allMatch(entry -> entry == null || entry instanceof Entry.Of)) {
                return Optional.of(form);
            }
            List<Integer> labels = List.copyOf(symbols.labels(form));
            Map<Integer, Size> lengths = new LinkedHashMap<>();
            labels.forEach(label -> lengths.put(label, entries.sizes().get(label)));
            if (lengths.containsValue(null)) {
                return Optional.empty();
            }
            Expr tensor = symbols.tensor(form, labels, Shape.of(List.copyOf(lengths.values())));
            if (tensor == question.f()) {
                return Optional.empty();
            }
            LimitResult result = Limits.of(tensor, question.v(), question.target(), question.assumptions(),
                    Budget.current());
            if (!(result instanceof LimitResult.Value value) || !(value.value() instanceof Extended.Finite(Expr limit))
                    || !value.conditions().isEmpty()) {
                return Optional.empty();
            }
            steps.addAll(value.steps());
            return Optional.of(symbols.of(limit, labels));
        }
    }
}
