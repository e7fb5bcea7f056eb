package org.adjoint.show.code;

import java.util.ArrayList;
import java.util.List;
import org.adjoint.expr.Shape;
import org.adjoint.expr.Size;
import org.adjoint.expr.Window;

/** Windows as computed indices, and folds as loops that add up. */
final class JavaWindows {
    private final JavaCode code;
    private final JavaOperands operands;

    JavaWindows(JavaCode code, JavaOperands operands) {
        this.code = code;
        this.operands = operands;
    }

    JavaValue of(Window window) {
        return window.isFold() ? fold(window) : gather(window);
    }

    private JavaValue gather(Window window) {
        Window.Access access = window.access();
        JavaValue operand = operands.cheap(window.operand(0));
        boolean safe = access.circular() || access.source().isScalar() || Slices.of(window).isPresent();
        return JavaValue.computed(window.shape(), 2, i -> {
            List<String> sources = sources(access, i);
            Term entry = operand.at(bracketed(sources));
            return safe ? entry
                    : Term.host("(" + inside(access, sources) + " ? " + entry.text() + " : 0.0)", Term.ATOM);
        });
    }

    private JavaValue fold(Window window) {
        Window.Access access = window.access();
        JavaValue operand = operands.of(window.operand(0));
        Shape shape = window.shape();
        String name = shape.isScalar() ? code.name() : code.array(shape);
        if (shape.isScalar()) {
            code.line(0, "double " + name + " = 0.0;");
        }
        List<Size> sizes = access.window().sizes();
        List<String> indices = code.indices(0, sizes);
        int depth = code.open(0, indices, sizes);
        int innermost = depth;
        List<String> sources = sources(access, indices);
        boolean safe = access.circular() || shape.isScalar();
        if (!safe) {
            code.line(innermost++, "if (" + inside(access, sources) + ") {");
        }
        code.line(innermost, name + (shape.isScalar() ? "" : "[" + code.place(shape, bracketed(sources)) + "]") + " += "
                + operand.at(indices).text() + ";");
        code.close(depth, innermost);
        code.close(0, depth);
        return code.inMemory(shape, name);
    }

    /** The index along each axis of the source that an entry of the window reads. */
    private List<String> sources(Window.Access access, List<String> indices) {
        List<String> sources = new ArrayList<>();
        for (int d = 0; d < access.source().rank(); d++) {
            StringBuilder text = new StringBuilder();
            for (int k = 0; k < access.window().rank(); k++) {
                int stride = access.strides().get(d).get(k);
                if (stride != 0) {
                    text.append(stride < 0 ? (text.isEmpty() ? "-" : " - ") : text.isEmpty() ? "" : " + ")
                            .append(Math.abs(stride) == 1 ? "" : Math.abs(stride) + " * ").append(indices.get(k));
                }
            }
            Size offset = access.offsets().get(d);
            String shift = code.size(offset);
            if (text.isEmpty()) {
                text.append(shift);
            } else if (!offset.equals(Size.ZERO)) {
                text.append(shift.startsWith("-") ? " - " + shift.substring(1) : " + " + shift);
            }
            sources.add(access.circular() ? "Math.floorMod(" + text + ", " + code.size(access.source().get(d)) + ")"
                    : text.toString());
        }
        return sources;
    }

    private String inside(Window.Access access, List<String> sources) {
        List<String> tests = new ArrayList<>();
        for (int d = 0; d < sources.size(); d++) {
            tests.add("0 <= " + sources.get(d) + " && " + sources.get(d) + " < " + code.size(access.source().get(d)));
        }
        return String.join(" && ", tests);
    }

    private static List<String> bracketed(List<String> sums) {
        return sums.stream().map(sum -> sum.matches("\\w+") ? sum : "(" + sum + ")").toList();
    }
}
