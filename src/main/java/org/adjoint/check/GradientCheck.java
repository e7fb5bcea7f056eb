package org.adjoint.check;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;

/**
 * Checks a derivative against values of its function.
 *
 * <pre>{@code
 * GradientCheck.of(x -> x[0] * x[0] + Math.sin(x[1]))
 *         .gradient(x -> new double[] {2 * x[0], Math.cos(x[1])})
 *         .at(0.3, -1.2).points(5, 2).verify();
 *
 * GradientCheck.ofMatrices(in -> multiply(in[0], in[1]))
 *         .vjp((in, w) -> new DMatrixRMaj[] {multiplyTransB(w, in[1]), multiplyTransA(in[0], w)})
 *         .input("A", "m,k").input("B", "k,n").points(9).verify();
 * }</pre>
 *
 * <p>Steps and tolerances come from measured error bars ({@link Differences}), never from one constant: functions near
 * 1e-200 or 1e200 are judged as those near 1. At a kink any value between the one-sided derivatives is right, and any
 * generalised gradient. At a jump, at the edge of the domain, or where noise hides the derivative the finding is
 * inconclusive and says why. Small Jacobians are tested entry by entry, large ones along fresh random directions and in
 * some columns; a wrong direction is traced to an entry. Products with the Jacobian must be linear. All functions must
 * leave their arguments alone, and return the same result twice. They run on a thread of their own.
 */
public final class GradientCheck {

    /** Agreement asked for beyond the error bars: relative errors of a derivative smaller than this are not bugs. */
    public static final double DEFAULT_TOLERANCE = Settings.DOUBLE_TOLERANCE;

    private final Form form;
    private final String method;
    private final List<Subject> subjects;
    private final Settings settings;

    GradientCheck(Form form, String method, List<Subject> subjects, Settings settings) {
        this.form = form;
        this.method = method;
        this.subjects = subjects;
        this.settings = settings;
    }

    /** A function of one array. */
    public static <R> Checked<double[], R> of(Function<double[], ? extends @Nullable R> function) {
        return Checked.of(Form.DOUBLES, function);
    }

    /** A function of one array in single precision. */
    public static <R> Checked<float[], R> ofFloats(Function<float[], ? extends @Nullable R> function) {
        return Checked.of(Form.FLOATS, function);
    }

    /** A function of one matrix. */
    public static <R> Checked<DMatrixRMaj, R> ofMatrix(Function<DMatrixRMaj, ? extends @Nullable R> function) {
        return Checked.of(Form.MATRIX, function);
    }

    /** A function of several arrays. */
    public static <R> Checked<double[][], R> ofArrays(Function<double[][], ? extends @Nullable R> function) {
        return Checked.of(Form.ARRAYS, function);
    }

    /** A function of several matrices. */
    public static <R> Checked<DMatrixRMaj[], R> ofMatrices(Function<DMatrixRMaj[], ? extends @Nullable R> function) {
        return Checked.of(Form.MATRICES, function);
    }

    /** A function of several arrays with any number of axes. */
    public static <R> Checked<NDArray[], R> ofNDArrays(Function<NDArray[], ? extends @Nullable R> function) {
        return Checked.of(Form.ND_ARRAYS, function);
    }

    /** Checks at this point too: all entries of the inputs, one input after the other, row by row. */
    public GradientCheck at(double... x) {
        var own = x.clone();
        return with(settings.source((random, s) -> List.of(place(own, s))));
    }

    /** Checks at this point too: the arrays are the inputs. */
    public GradientCheck at(double[]... inputs) {
        return atValue(Form.ARRAYS, Arrays.stream(inputs).map(double[]::clone).toArray(double[][]::new));
    }

    /** Checks at this point too: the matrices are the inputs. */
    public GradientCheck at(DMatrixRMaj... inputs) {
        return atValue(Form.MATRICES, Arrays.stream(inputs).map(DMatrixRMaj::copy).toArray(DMatrixRMaj[]::new));
    }

    /** Checks at this point too: the arrays are the inputs. */
    public GradientCheck at(NDArray... inputs) {
        return atValue(Form.ND_ARRAYS, Arrays.stream(inputs).map(NDArray::copy).toArray(NDArray[]::new));
    }

    private GradientCheck atValue(Form given, Object inputs) {
        var layout = given.layout(inputs, "x");
        var row = given.flat(inputs);
        return with(settings.source((random, s) -> List.of(new PointAt(row, layout.renamed(declared(s))))));
    }

    /** Checks at some drawn points too; the seed fixes them. */
    public GradientCheck points(int count, Function<RandomGenerator, double[]> draw) {
        return with(settings.source((random, s) -> {
            var points = new ArrayList<PointAt>();
            for (int i = 0; i < count; i++) {
                points.add(place(draw.apply(random).clone(), s));
            }
            return points;
        }));
    }

    /** Checks at some points of mixed character too: ordinary, with zeros and ties, of many scales, large. */
    public GradientCheck points(int count, int dimension) {
        var input = List.of(Input.of("x", Integer.toString(dimension), Domain.REAL));
        return with(settings.source((random, s) -> drawn(random, input, s, count)));
    }

    /**
     * Checks at some points of mixed character too, with the sizes of the declared inputs: sizes given as letters are
     * distinct first, then equal, then 1.
     */
    public GradientCheck points(int count) {
        return with(settings.source((random, s) -> {
            if (s.inputs().isEmpty()) {
                throw new IllegalStateException("to draw points, inputs must be declared: .input(\"x\", \"n\")");
            }
            return drawn(random, s.inputs(), s, count);
        }));
    }

    private static List<PointAt> drawn(RandomGenerator random, List<Input> inputs, Settings s, int count) {
        return IntStream.range(0, count).mapToObj(i -> Inputs.draw(random, inputs, s.precision(), i)).toList();
    }

    /** Declares the next input: its name, and its sizes as in {@code "m,3"}, where letters stand for any number. */
    public GradientCheck input(String name, String sizes) {
        return input(name, sizes, Domain.REAL);
    }

    /** Declares the next input and the numbers that its entries may be. */
    public GradientCheck input(String name, String sizes, Domain domain) {
        return with(settings.input(Input.of(name, sizes, domain)));
    }

    /** Declares the next input with these sizes. */
    public GradientCheck input(String name, int... sizes) {
        return with(settings.input(Input.of(name, sizes)));
    }

    /** Repeats an earlier check; without a seed every check draws a fresh one, and the report prints it. */
    public GradientCheck seed(long seed) {
        return with(settings.seed(seed));
    }

    /**
     * Relative error that the derivative may have beyond the error bars; {@link #DEFAULT_TOLERANCE} unless given.
     *
     * @throws IllegalArgumentException if it is not in [0, 1)
     */
    public GradientCheck tolerance(double relative) {
        if (!(relative >= 0 && relative < 1)) {
            throw new IllegalArgumentException("a relative tolerance lies in [0, 1); got " + relative);
        }
        return with(settings.tolerance(relative));
    }

    /** A few directions at each point, instead of all entries. */
    public GradientCheck fast() {
        return with(settings.effort(Effort.FAST));
    }

    /** How much to spend at each point. */
    public GradientCheck effort(Effort effort) {
        return with(settings.effort(effort));
    }

    /** Declares that the functions compute in this precision, whatever the type of what they return. */
    public GradientCheck precision(Precision precision) {
        return with(settings.precision(precision));
    }

    /** How long one call may take; ten seconds unless given. */
    public GradientCheck timeLimit(Duration limit) {
        return with(settings.limit(limit));
    }

    /** What function and derivative are called in the source that a report prints. */
    public GradientCheck named(String function, String... derivatives) {
        return with(settings.names(new Names(function, List.of(derivatives))));
    }

    /** Whether a failure is reduced to a smaller one; it is unless told. */
    public GradientCheck shrinking(boolean shrinking) {
        return with(settings.shrinking(shrinking));
    }

    private GradientCheck with(Settings changed) { return new GradientCheck(form, method, subjects, changed); }

    private static Layout declared(Settings s) {
        return new Layout(s.inputs().stream().map(i -> i.bind(java.util.Map.of())).toList());
    }

    /** A row with the declared sizes; those of one array follow from its length. */
    private PointAt place(double[] row, Settings s) {
        var declared = declared(s);
        if (!s.inputs().isEmpty() && s.inputs().stream().noneMatch(Input::isSymbolic)) {
            if (declared.count() != row.length) {
                throw new IllegalArgumentException("the point has %d entries, the declared inputs %d (%s)"
                        .formatted(row.length, declared.count(), declared));
            }
            return new PointAt(row, declared);
        }
        if (!form.isOneArray()) {
            throw new IllegalArgumentException("sizes of the inputs are needed for a point given as one row:"
                    + " .input(\"A\", 3, 4), or .at with matrices or several arrays");
        }
        var name = declared.slots().isEmpty() ? "x" : declared.slots().get(0).name();
        return new PointAt(row, Layout.of(new Slot(name, row.length)));
    }

    /**
     * Runs the check.
     *
     * @throws IllegalStateException if no point was given
     */
    public GradientReport check() { return new Run(form, method, subjects, settings).report(); }

    /**
     * Runs the check and fails if anything is wrong.
     *
     * @throws AssertionError with the report: entries, values, error bars, inputs, seed
     */
    public void verify() {
        var report = check();
        if (!report.passed()) {
            throw new AssertionError(report.toString());
        }
    }

    /**
     * Runs the check and fails if anything is wrong, or nothing could be found right.
     *
     * @throws AssertionError with the report
     */
    public void confirm() {
        var report = check();
        if (!report.confirmed()) {
            throw new AssertionError(report.toString());
        }
    }
}
