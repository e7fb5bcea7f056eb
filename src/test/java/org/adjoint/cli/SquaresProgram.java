package org.adjoint.cli;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A program to be checked, without a library: x ↦ x², entry by entry, with all its derivatives; of their sum under
 * {@code gradient} and {@code hvp}. With an argument the derivatives are so many times too large.
 */
final class SquaresProgram {
    private static final Pattern ASKED = Pattern.compile("\"ask\": \"(\\w+)\"");

    private SquaresProgram() {}

    public static void main(String[] args) throws Exception {
        double factor = args.length > 0 ? Double.parseDouble(args[0]) : 1;
        var lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        boolean isScalar = false;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            Matcher asked = ASKED.matcher(line);
            String what = asked.find() ? asked.group(1) : "";
            double[] x = array(line, "inputs\": {\"x\": ");
            isScalar |= args.length > 1;
            String given = switch (what) {
                case "value" -> isScalar ? Double.toString(Arrays.stream(x).map(t -> t * t).sum())
                        : list(x, x, 1);
                case "gradient" -> "{\"x\": " + list(x, ones(x.length), 2 * factor) + "}";
                case "hvp" -> "{\"x\": " + list(ones(x.length), array(line, "tangent\": {\"x\": "), 2 * factor) + "}";
                case "vjp" -> "{\"x\": " + list(x, array(line, "cotangent\": "), 2 * factor) + "}";
                case "jvp" -> list(x, array(line, "tangent\": {\"x\": "), 2 * factor);
                default -> "null";
            };
            System.out.println("{\"" + what + "\": " + given + "}");
            System.out.flush();
        }
    }

    private static double[] ones(int count) {
        double[] ones = new double[count];
        Arrays.fill(ones, 1);
        return ones;
    }

    private static double[] array(String line, String before) {
        int from = line.indexOf(before) + before.length();
        String inside = line.substring(from + 1, line.indexOf(']', from));
        return inside.isEmpty() ? new double[0]
                : Arrays.stream(inside.split(", ")).mapToDouble(Double::parseDouble).toArray();
    }

    private static String list(double[] a, double[] b, double factor) {
        return java.util.stream.IntStream.range(0, a.length).mapToObj(i -> Double.toString(factor * a[i] * b[i]))
                .collect(Collectors.joining(", ", "[", "]"));
    }
}
