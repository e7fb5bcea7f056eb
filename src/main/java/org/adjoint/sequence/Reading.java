package org.adjoint.sequence;

import java.util.Optional;
import org.adjoint.expr.Application;
import org.adjoint.expr.Budget;
import org.adjoint.expr.Concatenation;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Contraction;
import org.adjoint.expr.Delta;
import org.adjoint.expr.Detach;
import org.adjoint.expr.Dimension;
import org.adjoint.expr.Elementwise;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Functions;
import org.adjoint.expr.IntegerSum;
import org.adjoint.expr.Linear;
import org.adjoint.expr.MatrixFunction;
import org.adjoint.expr.NodeMap;
import org.adjoint.expr.Range;
import org.adjoint.expr.Rational;
import org.adjoint.expr.Reduction;
import org.adjoint.expr.Reshape;
import org.adjoint.expr.Variable;
import org.adjoint.expr.Walk;
import org.adjoint.expr.Where;
import org.adjoint.expr.Window;

/** From a scalar expression to a function of integers by cases. What depends on no integer is an atom, whatever it is. */
final class Reading {
    private final NodeMap<Piecewise> read = new NodeMap<>();
    private final NodeMap<Boolean> integers = new NodeMap<>();

    /**
     * The function.
     *
     * @throws NotClosed when the expression is none that these methods know
     */
    Piecewise piecewise(Expr root) {
        for (Expr node : Walk.postorder(root)) {
            Budget.current().poll();
            boolean depends = isInteger(node)
                    || node.operands().stream().anyMatch(x -> Boolean.TRUE.equals(integers.get(x)))
                    || node instanceof Application;
            integers.put(node, depends);
            if (node.shape().isScalar() && !read.contains(node)) {
                read.put(node, depends ? dependent(node) : independent(node));
            }
        }
        return Optional.ofNullable(read.get(root)).orElseThrow(() -> new NotClosed("a side is no number"));
    }

    private static boolean isInteger(Expr node) {
        return node instanceof Variable variable && variable.shape().isScalar() && Poly.isInteger(variable);
    }

    private Piecewise of(Expr operand) {
        Piecewise known = read.get(operand);
        if (known == null) {
            throw new NotClosed("a part with axes depends on an integer variable");
        }
        return known;
    }

    /** Sums, products and powers are taken apart, so that equal numbers are found to be equal. */
    private Piecewise independent(Expr node) {
        return switch (node) {
            case Constant constant when !constant.isData() -> Piecewise.of(Poly.of(constant.value()));
            case Linear sum -> sum(sum);
            case Contraction product when product.indexCount() == 0 -> product(product);
            case Elementwise power when power.function() == Functions.POWER && Constant.uniform(power.operand(1))
                    .filter(c -> c.isInteger() && c.abs().compareTo(Rational.of(9)) < 0).isPresent() ->
                power(power);
            case Elementwise comparison when comparison.operandCount() == 2 && number(comparison.operand(0)).isPresent()
                    && number(comparison.operand(1)).isPresent() && comparison.function().isLocallyConstant() ->
                compared(comparison);
            case Where where when number(where.condition()).isPresent() -> of(
                    number(where.condition()).get().isZero() ? where.ifFalse() : where.ifTrue());
            default -> atom(node);
        };
    }

    private static Piecewise atom(Expr node) {
        return Piecewise.of(Poly.of(Monomial.of(new Atom.Symbol(node), 1)));
    }

    private Optional<Rational> number(Expr node) {
        return Optional.ofNullable(read.get(node)).flatMap(Piecewise::plain).flatMap(Poly::number);
    }

    /** Two numbers compared. */
    private Piecewise compared(Elementwise node) {
        int order = number(node.operand(0)).orElseThrow().compareTo(number(node.operand(1)).orElseThrow());
        boolean known = node.function() == Functions.LESS || node.function() == Functions.LESS_EQUAL
                || node.function() == Functions.EQUAL;
        boolean holds = node.function() == Functions.LESS ? order < 0
                : node.function() == Functions.LESS_EQUAL ? order <= 0 : order == 0;
        return !known ? atom(node) : holds ? Piecewise.ONE : Piecewise.ZERO;
    }

    private Piecewise dependent(Expr node) {
        Optional<IntegerSum> total = IntegerSum.of(node);
        if (total.isPresent()) {
            return Summation.over(total.get().index(), of(total.get().body()));
        }
        return switch (node) {
            case Variable variable -> Piecewise.of(Poly.of(Form.of(variable)));
            case Constant constant -> throw unknown("a constant");
            case Dimension size -> throw unknown("a size");
            case Linear sum -> sum(sum);
            case Contraction product when product.indexCount() == 0 -> product(product);
            case Contraction product -> throw unknown("a contraction");
            case Elementwise function -> function(function);
            case Where where -> {
                Piecewise condition = of(where.condition());
                yield condition.times(of(where.ifTrue()))
                        .plus(Piecewise.ONE.minus(condition).times(of(where.ifFalse())));
            }
            case Application application when application.derivatives().length == 0
                    && application.function().isElementwise() ->
                Piecewise.of(Poly.of(Monomial.of(new Applied(application.function(),
                        application.operands().stream().map(this::form).toList()))));
            case Application application -> throw unknown("a derivative of an unknown function");
            case Range range -> throw unknown("a range");
            case Delta delta -> throw unknown("a Kronecker delta");
            case Detach detach -> of(detach.operand(0));
            case Window window -> throw unknown("a window");
            case Reduction reduction -> throw unknown("a reduction");
            case Reshape reshape -> throw unknown("a reshape");
            case Concatenation list -> throw unknown("a list");
            case MatrixFunction function -> throw unknown("a matrix function");
        };
    }

    private static NotClosed unknown(String what) {
        return new NotClosed(what + " depends on an integer variable");
    }

    private Piecewise sum(Linear sum) {
        Piecewise total = Piecewise.ZERO;
        for (int k = 0; k < sum.termCount(); k++) {
            total = total.plus(of(sum.term(k)).times(sum.coefficient(k)));
        }
        return total;
    }

    private Piecewise product(Contraction product) {
        Piecewise all = Piecewise.ONE;
        for (Expr factor : product.operands()) {
            all = all.times(of(factor));
        }
        return all;
    }

    private Piecewise function(Elementwise node) {
        if (node.function() == Functions.POWER) {
            return power(node);
        }
        if (node.function() == Functions.LESS) {
            return Piecewise.indicator(Guard.atLeastZero(difference(node).plus(-1)));
        }
        if (node.function() == Functions.LESS_EQUAL) {
            return Piecewise.indicator(Guard.atLeastZero(difference(node)));
        }
        if (node.function() == Functions.EQUAL) {
            return Piecewise.indicator(Guard.zero(difference(node)));
        }
        throw unknown(node.function().name());
    }

    private Form difference(Elementwise comparison) {
        return form(comparison.operand(1)).minus(form(comparison.operand(0)));
    }

    private Piecewise power(Elementwise node) {
        Piecewise base = of(node.operand(0));
        Optional<Rational> exponent = Constant.uniform(node.operand(1));
        if (exponent.isPresent() && exponent.get().isInteger() && exponent.get().signum() >= 0
                && exponent.get().fitsLong() && exponent.get().longValueExact() < 100) {
            return base.pow((int) exponent.get().longValueExact());
        }
        Poly plain = base.plain().orElseThrow(() -> new NotClosed("a power has cases in its base"));
        return Piecewise.of(plain.pow(form(node.operand(1))));
    }

    /** The integer form that an expression is. */
    private Form form(Expr expr) {
        Poly poly = of(expr).plain().orElseThrow(() -> new NotClosed("a place or a bound is given by cases"));
        Form form = Form.of(0);
        for (var term : poly.terms().entrySet()) {
            Rational c = term.getValue();
            Monomial m = term.getKey();
            boolean linear = m.equals(Monomial.ONE) || m.exponentials().isEmpty() && m.functions().isEmpty()
                    && m.powers().size() == 1 && m.powers().values().iterator().next() == 1;
            if (!linear || !c.isInteger() || !c.fitsLong()) {
                throw new NotClosed("a place or a bound is no integer combination of integer variables");
            }
            if (m.equals(Monomial.ONE)) {
                form = form.plus(c.longValueExact());
            } else
                if (m.powers().keySet().iterator().next() instanceof Atom.Symbol symbol && isInteger(symbol.expr())) {
                    form = form.plus(Form.of((Variable) symbol.expr()).times(c.longValueExact()));
                } else {
                    throw new NotClosed("a place or a bound depends on what is no integer variable");
                }
        }
        return form;
    }

    /** The integer form that an expression is, or nothing. */
    static Optional<Form> formOf(Expr expr) {
        try {
            Reading reading = new Reading();
            reading.piecewise(expr);
            return Optional.of(reading.form(expr));
        } catch (NotClosed | ArithmeticException none) {
            return Optional.empty();
        }
    }
}
