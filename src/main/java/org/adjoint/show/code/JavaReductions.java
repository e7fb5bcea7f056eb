package org.adjoint.show.code;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.adjoint.expr.Reduction;
import org.adjoint.expr.Shape;
import org.adjoint.expr.Size;

/** Reductions along axes as loops. */
final class JavaReductions {
    private final JavaCode code;
    private final JavaOperands operands;

    JavaReductions(JavaCode code, JavaOperands operands) {
        this.code = code;
        this.operands = operands;
    }

    JavaValue of(Reduction reduction) {
        JavaValue x = operands.cheap(reduction.operand(0));
        int[] axes = reduction.axes();
        List<Size> inner = IntStream.of(axes).mapToObj(x.shape()::get).toList();
        Function<JavaCode.Loop, Term> entry = loop -> x.at(merged(loop, axes, x.shape().rank()));
        return switch (reduction.operation()) {
            case MAX -> code.reduced(reduction.shape(), inner, "Double.NEGATIVE_INFINITY",
                    (loop, sum) -> sum + " = Math.max(" + sum + ", " + entry.apply(loop).text() + ");");
            case PRODUCT -> code.reduced(reduction.shape(), inner, "1.0",
                    (loop, sum) -> sum + " *= " + entry.apply(loop).text() + ";");
            case LOG_SUM_EXP -> {
                JavaValue top = code.aside(() -> code.reduced(reduction.shape(), inner, "Double.NEGATIVE_INFINITY",
                        (loop, sum) -> sum + " = Math.max(" + sum + ", " + entry.apply(loop).text() + ");"));
                JavaValue total = code.aside(() -> code.reduced(reduction.shape(), inner, "0.0", (loop, sum) -> sum
                        + " += Math.exp(" + entry.apply(loop).at(Term.PRODUCT) + " - " + top.at(loop.outside()).text()
                        + ");"));
                yield JavaValue.computed(reduction.shape(), 3, i -> Term
                        .host(top.at(i).text() + " + Math.log(" + total.at(i).text() + ")", Term.SUM));
            }
            case FIRST_MAX -> firstMax(reduction, x);
        };
    }

    /** The indices of all axes from those that are kept and those that are reduced. */
    private static List<String> merged(JavaCode.Loop loop, int[] axes, int rank) {
        List<String> merged = new ArrayList<>();
        int kept = 0;
        int reduced = 0;
        for (int axis = 0; axis < rank; axis++) {
            boolean inside = reduced < axes.length && axes[reduced] == axis;
            merged.add(inside ? loop.inside().get(reduced++) : loop.outside().get(kept++));
        }
        return merged;
    }

    private JavaValue firstMax(Reduction reduction, JavaValue x) {
        Shape shape = x.shape();
        int[] axes = reduction.axes();
        List<Size> inner = IntStream.of(axes).mapToObj(shape::get).toList();
        List<Size> outer = IntStream.range(0, shape.rank()).filter(axis -> IntStream.of(axes).noneMatch(k -> k == axis))
                .mapToObj(shape::get).toList();
        String name = code.array(shape);
        JavaCode.Loop loop = new JavaCode.Loop(code.indices(0, outer), code.indices(outer.size(), inner));
        List<String> indices = merged(loop, axes, shape.rank());
        String at = code.fresh("at");
        String top = code.fresh("top");
        int depth = code.open(0, loop.outside(), outer);
        code.line(depth, "int " + at + " = -1;");
        code.line(depth, "double " + top + " = 0.0;");
        int innermost = code.open(depth, loop.inside(), inner);
        code.line(innermost, "if (" + at + " < 0 || " + x.at(indices).text() + " > " + top + ") {");
        code.line(innermost + 1, top + " = " + x.at(indices).text() + ";");
        code.line(innermost + 1, at + " = " + code.place(shape, indices) + ";");
        code.line(innermost, "}");
        code.close(depth, innermost);
        code.line(depth, name + "[" + at + "] = 1.0;");
        code.close(0, depth);
        return code.inMemory(shape, name);
    }
}
