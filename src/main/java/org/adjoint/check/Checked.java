package org.adjoint.check;

import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A function still without its derivative.
 *
 * @param <X> of its input: {@code double[]}, {@code float[]}, {@code DMatrixRMaj}, {@link NDArray}, or an array of these
 * @param <R> of its result: a number, or one of the same
 */
public final class Checked<X, R> {

    private final Form form;
    private final Function<Object, ? extends @Nullable Object> function;
    private final Settings settings;

    private Checked(Form form, Function<Object, ? extends @Nullable Object> function, Settings settings) {
        this.form = form;
        this.function = function;
        this.settings = settings;
    }

    @SuppressWarnings("unchecked") // the form is that of X
    static <X, R> Checked<X, R> of(Form form, Function<? super X, ? extends @Nullable R> function) {
        return new Checked<>(form, x -> function.apply((X) x),
                form == Form.FLOATS ? Settings.DEFAULT.precision(Precision.SINGLE) : Settings.DEFAULT);
    }

    /** Where differences in doubles do not confirm a claim, this measures. */
    public Checked<X, R> measuredBy(Reference reference) {
        return new Checked<>(form, function, settings.reference(reference, null));
    }

    /** The same, and where differences of the gradient do not confirm what is claimed of the Hessian, the second does. */
    public Checked<X, R> measuredBy(Reference reference, Reference ofGradient) {
        return new Checked<>(form, function, settings.reference(reference, ofGradient));
    }

    /** Declares the next input with these sizes. */
    public Checked<X, R> input(String name, int... sizes) {
        return new Checked<>(form, function, settings.input(Input.of(name, sizes)));
    }

    /** The gradient x ↦ ∇f(x) of a function whose value is a number: a value shaped as the input. */
    @SuppressWarnings("unchecked")
    public GradientCheck gradient(Function<? super X, ? extends @Nullable X> gradient) {
        return check("gradient", List.of(new Subject(Subject.GRADIENT, form, function,
                new Derivative.Gradient(x -> gradient.apply((X) x)))));
    }

    /**
     * The gradient, and the product of the Hessian with a vector: (x, v) ↦ ∇²f(x) v. The gradient is checked against f,
     * and the product against the gradient; it must be linear in v, and symmetric.
     */
    @SuppressWarnings("unchecked")
    public GradientCheck gradient(Function<? super X, ? extends @Nullable X> gradient,
            BiFunction<? super X, ? super X, ? extends @Nullable X> hessian) {
        Function<Object, @Nullable Object> g = x -> gradient.apply((X) x);
        return check("hessian", List.of(
                new Subject(Subject.GRADIENT, form, function, new Derivative.Gradient(g)),
                new Subject(Subject.HESSIAN, form, g,
                        new Derivative.Products(null, (x, v) -> hessian.apply((X) x, (X) v)))));
    }

    /** The vector-Jacobian product (x, w) ↦ J(x)ᵀw: w is shaped as the result, the product as the input. */
    @SuppressWarnings("unchecked")
    public GradientCheck vjp(BiFunction<? super X, ? super R, ? extends @Nullable X> pullback) {
        return check("vjp", List.of(new Subject(Subject.PRODUCTS, form, function,
                new Derivative.Products((x, w) -> pullback.apply((X) x, (R) w), null))));
    }

    /** The Jacobian-vector product (x, v) ↦ J(x)v: v is shaped as the input, the product as the result. */
    @SuppressWarnings("unchecked")
    public GradientCheck jvp(BiFunction<? super X, ? super X, ? extends @Nullable R> pushforward) {
        return check("jvp", List.of(new Subject(Subject.PRODUCTS, form, function,
                new Derivative.Products(null, (x, v) -> pushforward.apply((X) x, (X) v)))));
    }

    /** Both products; besides each, {@code <J v, w> = <v, Jᵀw>} is checked. */
    @SuppressWarnings("unchecked")
    public GradientCheck products(BiFunction<? super X, ? super R, ? extends @Nullable X> pullback,
            BiFunction<? super X, ? super X, ? extends @Nullable R> pushforward) {
        return check("products", List.of(new Subject(Subject.PRODUCTS, form, function,
                new Derivative.Products((x, w) -> pullback.apply((X) x, (R) w),
                        (x, v) -> pushforward.apply((X) x, (X) v)))));
    }

    private GradientCheck check(String method, List<Subject> subjects) {
        return new GradientCheck(form, method, subjects, settings);
    }
}
