package org.adjoint.lang;

import java.util.List;
import java.util.Optional;
import org.adjoint.expr.Dimension;
import org.adjoint.expr.Size;
import org.adjoint.expr.Variable;
import org.adjoint.expr.Walk;

/** {@code assume p, q}. */
final class Assumptions {
    private Assumptions() {
    }

    /** Remembers the hypotheses; names in them that mean nothing are problems. Equations of sizes settle shapes. */
    static void assume(Elaborator reader, Statement.Assume assume, List<Problem> problems) {
        List<String> bound = DefinitionReader.binders(assume.clauses()).stream().map(b -> b.name().id()).toList();
        for (Syntax proposition : assume.propositions()) {
            List<Problem> unknown = reader.unknownNames(proposition).stream()
                    .filter(problem -> !bound.contains(problem.span().text())).toList();
            problems.addAll(unknown);
            if (unknown.isEmpty() && proposition instanceof Syntax.Relation relation) {
                equate(reader, relation);
            }
            reader.environment.assume(new Environment.Assumption(proposition, assume.clauses()));
        }
    }

    /**
     * An equation of sizes, one side of which is a symbol: the symbol stands for the other side in this scope, and all that
     * is visible in it is read once more.
     */
    private static void equate(Elaborator reader, Syntax.Relation relation) {
        for (int k = 0; k < relation.ops().size(); k++) {
            if (relation.ops().get(k) == Syntax.Relation.Op.EQUAL) {
                Optional<Size> left = size(reader, relation.operands().get(k));
                Optional<Size> right = size(reader, relation.operands().get(k + 1));
                if (left.isPresent() && right.isPresent() && !left.get().equals(right.get())) {
                    // the later symbol gives way, so that m == n leaves m
                    if (!replace(reader, right.get(), left.get(), relation.span())) {
                        replace(reader, left.get(), right.get(), relation.span());
                    }
                }
            }
        }
    }

    private static Optional<Size> size(Elaborator reader, Syntax syntax) {
        try {
            Value value = reader.value(syntax);
            boolean ofSizes = value instanceof Value.Tensor tensor && tensor.axes().isEmpty()
                    && Walk.postorder(tensor.expr()).stream().noneMatch(Variable.class::isInstance);
            return ofSizes ? Values.size(value, reader.environment) : Optional.empty();
        } catch (IllFormed | Undecided | NeedsInteger other) {
            return Optional.empty();
        }
    }

    private static boolean replace(Elaborator reader, Size symbol, Size image, Span where) {
        String name = symbol.toString();
        boolean possible = symbol.equals(Size.symbol(name)) && symbol.symbols().contains(name)
                && !image.symbols().contains(name) && Dimension.of(image).shape().isScalar();
        if (possible) {
            reader.environment.restart(name, image, where).forEach(reader::read);
        }
        return possible;
    }
}
