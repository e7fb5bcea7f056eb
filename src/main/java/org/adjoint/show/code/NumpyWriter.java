package org.adjoint.show.code;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.adjoint.expr.Constant;
import org.adjoint.expr.MatrixFunction;
import org.adjoint.expr.Reduction;
import org.adjoint.expr.Shape;
import org.adjoint.expr.Size;
import org.adjoint.expr.Window;

/** NumPy. */
final class NumpyWriter extends PythonWriter {
    private static final Helper ERF = new Helper("_erf", """
            _erf = np.vectorize(math.erf, otypes=[float])
            """);
    private static final Helper ERFC = new Helper("_erfc", """
            _erfc = np.vectorize(math.erfc, otypes=[float])
            """);
    private static final Helper SIGMOID = new Helper("_sigmoid", """
            def _sigmoid(x):
                return np.exp(-np.logaddexp(0.0, -x))
            """);
    private static final Helper LOGSUMEXP = new Helper("_logsumexp", """
            def _logsumexp(x, axis):
                top = np.max(x, axis=axis, keepdims=True)
                top = np.where(np.isfinite(top), top, 0.0)
                return np.log(np.sum(np.exp(x - top), axis=axis)) + np.squeeze(top, axis=axis)
            """);
    private static final Helper FIRST_MAX = new Helper("_first_max", """
            def _first_max(x, axis):
                \"""1 at the first largest entry, in row-major order over the axes; 0 elsewhere.\"""
                last = tuple(range(x.ndim - len(axis), x.ndim))
                rows = np.moveaxis(x, axis, last)
                flat = rows.reshape(rows.shape[:x.ndim - len(axis)] + (-1,))
                ones = np.arange(flat.shape[-1]) == np.argmax(flat, axis=-1)[..., None]
                return np.moveaxis(ones.astype(float).reshape(rows.shape), last, axis)
            """);
    private static final Helper EXPM = new Helper("_expm", """
            def _expm(x):
                \"""The power series of x / 2**s, squared s times.\"""
                s = max(0, int(np.ceil(np.log2(max(np.linalg.norm(x, 1), 1e-300)))) + 4)
                total = term = np.eye(x.shape[0])
                for r in range(1, 20):
                    term = term @ x / (r * 2.0 ** s)
                    total = total + term
                for _ in range(s):
                    total = total @ total
                return total
            """);
    private static final Helper FRECHET = new Helper("_frechet", """
            def _frechet(f, x, e):
                \"""The derivative of f at the matrix x along each matrix in e: a block of f([[x, e], [0, x]]).\"""
                n = x.shape[0]
                one = lambda d: f(np.block([[x, d], [np.zeros((n, n)), x]]))[:n, n:]
                return np.array([one(d) for d in e.reshape((-1, n, n))]).reshape(e.shape)
            """);
    private static final Helper PLACES = new Helper("_places", """
            def _places(source, window, strides, offsets, circular):
                \"""The index in the source of each entry of the window, and whether it lies inside.\"""
                steps = np.indices(window, sparse=True)
                at = [np.broadcast_to(sum((s * k for s, k in zip(row, steps)), offset), window)
                      for row, offset in zip(strides, offsets)]
                if circular:
                    return tuple(i % n for i, n in zip(at, source)), np.full(window, True)
                inside = np.full(window, True)
                for i, n in zip(at, source):
                    inside = inside & (0 <= i) & (i < n)
                return tuple(np.clip(i, 0, n - 1) for i, n in zip(at, source)), inside
            """);
    private static final Helper GATHER = new Helper("_gather", """
            def _gather(x, window, strides, offsets, circular=False):
                \"""out[o] = x[strides @ o + offsets], 0 outside of x.\"""
                at, inside = _places(x.shape, window, strides, offsets, circular)
                return np.where(inside, x[at], 0.0)
            """);
    private static final Helper FOLD = new Helper("_fold", """
            def _fold(x, source, strides, offsets, circular=False):
                \"""The transpose of _gather: out[strides @ o + offsets] += x[o].\"""
                at, inside = _places(source, x.shape, strides, offsets, circular)
                out = np.zeros(source)
                np.add.at(out, at, np.where(inside, x, 0.0))
                return out
            """);
    /** Functions of the table: {@code {0}} is an operand, {@code <0>} one in brackets where it needs them. */
    private static final Map<String, Template> FUNCTIONS = Template.table("""
            pi         np.pi
            exp        np.exp({0})
            log        np.log({0})
            log1p      np.log1p({0})
            expm1      np.expm1({0})
            sqrt       np.sqrt({0})
            abs        np.abs({0})
            sign       np.sign({0})
            sin        np.sin({0})
            cos        np.cos({0})
            tan        np.tan({0})
            asin       np.arcsin({0})
            acos       np.arccos({0})
            atan       np.arctan({0})
            sinh       np.sinh({0})
            cosh       np.cosh({0})
            tanh       np.tanh({0})
            erf        _erf({0})
            sigmoid    _sigmoid({0})
            softplus   np.logaddexp(0.0, {0})
            relu       np.maximum({0}, 0.0)
            leaky_relu np.where(<0> > 0, {0}, <1> * <0>)
            elu        np.where(<0> > 0, {0}, <1> * np.expm1(np.minimum({0}, 0.0)))
            gelu       (0.5 * <0> * _erfc(-<0> / np.sqrt(2.0)))
            gelu_tanh  (<0> * _sigmoid(2.0 * np.sqrt(2.0 / np.pi) * (<0> + 0.044715 * <0>**3)))
            silu       (<0> * _sigmoid({0}))
            maximum    np.maximum({0}, {1})
            minimum    np.minimum({0}, {1})
            floor      np.floor({0})
            """);

    NumpyWriter(Routine routine) {
        super(routine);
    }

    static Map<String, Template> functions() {
        return FUNCTIONS;
    }

    @Override
    String imports() {
        boolean math = helpers().contains(ERF) || helpers().contains(ERFC);
        return (math ? "import math\n\n" : "") + "import numpy as np\n";
    }

    @Override
    List<String> prepare() {
        return signature.variables().stream().map(signature::name)
                .map(name -> name + " = np.asarray(" + name + ", dtype=float)").toList();
    }

    @Override
    Term result(Term term, Shape shape) {
        return shape.isScalar() && term.host() ? Term.atom("np.float64(" + term.text() + ")", 0) : term;
    }

    @Override
    Term array(Constant constant) {
        Shape shape = constant.shape();
        String values = constant.values().stream().map(value -> number(value).text())
                .collect(Collectors.joining(", "));
        String flat = "np.array([" + values + "], dtype=float)";
        return Term.atom(shape.rank() == 1 ? flat : flat + ".reshape" + tuple(shape), shape.rank());
    }

    @Override
    Term range(Size size) {
        return Term.atom("np.arange(" + size(size) + ", dtype=float)", 1);
    }

    @Override
    Term identity(Size size) {
        return Term.atom("np.eye(" + size(size) + ")", 2);
    }

    @Override
    Term full(Term term, Shape shape) {
        if (term.isFull()) {
            return term;
        }
        boolean number = term.host();
        return number && term.text().equals("1") ? Term.atom("np.ones(" + tuple(shape) + ")", shape.rank())
                : number && term.text().equals("0.0") ? Term.atom("np.zeros(" + tuple(shape) + ")", shape.rank())
                        : term.isUniform()
                                ? Term.atom("np.full(" + tuple(shape) + ", " + term.text() + ")", shape.rank())
                                : Term.atom("np.broadcast_to(" + term.text() + ", " + tuple(shape) + ")", shape.rank());
    }

    @Override
    Term call(String function, List<Term> operands, int rank) {
        Template template = Template.of(FUNCTIONS, function);
        for (Helper helper : List.of(ERF, ERFC, SIGMOID)) {
            if (template.text().contains(helper.name() + "(")) {
                uses(helper);
            }
        }
        return new Term(template.apply(operands), Term.ATOM, false, Term.covered(rank, operands));
    }

    @Override
    Term indicator(Term condition, List<Term> operands) {
        return new Term("np.where(" + condition.text() + ", 1.0, 0.0)", Term.ATOM, false, condition.covered());
    }

    @Override
    Term where(Term condition, Term ifTrue, Term ifFalse) {
        return new Term("np.where(" + condition.text() + ", " + ifTrue.text() + ", " + ifFalse.text() + ")", Term.ATOM,
                false, Term.covered(condition.rank(), List.of(condition, ifTrue, ifFalse)));
    }

    @Override
    Term reduce(Reduction.Operation operation, Term term, int[] axes) {
        String along = "(" + term.text() + ", axis=" + axes(axes) + ")";
        int rank = term.rank() - axes.length;
        return switch (operation) {
            case MAX -> Term.atom("np.max" + along, rank);
            case PRODUCT -> Term.atom("np.prod" + along, rank);
            case LOG_SUM_EXP -> Term.atom(uses(LOGSUMEXP) + along, rank);
            case FIRST_MAX -> Term.atom(uses(FIRST_MAX) + "(" + term.text() + ", axis=("
                    + IntStream.of(axes).mapToObj(axis -> axis + ",").collect(Collectors.joining(" ")) + "))",
                    term.rank());
        };
    }

    @Override
    Term matrix(MatrixFunction function) {
        String operand = whole(function.operand(0)).text();
        return switch (function.operation()) {
            case INVERSE -> Term.atom("np.linalg.inv(" + operand + ")", 2);
            case DETERMINANT -> Term.atom("np.linalg.det(" + operand + ")", 0);
            case LOG_DETERMINANT -> Term.atom("np.linalg.slogdet(" + operand + ")[1]", 0);
            case EXPONENTIAL -> Term.atom(uses(EXPM) + "(" + operand + ")", 2);
            case POWER -> Term.atom("np.linalg.matrix_power(" + operand + ", int(" + whole(function.exponent()).text()
                    + "))", 2);
            case EXPONENTIAL_SLOPE -> frechet(FRECHET, function, operand, uses(EXPM));
            case POWER_SLOPE -> frechet(FRECHET, function, operand,
                    "lambda _x: np.linalg.matrix_power(_x, int(" + whole(function.exponent()).text() + "))");
        };
    }

    @Override
    Term reshape(Term term, Shape shape) {
        return Term.atom("np.reshape(" + term.text() + ", " + tuple(shape) + ")", shape.rank());
    }

    @Override
    Term concatenate(List<Term> terms, int axis) {
        return Term.atom("np.concatenate([" + list(terms) + "]" + (axis == 0 ? "" : ", axis=" + axis) + ")",
                terms.get(0).rank());
    }

    @Override
    Term window(Window window) {
        return window(window, PLACES, GATHER, FOLD);
    }

    @Override
    boolean allowed(Slices slices) {
        return true;
    }

    @Override
    Term detach(Term term) {
        return term;
    }

    @Override
    Term sum(Term term, int[] axes) {
        String along = axes.length == term.rank() ? "" : ", axis=" + axes(axes);
        return Term.atom("np.sum(" + term.text() + along + ")", term.rank() - axes.length);
    }

    @Override
    Term permute(Term term, int[] axes) {
        return axes.length == 2 ? Term.atom(term.at(Term.ATOM) + ".T", 2)
                : Term.atom("np.transpose(" + term.text() + ", " + axes(axes) + ")", axes.length);
    }

    @Override
    Term outer(Term x, Term y) {
        return Term.atom("np.outer(" + x.text() + ", " + y.text() + ")", 2);
    }

    @Override
    Term diag(Term x) {
        return Term.atom("np.diag(" + x.text() + ")", 2);
    }

    @Override
    Term einsum(List<Term> terms, List<int[]> indices, int[] output, List<Size> sizes) {
        return Term.atom("np.einsum(\"" + subscripts(indices, output) + "\", " + list(terms)
                + (terms.size() > 2 ? ", optimize=True" : "") + ")", output.length);
    }

}
