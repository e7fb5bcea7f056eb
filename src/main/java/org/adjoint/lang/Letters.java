package org.adjoint.lang;

import java.text.Normalizer;
import java.util.HashMap;
import java.util.Map;

/**
 * The letters of names: ASCII, Greek letters, accents and digits in subscript, all with a spelling in ASCII, so that
 * {@code β}, {@code ȳ}, {@code ŷ}, {@code z̃} and {@code x₁} are the names {@code beta}, {@code y_bar}, {@code y_hat},
 * {@code z_tilde} and {@code x_1}.
 */
final class Letters {
    private static final String GREEK = """
            α alpha β beta γ gamma δ delta ε epsilon ζ zeta η eta θ theta ι iota κ kappa λ lambda μ mu ν nu ξ xi
            ο omicron π pi ρ rho σ sigma ς sigma τ tau υ upsilon φ phi χ chi ψ psi ω omega ϵ epsilon ϕ phi ϑ theta ϱ rho
            Α Alpha Β Beta Γ Gamma Δ Delta Ε Epsilon Ζ Zeta Η Eta Θ Theta Ι Iota Κ Kappa Λ Lambda Μ Mu Ν Nu Ξ Xi
            Ο Omicron Π Pi Ρ Rho Σ Sigma Τ Tau Υ Upsilon Φ Phi Χ Chi Ψ Psi Ω Omega
            ℝ R ℤ Z ℕ N ℓ ell""";
    // micro sign
    private static final char MICRO = '\u00B5';
    private static final Map<Character, String> SPELLED = spelled();
    private static final Map<Character, String> ACCENTS = Map.of('\u0302', "_hat", '\u0303', "_tilde", '\u0304', "_bar",
            '\u0305', "_bar", '\u0307', "_dot", '\u0308', "_ddot");

    private Letters() {
    }

    /** Whether a name can start with the character. */
    static boolean starts(char c) {
        return isAsciiLetter(c) || c > 127 && (SPELLED.containsKey(c) || !decomposed(c).isEmpty());
    }

    /** Whether a name can go on with the character. */
    static boolean continues(char c) {
        return isAsciiLetter(c) || isDigit(c) || c > 127 && (starts(c) || isSubscript(c) || ACCENTS.containsKey(c));
    }

    /** The name in ASCII. */
    static String spell(String written) {
        boolean plain = written.chars().allMatch(c -> c < 128);
        if (plain) {
            return written;
        }
        StringBuilder out = new StringBuilder();
        boolean inSubscript = false;
        for (int i = 0; i < written.length(); i++) {
            char c = written.charAt(i);
            if (isSubscript(c)) {
                out.append(inSubscript ? "" : "_").append((char) ('0' + c - '\u2080'));
            } else if (ACCENTS.containsKey(c)) {
                out.append(ACCENTS.get(c));
            } else if (c < 128) {
                out.append(c);
            } else {
                out.append(SPELLED.containsKey(c) ? SPELLED.get(c) : spell(decomposed(c)));
            }
            inSubscript = isSubscript(c);
        }
        return out.toString();
    }

    static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isAsciiLetter(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_';
    }

    private static boolean isSubscript(char c) {
        return c >= '\u2080' && c <= '\u2089';
    }

    /** An ASCII letter and one of the accents that {@code c} is composed of, or nothing. */
    private static String decomposed(char c) {
        if (Character.isSurrogate(c) || !Character.isLetter(c)) {
            return "";
        }
        String parts = Normalizer.normalize(String.valueOf(c), Normalizer.Form.NFD);
        boolean known = parts.length() == 2 && isAsciiLetter(parts.charAt(0)) && ACCENTS.containsKey(parts.charAt(1));
        return known ? parts : "";
    }

    private static Map<Character, String> spelled() {
        Map<Character, String> map = new HashMap<>();
        String[] words = GREEK.strip().split("\\s+");
        for (int i = 0; i < words.length; i += 2) {
            map.put(words[i].charAt(0), words[i + 1]);
        }
        map.put(MICRO, "mu");
        return Map.copyOf(map);
    }
}
