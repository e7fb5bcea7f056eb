package org.adjoint.verify;

import java.util.Optional;
import org.adjoint.expr.Dimension;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Size;
import org.adjoint.lang.Elaborator;
import org.adjoint.lang.IllFormed;
import org.adjoint.lang.Syntax;
import org.adjoint.lang.Undecided;
import org.adjoint.lang.Value;
import org.adjoint.lang.Values;

/** Assumptions that two sizes are equal, so that shapes match that are written differently. */
final class SizeAliases {
    private SizeAliases() {
    }

    /**
     * A name for a size that is another size.
     *
     * @param name the name of a size
     * @param size the size that it is
     */
    record Alias(Syntax.Name name, Size size) {
        Value value() {
            Expr value = Dimension.of(size);
            return Value.Tensor.of(value);
        }

        /** This alias when another name turns out to be a size, too. */
        Alias after(Alias later) {
            return new Alias(name, size.substitute(
                    symbol -> symbol.equals(later.name.id()) ? later.size : Size.symbol(symbol)));
        }
    }

    /** The alias that {@code m == n}, {@code m == 4} or {@code 2*k == m} is; nothing when it is something else. */
    static Optional<Alias> of(Syntax proposition, Elaborator reader) {
        if (!(proposition instanceof Syntax.Relation relation) || relation.ops().size() != 1
                || relation.ops().get(0) != Syntax.Relation.Op.EQUAL) {
            return Optional.empty();
        }
        Syntax left = relation.operands().get(0);
        Syntax right = relation.operands().get(1);
        Optional<Alias> alias = of(right, left, reader);
        return alias.isPresent() ? alias : of(left, right, reader);
    }

    private static Optional<Alias> of(Syntax symbol, Syntax other, Elaborator reader) {
        if (!(symbol instanceof Syntax.Name name)) {
            return Optional.empty();
        }
        try {
            Optional<String> known = reader.expression(symbol) instanceof Value.Tensor tensor
                    && tensor.expr() instanceof Dimension dimension ? symbol(dimension.size()) : Optional.empty();
            if (known.isEmpty()) {
                return Optional.empty();
            }
            // The name may stand for another size already.
            Syntax.Name root = new Syntax.Name(known.get(), name.span());
            return Values.size(reader.expression(other), reader.environment())
                    .filter(size -> !size.symbols().contains(root.id())).map(size -> new Alias(root, size));
        } catch (IllFormed | Undecided noSize) {
            return Optional.empty();
        }
    }

    private static Optional<String> symbol(Size size) {
        return size.symbols().stream().findFirst().filter(symbol -> size.equals(Size.symbol(symbol)));
    }
}
