package org.adjoint.show.code;

import java.util.ArrayList;
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

/**
 * PyTorch. Results have the type and the device of the first argument: {@code like} holds both, and everything that is made
 * rather than computed is made with it.
 */
final class PytorchWriter extends PythonWriter {
    private static final Helper FIRST_MAX = new Helper("_first_max", """
            def _first_max(x, dim):
                \"""1 at the first largest entry, in row-major order over the axes; 0 elsewhere.\"""
                last = tuple(range(x.ndim - len(dim), x.ndim))
                rows = torch.movedim(x, dim, last)
                flat = rows.reshape(rows.shape[:x.ndim - len(dim)] + (-1,))
                places = torch.arange(flat.shape[-1], device=x.device)
                ones = places == torch.argmax(flat, dim=-1)[..., None]
                return torch.movedim(ones.to(dtype=x.dtype).reshape(rows.shape), last, dim)
            """);
    private static final Helper PLACES = new Helper("_places", """
            def _places(source, window, strides, offsets, circular, device):
                \"""The index in the source of each entry of the window, and whether it lies inside.\"""
                steps = [torch.arange(n, device=device).reshape([-1 if j == k else 1 for j in range(len(window))])
                         for k, n in enumerate(window)]
                zero = torch.zeros(window, dtype=torch.int64, device=device)
                at = [sum((s * k for s, k in zip(row, steps)), zero + offset) for row, offset in zip(strides, offsets)]
                inside = zero == 0
                if circular:
                    return tuple(i % n for i, n in zip(at, source)), inside
                for i, n in zip(at, source):
                    inside = inside & (0 <= i) & (i < n)
                return tuple(torch.clamp(i, 0, n - 1) for i, n in zip(at, source)), inside
            """);
    private static final Helper GATHER = new Helper("_gather", """
            def _gather(x, window, strides, offsets, circular=False):
                \"""out[o] = x[strides @ o + offsets], 0 outside of x.\"""
                at, inside = _places(x.shape, window, strides, offsets, circular, x.device)
                return torch.where(inside, x[at], 0.0)
            """);
    private static final Helper FOLD = new Helper("_fold", """
            def _fold(x, source, strides, offsets, circular=False):
                \"""The transpose of _gather: out[strides @ o + offsets] += x[o].\"""
                at, inside = _places(source, x.shape, strides, offsets, circular, x.device)
                out = torch.zeros(source, dtype=x.dtype, device=x.device)
                return out.index_put(at, torch.where(inside, x, 0.0), accumulate=True)
            """);

    private static final Helper FRECHET = new Helper("_frechet", """
            def _frechet(f, x, e):
                \"""The derivative of f at x in the direction e: the upper right block of f([[x, e], [0, x]]).\"""
                n = x.shape[0]
                x = torch.broadcast_to(x, e.shape)
                upper = torch.cat([x, e], dim=-1)
                lower = torch.cat([torch.zeros_like(x), x], dim=-1)
                return f(torch.cat([upper, lower], dim=-2))[..., :n, n:]
            """);

    /** Functions of the table: {@code {0}} is an operand, {@code <0>} one in brackets where it needs them. */
    private static final Map<String, Template> FUNCTIONS = Template.table("""
            pi         math.pi
            exp        torch.exp({0})
            log        torch.log({0})
            log1p      torch.log1p({0})
            expm1      torch.expm1({0})
            sqrt       torch.sqrt({0})
            abs        torch.abs({0})
            sign       torch.sign({0})
            sin        torch.sin({0})
            cos        torch.cos({0})
            tan        torch.tan({0})
            asin       torch.asin({0})
            acos       torch.acos({0})
            atan       torch.atan({0})
            sinh       torch.sinh({0})
            cosh       torch.cosh({0})
            tanh       torch.tanh({0})
            erf        torch.erf({0})
            sigmoid    torch.sigmoid({0})
            softplus   torch.logaddexp({0}, torch.zeros_like({0}))
            relu       torch.relu({0})
            leaky_relu torch.where(<0> > 0, {0}, <1> * <0>)
            elu        torch.where(<0> > 0, {0}, <1> * torch.expm1(torch.clamp({0}, max=0.0)))
            gelu       (0.5 * <0> * torch.erfc(-<0> / math.sqrt(2.0)))
            gelu_tanh  (<0> * torch.sigmoid(2.0 * math.sqrt(2.0 / math.pi) * (<0> + 0.044715 * <0>**3)))
            silu       (<0> * torch.sigmoid({0}))
            maximum    torch.maximum({0}, {1})
            minimum    torch.minimum({0}, {1})
            floor      torch.floor({0})
            """);

    /** Functions of numbers that are no tensors. */
    private static final Map<String, Template> NUMBERS = Template.table("""
            pi    math.pi
            exp   math.exp({0})
            log   math.log({0})
            log1p math.log1p({0})
            expm1 math.expm1({0})
            sqrt  math.sqrt({0})
            abs   abs({0})
            sin   math.sin({0})
            cos   math.cos({0})
            tan   math.tan({0})
            atan  math.atan({0})
            sinh  math.sinh({0})
            cosh  math.cosh({0})
            tanh  math.tanh({0})
            """);

    private boolean usesLike;
    private boolean usesMath;

    PytorchWriter(Routine routine) {
        super(routine);
    }

    static Map<String, Template> functions() {
        return FUNCTIONS;
    }

    @Override
    String imports() {
        return (usesMath ? "import math\n\n" : "") + "import torch\n";
    }

    @Override
    List<String> prepare() {
        if (!usesLike || signature.variables().isEmpty()) {
            return List.of();
        }
        String first = signature.name(signature.variables().get(0));
        return List.of("like = dict(dtype=" + first + ".dtype, device=" + first + ".device)");
    }

    private String like() {
        usesLike = true;
        return "**like)";
    }

    /** A number of the language as a tensor. */
    private Term tensor(Term term) {
        return term.host() ? new Term("torch.tensor(" + term.text() + ", " + like(), Term.ATOM, false, term.covered())
                : term;
    }

    @Override
    Term result(Term term, Shape shape) {
        return tensor(term);
    }

    @Override
    Term array(Constant constant) {
        Shape shape = constant.shape();
        String values = constant.values().stream().map(value -> number(value).text())
                .collect(Collectors.joining(", "));
        String flat = "torch.tensor([" + values + "], " + like();
        return Term.atom(shape.rank() == 1 ? flat : flat + ".reshape(" + tuple(shape) + ")", shape.rank());
    }

    @Override
    Term range(Size size) {
        return Term.atom("torch.arange(" + size(size) + ", " + like(), 1);
    }

    @Override
    Term identity(Size size) {
        return Term.atom("torch.eye(" + size(size) + ", " + like(), 2);
    }

    @Override
    Term full(Term term, Shape shape) {
        if (term.isFull()) {
            return term;
        }
        String text = !term.host() ? "torch.broadcast_to(" + term.text() + ", " + tuple(shape) + ")"
                : term.text().equals("1") ? "torch.ones(" + tuple(shape) + ", " + like()
                        : term.text().equals("0.0") ? "torch.zeros(" + tuple(shape) + ", " + like()
                                : "torch.full(" + tuple(shape) + ", float(" + term.text() + "), " + like();
        return Term.atom(text, shape.rank());
    }

    @Override
    Term call(String function, List<Term> operands, int rank) {
        boolean numbers = operands.stream().allMatch(Term::host) && NUMBERS.containsKey(function);
        Template template = Template.of(numbers ? NUMBERS : FUNCTIONS, function);
        usesMath |= template.text().contains("math.");
        List<Term> arguments = new ArrayList<>(operands);
        if (!numbers) {
            arguments.replaceAll(this::tensor);
        }
        return new Term(template.apply(arguments), Term.ATOM, numbers, Term.covered(rank, operands));
    }

    @Override
    Term indicator(Term condition, List<Term> operands) {
        boolean number = operands.stream().allMatch(Term::host);
        return new Term(number ? "float(" + condition.text() + ")" : "(" + condition.text() + ").to(" + like(),
                Term.ATOM,
                number, condition.covered());
    }

    @Override
    Term where(Term condition, Term ifTrue, Term ifFalse) {
        Term test = condition.host() ? Term.atom("torch.tensor(" + condition.text() + ")", condition.rank())
                : condition;
        Term first = ifTrue.host() && ifFalse.host() ? tensor(ifTrue) : ifTrue;
        return new Term("torch.where(" + test.text() + ", " + first.text() + ", " + ifFalse.text() + ")", Term.ATOM,
                false, Term.covered(condition.rank(), List.of(condition, ifTrue, ifFalse)));
    }

    @Override
    Term reduce(Reduction.Operation operation, Term term, int[] axes) {
        String along = "(" + term.text() + ", dim=" + axes(axes) + ")";
        int rank = term.rank() - axes.length;
        return switch (operation) {
            case MAX -> Term.atom("torch.amax" + along, rank);
            case PRODUCT -> {
                String text = term.text();
                for (int k = axes.length - 1; k >= 0; k--) {
                    text = "torch.prod(" + text + ", dim=" + axes[k] + ")";
                }
                yield Term.atom(text, rank);
            }
            case LOG_SUM_EXP -> Term.atom("torch.logsumexp" + along, rank);
            case FIRST_MAX -> Term.atom(uses(FIRST_MAX) + "(" + term.text() + ", dim=("
                    + IntStream.of(axes).mapToObj(axis -> axis + ",").collect(Collectors.joining(" ")) + "))",
                    term.rank());
        };
    }

    @Override
    Term matrix(MatrixFunction function) {
        String operand = whole(function.operand(0)).text();
        return switch (function.operation()) {
            case INVERSE -> Term.atom("torch.linalg.inv(" + operand + ")", 2);
            case DETERMINANT -> Term.atom("torch.linalg.det(" + operand + ")", 0);
            case LOG_DETERMINANT -> Term.atom("torch.linalg.slogdet(" + operand + ")[1]", 0);
            case EXPONENTIAL -> Term.atom("torch.linalg.matrix_exp(" + operand + ")", 2);
            case POWER ->
                Term.atom("torch.linalg.matrix_power(" + operand + ", int(" + whole(function.exponent()).text()
                        + "))", 2);
            case EXPONENTIAL_SLOPE -> frechet(FRECHET, function, operand, "torch.linalg.matrix_exp");
            case POWER_SLOPE -> frechet(FRECHET, function, operand,
                    "lambda _x: torch.linalg.matrix_power(_x, int(" + whole(function.exponent()).text() + "))");
        };
    }

    @Override
    Term reshape(Term term, Shape shape) {
        return Term.atom("torch.reshape(" + term.text() + ", " + tuple(shape) + ")", shape.rank());
    }

    @Override
    Term concatenate(List<Term> terms, int axis) {
        return Term.atom("torch.cat([" + list(terms) + "]" + (axis == 0 ? "" : ", dim=" + axis) + ")",
                terms.get(0).rank());
    }

    @Override
    Term window(Window window) {
        return window(window, PLACES, GATHER, FOLD);
    }

    /** PyTorch has no slices that go backward. */
    @Override
    boolean allowed(Slices slices) {
        return slices.isForward();
    }

    @Override
    Term detach(Term term) {
        return term.host() ? term : new Term(term.at(Term.ATOM) + ".detach()", Term.ATOM, false, term.covered());
    }

    @Override
    Term sum(Term term, int[] axes) {
        String along = axes.length == term.rank() ? "" : ", dim=" + axes(axes);
        return Term.atom("torch.sum(" + term.text() + along + ")", term.rank() - axes.length);
    }

    @Override
    Term permute(Term term, int[] axes) {
        return axes.length == 2 ? Term.atom(term.at(Term.ATOM) + ".T", 2)
                : Term.atom("torch.permute(" + term.text() + ", " + axes(axes) + ")", axes.length);
    }

    @Override
    Term outer(Term x, Term y) {
        return Term.atom("torch.outer(" + x.text() + ", " + y.text() + ")", 2);
    }

    @Override
    Term diag(Term x) {
        return Term.atom("torch.diag(" + x.text() + ")", 2);
    }

    @Override
    Term einsum(List<Term> terms, List<int[]> indices, int[] output, List<Size> sizes) {
        return Term.atom("torch.einsum(\"" + subscripts(indices, output) + "\", " + list(terms) + ")", output.length);
    }
}
