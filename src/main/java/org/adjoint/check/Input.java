package org.adjoint.check;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * A declared input: its name, its sizes - numbers, or letters that stand for the same number wherever they occur - and
 * the numbers that its entries may be.
 *
 * @param name   for messages
 * @param sizes  of the axes, row by row
 * @param domain of the entries
 */
record Input(String name, List<String> sizes, Domain domain) {

    Input {
        sizes = List.copyOf(sizes);
    }

    static Input of(String name, String sizes, Domain domain) {
        var parts = new ArrayList<String>();
        for (var part : sizes.replace('[', ' ').replace(']', ' ').split(",", -1)) {
            var size = part.strip();
            if (!size.isEmpty()) {
                if (!size.matches("[A-Za-z]\\w*|\\d+")) {
                    throw new IllegalArgumentException("sizes are numbers or names, as in \"m,3\"; got \"" + sizes
                            + "\"");
                }
                parts.add(size);
            }
        }
        return new Input(name, parts, domain);
    }

    static Input of(String name, int... sizes) {
        return new Input(name, Arrays.stream(sizes).mapToObj(Integer::toString).toList(), Domain.REAL);
    }

    boolean isSymbolic() { return sizes.stream().anyMatch(s -> !Character.isDigit(s.charAt(0))); }

    /** The input with these numbers for its letters. */
    Slot bind(Map<String, Integer> letters) {
        return new Slot(name, sizes.stream().mapToInt(s -> Character.isDigit(s.charAt(0)) ? Integer.parseInt(s)
                : letters.getOrDefault(s, 1)).toArray());
    }
}
