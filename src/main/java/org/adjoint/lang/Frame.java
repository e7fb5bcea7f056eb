package org.adjoint.lang;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** An open bracket of the expression parser, with what was read inside so far. */
final class Frame {

    enum Kind {
        TOP("the end", ""), GROUP("`)`", ")"), LIST("`]`", "]"), SET("`}`", "}"), CALL("`)`", ")"), INDEX("`]`", "]"),
        BARS("`|`", "|");

        private final String end;
        private final String closer;

        Kind(String end, String closer) {
            this.end = end;
            this.closer = closer;
        }

        String end() {
            return end;
        }

        String closer() {
            return closer;
        }
    }

    final Kind kind;
    /** The token of the bracket; for TOP the first token. */
    final int opener;
    /** How many operands and operators belong to outer brackets. */
    final int operandBase;
    final int operatorBase;
    /** Finished items. */
    final List<Syntax> items = new ArrayList<>(2);
    /** Finished keyword arguments. */
    final List<Syntax.Keyword> keywords = new ArrayList<>(0);
    /** Bound names of the comprehension being read. */
    final List<Syntax.Binder> binders = new ArrayList<>(0);
    /** Names whose range is being read. */
    final List<Syntax.Name> unranged = new ArrayList<>(0);
    /** Finished parts of the slice being read. */
    final List<Optional<Syntax>> parts = new ArrayList<>(0);
    /** What {@code pattern in range} pairs stood before the colon of a set builder. */
    final List<Syntax.Membership> memberships = new ArrayList<>(0);
    /** The first token of the item being read. */
    int itemStart;
    /** What the comprehension being read is about. */
    Optional<Syntax> body = Optional.empty();
    /** The name of the keyword argument being read. */
    Optional<Syntax.Name> keyword = Optional.empty();
    /** Whether one of the items is a comprehension without brackets of its own. */
    boolean comprehends;
    /** Whether a comma is the last thing read. */
    boolean trailingComma;

    Frame(Kind kind, int opener, int operandBase, int operatorBase) {
        this.kind = kind;
        this.opener = opener;
        this.operandBase = operandBase;
        this.operatorBase = operatorBase;
        this.itemStart = opener + 1;
    }
}
