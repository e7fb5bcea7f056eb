package org.adjoint.lang;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.adjoint.expr.Fact;
import org.adjoint.expr.Size;
import org.adjoint.expr.Variable;

/**
 * Names that become sizes because they stand where a size is needed: among the arguments of a layer, {@code Conv2d(C, F, K)},
 * and in the shape of its input, {@code shape(net, [B, 3, H, W])}. A name that means nothing yet is a size from its first use
 * on, as in a declaration; so is a scalar declared {@code Z} or {@code N}.
 */
final class ModelSizes {
    private static final Set<String> SHAPED = Set.of("shape", "shapes", "macs", "operations", "multiplications",
            "additions", "activations", "fully_convolutional");
    private final Elaborator reader;

    ModelSizes(Elaborator reader) {
        this.reader = reader;
    }

    /**
     * Makes them sizes where the reader reads.
     *
     * @param bound names that an index, a parameter or a range binds
     * @return those that were declared as integers which may be 0
     */
    List<Syntax.Name> declare(Syntax root, Set<String> bound) {
        List<Syntax.Name> maybeZero = new ArrayList<>();
        Set<String> inner = new LinkedHashSet<>(bound);
        List<Syntax> sized = new ArrayList<>();
        for (Syntax node : Trees.postorder(root)) {
            switch (node) {
                case Syntax.Comprehension c -> c.binders().forEach(b -> inner.add(b.name().id()));
                case Syntax.SetBuilder s -> s.memberships()
                        .forEach(m -> Trees.names(m.pattern()).forEach(n -> inner.add(n.id())));
                case Syntax.Call call -> sized.addAll(sized(call));
                default -> {
                }
            }
        }
        for (Syntax syntax : sized) {
            Set<Syntax> called = new HashSet<>();
            Trees.postorder(syntax).forEach(node -> {
                if (node instanceof Syntax.Call call) {
                    called.add(call.callee());
                }
            });
            for (Syntax.Name name : FreeNames.of(syntax)) {
                if (!inner.contains(name.id()) && !called.contains(name)) {
                    name(name).ifPresent(maybeZero::add);
                }
            }
        }
        return maybeZero;
    }

    /** The arguments that are sizes. */
    private static List<Syntax> sized(Syntax.Call call) {
        String name = call.callee() instanceof Syntax.Name plain ? plain.id()
                : call.callee() instanceof Syntax.Attribute prefixed ? prefixed.name() : "";
        List<Syntax> all = new ArrayList<>();
        if (LayerConstructors.SIZED.contains(name)) {
            all.addAll(call.arguments());
            call.keywords().forEach(keyword -> all.add(keyword.value()));
        } else if (SHAPED.contains(name)) {
            all.addAll(call.arguments().subList(Math.min(1, call.arguments().size()), call.arguments().size()));
            call.keywords().forEach(keyword -> all.add(keyword.value()));
        }
        return all;
    }

    private Optional<Syntax.Name> name(Syntax.Name name) {
        Optional<Binding> known = reader.environment.lookup(name.id());
        if (known.isEmpty()) {
            boolean slip = name.id().length() > 2 && reader.environment.nearest(name.id()).isPresent();
            if (!slip && !NamedNumbers.knows(name.id(), reader.dialect)) {
                bind(name);
            }
            return Optional.empty();
        }
        if (!(known
                .get() instanceof Binding.Valued(Value.Tensor(Variable v, List<String> axes, boolean row), String sort, Span where))
                || !v.shape().isScalar() || reader.environment.value(v).isPresent()
                || !(v.is(Fact.Named.INTEGER) || v.is(Fact.Named.NATURAL))) {
            return Optional.empty();
        }
        bind(name);
        return v.is(Fact.Named.POSITIVE) ? Optional.empty() : Optional.of(name);
    }

    private void bind(Syntax.Name name) {
        reader.environment.rebind(name.id(), new Binding.Sized(Size.symbol(name.id()), name.span()));
    }
}
