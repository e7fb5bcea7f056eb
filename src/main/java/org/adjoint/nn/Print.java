package org.adjoint.nn;

import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Collectors;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Size;

/** Hyperparameters as Python prints them. */
final class Print {
    private Print() {
    }

    static String truth(boolean value) {
        return value ? "True" : "False";
    }

    /** {@code 0.1}, {@code 1e-05}; an expression that is no number as it is. */
    static String number(Expr value) {
        return Constant.uniform(value).map(rational -> number(rational.toDouble())).orElseGet(value::toString);
    }

    private static String number(double value) {
        double size = Math.abs(value);
        if (size != 0 && (size < 1e-4 || size >= 1e16)) {
            String[] parts = Double.toString(value).split("E");
            int exponent = Integer.parseInt(parts[1]);
            return parts[0].replaceFirst("\\.0$", "") + (exponent < 0 ? "e-" : "e+")
                    + (Math.abs(exponent) < 10 ? "0" : "") + Math.abs(exponent);
        }
        String plain = new BigDecimal(Double.toString(value)).toPlainString();
        return plain.contains(".") ? plain : plain + ".0";
    }

    /** What convolutions begin with: {@code Conv2d(3, 8, kernel_size=(3, 3), stride=(1, 1)}. */
    static StringBuilder convolution(String kind, Size in, Size out, List<Sliding> axes) {
        StringBuilder text = new StringBuilder(kind + "(" + in + ", " + out);
        text.append(", kernel_size=").append(tuple(axes.stream().map(Sliding::kernel).toList()));
        text.append(", stride=").append(tuple(axes.stream().map(Sliding::stride).toList()));
        if (axes.stream().anyMatch(axis -> !axis.before().equals(axis.after()))) {
            text.append(", padding=same");
        } else if (axes.stream().anyMatch(axis -> !axis.before().equals(Size.ZERO))) {
            text.append(", padding=").append(tuple(axes.stream().map(Sliding::before).toList()));
        }
        if (axes.stream().anyMatch(axis -> !axis.dilation().isOne())) {
            text.append(", dilation=").append(tuple(axes.stream().map(Sliding::dilation).toList()));
        }
        return text;
    }

    /** One where all are the same, else a tuple. */
    static String each(List<?> entries) {
        return entries.stream().distinct().count() == 1 ? entries.get(0).toString() : tuple(entries);
    }

    /** {@code (3, 3)}, {@code (3,)}. */
    static String tuple(List<?> entries) {
        return entries.stream().map(Object::toString)
                .collect(Collectors.joining(", ", "(", entries.size() == 1 ? ",)" : ")"));
    }
}
