package org.adjoint.algebra;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.adjoint.expr.Contraction;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Rational;
import org.adjoint.expr.Reshape;
import org.adjoint.expr.Shape;
import org.adjoint.expr.Size;

/** Reshapes in normal forms: what merged axes are made of is found out first, and merged again last, term by term. */
final class ReshapeForms {
    private final NormalForm forms;

    ReshapeForms(NormalForm forms) {
        this.forms = forms;
    }

    /** The normal form of the reshape of a normal form. */
    Expr of(Expr form, Shape shape) {
        Map<Integer, List<Size>> forced = new LinkedHashMap<>();
        List<List<Size>> parts = Splitting.parts(form.shape(), shape).orElse(List.of());
        for (int axis = 0; axis < parts.size(); axis++) {
            if (parts.get(axis).size() > 1) {
                forced.put(axis, parts.get(axis));
            }
        }
        Map<Expr, Rational> total = new LinkedHashMap<>();
        Terms.of(form).forEach((each, c) -> {
            Expr term = Terms.shaped(each, form.shape());
            Optional<Splitting> split = term instanceof Reshape || (forced.isEmpty() && !(term instanceof Contraction))
                    ? Optional.empty()
                    : Splitting.of(term, forced).filter(found -> !isReshape(found.factors()));
            Terms.addTo(total, split.map(found -> merged(found, shape)).orElseGet(() -> merged(term, shape)), c);
        });
        return Terms.total(shape, total);
    }

    /** A product that holds a reshape, as a sum of reshapes of products; empty when it stays as it is. */
    Optional<Expr> ofProduct(Expr term) {
        return hasReshape(term) ? Splitting.of(term, Map.of()).map(split -> merged(split, term.shape()))
                : Optional.empty();
    }

    private static boolean isReshape(List<Expr> factors) {
        return factors.size() == 1 && factors.get(0) instanceof Reshape;
    }

    private static boolean hasReshape(Expr term) {
        if (!(term instanceof Contraction product)) {
            return false;
        }
        for (int k = 0; k < product.operandCount(); k++) {
            if (product.operand(k) instanceof Reshape) {
                return true;
            }
        }
        return false;
    }

    private Expr merged(Splitting split, Shape shape) {
        return merged(forms.product(split.factors(), split.labels(), split.shape()), shape);
    }

    /** A form over parts, merged to the shape; the identity over parts is the identity. */
    private static Expr merged(Expr form, Shape shape) {
        Map<Expr, Rational> total = new LinkedHashMap<>();
        Terms.of(form).forEach((each, c) -> {
            Expr term = Terms.shaped(each, form.shape());
            Terms.addTo(total, Splitting.identity(term, shape).orElseGet(() -> Reshape.of(term, shape)), c);
        });
        return Terms.total(shape, total);
    }
}
