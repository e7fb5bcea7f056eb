package org.adjoint.show;

import java.util.List;
import org.adjoint.expr.Size;

/** How symbolic sizes are written as numbers. */
final class Sizes {
    private Sizes() {
    }

    /** Whether the size is a product of symbols, which read as numbers multiply up to the same size again. */
    static boolean isProduct(Size size) {
        return text(size).indexOf('*') > 0 && !text(size).startsWith("dim(");
    }

    /** {@code n}, {@code m*n}; any other size says that it is one, since {@code n - 1} is a sum of numbers. */
    static String text(Size size) {
        String text = size.toString();
        return text.matches("[A-Za-z_]\\w*(\\*[A-Za-z_]\\w*)*") ? text : "dim(" + text + ")";
    }

    static List<String> orOne(List<String> parts) {
        return parts.isEmpty() ? List.of("1") : parts;
    }
}
