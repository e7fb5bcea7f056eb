package org.adjoint;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Imports follow the arrows of the design, and each library stays where it belongs. */
class ArchitectureTest {

    private static final String ROOT = "org.adjoint";

    /** Who may import whom; what can be reached along arrows may be imported too. */
    private static final Map<String, Set<String>> ARROWS = Map.ofEntries(
            Map.entry("expr", Set.of()),
            Map.entry("check", Set.of()),
            Map.entry("diff", Set.of("expr")),
            Map.entry("eval", Set.of("expr")),
            Map.entry("nn", Set.of("expr")),
            Map.entry("algebra", Set.of("expr", "eval")),
            Map.entry("limit", Set.of("diff", "algebra", "eval")),
            Map.entry("symja", Set.of("algebra")),
            Map.entry("derive", Set.of("diff", "eval", "algebra", "limit", "check")),
            Map.entry("show", Set.of("expr", "diff", "nn")),
            // Generated code is made stable by the rules of the numeric plans.
            Map.entry("show.code", Set.of("show", "eval")),
            Map.entry("sequence", Set.of("expr")),
            Map.entry("lang", Set.of("expr", "nn")),
            Map.entry("verify", Set.of("lang", "derive", "show", "nn", "sequence")),
            Map.entry("check.expr", Set.of("check", "derive")),
            Map.entry("check.junit", Set.of("check", "check.expr")),
            Map.entry("check.jqwik", Set.of("check", "check.expr")),
            Map.entry("cli", Set.of("verify", "check.expr", "show.code")));

    /** Libraries with a home: package prefix, and the only packages of ours that may import it. */
    private static final Map<String, Set<String>> HOMES = Map.of(
            "org.matheclipse", Set.of("symja"),
            "picocli", Set.of("cli"),
            "org.commonmark", Set.of("verify"),
            "tools.jackson", Set.of("verify", "show", "cli"),
            "org.junit", Set.of("check.junit"),
            "org.opentest4j", Set.of("check.junit", "check.jqwik"),
            "net.jqwik", Set.of("check.jqwik"));

    private static final JavaClasses OURS = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(ROOT);

    static Set<String> layers() { return new TreeSet<>(ARROWS.keySet()); }

    static Set<String> libraries() { return new TreeSet<>(HOMES.keySet()); }

    @Test
    void everyClassIsInAPackageOfTheDesign() {
        assertThat(OURS).isNotEmpty().allSatisfy(c -> assertThat(layerOf(c)).as(c.getName()).isNotEmpty());
    }

    @ParameterizedTest
    @MethodSource("layers")
    void importsFollowTheArrows(String layer) {
        var allowed = reachable(layer);
        classes().that(areIn(Set.of(layer)))
                .should().onlyDependOnClassesThat(matches("outside " + ROOT + " or in " + allowed,
                        c -> !isOurs(c) || allowed.contains(layerOf(c))))
                .allowEmptyShould(true).check(OURS);
    }

    @ParameterizedTest
    @MethodSource("libraries")
    void librariesStayAtHome(String library) {
        var homes = HOMES.getOrDefault(library, Set.of());
        noClasses().that(matches("not in " + homes, c -> !homes.contains(layerOf(c))))
                .should().dependOnClassesThat().resideInAPackage(library + "..")
                .allowEmptyShould(true).check(OURS);
    }

    @Test
    void gradientCheckingNeedsNoFramework() {
        classes().that(areIn(Set.of("check")))
                .should().onlyDependOnClassesThat()
                .resideInAnyPackage("java..", "org.jspecify..", "org.ejml..", ROOT + ".check..")
                .allowEmptyShould(true).check(OURS);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching(ROOT + ".(**)").should().beFreeOfCycles().allowEmptyShould(true).check(OURS);
    }

    /** Unknown is not null: a package without the mark would switch the null checks off for its readers. */
    @Test
    void everyPackageIsNullMarked() {
        assertThat(OURS.stream().map(JavaClass::getPackage).distinct())
                .allSatisfy(p -> assertThat(p.isAnnotatedWith("org.jspecify.annotations.NullMarked"))
                        .as("%s has a package-info.java with @NullMarked", p.getName()).isTrue());
    }

    /** The arrows from a package, followed to the end. */
    private static Set<String> reachable(String layer) {
        var seen = new TreeSet<String>();
        var open = new ArrayDeque<>(List.of(layer));
        while (!open.isEmpty()) {
            var next = open.pop();
            if (seen.add(next)) {
                open.addAll(ARROWS.getOrDefault(next, Set.of()));
            }
        }
        return seen;
    }

    /** The longest listed package that holds the class, so that check.junit is not check; empty if there is none. */
    private static String layerOf(JavaClass c) {
        var name = c.getPackageName() + ".";
        return ARROWS.keySet().stream()
                .filter(layer -> name.startsWith(ROOT + "." + layer + "."))
                .max(Comparator.comparingInt(String::length)).orElse("");
    }

    private static boolean isOurs(JavaClass c) {
        return (c.getPackageName() + ".").startsWith(ROOT + ".");
    }

    private static DescribedPredicate<JavaClass> areIn(Set<String> layers) {
        return matches("in " + layers, c -> layers.contains(layerOf(c)));
    }

    private static DescribedPredicate<JavaClass> matches(String what, Predicate<JavaClass> test) {
        return DescribedPredicate.describe(what, test);
    }
}
