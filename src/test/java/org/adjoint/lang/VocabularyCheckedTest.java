package org.adjoint.lang;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.adjoint.check.expr.SelfCheck;
import org.adjoint.expr.Fact;
import org.adjoint.expr.Variable;
import org.adjoint.expr.Walk;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Every function that can be called by name: first and second derivatives of an example of it, by the plan of the derived
 * expressions, against differences. A new row of the vocabulary needs a line in {@code vocabulary-checked.txt}.
 */
class VocabularyCheckedTest {

    private static final String NAMES = """
            x, y, z : R[3]; p, q : R[3] positive; u : R[3] in(-1, 1); A : R[2,3]; B : R[3,2]; S, T : R[3,3]; t, s : R
            o : R[3] 01; I : R[1,4,4]; K : R[2,1,2,3]; J : R[1,7]; L : R[2,1,3]; V : R[1,2,2,2]; W : R[1,1,2,2,2]
            """;

    private static final Map<Dialect, Map<String, String>> TABLE = table();

    private static Map<Dialect, Map<String, String>> table() {
        var table = new EnumMap<Dialect, Map<String, String>>(Dialect.class);
        try (var file = VocabularyCheckedTest.class.getResourceAsStream("vocabulary-checked.txt")) {
            var dialect = Dialect.NUMPY;
            for (String line : new String(file.readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
                if (line.startsWith("[")) {
                    dialect = Dialect.valueOf(line.substring(1, line.indexOf(']')));
                } else if (!line.isBlank() && !line.startsWith("#")) {
                    var parts = line.split(" = ", 2);
                    table.computeIfAbsent(dialect, d -> new LinkedHashMap<>()).put(parts[0], parts[1]);
                }
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return table;
    }

    /** Names of the same row, and rows that are constructors of layers and losses, which are checked as such. */
    private static List<List<String>> rows(Dialect dialect) {
        var groups = new IdentityHashMap<Vocabulary.Row, List<String>>();
        var rows = new ArrayList<List<String>>();
        for (String name : Vocabulary.names(dialect)) {
            if (dialect == Dialect.NUMPY || Vocabulary.isOwn(name, dialect)) {
                var row = Vocabulary.row(name, dialect).orElseThrow();
                rows.add(groups.computeIfAbsent(row, r -> new ArrayList<>()));
                groups.get(row).add(name);
            }
        }
        return rows.stream().distinct().toList();
    }

    /** Sequential, Conv2d, MSELoss, …: a name that begins with a capital and is not one letter. */
    private static boolean isConstructor(String name) {
        return name.length() > 1 && Character.isUpperCase(name.charAt(0)) && !List.of("Var", "Cov").contains(name);
    }

    @Test
    void everyRowHasAnExample() {
        var missing = new ArrayList<String>();
        for (var dialect : TABLE.keySet()) {
            for (var names : rows(dialect)) {
                if (names.stream().noneMatch(n -> TABLE.get(dialect).containsKey(n) || isConstructor(n))) {
                    missing.add(dialect + ": " + names);
                }
            }
            assertThat(TABLE.get(dialect).keySet()).as("names of %s", dialect)
                    .allMatch(name -> Vocabulary.row(name, dialect).isPresent());
        }
        assertThat(missing).as("functions without a line in vocabulary-checked.txt").isEmpty();
    }

    @TestFactory
    Stream<DynamicTest> derivatives() {
        return TABLE.entrySet().stream().flatMap(table -> table.getValue().entrySet().stream()
                .filter(row -> !row.getValue().startsWith("-"))
                .map(row -> dynamicTest(table.getKey() + " " + row.getValue(),
                        () -> check(table.getKey(), row.getValue()))));
    }

    private static void check(Dialect dialect, String example) {
        var parts = example.split(" by ", 2);
        var f = Desk.of(Dialect.NUMPY, NAMES).in(dialect).expr(parts[0]);
        var by = new ArrayList<Variable>();
        for (var x : Walk.variables(f)) {
            if (parts.length > 1 ? List.of(parts[1].split(", ")).contains(x.name()) : isReal(x)) {
                by.add(x);
            }
        }
        SelfCheck.assertRight(example, f, by);
    }

    private static boolean isReal(Variable x) {
        return x.facts().stream().noneMatch(List.of(Fact.Named.ZERO_ONE, Fact.Named.INTEGER)::contains);
    }
}
