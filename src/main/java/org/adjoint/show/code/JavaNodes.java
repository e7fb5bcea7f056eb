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
    private final JavaOperands operands;
    private final JavaWindows windows;
    private final JavaReductions reductions;

    JavaNodes(JavaCode code, Signature signature, Function<Expr, JavaValue> values) {
        this.code = code;
        this.signature = signature;
        this.operands = new JavaOperands(code, values);
        this.windows = new JavaWindows(code, operands);
        this.reductions = new JavaReductions(code, operands);
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
            case Window window -> windows.of(window);
            case Reduction reduction -> reductions.of(reduction);
            case Where where -> where(where);
            case MatrixFunction function -> matrix(function);
            case Reshape reshape -> {
                JavaValue whole = operands.inMemory(reshape.operand(0));
                yield shape.isScalar()
                        ? JavaValue.computed(shape, 0, i -> Term.atom(JavaOperands.array(whole) + "[0]", 0))
                        : whole.shape().isScalar() ? code.made(shape, "{" + whole.scalar().text() + "}")
                                : code.inMemory(shape, JavaOperands.array(whole));
            }
            case Concatenation parts -> concatenate(parts);
            case Application application -> apply(application);
            case Detach detach -> operands.of(detach.operand(0));
        };
    }

    private JavaValue variable(Variable variable) {
        String name = signature.name(variable);
        JavaValue known = code.inMemory(variable.shape(), variable.shape().rank() < 2 ? name : name + ".data");
        // a defined variable has the value of its definition
        return signature.variables().contains(variable) ? known : operands.of(variable);
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
        List<JavaValue> parts = operands.of(map.operands());
        if (isTest(map)) {
            return JavaValue.computed(map.shape(), weight(1, parts),
                    i -> Term.host("(" + test(map, i) + " ? 1.0 : 0.0)", Term.ATOM));
        }
        if (map.function() == Functions.POWER) {
            return power(map, parts);
        }
        JavaHelpers.of(map.function().name()).forEach(code::uses);
        Template template = Template.of(JavaHelpers.FUNCTIONS, map.function().name());
        return JavaValue.computed(map.shape(), weight(map.function().arity() == 0 ? 0 : 3, parts),
                i -> Term.host(template.apply(parts.stream().map(part -> part.at(i)).toList()), Term.ATOM));
    }

    private static JavaValue power(Elementwise map, List<JavaValue> parts) {
        Rational exponent = Constant.uniform(map.operand(1)).orElse(Rational.ZERO);
        JavaValue base = parts.get(0);
        return JavaValue.computed(map.shape(), weight(exponent.isInteger() ? 1 : 4, parts), i -> {
            Term x = base.at(i);
            boolean isName = x.text().matches("[\\w.]+(\\[[\\w.]+])?");
            if (exponent.equals(Rational.MINUS_ONE)) {
                return Term.host("1.0 / " + x.at(Term.SIGN), Term.PRODUCT);
            }
            if (exponent.equals(Rational.TWO) && isName) {
                return Term.host(x.text() + " * " + x.text(), Term.PRODUCT);
            }
            return Term.host("Math.pow(" + x.text() + ", " + parts.get(1).at(i).text() + ")", Term.ATOM);
        });
    }

    private static boolean isTest(Expr node) {
        return node instanceof Elementwise map && (map.function() == Functions.STEP || map.function() == Functions.LESS
                || map.function() == Functions.LESS_EQUAL || map.function() == Functions.EQUAL);
    }

    /** A node as a truth value. */
    private String test(Expr node, List<String> indices) {
        if (!isTest(node)) {
            return operands.of(node).at(indices).at(Term.SUM) + " != 0.0";
        }
        Elementwise test = (Elementwise) node;
        String left = operands.of(test.operand(0)).at(indices).at(Term.SUM);
        if (test.function() == Functions.STEP) {
            return left + " > 0.0";
        }
        String sign = test.function() == Functions.LESS ? " < " : test.function() == Functions.EQUAL ? " == " : " <= ";
        return left + sign + operands.of(test.operand(1)).at(indices).at(Term.SUM);
    }

    private JavaValue where(Where where) {
        List<JavaValue> parts = operands.of(where.operands());
        boolean stored = parts.get(0).weight() == 0;
        return JavaValue.computed(where.shape(), weight(1, parts),
                i -> Term.host(
                        "(" + (stored ? parts.get(0).at(i).at(Term.SUM) + " != 0.0" : test(where.condition(), i))
                                + " ? " + parts.get(1).at(i).text() + " : " + parts.get(2).at(i).text() + ")",
                        Term.ATOM));
    }

    private JavaValue sum(Linear sum) {
        List<JavaValue> parts = operands.of(sum.operands());
        List<Integer> order = new ArrayList<>();
        for (int sign : new int[] {1, -1}) {
            IntStream.range(0, sum.termCount()).filter(k -> sum.coefficient(k).signum() == sign).forEach(order::add);
        }
        return JavaValue.computed(sum.shape(), weight(sum.termCount(), parts), i -> {
            StringBuilder text = new StringBuilder();
            for (int k : order) {
                Rational c = sum.coefficient(k);
                Term x = parts.get(k).at(i);
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
            factors.add(once ? operands.of(product.operand(k)) : operands.cheap(product.operand(k)));
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
        return operands.array(matrix) + ", " + code.size(matrix.shape().get(0)) + ", "
                + code.size(matrix.shape().get(1)) + ", " + turned;
    }

    // ---- concatenations

    private JavaValue concatenate(Concatenation parts) {
        String name = code.array(parts.shape());
        Size start = Size.ZERO;
        for (Expr part : parts.operands()) {
            JavaValue value = operands.of(part);
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

    // ---- matrices and unknown functions

    private JavaValue matrix(MatrixFunction function) {
        Expr operand = function.operand(0);
        String matrix = operands.array(operand);
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
                + operands.array(function.direction()) + ", " + size + ", " + count + ")");
    }

    /** The exponent as a whole number that a lambda may use: it never changes. */
    private String exponent(MatrixFunction function) {
        String name = code.fresh("k");
        code.line(0, "int " + name + " = (int) (" + operands.of(function.exponent()).scalar().text() + ");");
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
            List<JavaValue> arguments = operands.of(application.operands());
            return JavaValue.computed(application.shape(), weight(3, arguments), i -> {
                List<String> entries = arguments.stream().map(argument -> argument.at(i).text()).toList();
                return Term.host(entries.size() <= 2 ? name + ".applyAsDouble(" + String.join(", ", entries) + ")"
                        : name + ".apply(new double[][] {{" + String.join("}, {", entries) + "}})[0]", Term.ATOM);
            });
        }
        String arguments = application.operands().stream()
                .map(operand -> operand.shape().isScalar() ? "{" + operands.of(operand).scalar().text() + "}"
                        : operands.array(operand))
                .collect(Collectors.joining(", "));
        return code.made(application.shape(), name + ".apply(new double[][] {" + arguments + "})"
                + (application.shape().isScalar() ? "[0]" : ""));
    }
}
