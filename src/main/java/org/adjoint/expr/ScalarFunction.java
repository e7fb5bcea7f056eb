package org.adjoint.expr;

import java.util.List;
import java.util.Optional;

/**
 * One row of the table of elementwise functions: all that any interpreter needs to know of it.
 *
 * <p>Equality is identity; there is one instance for each name, in {@link Functions}.
 */
public final class ScalarFunction {
    /** ∂f/∂xᵢ as an expression of the (equally shaped) operands. */
    @FunctionalInterface
    public interface Derivative {
        Expr by(int i, List<Expr> operands);
    }

    /** The value of the function in any arithmetic: its mathematical definition. */
    @FunctionalInterface
    public interface Definition {
        <T> T value(Arithmetic<T> field, List<T> operands);
    }

    /** A numerically stable value in doubles. */
    @FunctionalInterface
    public interface Kernel {
        double value(double x, double y);
    }

    /** How the function is written: a name to be called in text, and templates with {@code {0}}, {@code {1}} for operands. */
    public record Notation(String text, String unicode, String latex) {
    }

    private final String name;
    private final int arity;
    private final Notation notation;
    private final Definition definition;
    private final Kernel kernel;
    private final Derivative derivative;
    private final String domain;
    private final String kink;
    private final String source;
    private final long digest;

    ScalarFunction(String name, int arity, Notation notation, Definition definition, Kernel kernel,
            Derivative derivative, String domain, String kink, String source) {
        this.name = name;
        this.arity = arity;
        this.notation = notation;
        this.definition = definition;
        this.kernel = kernel;
        this.derivative = derivative;
        this.domain = domain;
        this.kink = kink;
        this.source = source;
        this.digest = Digest.hash(name);
    }

    /** The function of the operands, broadcast to one shape. */
    public Expr apply(Expr... operands) {
        return Elementwise.of(this, Tensors.broadcast(List.of(operands)));
    }

    public String name() {
        return name;
    }

    long digest() {
        return digest;
    }

    /** The number of operands, 0 to 2. */
    public int arity() {
        return arity;
    }

    public Notation notation() {
        return notation;
    }

    /** The value in an arithmetic, by definition. */
    public <T> T evaluate(Arithmetic<T> field, List<T> operands) {
        return definition.value(field, operands);
    }

    /** The value in doubles; operands beyond the arity are ignored. */
    public double evaluate(double x, double y) {
        return kernel.value(x, y);
    }

    /** ∂f/∂xᵢ at the operands, shaped like them. */
    public Expr derivative(int i, List<Expr> operands) {
        return derivative.by(i, operands);
    }

    /** Whether all derivatives vanish wherever they exist. */
    public boolean isLocallyConstant() {
        return Functions.isLocallyConstant(this);
    }

    /** The condition on the operands {@code x} and {@code y} under which the value is real; empty when there is none. */
    public Optional<String> domain() {
        return domain.isEmpty() ? Optional.empty() : Optional.of(domain);
    }

    /** Where the function has a kink or a jump, and which value its derivative is given there; empty when it is smooth. */
    public Optional<String> kink() {
        return kink.isEmpty() ? Optional.empty() : Optional.of(kink);
    }

    /** Where definition and derivative are stated. */
    public String source() {
        return source;
    }

    @Override
    public String toString() {
        return name;
    }
}
