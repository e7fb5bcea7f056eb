package org.adjoint.limit;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.adjoint.algebra.Assumptions;
import org.adjoint.algebra.Relation;
import org.adjoint.algebra.SignOracle;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Fact;
import org.adjoint.expr.Rational;
import org.adjoint.expr.Variable;

/**
 * Sines and cosines of what goes to an infinity, as parameters in [−1, 1]: a limit in which they do not occur is one by
 * squeezing, since nothing is divided by what may vanish on the closed interval. Where it does depend on them, two of the
 * points at which the sine and the cosine are 0 and ±1 may show that there is none: the argument comes back to them for ever.
 */
final class Waves {
    /** Pairs of a sine and a cosine that the argument comes back to. */
    private static final List<int[]> CORNERS = List.of(new int[] {0, 1}, new int[] {1, 0}, new int[] {0, -1},
            new int[] {-1, 0});
    private static final Fact LOW = new Fact.Bound(Fact.Bound.Side.AT_LEAST, Rational.MINUS_ONE);
    private static final Fact HIGH = new Fact.Bound(Fact.Bound.Side.AT_MOST, Rational.ONE);

    private final List<Term> arguments = new ArrayList<>();
    private final Set<Expr> parameters = new LinkedHashSet<>();
    private final int corner;

    private Waves(int corner) {
        this.corner = corner;
    }

    /** Both as parameters. */
    static Waves open() {
        return new Waves(-1);
    }

    /** Both with values: one of {@link #corners}. */
    static Waves at(int corner) {
        return new Waves(corner);
    }

    static int corners() {
        return CORNERS.size();
    }

    /** In words, where the argument is. */
    static String words(int corner) {
        int[] values = CORNERS.get(corner);
        return values[0] == 0 ? "where the cosine is " + values[1] : "where the sine is " + values[0];
    }

    boolean isOpen() {
        return corner < 0;
    }

    /** The parameters that were made. */
    Set<Expr> parameters() {
        return parameters;
    }

    /** Whether one argument oscillates, so that all of its values are met together. */
    boolean isSingle() {
        return arguments.size() == 1;
    }

    /** The sine or the cosine of an argument that goes to an infinity. */
    Term of(Term.Name name, Term argument, TermAlgebra algebra) {
        Term opposite = algebra.negate(argument);
        boolean mirrored = !arguments.contains(argument) && arguments.contains(opposite);
        Term known = mirrored ? opposite : argument;
        if (!arguments.contains(known)) {
            arguments.add(known);
        }
        Term value = value(name, arguments.indexOf(known));
        return mirrored && name == Term.Name.SIN ? algebra.negate(value) : value;
    }

    private Term value(Term.Name name, int number) {
        boolean sine = name == Term.Name.SIN;
        if (!isOpen()) {
            return TermAlgebra.number(CORNERS.get(corner)[sine ? 0 : 1]);
        }
        Variable variable = Variable.scalar((sine ? "sine " : "cosine ") + number, LOW, HIGH);
        parameters.add(variable);
        return new Term.Par(variable);
    }

    /** Two different limits on two ways to approach, if there are. */
    static Optional<LimitResult.None> differing(List<Optional<Extended>> values, String reason) {
        for (int a = 0; a < values.size(); a++) {
            for (int b = a + 1; b < values.size(); b++) {
                if (values.get(a).isPresent() && values.get(b).isPresent()
                        && differ(values.get(a).get(), values.get(b).get())) {
                    return Optional.of(new LimitResult.None(reason,
                            new LimitResult.Approach(words(a), List.of(values.get(a).get())),
                            new LimitResult.Approach(words(b), List.of(values.get(b).get()))));
                }
            }
        }
        return Optional.empty();
    }

    /** Whether the two are certainly different. */
    private static boolean differ(Extended a, Extended b) {
        if (a instanceof Extended.Finite(Expr x) && b instanceof Extended.Finite(Expr y)) {
            return x.shape().isScalar() && new SignOracle(Assumptions.NONE)
                    .proves(new Relation(x, Relation.Op.NOT_EQUAL, y));
        }
        return !a.equals(b);
    }
}
