package org.adjoint.show;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Contraction;
import org.adjoint.expr.Elementwise;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Functions;
import org.adjoint.expr.Linear;
import org.adjoint.expr.Rational;
import org.adjoint.expr.Reduction;
import org.adjoint.expr.ScalarFunction;
import org.adjoint.expr.Variable;
import org.adjoint.expr.Where;
import org.adjoint.show.Phrase.Kind;

/** Functions entry by entry in the dialect {@code matlab}; those without a word are written with those that have one. */
final class MatlabElementwise {
    /** The functions of one operand and their words. */
    private static final Map<ScalarFunction, String> WORDS = Map.ofEntries(
            Map.entry(Functions.EXP, "exp"), Map.entry(Functions.LOG, "log"), Map.entry(Functions.SIN, "sin"),
            Map.entry(Functions.COS, "cos"), Map.entry(Functions.TAN, "tan"), Map.entry(Functions.TANH, "tanh"),
            Map.entry(Functions.COSH, "cosh"), Map.entry(Functions.SINH, "sinh"), Map.entry(Functions.SQRT, "sqrt"),
            Map.entry(Functions.ABS, "abs"), Map.entry(Functions.SIGN, "sign"), Map.entry(Functions.RELU, "relu"),
            Map.entry(Functions.STEP, "step"), Map.entry(Functions.SIGMOID, "sigmoid"),
            Map.entry(Functions.SOFTPLUS, "softplus"), Map.entry(Functions.ATAN, "arctan"));
    private static final int MOST_SEARCHED = 200;

    private final MatlabFold fold;

    MatlabElementwise(MatlabFold fold) {
        this.fold = fold;
    }

    Phrase fold(Elementwise node) {
        ScalarFunction function = node.function();
        if (function == Functions.POWER) {
            return power(node);
        }
        if (function == Functions.EXP) {
            Optional<Phrase> softmax = Fold.logSoftmax(node.operand(0)).flatMap(fold::softmax);
            if (softmax.isPresent()) {
                return softmax.get();
            }
        }
        List<Phrase> x = node.operands().stream().map(fold::phrase).toList();
        if (function == Functions.SQRT) {
            Optional<Phrase> norm = norm(x.get(0));
            if (norm.isPresent()) {
                return norm.get();
            }
        }
        String word = WORDS.get(function);
        if (word != null) {
            return Phrases.call(word, x.get(0).kind(), x.get(0));
        }
        if (function == Functions.PI) {
            if (!fold.isLenient()) {
                throw new NoWords("pi");
            }
            return Phrases.name("pi", Kind.SCALAR, true);
        }
        if (fold.isLenient()) {
            if (!isNamed(function)) {
                throw new NoWords(function.name());
            }
            return Phrases.call(function.name(), x.get(0).kind(), x.toArray(new Phrase[0]));
        }
        Phrase ones = MatlabFold.filled("ones", node.shape());
        if (function == Functions.MAXIMUM) {
            return isZero(node.operand(1)) ? relu(x.get(0)) : isZero(node.operand(0)) ? relu(x.get(1))
                    : Phrases.sum(List.of(x.get(0), relu(difference(x.get(1), x.get(0)))));
        } else if (function == Functions.MINIMUM) {
            return difference(x.get(0), relu(difference(x.get(0), x.get(1))));
        } else if (function == Functions.LESS) {
            return step(node.operand(1), node.operand(0));
        } else if (function == Functions.LESS_EQUAL) {
            return difference(ones, step(node.operand(0), node.operand(1)));
        } else if (function == Functions.LOG1P) {
            return Phrases.call("log", ones.kind(), Phrases.sum(List.of(ones, x.get(0))));
        } else if (function == Functions.EXPM1) {
            return difference(Phrases.call("exp", ones.kind(), x.get(0)), ones);
        } else if (function == Functions.SILU) {
            Phrase sigmoid = Phrases.call("sigmoid", ones.kind(), x.get(0));
            return ones.kind() == Kind.SCALAR ? Phrases.product(x.get(0), sigmoid)
                    : Phrases.entrywise(List.of(x.get(0), sigmoid), List.of());
        }
        throw new NoWords("the function " + function);
    }

    private static boolean isNamed(ScalarFunction function) {
        return function != Functions.LESS && function != Functions.LESS_EQUAL && function != Functions.EQUAL;
    }

    private static Phrase relu(Phrase x) {
        return Phrases.call("relu", x.kind(), x);
    }

    private static Phrase difference(Phrase a, Phrase b) {
        return Phrases.sum(List.of(a, Phrases.negate(b)));
    }

    /** {@code [a > b]}. */
    private Phrase step(Expr a, Expr b) {
        Phrase x = isZero(b) ? fold.phrase(a) : isZero(a) ? Phrases.negate(fold.phrase(b))
                : difference(fold.phrase(a), fold.phrase(b));
        return Phrases.call("step", x.kind(), x);
    }

    private static boolean isZero(Expr node) {
        return Constant.uniform(node).filter(Rational::isZero).isPresent() || Linear.isZero(node);
    }

    // ---- powers

    private Phrase power(Elementwise node) {
        Phrase base = fold.phrase(node.operand(0));
        Expr narrow = Narrow.of(node.operand(1));
        Optional<Rational> number = Constant.uniform(narrow);
        if (number.isEmpty()) {
            Phrase exponent = narrow.shape().isScalar() ? fold.of(narrow) : fold.phrase(node.operand(1));
            Expr narrowBase = Narrow.of(node.operand(0));
            return Phrases.power(narrowBase.shape().isScalar() ? fold.of(narrowBase) : base, exponent);
        }
        Rational e = number.get();
        Phrase magnitude = power(base, e.abs());
        if (e.signum() > 0) {
            return magnitude;
        }
        return magnitude.kind() == Kind.SCALAR ? Phrases.product(Rational.ONE, List.of(), List.of(magnitude))
                : Phrases.entrywise(List.of(), List.of(magnitude));
    }

    private static Phrase power(Phrase base, Rational e) {
        Rational twice = e.times(Rational.TWO);
        if (twice.isInteger()) {
            Optional<Phrase> norm = norm(base);
            if (norm.isPresent() && (!e.isInteger() || base instanceof Phrase.Power)) {
                return positive(norm.get(), twice);
            }
        }
        return e.equals(Rational.HALF) ? Phrases.call("sqrt", base.kind(), base) : positive(base, e);
    }

    private static Phrase positive(Phrase base, Rational e) {
        return e.isOne() ? base : Phrases.power(base, exponent(e));
    }

    private static Phrase exponent(Rational e) {
        for (long scale : new long[] {1, 2, 4, 5, 8, 10, 20, 100}) {
            if (e.times(Rational.of(scale)).isInteger()) {
                return Phrases.literal(new java.math.BigDecimal(e.numerator())
                        .divide(new java.math.BigDecimal(e.denominator())).toPlainString());
            }
        }
        return Phrases.number(e);
    }

    /** {@code norm2(x)} of {@code sum(x.^2)} or {@code x'*x}. */
    private static Optional<Phrase> norm(Phrase squares) {
        if (squares instanceof Phrase.Power power && !power.entrywise() && isTwo(power.exponent())
                && power.base() instanceof Phrase.Call call && call.function().equals("norm2")) {
            return Optional.of(call);
        }
        if (squares instanceof Phrase.Product product && product.bare() && product.chain().size() == 2
                && product.chain().get(0) instanceof Phrase.Turned row && row.operand() == product.chain().get(1)) {
            return Optional.of(Phrases.call("norm2", Kind.SCALAR, row.operand()));
        }
        if (squares instanceof Phrase.Call sum && sum.function().equals("sum")
                && sum.arguments().get(0) instanceof Phrase.Power power && power.entrywise()
                && isTwo(power.exponent())) {
            return Optional.of(Phrases.call("norm2", Kind.SCALAR, power.base()));
        }
        return Optional.empty();
    }

    private static boolean isTwo(Phrase exponent) {
        return exponent instanceof Phrase.Word word && word.text().equals("2");
    }

    // ---- selection

    /** {@code c.*a + (1 - c).*b}, when both branches have a value everywhere. */
    Phrase where(Where node) {
        Expr condition = node.operand(0);
        Expr a = node.operand(1);
        Expr b = node.operand(2);
        if (fold.isLenient() || !isIndicator(condition) || !isTotal(a) || !isTotal(b)) {
            throw new NoWords("a selection");
        }
        Phrase c = fold.phrase(condition);
        Phrase other = difference(MatlabFold.filled("ones", node.shape()), c);
        if (isZero(b)) {
            return times(c, fold.phrase(a));
        }
        return isZero(a) ? times(other, fold.phrase(b))
                : Phrases.sum(List.of(times(c, fold.phrase(a)), times(other, fold.phrase(b))));
    }

    private static Phrase times(Phrase a, Phrase b) {
        return a.kind() == Kind.SCALAR ? Phrases.product(a, b) : Phrases.entrywise(List.of(a, b), List.of());
    }

    private static boolean isIndicator(Expr node) {
        return node instanceof Elementwise e && (e.function() == Functions.STEP || e.function() == Functions.LESS
                || e.function() == Functions.LESS_EQUAL);
    }

    /** Whether the value is a finite number wherever its variables are, as far as a short look tells. */
    private static boolean isTotal(Expr root) {
        List<Expr> open = new ArrayList<>(List.of(root));
        for (int k = 0; k < open.size(); k++) {
            Expr node = open.get(k);
            boolean total = node instanceof Variable || node instanceof Linear || node instanceof Contraction
                    || node instanceof Constant
                    || (node instanceof Reduction r && r.operation() == Reduction.Operation.LOG_SUM_EXP)
                    || (node instanceof Elementwise e && WORDS.containsKey(e.function())
                            && e.function() != Functions.LOG && e.function() != Functions.SQRT
                            && e.function() != Functions.TAN && e.function() != Functions.EXP);
            if (!total || open.size() > MOST_SEARCHED) {
                return false;
            }
            open.addAll(node.operands());
        }
        return true;
    }
}
