package org.adjoint.show;

import java.util.ArrayList;
import java.util.List;

/**
 * An expression as text.
 *
 * @param text     the formula
 * @param where    the shared parts that it uses by name, each after those that it uses itself
 * @param complete whether the whole formula is there; a text above the limit is left out
 */
public record Printed(String text, List<Shared> where, boolean complete) {
    /** A shared part and its text. */
    public record Shared(String name, String text) {
    }

    public Printed {
        where = List.copyOf(where);
    }

    /** Of the parts, in the order of their names, those that the formula needs. */
    <T> List<T> used(List<T> parts) {
        List<T> used = new ArrayList<>();
        StringBuilder texts = new StringBuilder(text);
        for (int k = where.size() - 1; k >= 0; k--) {
            // The letters of the name may stand there by chance, which costs a line; it is never missing.
            if (texts.indexOf(where.get(k).name) >= 0) {
                used.addFirst(parts.get(k));
                texts.append('\n').append(where.get(k).text);
            }
        }
        return used;
    }

    /** The formula, then one line {@code where t1 = …} for each shared part. */
    @Override
    public String toString() {
        StringBuilder all = new StringBuilder(text);
        where.forEach(shared -> all.append("\n  where ").append(shared.name).append(" = ").append(shared.text));
        return all.toString();
    }
}
