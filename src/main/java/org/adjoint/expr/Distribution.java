package org.adjoint.expr;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How the entries of a random variable are drawn, each independently of all others.
 *
 * @param kind       the family
 * @param parameters numbers that may be expressions of sizes and of variables, none of them random
 * @param text       as it is written, {@code normal(0, 2/n)}
 */
public record Distribution(Kind kind, List<Expr> parameters, String text) {
    /** Families, with their moments {@code E xᵏ} as functions of k where they are known. */
    public enum Kind {
        /** {@code normal(mean, variance)}. */
        NORMAL(2),
        /** {@code uniform(a, b)}. */
        UNIFORM(2),
        /** {@code bernoulli(p)}: 1 with probability p, otherwise 0. */
        BERNOULLI(1),
        /** {@code sign()}: 1 or −1, each with probability ½. */
        SIGN(0),
        /** {@code symmetric(variance)}: any distribution symmetric about 0. */
        SYMMETRIC(1),
        /** {@code random(mean, variance)}: nothing else is known. */
        MOMENTS(2);

        private final int parameters;

        Kind(int parameters) {
            this.parameters = parameters;
        }

        /** How many parameters it takes. */
        public int parameterCount() {
            return parameters;
        }
    }

    public Distribution {
        parameters = List.copyOf(parameters);
        if (parameters.size() != kind.parameters) {
            throw new IllegalArgumentException(text + " takes " + kind.parameters + " parameters, got "
                    + parameters.size());
        }
    }

    /** Whether x and −x are equally likely. */
    public boolean isSymmetric() {
        return switch (kind) {
            case NORMAL -> Linear.isZero(parameters.get(0));
            case UNIFORM -> Linear.isZero(parameters.get(0).plus(parameters.get(1)));
            case SIGN, SYMMETRIC -> true;
            case BERNOULLI, MOMENTS -> false;
        };
    }

    /**
     * The moment {@code E xᵏ}, k from 0; nothing where it is not determined.
     *
     * <p>Sources: normal: {@code m_k = μ m_{k−1} + (k − 1)σ² m_{k−2}}, by parts (Stein, 1972); uniform:
     * {@code Σ_{j ≤ k} aʲ bᵏ⁻ʲ / (k + 1)}, the integral of xᵏ.
     */
    public Optional<Expr> moment(int k) {
        if (k == 0) {
            return Optional.of(Constant.ONE);
        }
        if (k % 2 == 1 && isSymmetric()) {
            return Optional.of(Constant.ZERO);
        }
        return switch (kind) {
            case NORMAL -> {
                List<Expr> m = new ArrayList<>(List.of(Constant.ONE, parameters.get(0)));
                for (int j = 2; j <= k; j++) {
                    m.add(parameters.get(0).times(m.get(j - 1))
                            .plus(parameters.get(1).times(m.get(j - 2)).times(j - 1)));
                }
                yield Optional.of(m.get(k));
            }
            case UNIFORM -> {
                List<Expr> terms = new ArrayList<>();
                for (int j = 0; j <= k; j++) {
                    terms.add(parameters.get(0).pow(j).times(parameters.get(1).pow(k - j)));
                }
                yield Optional.of(Tensors.sum(terms).times(Rational.of(1, k + 1)));
            }
            case BERNOULLI -> Optional.of(parameters.get(0));
            case SIGN -> Optional.of(Constant.ONE);
            case SYMMETRIC -> k == 2 ? Optional.of(parameters.get(0)) : Optional.empty();
            case MOMENTS -> k == 1 ? Optional.of(parameters.get(0))
                    : k == 2 ? Optional.of(parameters.get(0).pow(2).plus(parameters.get(1))) : Optional.empty();
        };
    }

    /**
     * The cumulant κ of order k from 1: {@code m_k − Σ_{0 < j < k} C(k − 1, j − 1) κ_j m_{k−j}}; of independent entries the joint
     * cumulant of several is 0 unless they are one entry.
     *
     * <p>Source: Stuart and Ord, Kendall's Advanced Theory of Statistics, volume 1, section 3.14.
     */
    public Optional<Expr> cumulant(int k) {
        if (kind == Kind.NORMAL) {
            return Optional.of(k <= 2 ? parameters.get(k - 1) : Constant.ZERO);
        }
        Optional<Expr> moment = moment(k);
        if (moment.isEmpty()) {
            return moment;
        }
        Expr rest = moment.get();
        long binomial = 1;
        for (int j = 1; j < k; j++) {
            rest = rest.minus(cumulant(j).orElseThrow().times(moment(k - j).orElseThrow()).times(binomial));
            binomial = binomial * (k - j) / j;
        }
        return Optional.of(rest);
    }
}
