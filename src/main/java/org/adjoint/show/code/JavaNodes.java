package org.adjoint.show.code;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.adjoint.expr.Application;
import org.adjoint.expr.Concatenation;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Contraction;
import org.adjoint.expr.Delta;
import org.adjoint.expr.Detach;
import org.adjoint.expr.Dimension;
import org.adjoint.expr.Elementwise;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Functions;
import org.adjoint.expr.Linear;
import org.adjoint.expr.MatrixFunction;
import org.adjoint.expr.Range;
import org.adjoint.expr.Rational;
import org.adjoint.expr.Reduction;
import org.adjoint.expr.Reshape;
import org.adjoint.expr.Shape;
import org.adjoint.expr.Size;
import org.adjoint.expr.Variable;
import org.adjoint.expr.Where;
import org.adjoint.expr.Window;

/** The kinds of nodes in Java: entries as expressions where that is enough, statements where it is not. */
final class JavaNodes {
    private final JavaCode code;
    private final Signature signature;
    private final Function<Expr, JavaValue> values;

    JavaNodes(JavaCode code, Signature signature, Function<Expr, JavaValue> values) {
        this.code = code;
        this.signature = signature;
        this.values = values;
    }

    JavaValue of(Expr node) {
        Shape shape = node.shape();
        return switch (node) {
            case Variable variable -> variable(variable);
            case Constant constant -> shape.isScalar() ? JavaValue.computed(shape, 0, i -> number(constant.value()))
                    : code.made(shape, constant.values().stream().map(value -> number(value).text())
                            .collect(Collectors.joining(", ", "{", "}")));
            case Dimension dimension -> JavaValue.computed(shape, 0,
                    i -> Term.host("(double) " + code.factor(dimension.size()), Term.SIGN));
            case Range range -> JavaValue.computed(shape, 0, i -> Term.host("(double) (" + i.get(0) + ")", Term.SIGN));
            case Delta delta -> JavaValue.computed(shape, 0,
                    i -> Term.host("(" + i.get(0) + " == " + i.get(1) + " ? 1.0 : 0.0)", Term.ATOM));
            case Elementwise map -> map(map);
            case Linear sum -> sum(sum);
            case Contraction product -> product(product);
            case Window window -> window.isFold() ? fold(window) : gather(window);
            case Reduction reduction -> reduce(reduction);
            case Where where -> where(where);
            case MatrixFunction function -> matrix(function);
            case Reshape reshape -> {
                JavaValue whole = inMemory(reshape.operand(0));
                yield shape.isScalar() ? JavaValue.computed(shape, 0, i -> Term.atom(array(whole) + "[0]", 0))
                        : whole.shape().isScalar() ? code.made(shape, "{" + whole.scalar().text() + "}")
                                : code.inMemory(shape, array(whole));
            }
            case Concatenation parts -> concatenate(parts);
            case Application application -> apply(application);
            case Detach detach -> values.apply(detach.operand(0));
        };
    }

    private JavaValue variable(Variable variable) {
        String name = signature.name(variable);
        JavaValue known = code.inMemory(variable.shape(), variable.shape().rank() < 2 ? name : name + ".data");
        // a defined variable has the value of its definition
        return signature.variables().contains(variable) ? known : values.apply(variable);
    }

    /** In memory, or so cheap that computing it again costs nothing. */
    private JavaValue cheap(Expr node) {
        JavaValue value = values.apply(node);
        return value.weight() == 0 ? value : code.aside(() -> code.stored(value));
    }

    private JavaValue inMemory(Expr node) {
        return code.aside(() -> code.stored(values.apply(node)));
    }

    private static String array(JavaValue value) {
        return value.array().orElseThrow();
    }

    private static Term number(Rational value) {
        String sign = value.signum() < 0 ? "-" : "";
        Rational c = value.abs();
        String decimal = c.toDecimalString().filter(text -> text.length() <= 12).orElse("");
        boolean exact = !decimal.isEmpty() || c.numerator().bitLength() > 52 || c.denominator().bitLength() > 52;
        if (exact) {
            String text = decimal.isEmpty() ? Double.toString(c.toDouble())
                    : decimal.contains(".") ? decimal : decimal + ".0";
            return Term.host(sign + text, sign.isEmpty() ? Term.ATOM : Term.SIGN);
        }
        return Term.host(sign + c.numerator() + ".0 / " + c.denominator() + ".0", Term.PRODUCT);
    }

    // ---- entry by entry

    private static int weight(int own, List<JavaValue> operands) {
        int weight = own;
        for (JavaValue operand : operands) {
            weight += operand.weight();
        }
        return weight;
    }

    private JavaValue map(Elementwise map) {
        List<JavaValue> operands = map.operands().stream().map(values).toList();
        if (isTest(map)) {
            return JavaValue.computed(map.shape(), weight(1, operands),
                    i -> Term.host("(" + test(map, i) + " ? 1.0 : 0.0)", Term.ATOM));
        }
        if (map.function() == Functions.POWER) {
            return power(map, operands);
        }
        JavaHelpers.of(map.function().name()).forEach(code::uses);
        Template template = Template.of(JavaHelpers.FUNCTIONS, map.function().name());
        return JavaValue.computed(map.shape(), weight(map.function().arity() == 0 ? 0 : 3, operands),
                i -> Term.host(template.apply(operands.stream().map(operand -> operand.at(i)).toList()), Term.ATOM));
    }

    private static JavaValue power(Elementwise map, List<JavaValue> operands) {
        Rational exponent = Constant.uniform(map.operand(1)).orElse(Rational.ZERO);
        JavaValue base = operands.get(0);
        return JavaValue.computed(map.shape(), weight(exponent.isInteger() ? 1 : 4, operands), i -> {
            Term x = base.at(i);
            boolean isName = x.text().matches("[\\w.]+(\\[[\\w.]+])?");
            if (exponent.equals(Rational.MINUS_ONE)) {
                return Term.host("1.0 / " + x.at(Term.SIGN), Term.PRODUCT);
            }
            if (exponent.equals(Rational.TWO) && isName) {
                return Term.host(x.text() + " * " + x.text(), Term.PRODUCT);
            }
            return Term.host("Math.pow(" + x.text() + ", " + operands.get(1).at(i).text() + ")", Term.ATOM);
        });
    }

    private static boolean isTest(Expr node) {
        return node instanceof Elementwise map && (map.function() == Functions.STEP || map.function() == Functions.LESS
                || map.function() == Functions.LESS_EQUAL || map.function() == Functions.EQUAL);
    }

    /** A node as a truth value. */
    private String test(Expr node, List<String> indices) {
        if (!isTest(node)) {
            return values.apply(node).at(indices).at(Term.SUM) + " != 0.0";
        }
        Elementwise test = (Elementwise) node;
        String left = values.apply(test.operand(0)).at(indices).at(Term.SUM);
        if (test.function() == Functions.STEP) {
            return left + " > 0.0";
        }
        String sign = test.function() == Functions.LESS ? " < " : test.function() == Functions.EQUAL ? " == " : " <= ";
        return left + sign + values.apply(test.operand(1)).at(indices).at(Term.SUM);
    }

    private JavaValue where(Where where) {
        List<JavaValue> operands = where.operands().stream().map(values).toList();
        boolean stored = operands.get(0).weight() == 0;
        return JavaValue.computed(where.shape(), weight(1, operands),
                i -> Term.host(
                        "(" + (stored ? operands.get(0).at(i).at(Term.SUM) + " != 0.0" : test(where.condition(), i))
                                + " ? " + operands.get(1).at(i).text() + " : " + operands.get(2).at(i).text() + ")",
                        Term.ATOM));
    }

    private JavaValue sum(Linear sum) {
        List<JavaValue> operands = sum.operands().stream().map(values).toList();
        List<Integer> order = new ArrayList<>();
        for (int sign : new int[] {1, -1}) {
            IntStream.range(0, sum.termCount()).filter(k -> sum.coefficient(k).signum() == sign).forEach(order::add);
        }
        return JavaValue.computed(sum.shape(), weight(sum.termCount(), operands), i -> {
            StringBuilder text = new StringBuilder();
            for (int k : order) {
                Rational c = sum.coefficient(k);
                Term x = operands.get(k).at(i);
                Term scaled = c.abs().isOne() ? x
                        : x.text().equals("1.0") ? number(c.abs())
                                : Term.host(number(c.abs()).at(Term.PRODUCT) + " * " + x.at(Term.SIGN), Term.PRODUCT);
                text.append(c.signum() < 0 ? (text.isEmpty() ? "-" : " - ") : text.isEmpty() ? "" : " + ")
                        .append(scaled.at(Term.PRODUCT));
            }
            return text.isEmpty() ? Term.host("0.0", Term.ATOM)
                    : Term.host(text.toString(), sum.termCount() > 1 ? Term.SUM : Term.PRODUCT);
        });
    }

    // ---- contractions

    private JavaValue product(Contraction product) {
        Shape shape = product.shape();
        int rank = shape.rank();
        if (product.operandCount() == 0) {
            return JavaValue.computed(shape, 0, i -> Term.host("1.0", Term.ATOM));
        }
        Optional<JavaValue> matrices = matrices(product);
        if (matrices.isPresent()) {
            return matrices.get();
        }
        List<JavaValue> factors = new ArrayList<>();
        for (int k = 0; k < product.operandCount(); k++) {
            boolean once = IntStream.of(product.indices(k)).distinct().count() == product.indexCount();
            factors.add(once ? values.apply(product.operand(k)) : cheap(product.operand(k)));
        }
        if (product.summedCount() == 0) {
            return JavaValue.computed(shape, weight(factors.size() - 1, factors), i -> times(product, factors, i));
        }
        List<Size> inner = product.indexSizes().subList(rank, product.indexCount());
        return code.reduced(shape, inner, "0.0", (loop, sum) -> {
            List<String> all = new ArrayList<>(loop.outside());
            all.addAll(loop.inside());
            return sum + " += " + times(product, factors, all).text() + ";";
        });
    }

    private static Term times(Contraction product, List<JavaValue> factors, List<String> indices) {
        StringBuilder text = new StringBuilder();
        for (int k = 0; k < factors.size(); k++) {
            Term factor = factors.get(k).at(IntStream.of(product.indices(k)).mapToObj(indices::get).toList());
            if (factors.size() == 1) {
                return factor;
            }
            text.append(text.isEmpty() ? factor.at(Term.PRODUCT) : " * " + factor.at(Term.SIGN));
        }
        return Term.host(text.toString(), Term.PRODUCT);
    }

    /** The product of two matrices, by EJML. */
    private Optional<JavaValue> matrices(Contraction product) {
        if (product.operandCount() != 2 || product.shape().rank() != 2 || product.summedCount() != 1
                || product.indices(0).length != 2 || product.indices(1).length != 2) {
            return Optional.empty();
        }
        int left = product.index(0, 0) == 0 || product.index(0, 1) == 0 ? 0 : 1;
        int[] a = product.indices(left);
        int[] b = product.indices(1 - left);
        boolean plain = Arrays.stream(a).sum() == 2 && Arrays.stream(b).sum() == 3 && a[0] != a[1] && b[0] != b[1];
        if (!plain) {
            return Optional.empty();
        }
        return Optional.of(code.made(product.shape(), code.uses(JavaHelpers.MULTIPLY) + "("
                + factor(product.operand(left), a[0] == 2) + ", " + factor(product.operand(1 - left), b[1] == 2)
                + ")"));
    }

    private String factor(Expr matrix, boolean turned) {
        return array(inMemory(matrix)) + ", " + code.size(matrix.shape().get(0)) + ", "
                + code.size(matrix.shape().get(1)) + ", " + turned;
    }

    // ---- windows

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

    private JavaValue gather(Window window) {
        Window.Access access = window.access();
        JavaValue operand = cheap(window.operand(0));
        boolean safe = access.circular() || access.source().isScalar() || Slices.of(window).isPresent();
        return JavaValue.computed(window.shape(), 2, i -> {
            List<String> sources = sources(access, i);
            Term entry = operand.at(sources.stream().map(source -> source.matches("\\w+") ? source : "(" + source + ")")
                    .toList());
            return safe ? entry
                    : Term.host("(" + inside(access, sources) + " ? " + entry.text() + " : 0.0)", Term.ATOM);
        });
    }

    private JavaValue fold(Window window) {
        Window.Access access = window.access();
        JavaValue operand = values.apply(window.operand(0));
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
        List<String> bracketed = sources.stream().map(s -> s.matches("\\w+") ? s : "(" + s + ")").toList();
        code.line(innermost, name + (shape.isScalar() ? "" : "[" + code.place(shape, bracketed) + "]") + " += "
                + operand.at(indices).text() + ";");
        code.close(depth, innermost);
        code.close(0, depth);
        return code.inMemory(shape, name);
    }

    private JavaValue concatenate(Concatenation parts) {
        String name = code.array(parts.shape());
        Size start = Size.ZERO;
        for (Expr part : parts.operands()) {
            JavaValue value = values.apply(part);
            List<String> indices = code.indices(0, part.shape().sizes());
            int depth = code.open(0, indices, part.shape().sizes());
            List<String> places = new ArrayList<>(indices);
            String shift = code.size(start);
            places.set(parts.axis(), start.equals(Size.ZERO) ? indices.get(parts.axis())
                    : "(" + indices.get(parts.axis()) + " + " + shift + ")");
            code.line(depth, name + "[" + code.place(parts.shape(), places) + "] = " + value.at(indices).text() + ";");
            code.close(0, depth);
            start = start.plus(part.shape().get(parts.axis()));
        }
        return code.inMemory(parts.shape(), name);
    }

    // ---- reductions

    private JavaValue reduce(Reduction reduction) {
        JavaValue x = cheap(reduction.operand(0));
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

    // ---- matrices and unknown functions

    private JavaValue matrix(MatrixFunction function) {
        Expr operand = function.operand(0);
        String matrix = array(inMemory(operand));
        String size = code.size(operand.shape().get(0));
        String exponent = function.operation().hasExponent() ? ", " + exponent(function) : "";
        String call = switch (function.operation()) {
            case INVERSE -> code.uses(JavaHelpers.INVERSE);
            case DETERMINANT -> code.uses(JavaHelpers.DETERMINANT);
            case LOG_DETERMINANT -> code.uses(JavaHelpers.LOG_DETERMINANT);
            case EXPONENTIAL -> code.uses(JavaHelpers.EXPONENTIAL);
            case POWER -> power();
            case EXPONENTIAL_SLOPE -> {
                code.uses(JavaHelpers.EXPONENTIAL);
                yield "_x -> exponential(_x, 2 * (" + size + "))";
            }
            case POWER_SLOPE -> "_x -> " + power() + "(_x, 2 * (" + size + ")" + exponent + ")";
        };
        if (!function.operation().hasDirection()) {
            return code.made(function.shape(), call + "(" + matrix + ", " + size + exponent + ")");
        }
        Shape direction = function.direction().shape();
        String count = code.count(direction.slice(0, direction.rank() - 2));
        return code.made(function.shape(), code.uses(JavaHelpers.FRECHET) + "(" + call + ", " + matrix + ", "
                + array(inMemory(function.direction())) + ", " + size + ", " + count + ")");
    }

    /** The exponent as a whole number that a lambda may use: it never changes. */
    private String exponent(MatrixFunction function) {
        String name = code.fresh("k");
        code.line(0, "int " + name + " = (int) (" + values.apply(function.exponent()).scalar().text() + ");");
        return name;
    }

    private String power() {
        code.uses(JavaHelpers.INVERSE);
        return code.uses(JavaHelpers.POWER);
    }

    /** The type of the argument that an unknown function is. */
    static String type(Signature.Callable callable) {
        int arity = callable.function().parameters().size();
        return callable.function().isElementwise() && arity == 1 ? "DoubleUnaryOperator"
                : callable.function().isElementwise() && arity == 2 ? "DoubleBinaryOperator"
                        : "Function<double[][], double[]>";
    }

    private JavaValue apply(Application application) {
        Signature.Callable callable = Signature.Callable.of(application);
        String name = Objects.requireNonNull(signature.callables().get(callable));
        boolean elementwise = callable.function().isElementwise();
        if (elementwise) {
            List<JavaValue> arguments = application.operands().stream().map(values).toList();
            return JavaValue.computed(application.shape(), weight(3, arguments), i -> {
                List<String> entries = arguments.stream().map(argument -> argument.at(i).text()).toList();
                return Term.host(entries.size() <= 2 ? name + ".applyAsDouble(" + String.join(", ", entries) + ")"
                        : name + ".apply(new double[][] {{" + String.join("}, {", entries) + "}})[0]", Term.ATOM);
            });
        }
        String arguments = application.operands().stream()
                .map(operand -> operand.shape().isScalar() ? "{" + values.apply(operand).scalar().text() + "}"
                        : array(inMemory(operand)))
                .collect(Collectors.joining(", "));
        return code.made(application.shape(), name + ".apply(new double[][] {" + arguments + "})"
                + (application.shape().isScalar() ? "[0]" : ""));
    }
}
