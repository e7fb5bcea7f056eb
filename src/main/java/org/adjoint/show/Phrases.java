package org.adjoint.show;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.adjoint.expr.Rational;
import org.adjoint.expr.Size;
import org.adjoint.show.Phrase.Kind;

/**
 * Makes phrases short: numbers and scalars come out of products in front, products of products are flat, transposes go
 * where fewest are printed.
 */
final class Phrases {
    /** How tightly phrases hold together, the loosest first. */
    static final int SUM = 1;
    static final int PRODUCT = 2;
    static final int POWER = 4;
    static final int POSTFIX = 5;
    static final int ATOM = 6;

    /** Phrases larger than this are transposed as a whole. */
    private static final int MOST_TURNED = 400;
    private static final long HUGE = 1L << 40;

    private Phrases() {
    }

    static Phrase name(String name, Kind kind, boolean symmetric) {
        return new Phrase.Word(name, ATOM, kind, 1, symmetric || kind == Kind.SCALAR);
    }

    /** A size as a number. */
    static Phrase size(Size size) {
        String text = size.toString().replace(" ", "");
        if (text.contains("//") || text.contains("**")) {
            throw new NoWords("the size " + size);
        }
        long operators = text.chars().filter(c -> "+-*".indexOf(c) >= 0).count();
        int level = operators == 0 ? ATOM : text.indexOf('+') < 0 && text.indexOf('-') < 0 ? PRODUCT : SUM;
        return new Phrase.Word(text, level, Kind.SCALAR, 1 + 2 * operators, true);
    }

    /** A literal that is no negative number. */
    static Phrase literal(String digits) {
        return new Phrase.Word(digits, ATOM, Kind.SCALAR, 1, true);
    }

    static Phrase number(Rational value) {
        return product(value, List.of());
    }

    static Phrase call(String function, Kind kind, boolean symmetric, Phrase... arguments) {
        return new Phrase.Call(function, List.of(arguments), kind, plus(1, costs(List.of(arguments))), symmetric);
    }

    static Phrase call(String function, Kind kind, Phrase... arguments) {
        return call(function, kind, kind == Kind.SCALAR, arguments);
    }

    // ---- products

    /** The product of matrices, columns, rows and scalars in this order; scalars go in front. */
    static Phrase product(Rational number, List<Phrase> factors) {
        return product(number, factors, List.of());
    }

    /** The product over the scalars. */
    static Phrase product(Rational number, List<Phrase> factors, List<Phrase> scalarDivisors) {
        Builder builder = new Builder(number);
        factors.forEach(builder::times);
        scalarDivisors.forEach(builder::over);
        return builder.build();
    }

    static Phrase product(Phrase... factors) {
        return product(Rational.ONE, List.of(factors));
    }

    static Phrase negate(Phrase phrase) {
        return product(Rational.MINUS_ONE, List.of(phrase));
    }

    /** Collects the factors of a product. */
    private static final class Builder {
        private Rational number;
        private final List<Phrase> above = new ArrayList<>();
        private final List<Phrase> below = new ArrayList<>();
        private final List<Phrase> chain = new ArrayList<>();

        Builder(Rational number) {
            this.number = number;
        }

        void times(Phrase factor) {
            if (factor instanceof Phrase.Product product) {
                number = number.times(product.number());
                above.addAll(product.above());
                below.addAll(product.below());
                if (product.kind() == Kind.SCALAR && !product.chain().isEmpty()) {
                    above.add(bare(product));
                } else {
                    chain.addAll(product.chain());
                }
            } else if (factor.kind() == Kind.SCALAR) {
                above.add(factor);
            } else {
                chain.add(factor);
            }
        }

        void over(Phrase divisor) {
            if (divisor instanceof Phrase.Product product) {
                number = number.dividedBy(product.number());
                below.addAll(product.above());
                above.addAll(product.below());
                if (!product.chain().isEmpty()) {
                    below.add(bare(product));
                }
            } else {
                below.add(divisor);
            }
        }

        private static Phrase bare(Phrase.Product product) {
            return product.bare() ? product : Phrases.product(Rational.ONE, product.chain());
        }

        Phrase build() {
            cancel();
            intoQuotient();
            joinPowers();
            if (number.isOne() && above.size() + chain.size() == 1 && below.isEmpty()) {
                Phrase only = above.isEmpty() ? chain.get(0) : above.get(0);
                return only;
            }
            Kind kind = chain.isEmpty() ? Kind.SCALAR : kind(chain);
            return new Phrase.Product(number, List.copyOf(above), List.copyOf(below), List.copyOf(chain), kind,
                    cost());
        }

        /** Scalars that stand above and below. */
        private void cancel() {
            for (int k = below.size() - 1; k >= 0 && !above.isEmpty(); k--) {
                if (removeSame(above, below.get(k))) {
                    below.remove(k);
                }
            }
        }

        /** {@code 2*(1./x)} is {@code 2./x}. */
        private void intoQuotient() {
            if (chain.size() == 1 && chain.get(0) instanceof Phrase.Entrywise quotient && quotient.factors().isEmpty()
                    && number.signum() > 0 && number.isInteger() && !number.isOne() && above.isEmpty()) {
                Phrase two = literal(number.toString());
                chain.set(0, new Phrase.Entrywise(List.of(two), quotient.divisors(), quotient.kind(),
                        quotient.cost()));
                number = Rational.ONE;
            } else
                if (chain.size() == 1 && chain.get(0) instanceof Phrase.Entrywise quotient
                        && quotient.factors().isEmpty() && number.abs().isOne() && above.size() == 1) {
                            chain.set(0, new Phrase.Entrywise(List.copyOf(above), quotient.divisors(), quotient.kind(),
                                    plus(quotient.cost() - 1, above.get(0).cost())));
                            above.clear();
                        }
        }

        /** {@code X*X*X} is {@code X^3}. */
        private void joinPowers() {
            for (int k = 0; k < chain.size(); k++) {
                Phrase base = base(chain.get(k), false);
                int exponent = exponent(chain.get(k), false);
                int before = exponent;
                while (k + 1 < chain.size() && base.kind() == Kind.MATRIX && base(chain.get(k + 1), false) == base) {
                    exponent += exponent(chain.remove(k + 1), false);
                }
                if (exponent > before) {
                    chain.set(k, new Phrase.Power(base, literal(Integer.toString(exponent)), false, Kind.MATRIX,
                            plus(2, base.cost())));
                }
            }
        }

        private long cost() {
            boolean one = number.abs().numerator().equals(BigInteger.ONE);
            int leaves = (one ? 0 : 1) + above.size() + chain.size();
            long cost = leaves == 0 ? 1 : (one ? 0 : 1) + leaves - 1;
            cost = plus(plus(cost, costs(above)), costs(chain));
            int under = below.size() + (number.isInteger() ? 0 : 1);
            cost = plus(cost, under == 0 ? 0 : under + (number.isInteger() ? 0 : 1));
            return plus(plus(cost, costs(below)), number.signum() < 0 ? 1 : 0);
        }
    }

    private static Kind kind(List<Phrase> chain) {
        if (chain.size() == 1) {
            return chain.get(0).kind();
        }
        boolean row = chain.get(0).kind() == Kind.ROW;
        boolean column = chain.get(chain.size() - 1).kind() == Kind.COLUMN;
        return row && column ? Kind.SCALAR : row ? Kind.ROW : column ? Kind.COLUMN : Kind.MATRIX;
    }

    // ---- entry by entry

    /** The product entry by entry of equally shaped factors over divisors; scalars come out in front. */
    static Phrase entrywise(List<Phrase> factors, List<Phrase> divisors) {
        if (factors.size() == 1 && divisors.isEmpty()) {
            return factors.get(0);
        }
        Rational number = Rational.ONE;
        List<Phrase> above = new ArrayList<>();
        List<Phrase> below = new ArrayList<>();
        List<Phrase> top = new ArrayList<>();
        List<Phrase> bottom = new ArrayList<>();
        Kind kind = (factors.isEmpty() ? divisors : factors).get(0).kind();
        for (Phrase factor : factors) {
            number = number.times(split(factor, above, below, top, bottom));
        }
        for (Phrase divisor : divisors) {
            number = number.dividedBy(split(divisor, below, above, bottom, top));
        }
        for (int k = bottom.size() - 1; k >= 0; k--) {
            if (top.size() > 1 && removeSame(top, bottom.get(k))) {
                bottom.remove(k);
            }
        }
        joinEqual(top);
        joinEqual(bottom);
        List<Phrase> whole = new ArrayList<>(above);
        if (top.size() == 1 && bottom.isEmpty()) {
            whole.add(top.get(0));
        } else {
            long operators = (long) top.size() + bottom.size() + (top.isEmpty() ? 1 : -1);
            whole.add(new Phrase.Entrywise(List.copyOf(top), List.copyOf(bottom), kind,
                    plus(plus(operators, costs(top)), costs(bottom))));
        }
        return product(number, whole, below);
    }

    /** The number in front of a factor; its scalars and its tensors go to the lists. */
    private static Rational split(Phrase factor, List<Phrase> above, List<Phrase> below, List<Phrase> top,
            List<Phrase> bottom) {
        if (factor instanceof Phrase.Product product) {
            above.addAll(product.above());
            below.addAll(product.below());
            if (product.chain().size() == 1 && product.chain().get(0) instanceof Phrase.Entrywise inner
                    && inner.factors().stream().noneMatch(f -> f.kind() == Kind.SCALAR)) {
                top.addAll(inner.factors());
                bottom.addAll(inner.divisors());
            } else if (product.chain().size() == 1) {
                top.add(product.chain().get(0));
            } else {
                top.add(product.bare() ? product : product(Rational.ONE, product.chain()));
            }
            return product.number();
        }
        if (factor instanceof Phrase.Entrywise inner
                && inner.factors().stream().noneMatch(f -> f.kind() == Kind.SCALAR)) {
            top.addAll(inner.factors());
            bottom.addAll(inner.divisors());
        } else {
            top.add(factor);
        }
        return Rational.ONE;
    }

    private static boolean removeSame(List<Phrase> list, Phrase phrase) {
        for (int k = 0; k < list.size(); k++) {
            if (list.get(k) == phrase) {
                list.remove(k);
                return true;
            }
        }
        return false;
    }

    /** {@code x.*x.^2} is {@code x.^3}. */
    private static void joinEqual(List<Phrase> list) {
        for (int k = 0; k < list.size(); k++) {
            Phrase base = base(list.get(k), true);
            int exponent = 0;
            for (int j = list.size() - 1; j >= k; j--) {
                if (base(list.get(j), true) == base) {
                    exponent += exponent(list.get(j), true);
                    if (j > k) {
                        list.remove(j);
                    }
                }
            }
            if (exponent != exponent(list.get(k), true)) {
                list.set(k, power(base, literal(Integer.toString(exponent))));
            }
        }
    }

    private static Phrase base(Phrase phrase, boolean entrywise) {
        return exponent(phrase, entrywise) > 1 ? ((Phrase.Power) phrase).base() : phrase;
    }

    /** The k of {@code x.^k}, or of {@code X^k}, else 1. */
    private static int exponent(Phrase phrase, boolean entrywise) {
        return phrase instanceof Phrase.Power power && power.entrywise() == entrywise
                && power.exponent() instanceof Phrase.Word digits && digits.text().matches("[2-9]")
                        ? digits.text().charAt(0) - '0'
                        : 1;
    }

    static Phrase power(Phrase base, Phrase exponent) {
        boolean entrywise = base.kind() != Kind.SCALAR || exponent.kind() != Kind.SCALAR;
        return new Phrase.Power(base, exponent, entrywise,
                base.kind() == Kind.SCALAR ? exponent.kind() : base.kind(),
                plus(1, plus(base.cost(), exponent.cost())));
    }

    // ---- sums

    /** The sum of the terms; a number that all terms have in common comes out. */
    static Phrase sum(List<Phrase> terms) {
        if (terms.size() == 1) {
            return terms.get(0);
        }
        Rational first = coefficient(terms.get(0)).abs();
        if (!first.isOne() && terms.stream().allMatch(term -> coefficient(term).abs().equals(first))
                && terms.stream().noneMatch(Phrases::isNumber)) {
            Rational inverse = Rational.ONE.dividedBy(first);
            Phrase inner = plain(terms.stream().map(term -> product(inverse, List.of(term))).toList());
            return product(first, List.of(inner));
        }
        return plain(terms);
    }

    private static boolean isNumber(Phrase term) {
        return term instanceof Phrase.Product p && p.above().isEmpty() && p.chain().isEmpty() && p.below().isEmpty();
    }

    private static Phrase plain(List<Phrase> terms) {
        long cost = terms.size() - 1L;
        boolean allNegative = true;
        for (Phrase term : terms) {
            boolean negative = isNegative(term);
            allNegative &= negative;
            cost = plus(cost, term.cost() - (negative ? 1 : 0));
        }
        return new Phrase.Sum(List.copyOf(terms), terms.get(0).kind(), plus(cost, allNegative ? 1 : 0));
    }

    static boolean isNegative(Phrase term) {
        return term instanceof Phrase.Product product && product.negative();
    }

    private static Rational coefficient(Phrase term) {
        return term instanceof Phrase.Product product ? product.number() : Rational.ONE;
    }

    // ---- transposes

    /** The transpose, written with as few symbols as possible. */
    static Phrase turned(Phrase phrase) {
        if (phrase.symmetric() || phrase.kind() == Kind.SCALAR) {
            return phrase;
        }
        if (phrase.kind() == Kind.TENSOR) {
            throw new NoWords("the transpose of a tensor");
        }
        if (phrase instanceof Phrase.Turned turned) {
            return turned.operand();
        }
        Phrase whole = new Phrase.Turned(phrase, phrase.kind().turned(), plus(1, phrase.cost()));
        if (phrase.cost() > MOST_TURNED) {
            return whole;
        }
        Phrase spread = switch (phrase) {
            case Phrase.Product p -> {
                List<Phrase> factors = new ArrayList<>(p.above());
                p.chain().reversed().forEach(factor -> factors.add(turned(factor)));
                yield product(p.number(), factors, p.below());
            }
            case Phrase.Entrywise e -> entrywise(e.factors().stream().map(Phrases::turned).toList(),
                    e.divisors().stream().map(Phrases::turned).toList());
            case Phrase.Sum s -> plain(s.terms().stream().map(Phrases::turned).toList());
            case Phrase.Power p -> p.entrywise() ? power(turned(p.base()), turned(p.exponent()))
                    : new Phrase.Power(turned(p.base()), p.exponent(), false, p.kind(),
                            plus(1, plus(turned(p.base()).cost(), p.exponent().cost())));
            case Phrase.Word w -> whole;
            case Phrase.Leaf l -> whole;
            case Phrase.Call c -> whole;
            case Phrase.Turned t -> whole;
        };
        boolean chain = phrase.kind() == Kind.MATRIX || phrase instanceof Phrase.Product;
        if (chain && spread.cost() <= whole.cost()) {
            return spread;
        }
        // a number or scalar in front needs no transpose
        return phrase instanceof Phrase.Product p && !p.bare() ? product(p.number(), with(p.above(),
                turned(product(Rational.ONE, p.chain()))), p.below()) : whole;
    }

    private static List<Phrase> with(List<Phrase> list, Phrase last) {
        List<Phrase> all = new ArrayList<>(list);
        all.add(last);
        return all;
    }

    static Phrase cheaper(Phrase a, Phrase b) {
        return b.cost() < a.cost() ? b : a;
    }

    private static long costs(List<Phrase> phrases) {
        long sum = 0;
        for (Phrase phrase : phrases) {
            sum = plus(sum, phrase.cost());
        }
        return sum;
    }

    static long plus(long a, long b) {
        return Math.min(HUGE, a + b);
    }
}
