package org.adjoint.eval;

import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import org.adjoint.expr.Arithmetic.NotExact;
import org.adjoint.expr.Budget;

/**
 * Pairwise coprime integers &gt; 1 such that each of some given integers is a product of them: what factoring into primes
 * would give, found by greatest common divisors alone. Their square roots generate the field of the radicals.
 */
final class CoprimeBase {

    private CoprimeBase() {}

    /** The largest element of {@link #of}; there must be an integer &gt; 1 among the given ones. */
    static BigInteger anyOf(Collection<BigInteger> numbers) {
        return of(numbers).stream().max(BigInteger::compareTo).orElseThrow();
    }

    /**
     * A base for {@code numbers}, each of which is to be square-free.
     *
     * @throws NotExact if one turns out not to be
     */
    static List<BigInteger> of(Collection<BigInteger> numbers) {
        List<BigInteger> base = new ArrayList<>();
        Deque<BigInteger> open = new ArrayDeque<>(numbers);
        while (!open.isEmpty()) {
            Budget.current().poll();
            BigInteger n = open.pop();
            for (int i = 0; i < base.size() && !n.equals(BigInteger.ONE); i++) {
                BigInteger b = base.get(i);
                BigInteger g = n.gcd(b);
                if (g.equals(BigInteger.ONE)) {
                    continue;
                }
                // b is in the base already; cut it in two and go on with what is left of n.
                n = n.divide(g);
                if (!g.equals(b)) {
                    base.set(i, g);
                    base.add(b.divide(g));
                }
            }
            if (!n.equals(BigInteger.ONE)) {
                base.add(n);
            }
        }
        checkSquareFree(base, numbers);
        return base;
    }

    /** Only numbers too large for trial division can fail here. */
    private static void checkSquareFree(List<BigInteger> base, Collection<BigInteger> numbers) {
        for (BigInteger b : base) {
            boolean square = SquareFactor.exactRoot(b).isPresent();
            boolean repeated = numbers.stream().anyMatch(n -> n.mod(b.multiply(b)).signum() == 0);
            boolean shared = base.stream().anyMatch(c -> c != b && !c.gcd(b).equals(BigInteger.ONE));
            if (square || repeated || shared) {
                throw new NotExact("sqrt of a number too large to factor: " + numbers);
            }
        }
    }
}
