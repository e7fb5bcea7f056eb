package org.adjoint.lang;

import java.util.Set;

/** The words that cannot be names. */
final class Words {
    private static final Set<String> RESERVED = Set.of("for", "in", "if", "else", "not", "and", "or", "implies",
            "given", "with", "under", "within", "expect");
    private static final Set<String> CLAUSES = Set.of("for", "given", "with", "under", "almost", "within", "expect");
    private static final Set<String> INFIX = Set.of("in", "if", "else", "not", "and", "or", "implies");
    private static final Set<String> INFINITE = Set.of("inf", "Inf", "infinity", "Infinity");
    private static final Set<String> UNDEFINED = Set.of("nan", "NaN");

    private Words() {
    }

    static boolean isReserved(String word) {
        return RESERVED.contains(word);
    }

    /** Whether the word, after an expression, begins a clause. */
    static boolean beginsClause(String word) {
        return CLAUSES.contains(word);
    }

    /** Whether the word can stand after an expression at all. */
    static boolean followsExpression(String word) {
        return INFIX.contains(word) || CLAUSES.contains(word);
    }

    static boolean isInfinite(String word) {
        return INFINITE.contains(word);
    }

    static boolean isNotANumber(String word) {
        return UNDEFINED.contains(word);
    }
}
