package org.adjoint.expr;

import java.util.Arrays;
import java.util.List;

/**
 * An unknown function, or one of its derivatives, at arguments.
 *
 * <p>Derivatives are listed by argument position, sorted (the order of differentiation does not matter). Of an
 * elementwise function {@code σ} the value is {@code σ'(x)} entry by entry, shaped like {@code x}; of a tensor function
 * {@code φ} each derivative appends the axes of its argument: {@code ∂φ/∂X} is shaped {@code shape(φ) + shape(X)}.
 */
public final class Application extends Expr {
    private static final long KIND = Digest.hash("application");
    private final UnknownFunction function;
    private final int[] derivatives;
    private final Expr[] arguments;

    private Application(Shape shape, UnknownFunction function, int[] derivatives, Expr[] arguments) {
        super(shape, new Digest(KIND).add(function.name()).add(derivatives).add(arguments));
        this.function = function;
        this.derivatives = derivatives;
        this.arguments = arguments;
    }

    /**
     * The value, or a derivative, of the function.
     *
     * @throws ShapeError when the arguments do not have the declared shapes
     */
    public static Expr of(UnknownFunction function, int[] derivatives, List<Expr> arguments) {
        if (arguments.size() != function.parameters().size()) {
            throw new ShapeError(function.name() + " takes " + function.parameters().size() + " arguments", arguments);
        }
        int[] sorted = derivatives.clone();
        Arrays.sort(sorted);
        List<Expr> operands = arguments;
        Shape shape;
        if (function.isElementwise()) {
            operands = Tensors.broadcast(arguments);
            shape = operands.get(0).shape();
        } else {
            for (int k = 0; k < arguments.size(); k++) {
                if (!arguments.get(k).shape().equals(function.parameters().get(k))) {
                    throw new ShapeError("argument " + (k + 1) + " of " + function.name() + " is declared "
                            + function.parameters().get(k), arguments.get(k));
                }
            }
            shape = function.result();
            for (int argument : sorted) {
                shape = shape.concat(function.parameters().get(argument));
            }
        }
        return Interner.intern(new Application(shape, function, sorted, operands.toArray(NO_OPERANDS)));
    }

    public UnknownFunction function() {
        return function;
    }

    /** The arguments by which it is differentiated, sorted; empty for the value. */
    public int[] derivatives() {
        return derivatives.clone();
    }

    /** This application differentiated once more by one of its arguments. */
    public Expr derivative(int argument) {
        int[] more = Arrays.copyOf(derivatives, derivatives.length + 1);
        more[derivatives.length] = argument;
        return of(function, more, operands());
    }

    @Override
    public int operandCount() {
        return arguments.length;
    }

    @Override
    public Expr operand(int k) {
        return arguments[k];
    }

    @Override
    public Expr withOperands(List<Expr> operands) {
        return of(function, derivatives, operands);
    }

    @Override
    boolean sameAs(Expr other) {
        return other instanceof Application application && function.equals(application.function)
                && Arrays.equals(derivatives, application.derivatives)
                && sameOperands(arguments, application.arguments);
    }
}
