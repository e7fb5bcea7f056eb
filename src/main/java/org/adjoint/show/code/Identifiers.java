package org.adjoint.show.code;

import java.text.Normalizer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Names that a language takes, each given out once. */
final class Identifiers {
    private final Set<String> taken;
    private final Map<String, Integer> last = new HashMap<>();

    /** With words that must not be used. */
    Identifiers(Set<String> reserved) {
        taken = new HashSet<>(reserved);
    }

    /** The name nearest to the wanted one: {@code lambda} becomes {@code lambda_}, {@code net[0].weight net_0_weight}. */
    String unique(String wanted) {
        String name = legal(wanted);
        if (!taken.add(name)) {
            name = name + "_";
            String stem = name;
            for (int k = 2; !taken.add(name); k++) {
                name = stem + k;
            }
        }
        return name;
    }

    /** The next of {@code t1, t2, …}. */
    String fresh(String stem) {
        int k = last.getOrDefault(stem, 0) + 1;
        while (!taken.add(stem + k)) {
            k++;
        }
        last.put(stem, k);
        return stem + k;
    }

    private static String legal(String wanted) {
        String plain = Normalizer.normalize(wanted.replace("'", "_prime"), Normalizer.Form.NFKD)
                .replaceAll("[^A-Za-z0-9_]+", "_").replaceAll("^_+|_+$", "");
        return plain.isEmpty() ? "v" : Character.isDigit(plain.charAt(0)) ? "v" + plain : plain;
    }
}
