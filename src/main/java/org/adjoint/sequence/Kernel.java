package org.adjoint.sequence;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.adjoint.expr.Fact;
import org.adjoint.expr.Rational;
import org.adjoint.expr.UnknownFunction;
import org.adjoint.expr.Variable;

/**
 * Sums over unknown sequences by what they weigh: {@code Σ_i x(n − i)·h(i) = Σ_{s,t} x(s)·h(t)·[s + t = n]}, whose kernel is
 * {@code [s + t = n]}. Two such sums are equal for all sequences when their kernels are equal at all integers; the kernel of a
 * product of the same sequence, {@code x(s)·x(t)}, is made symmetric. Reindexing changes no kernel.
 *
 * @param functions the sequences, in order
 * @param weight    the kernel: a function of the places, and of what is free
 */
record Kernel(List<UnknownFunction> functions, Piecewise weight) {
    private static final int MOST_EQUAL = 3;

    /** The integer variable for a place. */
    static Variable place(int k) {
        return Variable.scalar("place " + k, Fact.Named.INTEGER);
    }

    /** The kernels of a function by cases, one for each list of sequences. */
    static List<Kernel> of(Piecewise f) {
        Map<List<UnknownFunction>, Piecewise> kernels = new LinkedHashMap<>();
        f.pieces().forEach((piece, poly) -> poly.terms().forEach((monomial, c) -> {
            List<UnknownFunction> functions = monomial.functions().stream().map(Applied::function).toList();
            kernels.merge(functions, weight(piece, monomial, c), Piecewise::plus);
        }));
        List<Kernel> all = new ArrayList<>();
        kernels.forEach((functions, weight) -> all.add(new Kernel(functions, symmetric(functions, weight))));
        return all;
    }

    private static Piecewise weight(Piecewise.Piece piece, Monomial monomial, Rational c) {
        requireConvergence(piece, monomial);
        Guard guard = piece.guard();
        int k = 0;
        for (Applied applied : monomial.functions()) {
            for (Form argument : applied.arguments()) {
                guard = guard.and(Guard.zero(argument.minus(Form.of(place(k++)))));
            }
        }
        Piecewise weight = new Piecewise(Map.of(new Piecewise.Piece(guard, Set.of()),
                new Poly(Map.of(monomial.withoutFunctions(), c))));
        for (Variable bound : piece.bound()) {
            weight = Summation.over(bound, weight);
        }
        return weight;
    }

    // ---- convergence

    /** Only finitely many terms are not zero: sequences of finite support and bounds leave no direction open. */
    private static void requireConvergence(Piecewise.Piece piece, Monomial monomial) {
        List<Variable> bound = List.copyOf(piece.bound());
        List<Form> held = new ArrayList<>();
        for (Applied applied : monomial.functions()) {
            if (applied.function().facts().contains(Fact.Named.FINITE_SUPPORT)) {
                held.addAll(applied.arguments());
            }
        }
        for (Form form : piece.guard().forms()) {
            if (piece.guard().forms().stream().anyMatch(other -> bound.stream()
                    .allMatch(v -> other.coefficient(v) == -form.coefficient(v)))) {
                held.add(form);
            }
        }
        if (rank(held, bound) < bound.size()) {
            Set<String> names = new LinkedHashSet<>();
            monomial.functions().forEach(f -> names.add(f.function().name()));
            throw new NotClosed("a sum over all integers of " + String.join(", ", names)
                    + " may not converge; declare a finite support, as in `" + names.iterator().next()
                    + " : Z -> R finite_support`");
        }
    }

    private static int rank(List<Form> forms, List<Variable> variables) {
        List<Rational[]> rows = new ArrayList<>();
        forms.forEach(form -> rows.add(variables.stream().map(v -> Rational.of(form.coefficient(v)))
                .toArray(Rational[]::new)));
        int rank = 0;
        for (int column = 0; column < variables.size(); column++) {
            int pivot = rank;
            while (pivot < rows.size() && rows.get(pivot)[column].isZero()) {
                pivot++;
            }
            if (pivot == rows.size()) {
                continue;
            }
            Rational[] lead = rows.get(pivot);
            rows.set(pivot, rows.get(rank));
            rows.set(rank, lead);
            for (int k = rank + 1; k < rows.size(); k++) {
                Rational factor = rows.get(k)[column].dividedBy(lead[column]);
                for (int j = column; j < variables.size(); j++) {
                    rows.get(k)[j] = rows.get(k)[j].minus(factor.times(lead[j]));
                }
            }
            rank++;
        }
        return rank;
    }

    // ---- products of the same sequence

    private static Piecewise symmetric(List<UnknownFunction> functions, Piecewise weight) {
        Piecewise current = weight;
        int first = 0;
        int place = 0;
        while (first < functions.size()) {
            int end = first;
            while (end < functions.size() && functions.get(end).equals(functions.get(first))) {
                end++;
            }
            int arity = functions.get(first).parameters().size();
            current = symmetric(current, place, end - first, arity);
            place += (end - first) * arity;
            first = end;
        }
        return current;
    }

    /** The mean over all orders of so many groups of places. */
    private static Piecewise symmetric(Piecewise weight, int place, int count, int arity) {
        if (count == 1) {
            return weight;
        }
        if (count > MOST_EQUAL) {
            throw new NotClosed("a sequence is multiplied by itself more than " + MOST_EQUAL + " times");
        }
        Piecewise sum = Piecewise.ZERO;
        List<List<Integer>> orders = orders(count);
        for (List<Integer> order : orders) {
            Piecewise moved = weight;
            for (int k = 0; k < count * arity; k++) {
                moved = moved.substitute(place(place + k), Form.of(place(1_000 + k)));
            }
            for (int k = 0; k < count * arity; k++) {
                moved = moved.substitute(place(1_000 + k),
                        Form.of(place(place + order.get(k / arity) * arity + k % arity)));
            }
            sum = sum.plus(moved);
        }
        return sum.times(Rational.of(1, orders.size()));
    }

    private static List<List<Integer>> orders(int count) {
        List<List<Integer>> all = new ArrayList<>(List.of(List.of()));
        for (int k = 0; k < count; k++) {
            List<List<Integer>> longer = new ArrayList<>();
            for (List<Integer> order : all) {
                for (int at = 0; at <= order.size(); at++) {
                    List<Integer> next = new ArrayList<>(order);
                    next.add(at, k);
                    longer.add(next);
                }
            }
            all = longer;
        }
        return all;
    }
}
