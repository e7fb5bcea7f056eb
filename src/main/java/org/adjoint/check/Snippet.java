package org.adjoint.check;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** A failing check as the source of a JUnit test. */
final class Snippet {

    private static final int LONGEST = 400;

    private Snippet() {}

    static String of(Form form, String method, Settings settings, PointAt point, long seed) {
        var names = settings.names();
        var derivative = names.arguments().isEmpty() || names == Names.UNKNOWN ? defaults(method)
                : String.join(", ", names.arguments());
        var text = new StringBuilder("@Test\nvoid derivativeAtThisPoint() {\n    GradientCheck.")
                .append(factory(form)).append('(').append(names.of()).append(").").append(method(method)).append('(')
                .append(derivative).append(')');
        if (!settings.inputs().isEmpty()) {
            for (var slot : point.layout().slots()) {
                text.append("\n            .input(\"").append(slot.name()).append('"')
                        .append(Arrays.stream(slot.sizes()).mapToObj(s -> ", " + s).collect(Collectors.joining()))
                        .append(')');
            }
        }
        if (settings.precision() == Precision.SINGLE && form != Form.FLOATS) {
            text.append("\n            .precision(Precision.SINGLE)");
        }
        if (!Double.isNaN(settings.tolerance())) {
            text.append("\n            .tolerance(").append(settings.tolerance()).append(')');
        }
        return text.append("\n            .at(").append(point(form, point)).append(")\n            .seed(").append(seed)
                .append("L).verify();\n}").toString();
    }

    private static String factory(Form form) {
        return switch (form) {
            case NUMBER, DOUBLES -> "of";
            case FLOATS -> "ofFloats";
            case MATRIX -> "ofMatrix";
            case ARRAYS -> "ofArrays";
            case MATRICES -> "ofMatrices";
            case ND_ARRAY, ND_ARRAYS -> "ofNDArrays";
        };
    }

    private static String method(String method) { return method.equals("hessian") ? "gradient" : method; }

    private static String defaults(String method) {
        return switch (method) {
            case "gradient" -> "g";
            case "hessian" -> "g, h";
            case "products" -> "vjp, jvp";
            default -> method;
        };
    }

    /** The point as arguments of {@code at}. */
    static String point(Form form, PointAt point) {
        var x = point.x();
        if (x.length > LONGEST) {
            return "/* " + x.length + " entries; the seed draws them again */";
        }
        return switch (form) {
            case NUMBER, DOUBLES, FLOATS -> x.length == 0 ? "new double[0]" : numbers(x);
            case ARRAYS -> parts(point).stream().map(p -> "new double[] {" + numbers(p) + "}")
                    .collect(Collectors.joining(", "));
            case MATRIX, MATRICES -> matrices(point);
            case ND_ARRAY, ND_ARRAYS -> arrays(point);
        };
    }

    private static String matrices(PointAt point) {
        var parts = parts(point);
        var text = new StringBuilder();
        for (int i = 0; i < parts.size(); i++) {
            var sizes = point.layout().slots().get(i).sizes();
            int rows = sizes.length > 1 ? sizes[0] : parts.get(i).length;
            text.append(i == 0 ? "" : ", ").append("new DMatrixRMaj(").append(rows).append(", ")
                    .append(rows == 0 ? 0 : parts.get(i).length / rows).append(", true")
                    .append(parts.get(i).length == 0 ? "" : ", ").append(numbers(parts.get(i))).append(')');
        }
        return text.toString();
    }

    private static String arrays(PointAt point) {
        var parts = parts(point);
        return java.util.stream.IntStream.range(0, parts.size()).mapToObj(i -> "new NDArray(new double[] {"
                + numbers(parts.get(i)) + "}" + Arrays.stream(point.layout().slots().get(i).sizes())
                        .mapToObj(s -> ", " + s).collect(Collectors.joining())
                + ")").collect(Collectors.joining(", "));
    }

    private static List<double[]> parts(PointAt point) {
        var layout = point.layout();
        return java.util.stream.IntStream.range(0, layout.slots().size()).mapToObj(i -> {
            int from = layout.offset(i);
            return Arrays.copyOfRange(point.x(), from, from + layout.slots().get(i).count());
        }).toList();
    }

    private static String numbers(double[] x) {
        return Arrays.stream(x).mapToObj(Snippet::number).collect(Collectors.joining(", "));
    }

    /** As short as it can be and still the same number. */
    static String number(double v) {
        if (Double.isNaN(v)) {
            return "Double.NaN";
        }
        if (Double.isInfinite(v)) {
            return v > 0 ? "Double.POSITIVE_INFINITY" : "Double.NEGATIVE_INFINITY";
        }
        var isWhole = v == Math.rint(v) && Math.abs(v) < 1e6 && !(v == 0 && 1 / v < 0);
        return isWhole ? Integer.toString((int) v) : Double.toString(v);
    }
}
