package org.adjoint.lang;

import java.util.List;
import java.util.Map;

/** The symbols of the lexer: which there are, what Unicode stands for, and what people write by mistake. */
final class Symbols {

    /** In ASCII, the longest first. {@code !}, {@code &} and the like are read only to be refused with a hint. */
    private static final List<String> WRITTEN = List.of("===", "!==", "**=", "...", "**", "//", "==", "~=", "!=", "<=",
            ">=", "<>", "=>", ":=", "->", "&&", "||", "..", "+=", "-=", "*=", "/=", "+", "-", "*", "/", "%", "@", "^",
            "<", ">", "=", "(", ")", "[", "]", "{", "}", ",", ":", ";", ".", "!", "&", "|", "~", "?", "$", "\\", "`");

    /** Only where {@code .*} is an operator. */
    private static final List<String> DOTTED = List.of(".*", "./", ".^");

    private static final Map<Character, String> UNICODE = Map.ofEntries(Map.entry('−', "-"), Map.entry('≤', "<="),
            Map.entry('≥', ">="), Map.entry('≠', "!="), Map.entry('≈', "~="), Map.entry('→', "->"),
            Map.entry('·', "·"), Map.entry('⋅', "·"), Map.entry('⊙', "⊙"), Map.entry('∘', "⊙"), Map.entry('⊗', "⊗"),
            Map.entry('ᵀ', "ᵀ"), Map.entry('√', "√"), Map.entry('∇', "∇"), Map.entry('…', "..."), Map.entry('÷', "/"),
            Map.entry('×', "×"), Map.entry('′', "'"), Map.entry('’', "'"));

    private static final Map<Character, String> WORDS = Map.of('∈', "in", '∧', "and", '∨', "or", '¬', "not", '⇒',
            "implies", '∞', "inf", '∑', "sum", '∏', "prod");

    private static final Map<String, String> HINTS = Map.ofEntries(Map.entry("&&", "write `and`"),
            Map.entry("&", "write `and`"), Map.entry("||", "write `or`; for a norm write `norm(x)`"),
            Map.entry("|", "write `or`; for an absolute value write `abs(x)`"),
            Map.entry("!", "write `not p`; for a factorial write `factorial(n)`"),
            Map.entry("~", "write `not p`; approximately equal is `~=`"), Map.entry("===", "write `==`"),
            Map.entry("!==", "write `!=`"), Map.entry("<>", "write `!=`"),
            Map.entry("=>", "write `implies` between propositions, `>=` for an order"),
            Map.entry(":=", "write `=` for a definition, `==` for an equation"),
            Map.entry("×", "write `*` for the elementwise product, `@` for the matrix product"),
            Map.entry("+=", "a name is defined once: write `name = e` with a new name"),
            Map.entry("-=", "a name is defined once: write `name = e` with a new name"),
            Map.entry("*=", "a name is defined once: write `name = e` with a new name"),
            Map.entry("/=", "a name is defined once: write `name = e` with a new name"),
            Map.entry("**=", "a name is defined once: write `name = e` with a new name"),
            Map.entry("?", "write `x if p else y`"),
            Map.entry("\\", "write the function's name, such as `log(x)`; a line goes on inside brackets or indented"),
            Map.entry("$", "write the formula without dollar signs"),
            Map.entry("`", "write the formula without back quotes"));

    private Symbols() {
    }

    /** The symbol at the place, as written; empty when there is none. */
    static String at(String text, int at, Dialect dialect) {
        if (dialect != Dialect.NUMPY) {
            for (String symbol : DOTTED) {
                if (text.startsWith(symbol, at) && !text.startsWith("...", at)) {
                    return symbol;
                }
            }
        }
        for (String symbol : WRITTEN) {
            if (text.startsWith(symbol, at)) {
                return symbol;
            }
        }
        return UNICODE.containsKey(text.charAt(at)) || WORDS.containsKey(text.charAt(at)) ? text.substring(at, at + 1)
                : "";
    }

    /** The word that a Unicode symbol stands for, or nothing. */
    static String word(String written) {
        return WORDS.getOrDefault(written.charAt(0), "");
    }

    /** A written symbol as the parser knows it. */
    static String canonical(String written) {
        return written.length() == 1 ? UNICODE.getOrDefault(written.charAt(0), written) : written;
    }

    /** Whether a dialect has a symbol that others have not: in textbook text, {@code n!} and {@code |x|}. */
    static boolean isKnown(String symbol, Dialect dialect) {
        return dialect == Dialect.MATH && (symbol.equals("!") || symbol.equals("|"));
    }

    /** What to write instead of a symbol that the language does not have, or nothing. */
    static String hint(String symbol) {
        return HINTS.getOrDefault(symbol, "");
    }
}
