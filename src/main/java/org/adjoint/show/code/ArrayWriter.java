package org.adjoint.show.code;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
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
import org.adjoint.expr.NodeMap;
import org.adjoint.expr.Range;
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
 * A graph as straight-line code of a language with whole-array operations. What is used once and is short becomes part of
 * a larger expression; what is shared, named or long gets a statement of its own.
 */
abstract class ArrayWriter {
    /** Longer texts get a name. */
    private static final int LONGEST = 64;
    /** A text that costs nothing and is this short is repeated rather than named. */
    private static final int SHORT_VIEW = 6;

    final Signature signature;
    private final Routine routine;
    private final Identifiers identifiers;
    private final Products products = new Products(this);
    private final NodeMap<Term> terms = new NodeMap<>();
    private final NodeMap<int[]> uses = new NodeMap<>();
    private final Map<Variable, String> defined = new LinkedHashMap<>();
    private final List<String> body = new ArrayList<>();
    private final Set<Helper> helpers = new LinkedHashSet<>();

    ArrayWriter(Routine routine, Set<String> reserved) {
        this.routine = routine;
        this.identifiers = new Identifiers(reserved);
        this.signature = new Signature(routine, identifiers);
    }

    // ---- the walk

    /** The names of the results, after everything that they need was written. */
    final List<String> write() {
        List<Expr> roots = routine.roots();
        for (Expr node : Walk.postorder(roots)) {
            uses.put(node, new int[1]);
            for (int k = 0; k < node.operandCount(); k++) {
                Objects.requireNonNull(uses.get(node.operand(k)))[0]++;
            }
        }
        roots.forEach(root -> Objects.requireNonNull(uses.get(root))[0]++);
        for (Variable variable : routine.steps()) {
            Expr value = routine.definitions().value(variable).orElseThrow();
            defined.put(variable, define(identifiers.unique(variable.name()), value));
        }
        List<String> results = new ArrayList<>();
        for (Routine.Result result : routine.results()) {
            results.add(define(identifiers.unique(result.name()), result.value()));
        }
        return results;
    }

    private String define(String name, Expr value) {
        for (Expr node : Walk.postorder(value)) {
            if (terms.get(node) == null && node != value) {
                Term term = term(node);
                boolean shared = Objects.requireNonNull(uses.get(node))[0] > 1 && term.level() < Term.ATOM
                        || Objects.requireNonNull(uses.get(node))[0] > 1 && !isName(term.text())
                                && term.text().length() > SHORT_VIEW;
                terms.put(node, shared || term.text().length() > LONGEST ? bound(term) : term);
            }
        }
        Term known = terms.get(value);
        Term whole = result(full(known == null ? term(value) : known, value.shape()), value.shape());
        body.add(assign(name, whole.text()));
        if (known == null) {
            terms.put(value, whole.named(name));
        }
        return name;
    }

    private static boolean isName(String text) {
        return text.matches("[A-Za-z_0-9.]+");
    }

    /** The value under a name of its own, unless it has one. */
    final Term bound(Term term) {
        if (isName(term.text())) {
            return term;
        }
        String name = identifiers.fresh("t");
        body.add(assign(name, term.text()));
        return term.named(name);
    }

    /** The term, named when it became long. */
    final Term kept(Term term) {
        return term.text().length() > LONGEST ? bound(term) : term;
    }

    final List<String> body() {
        return body;
    }

    final Set<Helper> helpers() {
        return helpers;
    }

    /** Notes that the text calls a helper, and gives its name. */
    final String uses(Helper helper) {
        helpers.add(helper);
        return helper.name();
    }

    final boolean isShared(Expr node) {
        return Objects.requireNonNull(uses.get(node))[0] > 1;
    }

    /** The text of a node that was written already. */
    final Term written(Expr node) {
        return Objects.requireNonNull(terms.get(node));
    }

    private List<Term> written(List<Expr> nodes) {
        return nodes.stream().map(this::written).toList();
    }

    final Term whole(Expr node) {
        return full(written(node), node.shape());
    }

    private Term term(Expr node) {
        int rank = node.shape().rank();
        return switch (node) {
            case Variable variable -> Term.atom(defined.getOrDefault(variable, signature.name(variable)), rank);
            case Constant constant -> constant.shape().isScalar() ? number(constant.value()) : array(constant);
            case Dimension dimension -> dimension(dimension.size());
            case Range range -> range(range.size());
            case Delta delta -> identity(delta.size());
            case Elementwise map -> map(map);
            case Linear sum -> sum(sum);
            case Contraction product -> products.of(product);
            case Window window -> window(window);
            case Reduction reduction -> reduce(reduction.operation(), whole(reduction.operand(0)), reduction.axes());
            case Where where -> where(condition(where.condition()), written(where.ifTrue()), written(where.ifFalse()));
            case MatrixFunction function -> matrix(function);
            case Reshape reshape -> reshape(reshape);
            case Concatenation parts -> concatenate(parts.operands().stream().map(this::whole).toList(), parts.axis());
            case Application application -> apply(application,
                    Objects.requireNonNull(signature.callables().get(Signature.Callable.of(application))),
                    application.operands().stream().map(this::whole).toList());
            case Detach detach -> detach(written(detach.operand(0)));
        };
    }

    // ---- sums

    private Term sum(Linear sum) {
        int rank = sum.shape().rank();
        if (sum.termCount() == 0) {
            return Term.spread("0.0", Term.ATOM, rank);
        }
        List<Integer> order = new ArrayList<>();
        for (int sign : new int[] {1, -1}) {
            for (boolean uniform : new boolean[] {false, true}) {
                for (int k = 0; k < sum.termCount(); k++) {
                    if (sum.coefficient(k).signum() == sign
                            && Constant.uniform(sum.term(k)).isPresent() == uniform) {
                        order.add(k);
                    }
                }
            }
        }
        StringBuilder text = new StringBuilder();
        List<Term> parts = new ArrayList<>();
        int level = Term.SUM;
        for (int k : order) {
            Rational c = sum.coefficient(k);
            Term scaled = scaled(c.abs(), written(sum.term(k)));
            parts.add(written(sum.term(k)));
            if (text.isEmpty() && c.signum() > 0) {
                text.append(scaled.text());
                level = scaled.level();
            } else if (text.isEmpty()) {
                text.append('-').append(scaled.at(Term.PRODUCT));
                level = Math.min(Term.SIGN, Math.max(scaled.level(), Term.PRODUCT));
            } else {
                text.append(c.signum() > 0 ? plus(rank) : minus(rank)).append(scaled.at(Term.PRODUCT));
                level = Term.SUM;
            }
        }
        boolean host = parts.stream().allMatch(Term::host);
        return new Term(text.toString(), level, host, Term.covered(rank, parts));
    }

    /** {@code c·x} for c > 0. */
    private Term scaled(Rational c, Term x) {
        if (c.isOne()) {
            return x;
        }
        boolean[] covered = x.covered();
        int rank = x.rank();
        if (x.text().equals("1")) {
            return new Term(number(c).text(), number(c).level(), true, covered);
        }
        boolean simple = c.isInteger() || c.toDecimalString().map(text -> text.length() <= 6).orElse(false);
        String text;
        if (simple) {
            text = number(c).at(Term.PRODUCT) + times(rank) + x.at(Term.SIGN);
        } else {
            Rational p = Rational.of(c.numerator());
            String above = p.isOne() ? x.at(Term.MATMUL) : number(p).text() + times(rank) + x.at(Term.SIGN);
            text = above + over(rank) + number(Rational.of(c.denominator())).text();
        }
        return new Term(text, Term.PRODUCT, x.host(), covered);
    }

    /** A number; a fraction that no short decimal tells is a quotient. */
    final Term number(Rational value) {
        String sign = value.signum() < 0 ? "-" : "";
        Rational c = value.abs();
        if (c.isInteger() && c.bits() <= 31) {
            return Term.host(sign + c, sign.isEmpty() ? Term.ATOM : Term.SIGN);
        }
        String decimal = c.toDecimalString().filter(text -> text.length() <= 12).orElse("");
        if (!decimal.isEmpty() && !c.isInteger()) {
            return Term.host(sign + decimal, sign.isEmpty() ? Term.ATOM : Term.SIGN);
        }
        boolean small = c.numerator().bitLength() <= 31 && c.denominator().bitLength() <= 31;
        return small && !c.isInteger()
                ? Term.host(sign + c.numerator() + " / " + c.denominator(), Term.PRODUCT)
                : Term.host(sign + c.toDouble(), sign.isEmpty() ? Term.ATOM : Term.SIGN);
    }

    // ---- elementwise functions

    private Term map(Elementwise map) {
        List<Term> operands = written(map.operands());
        if (map.function() == Functions.POWER) {
            return power(operands.get(0), operands.get(1), Constant.uniform(map.operand(1)).orElse(null));
        }
        if (isTest(map)) {
            return indicator(condition(map), operands);
        }
        return call(map.function().name(), operands, map.shape().rank());
    }

    private Term power(Term base, Term exponent, @org.jspecify.annotations.Nullable Rational number) {
        List<Term> both = List.of(base, exponent);
        int rank = base.rank();
        boolean host = base.host() && exponent.host();
        if (number != null && number.isInteger() && number.signum() < 0) {
            Term below = number.equals(Rational.MINUS_ONE) ? base
                    : power(base, number(number.negate()), number.negate());
            return new Term("1" + over(rank) + below.at(Term.SIGN), Term.PRODUCT, host,
                    Term.covered(rank, List.of(base)));
        }
        boolean[] covered = Term.covered(rank, number == null ? both : List.of(base));
        return raise(base, exponent, number != null && number.isInteger(), covered);
    }

    /** The operator of powers; a language may need more care. */
    Term raise(Term base, Term exponent, boolean isInteger, boolean[] covered) {
        return new Term(base.at(Term.ATOM) + raised(base.rank()) + exponent.at(Term.ATOM), Term.POWER,
                base.host() && exponent.host(), covered);
    }

    /** A length as a number. */
    Term dimension(Size size) {
        String text = size(size);
        return Term.host(text, isName(text) ? Term.ATOM : Term.SUM);
    }

    Term reshape(Reshape reshape) {
        return reshape(whole(reshape.operand(0)), reshape.shape());
    }

    private static boolean isTest(Expr node) {
        return node instanceof Elementwise map && (map.function() == Functions.STEP || map.function() == Functions.LESS
                || map.function() == Functions.LESS_EQUAL || map.function() == Functions.EQUAL);
    }

    /** A node as a truth value. */
    private Term condition(Expr node) {
        int rank = node.shape().rank();
        if (isTest(node) && (terms.get(node) == null || !isName(written(node).text()))) {
            Elementwise test = (Elementwise) node;
            Term left = written(test.operand(0));
            Term right = test.function() == Functions.STEP ? Term.spread("0", Term.ATOM, rank)
                    : written(test.operand(1));
            String sign = test.function() == Functions.STEP ? ">" : test.function() == Functions.LESS ? "<"
                    : test.function() == Functions.EQUAL ? "==" : "<=";
            return new Term(left.at(Term.SUM) + comparison(sign, rank) + right.at(Term.SUM), 0, false,
                    Term.covered(rank, List.of(left, right)));
        }
        Term value = written(node);
        return new Term(value.at(Term.SUM) + comparison("!=", rank) + "0", 0, value.host(), value.covered());
    }

    final String size(Size size) {
        return size.written(signature::symbol, this::floorQuotient);
    }

    final String sizes(Shape shape) {
        return shape.sizes().stream().map(this::size).collect(Collectors.joining(", "));
    }

    // ---- what the languages say

    abstract String assign(String name, String value);

    /** A result as it is returned. */
    abstract Term result(Term term, Shape shape);

    abstract String floorQuotient(String numerator, String denominator);

    abstract String plus(int rank);

    abstract String minus(int rank);

    abstract String times(int rank);

    abstract String over(int rank);

    abstract String raised(int rank);

    abstract String comparison(String sign, int rank);

    abstract Term array(Constant constant);

    abstract Term range(Size size);

    abstract Term identity(Size size);

    /** The term spread over its whole shape. */
    abstract Term full(Term term, Shape shape);

    /** A function of the table at operands. */
    abstract Term call(String function, List<Term> operands, int rank);

    /** A truth value as 0 or 1. */
    abstract Term indicator(Term condition, List<Term> operands);

    abstract Term where(Term condition, Term ifTrue, Term ifFalse);

    abstract Term reduce(Reduction.Operation operation, Term term, int[] axes);

    abstract Term matrix(MatrixFunction function);

    abstract Term reshape(Term term, Shape shape);

    abstract Term concatenate(List<Term> terms, int axis);

    abstract Term window(Window window);

    abstract Term apply(Application application, String callable, List<Term> arguments);

    abstract Term detach(Term term);

    // ---- products

    abstract Term sum(Term term, int[] axes);

    /** Axis {@code k} of the result is axis {@code axes[k]} of the term. */
    abstract Term permute(Term term, int[] axes);

    /** The term, whose axes are these (ascending) of {@code rank}, so that it broadcasts. */
    abstract Term align(Term term, int[] axes, int rank);

    /** {@code A @ B}, each transposed first if so said; rank 2 both. */
    abstract Term matmul(Term a, boolean transposeA, Term b, boolean transposeB);

    abstract Term matvec(Term a, boolean transpose, Term x);

    abstract Term dot(Term x, Term y);

    abstract Term outer(Term x, Term y);

    abstract Term diag(Term x);

    /** The general contraction; {@code sizes} of all indices. */
    abstract Term einsum(List<Term> terms, List<int[]> indices, int[] output, List<Size> sizes);
}
