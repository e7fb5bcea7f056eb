package org.adjoint.lang;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A reading that courses and libraries disagree on, as set by {@code under name = value}.
 *
 * @param name  which one
 * @param value one of {@link #values(String)}
 */
public record Convention(String name, String value) {

    private static final Map<String, List<String>> KNOWN = new TreeMap<>(Map.ofEntries(
            Map.entry("scalar", List.of("[1]", "[]")),
            Map.entry("vectors", List.of("columns", "rows")),
            Map.entry("layout", List.of("gradient", "jacobian")),
            Map.entry("conv", List.of("flipped", "correlate")),
            Map.entry("division", List.of("exact", "floor")),
            Map.entry("var", List.of("n", "n-1")),
            Map.entry("loss", List.of("half", "mean", "sum")),
            Map.entry("ops", List.of("mac", "mul+add")),
            Map.entry("relu0", List.of("0", "1", "half")),
            Map.entry("ties", List.of("first", "split")),
            Map.entry("vec", List.of("column", "row"))));

    /** The names of all conventions. */
    public static List<String> names() {
        return List.copyOf(KNOWN.keySet());
    }

    /** The values that a convention can take. */
    public static List<String> values(String name) {
        return KNOWN.getOrDefault(name, List.of());
    }

    /**
     * The convention that a setting means.
     *
     * @throws IllFormed when there is no such convention or value
     */
    public static Convention of(Clause.Setting setting) {
        List<String> values = values(setting.convention());
        if (values.isEmpty()) {
            Problem problem = Problem.at(setting.span(), "unknown convention " + setting.convention());
            throw new IllFormed(IllFormed.Kind.UNKNOWN_NAME,
                    Nearest.to(setting.convention(), names()).map(n -> problem.hint("did you mean " + n + "?"))
                            .orElse(problem.hint("the conventions are " + String.join(", ", names()))));
        }
        if (!values.contains(setting.value())) {
            throw new IllFormed(IllFormed.Kind.TYPE, Problem.at(setting.span(),
                    setting.convention() + " cannot be " + setting.value()).expecting(String.join(" or ", values)));
        }
        return new Convention(setting.convention(), setting.value());
    }

    /** The conventions that a clause sets. */
    public static List<Convention> of(Clause.Under under) {
        List<Convention> all = new ArrayList<>();
        under.settings().forEach(setting -> all.add(of(setting)));
        return all;
    }

    /** As it is written. */
    @Override
    public String toString() {
        return name + "=" + value;
    }
}
