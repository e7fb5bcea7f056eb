package org.adjoint.lang;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Rational;
import org.adjoint.nn.Optimizers;

/**
 * One step of an optimiser, with the hyperparameters and defaults of {@code torch.optim}. What comes after it is read
 * by name: {@code adam(theta, g, m, v, t).theta}.
 */
final class OptimizerFunctions {
    private static final Rational THOUSANDTH = Rational.of(1, 1000);

    private OptimizerFunctions() {
    }

    static void addTo(Vocabulary.Table table) {
        table.row("sgd(theta, g, v=None, lr=0.001, momentum=0, dampening=0, weight_decay=0, nesterov=false)",
                OptimizerFunctions::descent);
        table.row("adam(theta, g, m, v, t, lr=0.001, beta1=0.9, beta2=0.999, eps=1e-8, "
                + "weight_decay=0, bias_correction=true, betas=None)", a -> adaptive(a, false));
        table.row("adamw(theta, g, m, v, t, lr=0.001, beta1=0.9, beta2=0.999, eps=1e-8, "
                + "weight_decay=0.01, bias_correction=true, betas=None)", a -> adaptive(a, true));
    }

    private static Value descent(Arguments a) {
        boolean nesterov = a.flag("nesterov");
        Expr momentum = number(a, "momentum", Rational.ZERO);
        Expr dampening = number(a, "dampening", Rational.ZERO);
        if (nesterov && (momentum == Constant.ZERO || dampening != Constant.ZERO)) {
            throw Failures.type(a.call(), "Nesterov's momentum needs a momentum and no dampening, as in PyTorch");
        }
        Optimizers.Descent descent = new Optimizers.Descent(number(a, "lr", THOUSANDTH), momentum, dampening,
                number(a, "weight_decay", Rational.ZERO), nesterov);
        Expr theta = a.expr("theta");
        Expr g = gradient(a, theta);
        Optimizers.Moved after = a.has("v") ? descent.step(theta, g, state(a, "v", theta)) : descent.first(theta, g);
        return named(List.of("theta", "v"), List.of(after.theta(), after.velocity()));
    }

    private static Value adaptive(Arguments a, boolean decoupled) {
        boolean corrected = !a.has("bias_correction") || a.flag("bias_correction");
        List<Expr> betas = betas(a);
        Optimizers.Adaptive adaptive = new Optimizers.Adaptive(number(a, "lr", THOUSANDTH), betas.get(0), betas.get(1),
                number(a, "eps", Rational.of(1, 100_000_000)),
                number(a, "weight_decay", decoupled ? Rational.of(1, 100) : Rational.ZERO), decoupled, corrected);
        Expr theta = a.expr("theta");
        Expr t = a.expr("t");
        Optional<Rational> step = Constant.uniform(a.reader().inline(t));
        if (!t.shape().isScalar() || step.isPresent() && (!step.get().isInteger() || step.get().signum() <= 0)) {
            throw Failures.type(a.syntax("t"), "t is the number of the step, an integer from 1; got "
                    + Failures.excerpt(a.syntax("t")));
        }
        Optimizers.Adapted after = adaptive.step(theta, gradient(a, theta), state(a, "m", theta), state(a, "v", theta),
                t);
        return named(List.of("theta", "m", "v"), List.of(after.theta(), after.first(), after.second()));
    }

    private static Value named(List<String> names, List<Expr> parts) {
        Map<String, Value.Tensor> fields = new LinkedHashMap<>();
        for (int k = 0; k < names.size(); k++) {
            fields.put(names.get(k), Value.Tensor.of(parts.get(k)));
        }
        return new Value.Fields(fields);
    }

    private static List<Expr> betas(Arguments a) {
        if (!a.has("betas")) {
            return List.of(number(a, "beta1", Rational.of(9, 10)), number(a, "beta2", Rational.of(999, 1000)));
        }
        List<Syntax> items = a.items("betas");
        if (items.size() != 2) {
            throw Failures.type(a.syntax("betas"), "betas are two numbers, as in betas=(0.9, 0.999)");
        }
        return items.stream().map(item -> scalar(a.plain(a.reader().tensorOf(item)), item)).toList();
    }

    private static Expr number(Arguments a, String parameter, Rational otherwise) {
        return a.has(parameter) ? scalar(a.expr(parameter), a.syntax(parameter)) : Constant.of(otherwise);
    }

    private static Expr scalar(Expr x, Syntax syntax) {
        if (!x.shape().isScalar()) {
            throw Failures.type(syntax,
                    Failures.excerpt(syntax) + " is one number for all parameters; it has the shape "
                            + x.shape());
        }
        return x;
    }

    private static Expr gradient(Arguments a, Expr theta) {
        Expr g = a.expr("g");
        if (!g.shape().equals(theta.shape())) {
            throw Failures.shape(a.call(), "a gradient has the shape of the parameters", a.operands());
        }
        return g;
    }

    /** A moment, shaped like the parameters; the number 0 fits every shape. */
    private static Expr state(Arguments a, String parameter, Expr theta) {
        Expr state = a.expr(parameter);
        if (!state.shape().equals(theta.shape()) && state != Constant.ZERO) {
            throw Failures.shape(a.call(), "the state has the shape of the parameters", a.operands());
        }
        return state;
    }
}
