package org.adjoint.symja;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Contraction;
import org.adjoint.expr.Dimension;
import org.adjoint.expr.Elementwise;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Functions;
import org.adjoint.expr.Linear;
import org.adjoint.expr.NodeMap;
import org.adjoint.expr.Rational;
import org.adjoint.expr.ScalarFunction;
import org.adjoint.expr.Tensors;
import org.adjoint.expr.Variable;
import org.adjoint.expr.Walk;
import org.jspecify.annotations.Nullable;
import org.matheclipse.core.expression.F;
import org.matheclipse.core.expression.S;
import org.matheclipse.core.interfaces.IAST;
import org.matheclipse.core.interfaces.IExpr;
import org.matheclipse.core.interfaces.IFraction;
import org.matheclipse.core.interfaces.IInteger;
import org.matheclipse.core.interfaces.ISymbol;

/**
 * Scalar expressions to Symja's and back, node by node. Variables and symbolic sizes become symbols of our own making, so
 * that no name of a user can be a word of Symja.
 */
final class Translation {
    /** Symja recurses, and guesses about larger expressions take too long. */
    private static final int NODE_LIMIT = 500;
    private static final int DEPTH_LIMIT = 100;

    private static final Map<ScalarFunction, ISymbol> NAMES = Map.ofEntries(
            Map.entry(Functions.EXP, S.Exp), Map.entry(Functions.LOG, S.Log), Map.entry(Functions.SQRT, S.Sqrt),
            Map.entry(Functions.POWER, S.Power), Map.entry(Functions.ABS, S.Abs), Map.entry(Functions.SIN, S.Sin),
            Map.entry(Functions.COS, S.Cos), Map.entry(Functions.TAN, S.Tan), Map.entry(Functions.ASIN, S.ArcSin),
            Map.entry(Functions.ACOS, S.ArcCos), Map.entry(Functions.ATAN, S.ArcTan),
            Map.entry(Functions.SINH, S.Sinh), Map.entry(Functions.COSH, S.Cosh),
            Map.entry(Functions.TANH, S.Tanh), Map.entry(Functions.ERF, S.Erf));
    private static final Map<ISymbol, ScalarFunction> BACK = inverse(NAMES);
    private static final Map<ISymbol, ScalarFunction> RECIPROCALS = Map.of(S.Sec, Functions.COS, S.Csc,
            Functions.SIN, S.Cot, Functions.TAN, S.Sech, Functions.COSH, S.Csch, Functions.SINH, S.Coth,
            Functions.TANH);

    private final Map<Expr, ISymbol> symbols = new HashMap<>();
    private final Map<ISymbol, Expr> leaves = new HashMap<>();

    private static Map<ISymbol, ScalarFunction> inverse(Map<ScalarFunction, ISymbol> names) {
        Map<ISymbol, ScalarFunction> back = new HashMap<>();
        names.forEach((f, symbol) -> back.put(symbol, f));
        return Map.copyOf(back);
    }

    /** The expressions in Symja's terms, or nothing when one of their nodes has none. */
    Optional<List<IExpr>> toSymja(List<Expr> scalars) {
        List<Expr> nodes = Walk.postorder(scalars);
        if (nodes.size() > NODE_LIMIT) {
            return Optional.empty();
        }
        NodeMap<IExpr> images = new NodeMap<>();
        NodeMap<Integer> depths = new NodeMap<>();
        for (Expr node : nodes) {
            int depth = 0;
            List<IExpr> operands = new ArrayList<>();
            for (Expr operand : node.operands()) {
                operands.add(Objects.requireNonNull(images.get(operand)));
                depth = Math.max(depth, Objects.requireNonNull(depths.get(operand)) + 1);
            }
            IExpr image = node.shape().isScalar() && depth <= DEPTH_LIMIT ? image(node, operands) : null;
            if (image == null) {
                return Optional.empty();
            }
            images.put(node, image);
            depths.put(node, depth);
        }
        return Optional.of(scalars.stream().map(e -> Objects.requireNonNull(images.get(e))).toList());
    }

    private @Nullable IExpr image(Expr node, List<IExpr> operands) {
        if (node instanceof Constant constant) {
            return constant.isData() ? null : number(constant.value());
        }
        if (node instanceof Variable || node instanceof Dimension) {
            return symbol(node);
        }
        if (node instanceof Linear sum) {
            IExpr[] terms = new IExpr[sum.termCount()];
            int k = 0;
            for (IExpr operand : operands) {
                terms[k] = F.Times(number(sum.coefficient(k)), operand);
                k++;
            }
            return F.Plus(terms);
        }
        if (node instanceof Contraction product && product.indexCount() == 0) {
            return F.Times(operands.toArray(new IExpr[0]));
        }
        return node instanceof Elementwise f ? image(f.function(), operands) : null;
    }

    private static @Nullable IExpr image(ScalarFunction f, List<IExpr> x) {
        if (f == Functions.PI) {
            return S.Pi;
        }
        if (f == Functions.SIGMOID) {
            return F.Power(F.Plus(F.C1, F.Exp(F.Negate(x.get(0)))), F.CN1);
        }
        if (f == Functions.SOFTPLUS) {
            return F.Log(F.Plus(F.C1, F.Exp(x.get(0))));
        }
        ISymbol name = NAMES.get(f);
        return name == null ? null : x.size() == 1 ? F.unaryAST1(name, x.get(0)) : F.Power(x.get(0), x.get(1));
    }

    private static IExpr number(Rational r) {
        return F.QQ(F.ZZ(r.numerator()), F.ZZ(r.denominator()));
    }

    private ISymbol symbol(Expr leaf) {
        ISymbol known = symbols.get(leaf);
        if (known != null) {
            return known;
        }
        ISymbol symbol = F.Dummy("v" + symbols.size());
        symbols.put(leaf, symbol);
        leaves.put(symbol, leaf);
        return symbol;
    }

    /** The answer in our terms, or nothing when there is something in it that we have no word for. */
    Optional<Expr> fromSymja(IExpr answer) {
        return Optional.ofNullable(read(answer, 0));
    }

    /** The nesting of an answer is bounded before it is followed. */
    private @Nullable Expr read(IExpr e, int depth) {
        if (e instanceof IInteger n) {
            return Constant.of(Rational.of(n.toBigNumerator()));
        }
        if (e instanceof IFraction q) {
            return Constant.of(Rational.of(q.toBigNumerator(), q.toBigDenominator()));
        }
        if (e instanceof ISymbol symbol) {
            return symbol.equals(S.Pi) ? Functions.PI.apply()
                    : symbol.equals(S.E) ? Functions.EXP.apply(Constant.ONE) : leaves.get(symbol);
        }
        if (!(e instanceof IAST call) || !(call.head() instanceof ISymbol head) || depth > DEPTH_LIMIT
                || call.argSize() < 1) {
            return null;
        }
        if (head.equals(S.Power) && call.arg1().equals(S.E)) {
            Expr exponent = read(call.arg2(), depth + 1);
            return exponent == null ? null : Functions.EXP.apply(exponent);
        }
        List<Expr> operands = new ArrayList<>();
        for (int k = 1; k <= call.argSize(); k++) {
            Expr operand = read(call.get(k), depth + 1);
            if (operand == null) {
                return null;
            }
            operands.add(operand);
        }
        return head.equals(S.Plus) ? Tensors.sum(operands)
                : head.equals(S.Times) ? Tensors.product(operands) : function(head, operands);
    }

    private static @Nullable Expr function(ISymbol head, List<Expr> x) {
        ScalarFunction reciprocal = RECIPROCALS.get(head);
        if (reciprocal != null && x.size() == 1) {
            return Tensors.reciprocal(reciprocal.apply(x.get(0)));
        }
        ScalarFunction f = BACK.get(head);
        if (f == null || f.arity() != x.size()) {
            return null;
        }
        boolean root = f == Functions.POWER && Constant.uniform(x.get(1)).filter(Rational.HALF::equals).isPresent();
        return root ? Functions.SQRT.apply(x.get(0)) : f.apply(x.toArray(new Expr[0]));
    }
}
