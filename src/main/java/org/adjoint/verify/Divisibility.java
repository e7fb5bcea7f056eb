package org.adjoint.verify;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.adjoint.algebra.Proof;
import org.adjoint.expr.Dimension;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Fact;
import org.adjoint.expr.ShapeError;
import org.adjoint.expr.Size;
import org.adjoint.expr.Substitution;
import org.adjoint.expr.Variable;
import org.adjoint.expr.Walk;
import org.adjoint.lang.Environment;
import org.adjoint.lang.Value;
import org.adjoint.lang.Values;

/** That something of sizes is an integer, or that one size divides another, whatever the sizes are. */
final class Divisibility {
    private static final int MOST = 100_000;

    private Divisibility() {
    }

    /** What is a polynomial in sizes, after division, is an integer. */
    static Optional<Proof> integer(Expr x) {
        return size(x).map(size -> new Proof("it is the integer " + size + " for every size"));
    }

    /** {@code a | b} when b is a times a polynomial; or, for a number a, when b is 0 modulo a at all residues of its symbols. */
    static Optional<Proof> divides(Expr a, Expr b) {
        Optional<Size> quotient = size(a)
                .flatMap(divisor -> size(b).flatMap(dividend -> dividend.divideExact(divisor)));
        if (quotient.isPresent()) {
            return Optional.of(new Proof("the quotient is " + quotient.get() + " for every size"));
        }
        return byResidues(a, b, true);
    }

    /** Not {@code a | b}, for a number a, when b is not 0 modulo a at any residues of its symbols. */
    static Optional<Proof> never(Expr a, Expr b) {
        return byResidues(a, b, false);
    }

    /** The polynomial in sizes that an expression is. */
    static Optional<Size> size(Expr x) {
        return x.shape().isScalar() ? Values.size(Value.Tensor.of(x), new Environment()) : Optional.empty();
    }

    /** Variables that are integers stand as symbols: residues are the same for integers of either sign. */
    private static Optional<Proof> byResidues(Expr a, Expr b, boolean zero) {
        Map<Variable, Expr> symbols = new HashMap<>();
        for (Variable variable : Walk.variables(b)) {
            if (variable.shape().isScalar() && (variable.is(Fact.Named.INTEGER) || variable.is(Fact.Named.NATURAL))) {
                symbols.put(variable, Dimension.of(Size.symbol(variable.name())));
            }
        }
        return size(a).filter(Size::isInteger).flatMap(q -> size(Substitution.of(symbols).apply(b))
                .filter(Divisibility::isPolynomial).flatMap(polynomial -> byResidues(q.value(), polynomial, zero)));
    }

    /** A polynomial with integer coefficients depends, modulo q, on its symbols modulo q only. */
    private static Optional<Proof> byResidues(long q, Size polynomial, boolean zero) {
        List<String> symbols = new ArrayList<>(polynomial.symbols());
        if (q < 1 || Math.pow((double) q, symbols.size()) > MOST) {
            return Optional.empty();
        }
        Map<String, Long> residues = new HashMap<>();
        symbols.forEach(symbol -> residues.put(symbol, 0L));
        while (true) {
            try {
                if (polynomial.at(symbol -> residues.getOrDefault(symbol, 0L)) % q == 0 != zero) {
                    return Optional.empty();
                }
            } catch (ShapeError | ArithmeticException tooLarge) {
                return Optional.empty();
            }
            int k = 0;
            while (k < symbols.size() && residues.merge(symbols.get(k), 1L, Long::sum) == q) {
                residues.put(symbols.get(k++), 0L);
            }
            if (k == symbols.size()) {
                return Optional
                        .of(new Proof("by residues: " + polynomial + (zero ? " is" : " is not") + " 0 modulo " + q
                                + (symbols.isEmpty() ? "" : " for all residues of " + String.join(", ", symbols))));
            }
        }
    }

    private static boolean isPolynomial(Size size) {
        boolean[] whole = {true};
        size.written(symbol -> symbol, (above, below) -> {
            whole[0] = false;
            return above;
        });
        return whole[0];
    }
}
