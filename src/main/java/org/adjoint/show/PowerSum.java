package org.adjoint.show;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Expr;
import org.adjoint.expr.MatrixFunction;
import org.adjoint.expr.Variable;
import org.adjoint.expr.Walk;
import org.adjoint.show.Phrase.Kind;

/**
 * The Fréchet derivative of a matrix power as the sum that it is: {@code Σ_{j=0}^{k−1} Xʲ E Xᵏ⁻¹⁻ʲ} for k ≥ 0, and
 * {@code −Σ_{j=1}^{−k} X⁻ʲ E Xᵏ⁻¹⁺ʲ} for k < 0, from {@code d(X⁻¹) = −X⁻¹ dX X⁻¹}.
 *
 * <p>Source: Higham, "Functions of Matrices", 2008, section 3.2.
 */
final class PowerSum {
    /** The call with the index, the last index and the term. */
    static final String NATURAL = "powersum";
    /** The same, then the last index and minus the term for a negative exponent, and the exponent. */
    static final String ANY = "powersums";

    private static final String LETTERS = "jilrqpuvwabcdefgh";

    private PowerSum() {
    }

    /** @throws NoWords when the direction is no matrix */
    static Phrase of(MatlabFold fold, MatrixFunction node) {
        Phrase x = fold.phrase(node.operand(0));
        Phrase direction = fold.phrase(node.direction());
        if (x.kind() != Kind.MATRIX || direction.kind() != Kind.MATRIX) {
            throw new NoWords("the Fréchet derivative of a power in many directions");
        }
        Phrase j = Phrases.name(letter(node), Kind.SCALAR, true);
        Expr last = node.exponent().minus(Constant.ONE);
        Phrase upper = fold.of(last);
        Phrase term = Phrases.product(power(x, j), direction, power(x, plus(upper, Phrases.negate(j))));
        if (!node.needsInvertible()) {
            return Phrases.call(NATURAL, Kind.MATRIX, j, upper, term);
        }
        Phrase inverse = Phrases.product(power(x, Phrases.negate(j)), direction, power(x, plus(upper, j)));
        return Phrases.call(ANY, Kind.MATRIX, j, upper, term, fold.of(node.exponent().negate()), inverse,
                fold.of(node.exponent()));
    }

    private static Phrase plus(Phrase sum, Phrase term) {
        List<Phrase> terms = new ArrayList<>(sum instanceof Phrase.Sum inner ? inner.terms() : List.of(sum));
        terms.add(term);
        return Phrases.plain(terms);
    }

    private static Phrase power(Phrase base, Phrase exponent) {
        return new Phrase.Power(base, exponent, false, Kind.MATRIX,
                Phrases.plus(1, Phrases.plus(base.cost(), exponent.cost())));
    }

    /** A letter that nothing in the node is called by, and no other one for each sum inside. */
    private static String letter(MatrixFunction node) {
        Set<String> taken = new TreeSet<>(Walk.sizeSymbols(List.of(node)));
        int inside = 0;
        for (Expr each : Walk.postorder(node)) {
            if (each instanceof Variable variable) {
                taken.add(variable.name());
            }
            inside += each instanceof MatrixFunction f && f.operation() == node.operation() && f != node ? 1 : 0;
        }
        List<String> free = LETTERS.chars().mapToObj(Character::toString).filter(letter -> !taken.contains(letter))
                .toList();
        if (inside >= free.size()) {
            throw new NoWords("so many sums inside of each other");
        }
        return free.get(inside);
    }
}
