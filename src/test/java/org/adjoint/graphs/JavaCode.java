package org.adjoint.graphs;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.adjoint.expr.Application;
import org.adjoint.expr.Concatenation;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Contraction;
import org.adjoint.expr.Delta;
import org.adjoint.expr.Detach;
import org.adjoint.expr.Dimension;
import org.adjoint.expr.Distribution;
import org.adjoint.expr.Elementwise;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Fact;
import org.adjoint.expr.Linear;
import org.adjoint.expr.MatrixFunction;
import org.adjoint.expr.Range;
import org.adjoint.expr.Rational;
import org.adjoint.expr.Reduction;
import org.adjoint.expr.Reshape;
import org.adjoint.expr.Shape;
import org.adjoint.expr.Size;
import org.adjoint.expr.UnknownFunction;
import org.adjoint.expr.Variable;
import org.adjoint.expr.Walk;
import org.adjoint.expr.Where;
import org.adjoint.expr.Window;

/** A graph as Java statements that build it again, to be pasted into a test. */
public final class JavaCode {
    private final Map<Expr, String> names = new HashMap<>();
    private final StringBuilder code = new StringBuilder();

    private JavaCode() {
    }

    /** Statements that bind {@code a}, {@code b}, … to the roots. */
    public static String of(Expr... roots) {
        JavaCode java = new JavaCode();
        for (Expr node : Walk.postorder(List.of(roots))) {
            String name = node instanceof Variable v ? v.name() : "e" + java.names.size();
            java.code.append(node instanceof Variable ? "Variable " : "Expr ").append(name).append(" = ")
                    .append(java.build(node)).append(";\n");
            java.names.put(node, name);
        }
        for (int k = 0; k < roots.length; k++) {
            java.code.append("Expr root").append(k).append(" = ").append(java.names.get(roots[k])).append(";\n");
        }
        return java.code.toString();
    }

    private String build(Expr node) {
        return switch (node) {
            case Variable v -> "Variable.of(\"" + v.name() + "\", " + shape(v.shape()) + facts(v.facts()) + ")";
            case Constant c -> c.isData()
                    ? "Constant.data(" + shape(c.shape()) + ", "
                            + c.values().stream().map(x -> Double.toString(x.toDouble()))
                                    .collect(Collectors.joining(", "))
                            + ")"
                    : c.shape().isScalar() ? "Constant.of(" + rational(c.value()) + ")"
                            : "Constant.of(" + shape(c.shape()) + ", List.of("
                                    + c.values().stream().map(JavaCode::rational).collect(Collectors.joining(", "))
                                    + "))";
            case Dimension d -> "Dimension.of(" + size(d.size()) + ")";
            case Range r -> "Range.of(" + size(r.size()) + ")";
            case Delta d -> "Delta.of(" + size(d.size()) + ")";
            case Elementwise f -> "Functions.named(\"" + f.function().name() + "\").orElseThrow().apply("
                    + operands(node) + ")";
            case Linear sum -> "Linear.of(" + shape(sum.shape()) + ", List.of(" + operands(node) + "), List.of("
                    + IntStream.range(0, sum.termCount()).mapToObj(k -> rational(sum.coefficient(k)))
                            .collect(Collectors.joining(", "))
                    + "))";
            case Contraction c -> c.operandCount() == 0 ? "Contraction.ones(" + shape(c.shape()) + ")"
                    : "Contraction.of(List.of(" + operands(node) + "), List.of("
                            + IntStream.range(0, c.operandCount()).mapToObj(k -> ints(c.indices(k)))
                                    .collect(Collectors.joining(", "))
                            + "), " + ints(IntStream.range(0, c.shape().rank()).toArray()) + ", " + shape(c.shape())
                            + ")";
            case Window w -> "Window." + (w.isFold() ? "fold" : "gather") + "(" + operands(node) + ", "
                    + access(w.access()) + ")";
            case Reduction r -> "Reduction.of(Reduction.Operation." + r.operation().name() + ", " + operands(node)
                    + Arrays.stream(r.axes()).mapToObj(axis -> ", " + axis).collect(Collectors.joining()) + ")";
            case Where w -> "Where.of(" + operands(node) + ")";
            case MatrixFunction f -> "MatrixFunction.of(MatrixFunction.Operation." + f.operation().name() + ", "
                    + operands(node) + ")";
            case Reshape r -> "Reshape.of(" + operands(node) + ", " + shape(r.shape()) + ")";
            case Concatenation c -> "Concatenation.of(List.of(" + operands(node) + "), " + c.axis() + ")";
            case Application f -> "Application.of(" + function(f.function()) + ", " + ints(f.derivatives())
                    + ", List.of(" + operands(node) + "))";
            case Detach d -> "Detach.of(" + operands(node) + ")";
        };
    }

    private String operands(Expr node) {
        return node.operands().stream().map(names::get).collect(Collectors.joining(", "));
    }

    private static String facts(List<Fact> facts) {
        return facts.stream().map(fact -> switch (fact) {
            case Fact.Named named -> ", Fact.Named." + named.name();
            case Fact.Interval(Rational from, Rational to) ->
                ", new Fact.Interval(" + rational(from) + ", " + rational(to) + ")";
            case Fact.Bound(Fact.Bound.Side side, Rational number) ->
                ", new Fact.Bound(Fact.Bound.Side." + side.name() + ", " + rational(number) + ")";
            case Fact.Random(Distribution distribution) ->
                throw new IllegalArgumentException("no code for " + distribution.text());
        }).collect(Collectors.joining());
    }

    private static String function(UnknownFunction f) {
        return "new UnknownFunction(\"" + f.name() + "\", List.of("
                + f.parameters().stream().map(JavaCode::shape).collect(Collectors.joining(", ")) + "), "
                + shape(f.result()) + ", Set.of())";
    }

    private static String access(Window.Access access) {
        return "new Window.Access(" + shape(access.source()) + ", " + shape(access.window()) + ", List.of("
                + access.strides().stream().map(row -> "List.of("
                        + row.stream().map(String::valueOf).collect(Collectors.joining(", ")) + ")")
                        .collect(Collectors.joining(", "))
                + "), List.of(" + access.offsets().stream().map(JavaCode::size).collect(Collectors.joining(", "))
                + "), " + access.circular() + ")";
    }

    private static String ints(int[] values) {
        return "new int[] {"
                + Arrays.stream(values).mapToObj(String::valueOf).collect(Collectors.joining(", ")) + "}";
    }

    private static String rational(Rational value) {
        return "Rational.parse(\"" + value + "\")";
    }

    private static String size(Size size) {
        return "SizeText.parse(\"" + size + "\")";
    }

    private static String shape(Shape shape) {
        return shape.isScalar() ? "Shape.SCALAR"
                : "Shape.of(" + shape.sizes().stream().map(JavaCode::size).collect(Collectors.joining(", ")) + ")";
    }
}
