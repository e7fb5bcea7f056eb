package org.adjoint.show.code;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.adjoint.expr.Application;
import org.adjoint.expr.Constant;
import org.adjoint.expr.MatrixFunction;
import org.adjoint.expr.Rational;
import org.adjoint.expr.Reduction;
import org.adjoint.expr.Reshape;
import org.adjoint.expr.Shape;
import org.adjoint.expr.Size;
import org.adjoint.expr.Variable;
import org.adjoint.expr.Walk;
import org.adjoint.expr.Where;
import org.adjoint.expr.Window;

/**
 * Julia with its standard library. Broadcasting lines up the first axes, so that what is missing is missing at the end; a
 * text whose first axes are not covered has length 1 there. Numbers of the language that are integers are lengths and
 * literals only: what is computed is {@code Float64}, since integers overflow without a word.
 */
final class JuliaWriter extends ArrayWriter {
    static final Set<String> KEYWORDS = Set.of("baremodule", "begin", "break", "catch", "const", "continue", "do",
            "else", "elseif", "end", "export", "false", "finally", "for", "function", "global", "if", "import", "let",
            "local", "macro", "module", "quote", "return", "struct", "true", "try", "using", "while", "in", "isa",
            "where", "abstract", "mutable", "primitive", "type", "outer", "public", "pi", "I", "NaN", "Inf", "exp",
            "log", "log1p", "expm1", "sqrt", "abs", "sign", "sin", "cos", "tan", "asin", "acos", "atan", "sinh",
            "cosh", "tanh", "max", "min", "maximum", "minimum", "floor", "float", "fld", "div", "mod", "sum", "prod",
            "vec", "dropdims", "dims", "only", "size", "length", "ndims", "reshape", "permutedims", "reverse", "fill",
            "zeros", "ones", "copy", "cat", "vcat", "hcat", "dot", "det", "inv", "logabsdet", "diagm", "ifelse",
            "isfinite", "convert", "throw", "string", "Int", "Float64", "Array", "Matrix", "Vector", "Tuple",
            "DimensionMismatch", "CartesianIndex", "CartesianIndices", "Base", "Core", "Main", "LinearAlgebra", "eval",
            "include", "value_and_gradients", "value_and_jacobians", "value_and_hessians");

    private static final String LETTERS = "ijklmnpqrsuvwxyz";

    private final Routine routine;
    private final boolean selects;

    JuliaWriter(Routine routine) {
        super(routine, KEYWORDS);
        this.routine = routine;
        this.selects = Walk.postorder(routine.roots()).stream().anyMatch(Where.class::isInstance);
    }

    // ---- the file

    String file() {
        List<String> results = write();
        StringBuilder out = new StringBuilder("using LinearAlgebra\n");
        for (Helper helper : helpers()) {
            out.append('\n').append(helper.source());
        }
        out.append("\n\"\"\"\n").append(escaped(String.join("\n", Comments.lines(routine, signature, results))))
                .append("\n\"\"\"\nfunction ").append(routine.name()).append('(')
                .append(String.join(", ", signature.parameters())).append(")\n");
        bindings().forEach(line -> out.append("    ").append(line).append('\n'));
        for (Variable variable : signature.variables()) {
            String name = signature.name(variable);
            out.append("    size(").append(name).append(") == ").append(tuple(variable.shape()))
                    .append(" || throw(DimensionMismatch(\"").append(name).append(" must be ")
                    .append(variable.shape()).append(", here \" * string(").append(tuple(variable.shape()))
                    .append(") * \"; got \" * string(size(").append(name).append("))))\n");
            out.append("    ").append(name).append(" = ").append(converted(name, variable.shape().rank()))
                    .append('\n');
        }
        body().forEach(line -> out.append("    ").append(line).append('\n'));
        return out.append("    return ").append(String.join(", ", results)).append("\nend\n").toString();
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\\\").replace("$", "\\$").replace("\"\"\"", "'''");
    }

    private static String converted(String name, int rank) {
        return switch (rank) {
            case 0 -> "Float64(" + name + ")";
            case 1 -> "convert(Vector{Float64}, " + name + ")";
            case 2 -> "convert(Matrix{Float64}, " + name + ")";
            default -> "convert(Array{Float64, " + rank + "}, " + name + ")";
        };
    }

    private List<String> bindings() {
        List<String> lines = new ArrayList<>();
        for (Signature.Binding binding : signature.bindings()) {
            String length = "size(" + signature.name(binding.argument()) + ", " + (binding.axis() + 1) + ")";
            String value = binding.rest().equals(Size.ZERO) ? length : length + " - (" + size(binding.rest()) + ")";
            lines.add(signature.symbol(binding.symbol()) + " = "
                    + (binding.factor() == 1 ? value : "div(" + value + ", " + binding.factor() + ")"));
        }
        return lines;
    }

    // ---- text

    private String tuple(Shape shape) {
        return tuple(shape.sizes().stream().map(this::size).toList());
    }

    private static String tuple(List<String> parts) {
        return "(" + String.join(", ", parts) + (parts.size() == 1 ? ",)" : ")");
    }

    private static String list(List<Term> terms) {
        return terms.stream().map(Term::text).collect(Collectors.joining(", "));
    }

    /** One axis, or several in brackets, from 1. */
    private static String axes(int[] axes) {
        List<String> places = IntStream.of(axes).mapToObj(axis -> Integer.toString(axis + 1)).toList();
        return places.size() == 1 ? places.get(0) : tuple(places);
    }

    private String helper(Helper helper) {
        JuliaHelpers.calls(helper).forEach(this::uses);
        return uses(helper);
    }

    private static String dot(int rank) {
        return rank == 0 ? " " : " .";
    }

    /** A number of the language as a floating one. */
    private static Term real(Term term) {
        return !term.host() ? term
                : new Term(term.text().matches("\\d+") ? term.text() + ".0"
                        : term.text().matches("\\d+\\.\\d+") ? term.text() : "float(" + term.text() + ")", Term.ATOM,
                        true, term.covered());
    }

    @Override
    String assign(String name, String value) {
        return name + " = " + value;
    }

    @Override
    String floorQuotient(String numerator, String denominator) {
        return "fld(" + numerator + ", " + denominator + ")";
    }

    @Override
    String plus(int rank) {
        return dot(rank) + "+ ";
    }

    @Override
    String minus(int rank) {
        return dot(rank) + "- ";
    }

    @Override
    String times(int rank) {
        return dot(rank) + "* ";
    }

    @Override
    String over(int rank) {
        return dot(rank) + "/ ";
    }

    @Override
    String raised(int rank) {
        return rank == 0 ? "^" : " .^ ";
    }

    @Override
    String comparison(String sign, int rank) {
        return dot(rank) + sign + " ";
    }

    // ---- leaves

    @Override
    Term dimension(Size size) {
        return Term.host("float(" + size(size) + ")", Term.ATOM);
    }

    @Override
    Term result(Term term, Shape shape) {
        if (shape.isScalar()) {
            return term.host() ? Term.atom("Float64(" + term.text() + ")", 0) : term;
        }
        // names and turned matrices are other names of memory that is known elsewhere
        return term.text().matches("\\w+|.*'") ? Term.atom("copy(" + term.text() + ")", shape.rank()) : term;
    }

    @Override
    Term array(Constant constant) {
        Shape shape = constant.shape();
        int rank = shape.rank();
        int[] lengths = shape.sizes().stream().mapToInt(size -> (int) size.value()).toArray();
        List<Rational> values = constant.values();
        List<String> columns = new ArrayList<>();
        for (int k = 0; k < values.size(); k++) {
            int rest = k;
            int place = 0;
            int stride = values.size();
            for (int axis = 0; axis < rank; axis++) {
                stride /= lengths[axis];
                place += rest % lengths[axis] * stride;
                rest /= lengths[axis];
            }
            columns.add(number(values.get(place)).text());
        }
        String flat = "Float64[" + String.join(", ", columns) + "]";
        return Term.atom(rank == 1 ? flat : "reshape(" + flat + ", " + sizes(shape) + ")", rank);
    }

    @Override
    Term range(Size size) {
        return Term.atom("convert(Vector{Float64}, 0:" + size(size.minus(1)) + ")", 1);
    }

    @Override
    Term identity(Size size) {
        return Term.atom("Matrix{Float64}(I, " + size(size) + ", " + size(size) + ")", 2);
    }

    @Override
    Term full(Term term, Shape shape) {
        if (term.isFull()) {
            return term;
        }
        String text = term.host() && term.text().equals("1") ? "ones(" + sizes(shape) + ")"
                : term.host() && term.text().equals("0.0") ? "zeros(" + sizes(shape) + ")"
                        : term.isUniform() ? "fill(" + real(term).text() + ", " + sizes(shape) + ")" : "";
        return text.isEmpty()
                ? Term.full(term.at(Term.PRODUCT) + " .* ones(" + sizes(shape) + ")", Term.PRODUCT, shape.rank())
                : Term.atom(text, shape.rank());
    }

    // ---- entry by entry

    @Override
    Term call(String function, List<Term> operands, int rank) {
        JuliaHelpers.of(function).forEach(this::helper);
        boolean quiet = selects && !JuliaHelpers.quiet(function).isEmpty();
        if (quiet) {
            JuliaHelpers.quiet(function).forEach(this::uses);
        }
        return new Term(JuliaHelpers.template(function, quiet, rank > 0).apply(operands), Term.ATOM,
                operands.stream().allMatch(Term::host), Term.covered(rank, operands));
    }

    @Override
    Term raise(Term base, Term exponent, boolean isInteger, boolean[] covered) {
        int rank = base.rank();
        Term floating = real(base);
        boolean host = base.host() && exponent.host();
        return selects && !isInteger
                ? new Term(uses(JuliaHelpers.POWER) + (rank == 0 ? "(" : ".(") + floating.text() + ", "
                        + exponent.text() + ")", Term.ATOM, host, covered)
                : new Term(floating.at(Term.ATOM) + raised(rank) + exponent.at(Term.ATOM), Term.POWER, host, covered);
    }

    @Override
    Term indicator(Term condition, List<Term> operands) {
        return new Term((condition.rank() == 0 ? "float(" : "float.(") + condition.text() + ")", Term.ATOM,
                operands.stream().allMatch(Term::host), condition.covered());
    }

    @Override
    Term where(Term condition, Term ifTrue, Term ifFalse) {
        return new Term((condition.rank() == 0 ? "ifelse(" : "ifelse.(") + condition.text() + ", "
                + real(ifTrue).text() + ", " + real(ifFalse).text() + ")", Term.ATOM, false,
                Term.covered(condition.rank(), List.of(condition, ifTrue, ifFalse)));
    }

    @Override
    Term apply(Application application, String callable, List<Term> arguments) {
        int rank = application.shape().rank();
        boolean dotted = application.function().isElementwise() && rank > 0;
        return Term.atom(callable + (dotted ? ".(" : "(") + list(arguments) + ")", rank);
    }

    @Override
    Term detach(Term term) {
        return term;
    }

    // ---- along axes

    private static Term along(String function, Term term, int[] axes) {
        if (axes.length == term.rank()) {
            return Term.atom(function + "(" + term.text() + ")", 0);
        }
        String kept = function + "(" + term.text() + ", dims=" + axes(axes) + ")";
        int rank = term.rank() - axes.length;
        return Term.atom(rank == 1 ? "vec(" + kept + ")" : "dropdims(" + kept + ", dims=" + axes(axes) + ")", rank);
    }

    @Override
    Term sum(Term term, int[] axes) {
        return along("sum", term, axes);
    }

    @Override
    Term reduce(Reduction.Operation operation, Term term, int[] axes) {
        return switch (operation) {
            case MAX -> along("maximum", term, axes);
            case PRODUCT -> along("prod", term, axes);
            case LOG_SUM_EXP -> {
                String text = helper(JuliaHelpers.LOGSUMEXP) + "(" + term.text() + ", " + axes(axes) + ")";
                int rank = term.rank() - axes.length;
                yield Term.atom(rank == 0 ? "only(" + text + ")" : text, rank);
            }
            case FIRST_MAX -> Term.atom(helper(JuliaHelpers.FIRST_MAX) + "(" + term.text() + ", "
                    + axes(IntStream.of(axes).map(axis -> term.rank() - 1 - axis).toArray()) + ")", term.rank());
        };
    }

    @Override
    Term permute(Term term, int[] axes) {
        return axes.length == 2 ? Term.atom(term.at(Term.ATOM) + "'", 2)
                : Term.atom("permutedims(" + term.text() + ", "
                        + tuple(IntStream.of(axes).mapToObj(axis -> Integer.toString(axis + 1)).toList()) + ")",
                        axes.length);
    }

    @Override
    Term align(Term term, int[] axes, int rank) {
        boolean[] covered = new boolean[rank];
        boolean leading = true;
        for (int k = 0; k < axes.length; k++) {
            covered[axes[k]] = true;
            leading &= axes[k] == k;
        }
        if (leading) {
            return new Term(term.text(), term.level(), term.host(), covered);
        }
        boolean row = axes.length == 1 && axes[0] == 1;
        String text = row ? term.at(Term.ATOM) + "'"
                : helper(JuliaHelpers.ALIGN) + "(" + term.text() + ", "
                        + tuple(IntStream.of(axes).mapToObj(axis -> Integer.toString(axis + 1)).toList()) + ")";
        return new Term(text, Term.ATOM, false, covered);
    }

    @Override
    Term reshape(Reshape node) {
        Term term = whole(node.operand(0));
        Shape from = node.operand(0).shape();
        Shape to = node.shape();
        if (from.isScalar()) {
            return to.isScalar() ? term : Term.atom("fill(" + real(term).text() + ", " + sizes(to) + ")", to.rank());
        }
        if (to.isScalar()) {
            return Term.atom("only(" + term.text() + ")", 0);
        }
        // axes of length 1 come and go without moving anything
        if (longer(from).equals(longer(to))) {
            return Term.atom("reshape(" + term.text() + ", " + sizes(to) + ")", to.rank());
        }
        return Term.atom(helper(JuliaHelpers.RESHAPE) + "(" + term.text() + ", " + tuple(to) + ")", to.rank());
    }

    private static List<Size> longer(Shape shape) {
        return shape.sizes().stream().filter(size -> !size.isOne()).toList();
    }

    @Override
    Term reshape(Term term, Shape shape) {
        throw new IllegalStateException("written by the node");
    }

    @Override
    Term concatenate(List<Term> terms, int axis) {
        return Term.atom("cat(" + list(terms) + ", dims=" + (axis + 1) + ")", terms.get(0).rank());
    }

    // ---- matrices

    @Override
    Term matrix(MatrixFunction function) {
        Term operand = whole(function.operand(0));
        String text = operand.text();
        return switch (function.operation()) {
            case INVERSE -> Term.atom("inv(" + text + ")", 2);
            case DETERMINANT -> Term.atom("det(" + text + ")", 0);
            case LOG_DETERMINANT -> Term.atom("logabsdet(" + text + ")[1]", 0);
            case EXPONENTIAL -> Term.atom("exp(" + text + ")", 2);
            case POWER -> Term.full(operand.at(Term.ATOM) + "^" + exponent(function), Term.POWER, 2);
            case EXPONENTIAL_SLOPE -> frechet(function, text, "exp");
            case POWER_SLOPE -> frechet(function, text, "_x -> _x^" + exponent(function));
        };
    }

    private String exponent(MatrixFunction function) {
        return "Int(" + whole(function.exponent()).text() + ")";
    }

    private Term frechet(MatrixFunction node, String operand, String function) {
        return Term.atom(helper(JuliaHelpers.FRECHET) + "(" + function + ", " + operand + ", "
                + whole(node.direction()).text() + ")", node.shape().rank());
    }

    private static String turned(Term a, boolean transpose) {
        return transpose ? a.at(Term.ATOM) + "'" : a.at(Term.PRODUCT);
    }

    @Override
    Term matmul(Term a, boolean transposeA, Term b, boolean transposeB) {
        return Term.full(turned(a, transposeA) + " * " + (transposeB ? turned(b, true) : b.at(Term.SIGN)),
                Term.PRODUCT, 2);
    }

    @Override
    Term matvec(Term a, boolean transpose, Term x) {
        return Term.full(turned(a, transpose) + " * " + x.at(Term.SIGN), Term.PRODUCT, 1);
    }

    @Override
    Term dot(Term x, Term y) {
        return Term.atom("dot(" + x.text() + ", " + y.text() + ")", 0);
    }

    @Override
    Term outer(Term x, Term y) {
        return Term.full(x.at(Term.PRODUCT) + " * " + y.at(Term.ATOM) + "'", Term.PRODUCT, 2);
    }

    @Override
    Term diag(Term x) {
        return Term.atom("diagm(" + x.text() + ")", 2);
    }

    /** {@code [sum(a[i, k] * b[k, j] for k in 1:n) for i in 1:m, j in 1:p]}. */
    @Override
    Term einsum(List<Term> terms, List<int[]> indices, int[] output, List<Size> sizes) {
        List<String> factors = new ArrayList<>();
        for (int k = 0; k < terms.size(); k++) {
            String at = IntStream.of(indices.get(k)).mapToObj(JuliaWriter::index).collect(Collectors.joining(", "));
            String name = bound(terms.get(k)).text();
            factors.add(at.isEmpty() ? name : name + "[" + at + "]");
        }
        String product = String.join(" * ", factors);
        int[] summed = indices.stream().flatMapToInt(IntStream::of).distinct().sorted()
                .filter(index -> IntStream.of(output).noneMatch(k -> k == index)).toArray();
        String entry = summed.length == 0 ? product : "sum(" + product + " for " + loops(summed, sizes) + ")";
        return Term.atom(output.length == 0 ? entry : "[" + entry + " for " + loops(output, sizes) + "]",
                output.length);
    }

    private String loops(int[] indices, List<Size> sizes) {
        return IntStream.of(indices).mapToObj(k -> index(k) + " in 1:" + size(sizes.get(k)))
                .collect(Collectors.joining(", "));
    }

    /** No other name begins like these. */
    private static String index(int k) {
        return k < LETTERS.length() ? "_" + LETTERS.charAt(k) : "_i" + k;
    }

    // ---- windows

    @Override
    Term window(Window window) {
        Term operand = whole(window.operand(0));
        int rank = window.shape().rank();
        Slices slices = window.isFold() ? null : Slices.of(window).orElse(null);
        if (slices != null && !slices.axes().isEmpty()) {
            return Term.atom(operand.at(Term.ATOM) + "[" + slice(slices) + "]", rank);
        }
        Window.Access access = window.access();
        String strides = tuple(access.strides().stream()
                .map(row -> tuple(row.stream().map(Object::toString).toList())).toList());
        String text = helper(window.isFold() ? JuliaHelpers.FOLD : JuliaHelpers.GATHER) + "("
                + (operand.rank() == 0 ? "fill(" + real(operand).text() + ")" : operand.text()) + ", "
                + tuple(window.isFold() ? access.source() : access.window()) + ", " + strides + ", "
                + tuple(access.offsets().stream().map(this::size).toList()) + ", " + access.circular() + ")";
        return Term.atom(rank == 0 ? "only(" + text + ")" : text, rank);
    }

    private String slice(Slices slices) {
        return slices.axes().stream().map(axis -> {
            String start = size(axis.start().plus(1));
            if (axis.isEntry()) {
                return start;
            }
            boolean all = axis.step() == 1 && axis.start().equals(Size.ZERO)
                    && axis.last().plus(1).equals(axis.length());
            return all ? ":"
                    : start + (axis.step() == 1 ? ":" : ":" + axis.step() + ":") + size(axis.last().plus(1));
        }).collect(Collectors.joining(", "));
    }

    static Map<String, Template> functions() {
        return JuliaHelpers.FUNCTIONS;
    }
}
