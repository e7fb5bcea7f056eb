package org.adjoint.show;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Names as mathematics writes them: {@code beta_1} is β₁ and {@code z2_bar} is z2 with a bar. */
final class Names {
    private static final String GREEK = """
            alpha α beta β gamma γ delta δ epsilon ε zeta ζ eta η theta θ iota ι kappa κ lambda λ mu μ nu ν xi ξ pi π
            rho ρ sigma σ tau τ upsilon υ phi φ chi χ psi ψ omega ω Gamma Γ Delta Δ Theta Θ Lambda Λ Xi Ξ Pi Π Sigma Σ
            Upsilon Υ Phi Φ Psi Ψ Omega Ω""";
    private static final Map<String, String> LETTERS = letters();
    private static final Map<String, String> ACCENTS = Map.of("bar", "\u0304", "hat", "\u0302", "tilde", "\u0303",
            "dot", "\u0307", "ddot", "\u0308");
    /** Names of functions that LaTeX knows. */
    private static final Set<String> LATEX_FUNCTIONS = Set.of("exp", "log", "sin", "cos", "tan", "sinh", "cosh",
            "tanh", "det", "max");

    private Names() {
    }

    /** A name in Unicode that the language reads as the same name. */
    static String unicode(String name) {
        String[] parts = name.split("_", -1);
        if (parts[0].isEmpty() || parts.length > 3 || !name.matches("\\w+")) {
            return name;
        }
        int last = parts.length - 1;
        String accent = last > 0 ? ACCENTS.getOrDefault(parts[last], "") : "";
        int middle = accent.isEmpty() ? last : last - 1;
        String base = greek(parts[0]);
        if (middle == 0) {
            return java.text.Normalizer.normalize(base + accent, java.text.Normalizer.Form.NFC);
        }
        boolean digits = parts[1].matches("[0-9]+");
        if (middle == 1 && digits && accent.isEmpty()) {
            return base + subscript(parts[1]);
        }
        return name;
    }

    /** A Greek letter, which digits may follow. */
    private static String greek(String word) {
        int end = word.length();
        while (end > 0 && Character.isDigit(word.charAt(end - 1))) {
            end--;
        }
        String letter = LETTERS.getOrDefault(word.substring(0, end), word.substring(0, end));
        return letter + word.substring(end);
    }

    private static String subscript(String digits) {
        StringBuilder out = new StringBuilder();
        digits.chars().forEach(c -> out.append((char) ('₀' + c - '0')));
        return out.toString();
    }

    /** A superscript for an integer. */
    static String superscript(String integer) {
        StringBuilder out = new StringBuilder();
        integer.chars().forEach(c -> out.append(c == '-' ? '⁻' : "⁰¹²³⁴⁵⁶⁷⁸⁹".charAt(c - '0')));
        return out.toString();
    }

    /** A name in LaTeX: accents over the letter, digits and what follows an underscore as subscript. */
    static String latex(String name) {
        String[] parts = name.split("_", -1);
        if (parts[0].isEmpty() || !name.matches("\\w+")) {
            return "\\mathtt{" + escaped(name) + "}";
        }
        int last = parts.length - 1;
        boolean accented = last > 0 && ACCENTS.containsKey(parts[last]);
        int end = parts[0].length();
        while (end > 1 && Character.isDigit(parts[0].charAt(end - 1))) {
            end--;
        }
        String letter = parts[0].substring(0, end);
        String base = LETTERS.containsKey(letter) ? "\\" + letter
                : letter.length() == 1 ? letter : "\\mathit{" + letter + "}";
        if (accented) {
            base = "\\" + parts[last] + "{" + base + "}";
        }
        StringBuilder sub = new StringBuilder(parts[0].substring(end));
        for (int k = 1; k < (accented ? last : last + 1); k++) {
            String part = LETTERS.containsKey(parts[k]) ? "\\" + parts[k]
                    : parts[k].length() <= 1 || parts[k].matches("[0-9]+") ? parts[k] : "\\mathrm{" + parts[k] + "}";
            sub.append(sub.isEmpty() ? "" : ",").append(part);
        }
        return sub.isEmpty() ? base : base + "_{" + sub + "}";
    }

    /** The name of a function in LaTeX. */
    static String latexFunction(String name) {
        return LATEX_FUNCTIONS.contains(name) ? "\\" + name : "\\operatorname{" + escaped(name) + "}";
    }

    /** Text with the characters escaped that LaTeX reads as commands. */
    static String escaped(String text) {
        return text.replaceAll("([_%#&$])", "\\\\$1");
    }

    private static Map<String, String> letters() {
        Map<String, String> map = new HashMap<>();
        String[] words = GREEK.strip().split("\\s+");
        for (int k = 0; k < words.length; k += 2) {
            map.put(words[k], words[k + 1]);
        }
        return Map.copyOf(map);
    }

    /** Whether the name reads as one letter, so that products of it need no sign. */
    static boolean isShort(String name) {
        return name.length() == 1 || LETTERS.containsKey(name.toLowerCase(Locale.ROOT));
    }
}
