package org.adjoint.check.jqwik;

import java.lang.annotation.Annotation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Positive;
import net.jqwik.api.providers.ArbitraryProvider;
import net.jqwik.api.providers.TypeUsage;
import org.adjoint.check.Domain;

/** Provides the parameters that have {@link Sizes}. jqwik finds it as a service. */
public final class SizedProvider implements ArbitraryProvider {

    private static final List<Class<? extends Annotation>> KINDS = List.of(Ties.class, NearKinks.class,
            LogUniform.class, OneHot.class, Probabilities.class, Conditioned.class, PositiveDefinite.class);

    @Override
    public boolean canProvideFor(TypeUsage type) {
        return type.findAnnotation(Sizes.class).isPresent() && Container.of(type.getRawType()).isPresent();
    }

    /** Above jqwik's own of arrays. */
    @Override
    public int priority() { return 10; }

    @Override
    public Set<Arbitrary<?>> provideFor(TypeUsage type, SubtypeProvider parts) {
        var sizes = type.findAnnotation(Sizes.class).orElseThrow();
        var container = Container.of(type.getRawType()).orElseThrow();
        var axes = axes(sizes);
        container.requireAxes(axes.size(), sizes.value());
        return Set.of(new SizedArbitrary(container, axes, sizes.min(), sizes.max(), filling(type, axes),
                Binding.here()));
    }

    private static List<String> axes(Sizes sizes) {
        var axes = Arrays.stream(sizes.value().split(",", -1)).map(String::strip).toList();
        if (axes.equals(List.of(""))) {
            return List.of();
        }
        axes.stream().filter(axis -> !axis.matches("[A-Za-z]\\w*|\\d{1,3}")).findFirst().ifPresent(axis -> {
            throw new IllegalArgumentException("sizes are numbers up to 999 or names, as in @Sizes(\"m,3\"); got \""
                    + sizes.value() + "\"");
        });
        if (!(0 <= sizes.min() && sizes.min() <= sizes.max() && sizes.max() < Filling.SIDE)) {
            throw new IllegalArgumentException("@Sizes needs 0 <= min <= max < %d; got %d and %d"
                    .formatted(Filling.SIDE, sizes.min(), sizes.max()));
        }
        return axes;
    }

    private static Filling filling(TypeUsage type, List<String> axes) {
        var kinds = new ArrayList<>(KINDS.stream().flatMap(kind -> type.findAnnotation(kind).stream()).toList());
        var symmetric = type.isAnnotated(Symmetric.class);
        if (kinds.size() > 1) {
            throw new IllegalArgumentException("entries are of one kind; got " + names(kinds));
        }
        var kind = kinds.isEmpty() ? null : kinds.get(0);
        if (symmetric || kind instanceof PositiveDefinite) {
            require(axes.size() == 2 && axes.get(0).equals(axes.get(1)), "a symmetric matrix has equal sizes", axes);
        }
        var filling = switch (kind) {
            case OneHot hot -> Structured.ONE_HOT.filling();
            case Probabilities probabilities -> Structured.PROBABILITIES.filling();
            case PositiveDefinite definite -> Structured.positiveDefinite(definite.value());
            case Conditioned conditioned -> {
                require(axes.size() == 2, "a matrix has two sizes", axes);
                yield Structured.conditioned(conditioned.value());
            }
            case Ties ties -> new Entrywise(Entrywise.TIES, domain(type), symmetric);
            case NearKinks kinks -> new Entrywise(Entrywise.nearKinks(kinks.value()), domain(type), symmetric);
            case LogUniform log ->
                new Entrywise(Entrywise.logUniform(log.min(), log.max()), domain(type), symmetric);
            case null, default -> new Entrywise(Entrywise.SPREAD, domain(type), symmetric);
        };
        if (!(filling instanceof Entrywise) && (symmetric || domain(type) != Domain.REAL)) {
            throw new IllegalArgumentException(names(kinds) + " says what the entries are; got a range or @Symmetric");
        }
        return filling;
    }

    private static String names(List<? extends Annotation> kinds) {
        return String.join(", ", kinds.stream().map(kind -> "@" + kind.annotationType().getSimpleName()).toList());
    }

    private static void require(boolean holds, String law, List<String> axes) {
        if (!holds) {
            throw new IllegalArgumentException(law + ", as in @Sizes(\"n,n\"); got \"" + String.join(",", axes) + "\"");
        }
    }

    private static Domain domain(TypeUsage type) {
        return type.findAnnotation(DoubleRange.class).map(range -> Domain.between(range.min(), range.max()))
                .orElseGet(() -> type.isAnnotated(Positive.class) ? Domain.POSITIVE : Domain.REAL);
    }
}
