package org.adjoint.show.code;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.adjoint.expr.Shape;
import org.adjoint.expr.Size;

/** The statements of a generated Java method, and the names that they bind. */
final class JavaCode {
    private static final String INDENT = "    ";

    private final Identifiers identifiers;
    private final Signature signature;
    private final List<String> lines = new ArrayList<>();
    private final Set<Helper> helpers = new LinkedHashSet<>();
    private final List<String> loopNames = new ArrayList<>();
    private String nextName = "";

    JavaCode(Identifiers identifiers, Signature signature) {
        this.identifiers = identifiers;
        this.signature = signature;
    }

    List<String> lines() {
        return lines;
    }

    Set<Helper> helpers() {
        return helpers;
    }

    String uses(Helper helper) {
        helpers.add(helper);
        return helper.name();
    }

    /** The name of the next value that gets one. */
    void nextName(String name) {
        nextName = name;
    }

    /** What is made on the way does not take the name. */
    <T> T aside(Supplier<T> making) {
        String wanted = nextName;
        nextName = "";
        T made = making.get();
        nextName = wanted;
        return made;
    }

    String name() {
        String name = nextName.isEmpty() ? identifiers.fresh("t") : nextName;
        nextName = "";
        return name;
    }

    /** A name that nothing else has: {@code at1, at2, …}. */
    String fresh(String stem) {
        return identifiers.fresh(stem);
    }

    void line(int depth, String text) {
        lines.add(INDENT.repeat(depth) + text);
    }

    // ---- sizes and indices

    String size(Size size) {
        return size.written(signature::symbol, (a, b) -> "Math.floorDiv(" + a + ", " + b + ")");
    }

    /** A size as a factor. */
    String factor(Size size) {
        String text = size(size);
        return text.matches("\\w+") ? text : "(" + text + ")";
    }

    String count(Shape shape) {
        return shape.isScalar() ? "1" : String.join(" * ", shape.sizes().stream().map(this::factor).toList());
    }

    /** The place of an entry in row-major order; axes of length 1 do not matter. */
    String place(Shape shape, List<String> indices) {
        String place = "";
        for (int axis = 0; axis < shape.rank(); axis++) {
            if (!shape.get(axis).isOne()) {
                String index = indices.get(axis);
                place = place.isEmpty() ? index
                        : (place.matches("\\w+") ? place : "(" + place + ")") + " * " + factor(shape.get(axis)) + " + "
                                + index;
            }
        }
        return place.isEmpty() ? "0" : place;
    }

    /** The index of a loop over the k-th of some axes; axes of length 1 need none. */
    String index(int k, Size size) {
        while (loopNames.size() <= k) {
            int next = loopNames.size();
            loopNames.add(identifiers.unique(next < 6 ? "ijklpq".substring(next, next + 1) : "i" + next));
        }
        return size.isOne() ? "0" : loopNames.get(k);
    }

    List<String> indices(int from, List<Size> sizes) {
        List<String> indices = new ArrayList<>();
        for (int k = 0; k < sizes.size(); k++) {
            indices.add(index(from + k, sizes.get(k)));
        }
        return indices;
    }

    /** Opens a loop for each index; the depth inside. */
    int open(int depth, List<String> indices, List<Size> sizes) {
        int inside = depth;
        for (int k = 0; k < indices.size(); k++) {
            if (!sizes.get(k).isOne()) {
                String index = indices.get(k);
                line(inside++, "for (int " + index + " = 0; " + index + " < " + size(sizes.get(k)) + "; " + index
                        + "++) {");
            }
        }
        return inside;
    }

    void close(int from, int to) {
        for (int depth = to - 1; depth >= from; depth--) {
            line(depth, "}");
        }
    }

    // ---- values

    /** An array that is filled by statements; zero before. */
    String array(Shape shape) {
        String name = name();
        line(0, "double[] " + name + " = new double[" + count(shape) + "];");
        return name;
    }

    /** The value in an array, or a variable. */
    JavaValue inMemory(Shape shape, String name) {
        if (shape.isScalar()) {
            return new JavaValue(shape, indices -> Term.host(name, Term.ATOM), 0, Optional.empty());
        }
        return new JavaValue(shape, indices -> Term.host(name + "[" + place(shape, indices) + "]", Term.ATOM), 0,
                Optional.of(name));
    }

    /** The value under a name; what is in memory stays where it is. */
    JavaValue stored(JavaValue value) {
        Shape shape = value.shape();
        if (value.array().isPresent()) {
            return value;
        }
        if (shape.isScalar()) {
            Term term = value.scalar();
            if (value.weight() == 0 && term.text().matches("[A-Za-z_]\\w*")) {
                return value;
            }
            String name = name();
            line(0, "double " + name + " = " + term.text() + ";");
            return inMemory(shape, name);
        }
        String name = array(shape);
        List<String> indices = indices(0, shape.sizes());
        int depth = open(0, indices, shape.sizes());
        line(depth, name + "[" + place(shape, indices) + "] = " + value.at(indices).text() + ";");
        close(0, depth);
        return inMemory(shape, name);
    }

    /** An array made by an expression. */
    JavaValue made(Shape shape, String expression) {
        String name = name();
        line(0, (shape.isScalar() ? "double " : "double[] ") + name + " = " + expression + ";");
        return inMemory(shape, name);
    }

    /** A value computed by loops over inner axes: {@code step} is a statement, given the indices and what it adds to. */
    JavaValue reduced(Shape shape, List<Size> inner, String start, BiFunction<Loop, String, String> step) {
        List<String> outside = indices(0, shape.sizes());
        List<String> inside = indices(shape.rank(), inner);
        String name = shape.isScalar() ? name() : array(shape);
        String sum = shape.isScalar() ? name : "sum";
        int depth = open(0, outside, shape.sizes());
        line(depth, "double " + sum + " = " + start + ";");
        int innermost = open(depth, inside, inner);
        line(innermost, step.apply(new Loop(outside, inside), sum));
        close(depth, innermost);
        if (!shape.isScalar()) {
            line(depth, name + "[" + place(shape, outside) + "] = sum;");
        }
        close(0, depth);
        return inMemory(shape, name);
    }

    /** The indices of the axes that are kept and of those that are reduced. */
    record Loop(List<String> outside, List<String> inside) {
    }
}
