package org.adjoint.show.code;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.adjoint.expr.Application;
import org.adjoint.expr.MatrixFunction;
import org.adjoint.expr.Shape;
import org.adjoint.expr.Size;
import org.adjoint.expr.Variable;
import org.adjoint.expr.Window;

/** What NumPy and PyTorch share: the language, and the names of most operations. */
abstract class PythonWriter extends ArrayWriter {
    static final Set<String> KEYWORDS = Set.of("False", "None", "True", "and", "as", "assert", "async", "await",
            "break", "class", "continue", "def", "del", "elif", "else", "except", "finally", "for", "from", "global",
            "if", "import", "in", "is", "lambda", "nonlocal", "not", "or", "pass", "raise", "return", "try", "while",
            "with", "yield", "np", "torch", "math", "like", "dict", "sum", "abs", "max", "min", "zip", "range", "tuple",
            "float", "int",
            "reversed", "list", "print", "ValueError", "value_and_gradients", "value_and_jacobians",
            "value_and_hessians");

    private static final String LETTERS = "ijklmnopqrstuvwxyzabcdefgh";

    final Routine routine;

    PythonWriter(Routine routine) {
        super(routine, KEYWORDS);
        this.routine = routine;
    }

    // ---- the file

    /** The module. */
    final String module() {
        List<String> results = write();
        StringBuilder out = new StringBuilder(imports());
        for (Helper helper : helpers()) {
            out.append("\n\n").append(helper.source());
        }
        out.append("\n\ndef ").append(routine.name()).append('(').append(String.join(", ", signature.parameters()))
                .append("):\n");
        out.append(Comments.docstring(routine, signature, results).indent(4).replaceAll("(?m)^ +$", ""));
        prepare().forEach(line -> out.append("    ").append(line).append('\n'));
        bindings().forEach(line -> out.append("    ").append(line).append('\n'));
        check(out);
        body().forEach(line -> out.append("    ").append(line).append('\n'));
        out.append("    return ").append(String.join(", ", results)).append('\n');
        return out.toString();
    }

    abstract String imports();

    /** The statements that make arrays of the arguments. */
    abstract List<String> prepare();

    private List<String> bindings() {
        List<String> lines = new ArrayList<>();
        for (Signature.Binding binding : signature.bindings()) {
            String length = signature.name(binding.argument()) + ".shape[" + binding.axis() + "]";
            String value = binding.rest().equals(Size.ZERO) ? length
                    : length + " - (" + size(binding.rest()) + ")";
            lines.add(signature.symbol(binding.symbol()) + " = "
                    + (binding.factor() == 1 ? value : "(" + value + ") // " + binding.factor()));
        }
        return lines;
    }

    /** Arrays of other shapes would broadcast to a wrong result without a word. */
    private void check(StringBuilder out) {
        for (Variable variable : signature.variables()) {
            String name = signature.name(variable);
            String shape = tuple(variable.shape());
            out.append("    if ").append(name).append(".shape != ").append(shape)
                    .append(":\n        raise ValueError(f\"")
                    .append(name).append(" must be ").append(variable.shape()).append(", here {").append(shape)
                    .append("}; got {tuple(").append(name).append(".shape)}\")\n");
        }
    }

    // ---- text

    final String tuple(Shape shape) {
        return shape.rank() == 1 ? "(" + sizes(shape) + ",)" : "(" + sizes(shape) + ")";
    }

    private static String tuple(int[] axes) {
        return axes.length == 1 ? Integer.toString(axes[0])
                : "(" + IntStream.of(axes).mapToObj(Integer::toString).collect(Collectors.joining(", ")) + ")";
    }

    /** One axis, or several in brackets. */
    static String axes(int[] axes) {
        return tuple(axes);
    }

    @Override
    final String assign(String name, String value) {
        return name + " = " + value;
    }

    @Override
    final String floorQuotient(String numerator, String denominator) {
        return "((" + numerator + ") // (" + denominator + "))";
    }

    @Override
    final String plus(int rank) {
        return " + ";
    }

    @Override
    final String minus(int rank) {
        return " - ";
    }

    @Override
    final String times(int rank) {
        return " * ";
    }

    @Override
    final String over(int rank) {
        return " / ";
    }

    @Override
    final String raised(int rank) {
        return "**";
    }

    @Override
    final String comparison(String sign, int rank) {
        return " " + sign + " ";
    }

    // ---- products

    @Override
    final Term align(Term term, int[] axes, int rank) {
        boolean[] covered = new boolean[rank];
        boolean leading = true;
        for (int k = 0; k < axes.length; k++) {
            covered[axes[k]] = true;
            leading &= axes[k] == rank - axes.length + k;
        }
        if (leading) {
            return new Term(term.text(), term.level(), term.host(), covered);
        }
        StringBuilder index = new StringBuilder();
        for (int axis = axes[0]; axis < rank; axis++) {
            index.append(index.isEmpty() ? "" : ", ").append(covered[axis] ? ":" : "None");
        }
        return new Term(term.at(Term.ATOM) + "[" + index + "]", Term.ATOM, false, covered);
    }

    @Override
    final Term matmul(Term a, boolean transposeA, Term b, boolean transposeB) {
        return Term.full(turned(a, transposeA).at(Term.MATMUL) + " @ " + turned(b, transposeB).at(Term.SIGN),
                Term.MATMUL, 2);
    }

    @Override
    final Term matvec(Term a, boolean transpose, Term x) {
        return Term.full(turned(a, transpose).at(Term.MATMUL) + " @ " + x.at(Term.SIGN), Term.MATMUL, 1);
    }

    private static Term turned(Term a, boolean transpose) {
        return transpose ? Term.full(a.at(Term.ATOM) + ".T", Term.ATOM, 2) : a;
    }

    @Override
    final Term dot(Term x, Term y) {
        return Term.full(x.at(Term.MATMUL) + " @ " + y.at(Term.SIGN), Term.MATMUL, 0);
    }

    /** {@code "ij,jk->ik"}. */
    static String subscripts(List<int[]> indices, int[] output) {
        return indices.stream().map(PythonWriter::letters).collect(Collectors.joining(",")) + "->" + letters(output);
    }

    private static String letters(int[] indices) {
        if (IntStream.of(indices).anyMatch(k -> k >= LETTERS.length())) {
            throw new IllegalStateException("a contraction of more than " + LETTERS.length() + " indices");
        }
        return IntStream.of(indices).mapToObj(k -> LETTERS.substring(k, k + 1)).collect(Collectors.joining());
    }

    static String list(List<Term> terms) {
        return terms.stream().map(Term::text).collect(Collectors.joining(", "));
    }

    // ---- windows

    /** A gather by slices where there are some, else by the places of its entries, as every fold. */
    final Term window(Window window, Helper places, Helper gather, Helper fold) {
        if (window.isFold() || Slices.of(window).filter(this::allowed).isEmpty()) {
            uses(places);
        }
        return window.isFold() ? fold(window, fold) : gather(window, gather);
    }

    /** The derivative of a matrix function in the direction of the node. */
    final Term frechet(Helper helper, MatrixFunction node, String operand, String function) {
        return Term.atom(uses(helper) + "(" + function + ", " + operand + ", " + whole(node.direction()).text() + ")",
                node.shape().rank());
    }

    /** A gather that is a slice, as text in brackets; empty when it is none. */
    final Term gather(Window window, Helper helper) {
        Term operand = whole(window.operand(0));
        int rank = window.shape().rank();
        return Slices.of(window).filter(slices -> allowed(slices))
                .map(slices -> Term.atom(operand.at(Term.ATOM) + "[" + slice(slices) + "]", rank))
                .orElseGet(() -> Term.atom(uses(helper) + "(" + operand.text() + ", "
                        + arguments(window.access(), window.access().window()) + ")", rank));
    }

    /** Whether the library has slices with these steps. */
    abstract boolean allowed(Slices slices);

    private String slice(Slices slices) {
        return slices.axes().stream().map(axis -> {
            String start = axis.start().equals(Size.ZERO) ? "" : size(axis.start());
            if (axis.isEntry()) {
                return size(axis.start());
            }
            Size stop = axis.step() > 0 ? axis.last().plus(1) : axis.last().minus(1);
            boolean toTheEnd = axis.step() > 0 ? stop.equals(axis.length()) : axis.last().equals(Size.ZERO);
            String from = axis.step() < 0 && axis.start().plus(1).equals(axis.length()) ? "" : start;
            return from + ":" + (toTheEnd ? "" : size(stop)) + (axis.step() == 1 ? "" : ":" + axis.step());
        }).collect(Collectors.joining(", "));
    }

    final Term fold(Window window, Helper helper) {
        Term operand = whole(window.operand(0));
        return Term.atom(uses(helper) + "(" + operand.text() + ", "
                + arguments(window.access(), window.access().source()) + ")", window.shape().rank());
    }

    private String arguments(Window.Access access, Shape shape) {
        String strides = access.strides().stream().map(Object::toString).collect(Collectors.joining(", "));
        String offsets = access.offsets().stream().map(this::size).collect(Collectors.joining(", "));
        return tuple(shape) + ", [" + strides + "], [" + offsets + "]" + (access.circular() ? ", circular=True" : "");
    }

    @Override
    final Term apply(Application application, String callable, List<Term> arguments) {
        return Term.atom(callable + "(" + list(arguments) + ")", application.shape().rank());
    }
}
