package org.adjoint.eval;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.adjoint.expr.Fact;
import org.adjoint.expr.Rational;
import org.adjoint.expr.Variable;

/** Draws exact values of a variable that satisfy its facts by construction. */
final class FactSampler {
    private static final int TRIES = 500;

    private final Random random;
    private final List<Fact> facts;
    private final EntrySampler entry;

    FactSampler(Random random, List<Fact> facts) {
        this.random = random;
        this.facts = facts;
        this.entry = new EntrySampler(random, facts);
    }

    /** @throws IllegalArgumentException when none is found */
    NumberTensor<Rational> draw(Variable variable, int[] shape) {
        for (int k = 0; k < TRIES; k++) {
            NumberTensor<Rational> value = NumberTensor.of(shape, entries(shape));
            if (facts.stream().allMatch(fact -> Facts.holds(fact, value))) {
                return value;
            }
        }
        throw new IllegalArgumentException("no value of " + variable.name() + " " + Arrays.toString(shape)
                + " was found that is " + EntrySampler.texts(facts));
    }

    /** The same far away or close by, where every fact is about entries. */
    NumberTensor<Rational> drawWild(Variable variable, int[] shape) {
        if (!facts.stream().allMatch(Facts::isEntrywise)) {
            return draw(variable, shape);
        }
        List<Rational> entries = new ArrayList<>();
        for (int k = Layout.count(shape); k > 0; k--) {
            entries.add(entry.drawWild());
        }
        return NumberTensor.of(shape, entries);
    }

    private boolean has(Fact fact) {
        return facts.contains(fact);
    }

    private List<Rational> entries(int[] shape) {
        int count = Layout.count(shape);
        int columns = shape.length == 0 ? 1 : shape[shape.length - 1];
        int rows = shape.length < 2 ? 1 : shape[shape.length - 2];
        List<Rational> all = new ArrayList<>(count);
        while (all.size() < count) {
            if (has(Fact.Named.ONE_HOT)) {
                all.addAll(oneHot(columns));
            } else if (has(Fact.Named.PROBABILITY)) {
                all.addAll(probability(columns));
            } else if (shape.length >= 2 && facts.stream().anyMatch(fact -> !Facts.isEntrywise(fact))) {
                all.addAll(Arrays.asList(matrix(rows, columns).entries()));
            } else {
                all.add(entry.draw());
            }
        }
        return all;
    }

    private List<Rational> oneHot(int n) {
        List<Rational> row = new ArrayList<>(Collections.nCopies(n, Rational.ZERO));
        row.set(random.nextInt(n), Rational.ONE);
        return row;
    }

    private List<Rational> probability(int n) {
        int[] weights = random.ints(n, 1, 6).toArray();
        int sum = Arrays.stream(weights).sum();
        return Arrays.stream(weights).mapToObj(w -> Rational.of(w, sum)).toList();
    }

    private RationalMatrix matrix(int rows, int columns) {
        if (has(Fact.Named.ORTHOGONAL)) {
            int n = Math.max(rows, columns);
            return (has(Fact.Named.SYMMETRIC) || has(Fact.Named.POSITIVE_DEFINITE) ? reflection(n) : orthogonal(n))
                    .corner(rows, columns);
        }
        boolean free = facts.stream().allMatch(fact -> !Facts.isEntrywise(fact));
        if (has(Fact.Named.POSITIVE_DEFINITE) && rows == columns) {
            RationalMatrix lower = lower(rows);
            return lower.times(lower.transpose());
        }
        if (has(Fact.Named.SYMMETRIC) && rows == columns) {
            if (has(Fact.Named.INVERTIBLE) && free) {
                RationalMatrix lower = lower(rows);
                return lower.times(signs(rows)).times(lower.transpose());
            }
            RationalMatrix drawn = RationalMatrix.of(rows, columns, (i, j) -> entry.draw());
            return RationalMatrix.of(rows, columns, (i, j) -> drawn.at(Math.min(i, j), Math.max(i, j)));
        }
        if (has(Fact.Named.INVERTIBLE) && free && rows == columns) {
            return lower(rows).times(permutation(rows)).times(lower(rows).transpose());
        }
        return RationalMatrix.of(rows, columns, (i, j) -> entry.draw());
    }

    /** Lower triangular with a positive diagonal. */
    private RationalMatrix lower(int n) {
        int sign = has(Fact.Named.POSITIVE) ? 0 : 2;
        int denominator = random.nextInt(1, 3);
        return RationalMatrix.of(n, n, (i, j) -> i < j ? Rational.ZERO
                : i.equals(j) ? Rational.of(random.nextInt(1, 4), denominator)
                        : Rational.of(random.nextInt(-sign, 3), denominator));
    }

    private RationalMatrix signs(int n) {
        return RationalMatrix.of(n, n, (i, j) -> !i.equals(j) ? Rational.ZERO
                : random.nextBoolean() ? Rational.ONE : Rational.MINUS_ONE);
    }

    private RationalMatrix permutation(int n) {
        List<Integer> images = new ArrayList<>();
        for (int k = 0; k < n; k++) {
            images.add(k);
        }
        Collections.shuffle(images, random);
        return RationalMatrix.of(n, n, (i, j) -> images.get(i).equals(j) ? Rational.ONE : Rational.ZERO);
    }

    /** Cayley's {@code (I − A)(I + A)⁻¹} of a random skew A, which is a rotation, times a signed permutation. */
    private RationalMatrix orthogonal(int n) {
        RationalMatrix drawn = RationalMatrix.of(n, n, (i, j) -> Rational.of(random.nextInt(-2, 3),
                random.nextInt(1, 3)));
        RationalMatrix skew = RationalMatrix.of(n, n,
                (i, j) -> i < j ? drawn.at(i, j) : i > j ? drawn.at(j, i).negate() : Rational.ZERO);
        RationalMatrix identity = RationalMatrix.identity(n);
        // I + A is invertible: xᵀ(I + A)x = xᵀx.
        RationalMatrix rotation = identity.plus(skew.negate()).times(identity.plus(skew).inverse().orElseThrow());
        return rotation.times(signs(n)).times(permutation(n));
    }

    /** Householder's {@code I − 2vvᵀ/vᵀv}, or the identity. */
    private RationalMatrix reflection(int n) {
        RationalMatrix v = RationalMatrix.of(n, 1, (i, j) -> Rational.of(random.nextInt(-2, 3)));
        Rational square = v.transpose().times(v).at(0, 0);
        if (square.isZero() || has(Fact.Named.POSITIVE_DEFINITE)) {
            return RationalMatrix.identity(n);
        }
        Rational scale = Rational.of(-2).dividedBy(square);
        RationalMatrix outer = v.times(v.transpose());
        return RationalMatrix.identity(n).plus(RationalMatrix.of(n, n, (i, j) -> outer.at(i, j).times(scale)));
    }
}
