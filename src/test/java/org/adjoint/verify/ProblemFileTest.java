package org.adjoint.verify;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.adjoint.lang.Dialect;
import org.adjoint.lang.Problem;
import org.adjoint.lang.Statement;
import org.junit.jupiter.api.Test;

/** Scopes nest as headings do, positions are the file's, and what cannot be read is reported beside what can. */
class ProblemFileTest {

    private static ProblemFile read(String text) {
        return ProblemFile.of("p.md", text.getBytes(UTF_8));
    }

    private static List<String> texts(Scope scope) {
        return scope.statements().stream().map(Statement::text).toList();
    }

    @Test
    void headingsOpenScopes() {
        ProblemFile file = read("""
                Prose with `code` and *marks*.
                ```adjoint
                a = 1
                ```
                # One
                ```adjoint
                b = 2
                ```
                ### Deep
                ```adjoint matlab
                c = a'
                ```
                ## Two
                ~~~ adjoint math
                d = 4
                ~~~
                ```python
                not ours = (
                ```
                # Three
                """);
        assertThat(file.problems()).isEmpty();
        Scope root = file.scope();
        assertThat(root.level()).isZero();
        assertThat(texts(root)).containsExactly("a = 1");
        assertThat(root.children()).extracting(Scope::title).containsExactly("One", "Three");
        Scope one = root.children().get(0);
        assertThat(one.children()).extracting(Scope::title).containsExactly("Deep", "Two");
        assertThat(one.children().get(0).statements().get(0).dialect()).isEqualTo(Dialect.MATLAB);
        assertThat(one.children().get(1).statements().get(0).dialect()).isEqualTo(Dialect.MATH);
        assertThat(one.children().get(1).statements().get(0).span().toString()).isEqualTo("p.md:15:1");
    }

    @Test
    void positionsAreTheFilesEvenInListsAndQuotes() {
        ProblemFile file = read("""
                - item

                  ```adjoint
                  a = 1

                  b = (
                  ```
                > ```adjoint
                > c = d d
                > e = 1
                > ```
                """);
        assertThat(texts(file.scope())).containsExactly("a = 1", "e = 1");
        assertThat(file.problems()).extracting(p -> p.span().toString()).containsExactly("p.md:6:7", "p.md:9:9");
    }

    @Test
    void byteOrderMarkAndCarriageReturnsAreNoMatter() {
        ProblemFile file = read("\uFEFF# T\r\n```adjoint\r\na = 1\r\nclaim c: a ==\r\n  1\r\n```\r\n");
        assertThat(file.problems()).isEmpty();
        assertThat(file.scope().children().get(0).statements()).hasSize(2).last()
                .satisfies(s -> assertThat(s.span().toString()).isEqualTo("p.md:4:1"));
    }

    @Test
    void anUnclosedBlockKeepsWhatCameBefore() {
        ProblemFile file = read("```adjoint\na = 1\n\nSome prose (here.\n");
        assertThat(texts(file.scope())).containsExactly("a = 1");
        assertThat(file.problems()).singleElement().satisfies(p -> {
            assertThat(p.span().line()).isEqualTo(1);
            assertThat(p.headline()).contains("does not end");
        });
    }

    @Test
    void anUnclosedBlockDoesNotSwallowTheNext() {
        ProblemFile file = read("# T\n```adjoint\na = 1\n\nSome prose.\n```adjoint\nb = 2\n```\n");
        assertThat(texts(file.scope().children().get(0))).containsExactly("a = 1", "b = 2");
        assertThat(file.problems()).singleElement().satisfies(p -> assertThat(p.span().line()).isEqualTo(2));
    }

    @Test
    void unknownDialectIsAProblem() {
        Problem problem = read("```adjoint fortran\na = 1\n```\n").problems().get(0);
        assertThat(problem.render()).startsWith("p.md:1:1: unknown dialect in `adjoint fortran`; expected adjoint,");
    }

    @Test
    void emptyAndBinaryFilesAreProblems() {
        assertThat(read("").problems().get(0).headline()).contains("empty");
        assertThat(read(" \n").problems().get(0).toString()).startsWith("p.md:1:1: the file is empty");
        assertThat(read("ab\nc\0").problems().get(0).toString()).startsWith("p.md:2:2: this is not a text file");
        Problem latin = ProblemFile.of("p.md", new byte[] {'a', '\n', 'b', (byte) 0xE9, 'c'}).problems().get(0);
        assertThat(latin.toString()).startsWith("p.md:2:2: this is not a text file: it has bytes that are not UTF-8");
        assertThat(ProblemFile.of("p.md", new byte[] {'a', (byte) 0xC3}).problems()).hasSize(1);
    }

    @Test
    void tenMegabytesOfProseAndNesting() {
        assertThat(read("[a](b) *c* `d`\n".repeat(700_000)).problems()).isEmpty();
        assertThat(read(">".repeat(10_000) + " ```adjoint\n").scope().statements()).isEmpty();
    }

    @Test
    void lineCountsOfOldMacFilesAgree() {
        assertThat(read("# T\r```adjoint\ra = 1\r```\r").scope().children().get(0).statements().get(0).span().line())
                .isEqualTo(3);
    }
}
