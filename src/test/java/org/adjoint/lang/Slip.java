package org.adjoint.lang;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** The problem of a text that cannot be read. */
final class Slip {
    private Slip() {
    }

    static Problem of(String text) {
        return of(text, Dialect.NUMPY);
    }

    static Problem of(String text, Dialect dialect) {
        SyntaxException e = catchThrowableOfType(SyntaxException.class,
                () -> Parser.expression(Source.of("<expression>", text), dialect));
        if (e == null) {
            throw new AssertionError("no problem in " + text + ": " + Outline.of(text, dialect));
        }
        return e.problem();
    }

    static Problem ofStatement(String text) {
        Parser.Block block = Parser.statements(Source.of("block", text), Dialect.NUMPY);
        if (block.problems().isEmpty()) {
            throw new AssertionError("no problem in " + text + ": " + block.statements());
        }
        return block.problems().get(0);
    }
}
