package org.adjoint.eval;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.adjoint.expr.Application;
import org.adjoint.expr.Concatenation;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Contraction;
import org.adjoint.expr.Delta;
import org.adjoint.expr.Detach;
import org.adjoint.expr.Dimension;
import org.adjoint.expr.Elementwise;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Linear;
import org.adjoint.expr.MatrixFunction;
import org.adjoint.expr.NodeMap;
import org.adjoint.expr.Range;
import org.adjoint.expr.Rational;
import org.adjoint.expr.Reduction;
import org.adjoint.expr.Reshape;
import org.adjoint.expr.Variable;
import org.adjoint.expr.Where;
import org.adjoint.expr.Window;
import org.jspecify.annotations.Nullable;

/**
 * Compiles a graph of tensors to steps. An elementwise node that only one other node reads stays pending, as a
 * {@link MapNode}, until that node takes it up into its own pass or needs it in memory.
 */
final class TensorCompiler implements Memory {
    /** Operations that are fused into one pass. */
    private static final int FUSION_LIMIT = 48;

    /** Where the value of a node is: in a slot, pending, or put off, as who reads it may not need it in memory. */
    private static final class Value {
        final int[] lengths;
        int slot = -1;
        @Nullable
        MapNode pending;
        boolean putOff;

        Value(int[] lengths) {
            this.lengths = lengths;
        }

        int count() {
            return Layout.count(lengths);
        }
    }

    private final Sizes sizes;
    private final Interpretation interpretation;
    private final Slots slots = new Slots();
    private final FusedMap.Registers registers = new FusedMap.Registers();
    private final NodeMap<Value> values = new NodeMap<>();
    private final NodeMap<int[]> uses = new NodeMap<>();
    /** What only a fold reads. */
    private final NodeMap<Boolean> folded = new NodeMap<>();
    private final Map<Variable, Integer> inputs = new LinkedHashMap<>();
    private final Map<Rational, Integer> numbers = new LinkedHashMap<>();
    private final Map<Window.Access, int[]> windows = new LinkedHashMap<>();
    private final Adjugates adjugates = new Adjugates();

    private TensorCompiler(Sizes sizes, Interpretation interpretation) {
        this.sizes = sizes;
        this.interpretation = interpretation;
    }

    static TensorProgram compile(List<Expr> outputs, List<Expr> order, Sizes sizes, Interpretation interpretation) {
        return new TensorCompiler(sizes, interpretation).compile(outputs, order);
    }

    private TensorProgram compile(List<Expr> outputs, List<Expr> order) {
        for (Expr node : order) {
            uses.put(node, new int[1]);
            for (int k = 0; k < node.operandCount(); k++) {
                uses(node.operand(k))[0] += isRepeated(node, k) ? 0 : 1;
            }
        }
        // What is given out must be in memory.
        outputs.forEach(output -> uses(output)[0] += 2);
        order.forEach(node -> FoldedNodes.find(node, each -> uses(each)[0] == 1 && !isKnown(each), folded));
        for (Expr node : order) {
            if (!isKnown(node)) {
                lower(node);
            }
        }
        int[] results = outputs.stream().mapToInt(this::result).toArray();
        double[][] memory = slots.assign(results);
        Tensor[] tensors = new Tensor[results.length];
        Arrays.setAll(tensors, k -> Tensor.view(sizes.of(outputs.get(k).shape()), memory[results[k]]));
        return new TensorProgram(memory, slots.steps(), inputs, sizes, List.of(tensors));
    }

    /** Whether an operand comes twice in the node, as in x·x; looked for among few operands only. */
    private static boolean isRepeated(Expr node, int k) {
        for (int j = Math.max(0, k - 8); j < k; j++) {
            if (node.operand(j) == node.operand(k)) {
                return true;
            }
        }
        return false;
    }

    private int[] uses(Expr node) {
        return Objects.requireNonNull(uses.get(node));
    }

    /** Leaves whose value does not depend on variables; they get a slot when one is asked for. */
    private static boolean isKnown(Expr node) {
        return node instanceof Constant || node instanceof Dimension || node instanceof Range || node instanceof Delta
                || Constant.uniform(node).isPresent();
    }

    /** The slot of an output: its own, never one that a caller's array is bound to. */
    private int result(Expr output) {
        int slot = slot(output);
        if (!inputs.containsValue(slot)) {
            return slot;
        }
        Value value = value(output);
        StridedView view = new StridedView(value.lengths, Layout.strides(value.lengths));
        return materialise(MapNode.leaf(slot, view), value.count());
    }

    private Value value(Expr node) {
        Value value = values.get(node);
        if (value == null) {
            value = new Value(sizes.of(node.shape()));
            value.slot = known(node, value);
            values.put(node, value);
        }
        return value;
    }

    private int known(Expr node, Value value) {
        double[] entries = new double[value.count()];
        Rational uniform = Constant.uniform(node).orElse(null);
        if (uniform != null) {
            Arrays.fill(entries, uniform.toDouble());
            return slots.constant(entries);
        }
        switch (node) {
            case Constant constant -> Arrays.setAll(entries, k -> constant.value(k).toDouble());
            case Dimension dimension -> entries[0] = sizes.integer(dimension.size());
            case Range range -> Arrays.setAll(entries, k -> k);
            case Delta delta -> {
                int n = value.lengths[0];
                for (int i = 0; i < n; i++) {
                    entries[i * (n + 1)] = 1;
                }
            }
            default -> throw new IllegalStateException("not lowered yet: " + node);
        }
        return slots.constant(entries);
    }

    @Override
    public int slot(Expr node) {
        Value value = value(node);
        if (value.putOff) {
            value.putOff = false;
            lower(node, value);
        }
        if (value.pending != null) {
            value.slot = materialise(value.pending, value.count());
            value.pending = null;
        }
        return value.slot;
    }

    private int materialise(MapNode root, int count) {
        return slots.emit(new FusedMap(root, slots.allocate(count), count, registers));
    }

    // ---- one node

    private void lower(Expr node) {
        Value value = new Value(sizes.of(node.shape()));
        values.put(node, value);
        value.putOff = folded.contains(node) || isPutOff(node);
        if (!value.putOff) {
            lower(node, value);
        }
    }

    /** Windows, where the largest entries of windows are, and inverses are made when somebody needs them in memory. */
    private boolean isPutOff(Expr node) {
        return switch (node) {
            case Window window -> !window.isFold() && WindowView.of(window.access(), sizes).isPresent();
            case Reshape reshape -> reshaped(reshape).isPresent();
            case MatrixFunction function -> function.operation() == MatrixFunction.Operation.INVERSE;
            case Reduction reduction -> reduction.operation() == Reduction.Operation.FIRST_MAX
                    && windows(reduction.operand(0)).isPresent();
            default -> false;
        };
    }

    @Override
    public Optional<Windows> windows(Expr node) {
        if (node instanceof Window window && !window.isFold()) {
            return WindowView.of(window.access(), sizes).map(view -> new Windows(view, window.operand(0)));
        }
        return node instanceof Reshape reshape ? reshaped(reshape) : Optional.empty();
    }

    /** Windows of which leading axes are split or merged. */
    private Optional<Windows> reshaped(Reshape reshape) {
        return windows(reshape.operand(0)).flatMap(windows -> windows.view().reshaped(sizes.of(reshape.shape()))
                .map(view -> new Windows(view, windows.source())));
    }

    private void lower(Expr node, Value value) {
        switch (node) {
            case Variable variable -> {
                value.slot = slots.allocate(value.count());
                inputs.put(variable, value.slot);
            }
            case Elementwise map -> value.pending = elementwise(map);
            case Linear linear -> linear(linear, value);
            case Where where -> {
                List<MapNode> parts = parts(where.operands());
                value.pending = MapNode.select(parts.get(0), parts.get(1), parts.get(2));
            }
            case Contraction contraction -> {
                Optional<Adjugates.Found> adjugate = adjugates.in(contraction);
                if (adjugate.isPresent()) {
                    adjugate(adjugate.get(), value);
                } else {
                    contraction(contraction, value);
                }
            }
            case Window window when window.isFold() -> fold(window, value);
            case Window window -> value.slot = windowed(window, slot(window.operand(0)), value);
            case Reduction reduction -> value.slot = reduction(reduction, value);
            case MatrixFunction function -> value.slot = matrix(function, value.count());
            case Reshape reshape -> value.slot = slot(reshape.operand(0));
            case Concatenation concatenation -> value.slot = concatenation(concatenation, value.count());
            case Application application -> value.slot = slots.emit(WholeSteps.ApplicationStep.of(application, sizes,
                    interpretation, application.operands().stream().mapToInt(this::slot).toArray(),
                    slots.allocate(value.count()), value.count()));
            case Detach detach -> value.pending = parts(detach.operands()).get(0);
            case Constant constant -> throw new IllegalStateException();
            case Dimension dimension -> throw new IllegalStateException();
            case Range range -> throw new IllegalStateException();
            case Delta delta -> throw new IllegalStateException();
        }
        if (value.pending != null && (uses(node)[0] != 1 || value.pending.size > FUSION_LIMIT)) {
            slot(node);
        }
    }

    private int windowed(Window window, int source, Value value) {
        return slots.emit(new TableSteps.WindowStep(source, slots.allocate(value.count()), value.count(),
                window.isFold(), windows.computeIfAbsent(window.access(), access -> Positions.window(access, sizes))));
    }

    /** A part of what is folded: a contraction times a coefficient. */
    private record Part(Expr node, double coefficient) {
    }

    /** A fold; of contractions, which are not made if that can be helped, the sum of their folds. */
    private void fold(Window window, Value value) {
        Optional<WindowView> view = WindowView.of(window.access(), sizes);
        if (view.isEmpty() || !folded.contains(window.operand(0))) {
            value.slot = windowed(window, slot(window.operand(0)), value);
            return;
        }
        List<MapNode> sum = new ArrayList<>();
        ArrayDeque<Part> open = new ArrayDeque<>(List.of(new Part(window.operand(0), 1)));
        while (!open.isEmpty()) {
            Part part = open.pop();
            if (part.node instanceof Contraction contraction) {
                value.slot = fold(window, view.get(), contraction, part.coefficient, value);
                sum.add(MapNode.leaf(value.slot, new StridedView(value.lengths, Layout.strides(value.lengths))));
                continue;
            }
            for (int k = 0; k < part.node.operandCount(); k++) {
                double c = part.node instanceof Linear linear ? linear.coefficient(k).toDouble() : 1;
                open.push(new Part(part.node.operand(k), c * part.coefficient));
            }
        }
        if (sum.size() > 1) {
            value.slot = -1;
            value.pending = MapNode.linear(0, sum, Collections.nCopies(sum.size(), 1.0));
        }
    }

    private int fold(Window window, WindowView view, Contraction contraction, double coefficient, Value value) {
        Indices indices = Indices.of(contraction, sizes);
        Optional<WindowView> own = view.reshaped(sizes.of(contraction.shape()));
        if (own.isPresent() && !indices.isDiagonal()) {
            ContractionLowering.Folded part = ContractionLowering.fold(slots, indices, this, own.get(), coefficient,
                    factor -> isMaximaOf(factor, window.access()));
            return part.isDone() ? part.slot() : windowed(window, part.slot(), value);
        }
        int source = slot(contraction);
        if (coefficient != 1) {
            MapNode whole = MapNode.leaf(source, new StridedView(new int[] {indices.outputCount()}, new int[] {1}));
            source = materialise(MapNode.linear(0, List.of(whole), List.of(coefficient)), indices.outputCount());
        }
        return windowed(window, source, value);
    }

    /** Whether the node says where the maxima of these windows are. */
    private boolean isMaximaOf(Expr node, Window.Access access) {
        return node instanceof Reduction maxima && maxima.operation() == Reduction.Operation.FIRST_MAX
                && value(node).putOff && maxima.operand(0) instanceof Window gather && !gather.isFold()
                && gather.access().equals(access);
    }

    /** A reduction; the maximum over the entries of windows without the windows. */
    private int reduction(Reduction reduction, Value value) {
        Expr operand = reduction.operand(0);
        Optional<Windows> windows = reduction.operation() == Reduction.Operation.MAX ? windows(operand)
                : Optional.empty();
        Optional<Geometry> pool = windows.flatMap(all -> WindowLowering.pool(all.view(),
                axis -> !Labels.contains(reduction.axes(), axis)));
        if (windows.isPresent() && pool.isPresent()) {
            int source = slot(windows.get().source());
            return slots.emit(new PoolStep(PoolStep.Operation.MAX, pool.get(), source, source,
                    slots.allocate(value.count()), Scale.ONE));
        }
        int[] lengths = sizes.of(operand.shape());
        return slots.emit(new TableSteps.ReductionStep(slot(operand), slots.allocate(value.count()),
                reduction.operation(), Positions.kept(lengths, reduction.axes()),
                Positions.reduced(lengths, reduction.axes())));
    }

    private int matrix(MatrixFunction function, int count) {
        int n = sizes.of(function.operand(0).shape())[0];
        return switch (function.operation()) {
            case INVERSE, DETERMINANT, LOG_DETERMINANT -> slots.emit(WholeSteps.MatrixStep.of(
                    slot(function.operand(0)), slots.allocate(count), function.operation(), n));
            case EXPONENTIAL, POWER, EXPONENTIAL_SLOPE, POWER_SLOPE -> {
                int[] reads = function.operands().stream().mapToInt(this::slot).toArray();
                yield slots.emit(new MatrixPowerStep(function.operation(), reads, slots.allocate(count), n, count));
            }
        };
    }

    /** The operands of an elementwise operation: pending ones taken up while they fit, the others read. */
    private List<MapNode> parts(List<Expr> operands) {
        int size = 0;
        for (Expr operand : operands) {
            MapNode pending = value(operand).pending;
            size += pending == null ? 1 : pending.size;
        }
        List<MapNode> parts = new ArrayList<>(operands.size());
        for (Expr operand : operands) {
            MapNode pending = size > FUSION_LIMIT ? null : value(operand).pending;
            parts.add(pending != null ? pending : leaf(operand));
        }
        return parts;
    }

    /** The operand read from memory, entry for entry. */
    private MapNode leaf(Expr operand) {
        Rational uniform = Constant.uniform(operand).orElse(null);
        int[] lengths = sizes.of(operand.shape());
        if (uniform != null) {
            int slot = numbers.computeIfAbsent(uniform, number -> slots.constant(number.toDouble()));
            return MapNode.leaf(slot, new StridedView(lengths, new int[lengths.length]));
        }
        return MapNode.leaf(slot(operand), new StridedView(lengths, Layout.strides(lengths)));
    }

    private MapNode elementwise(Elementwise map) {
        int op = Op.of(map.function());
        if (op == Op.POWER) {
            Rational exponent = Constant.uniform(map.operand(1)).orElse(Rational.ZERO);
            int code = Op.power(exponent);
            if (code != Op.POWER) {
                return MapNode.function(code, map.function(), parts(List.of(map.operand(0))));
            }
        }
        return MapNode.function(op, map.function(), parts(map.operands()));
    }

    private void linear(Linear linear, Value value) {
        double constant = 0;
        double diagonal = 0;
        List<Expr> terms = new ArrayList<>();
        List<Double> coefficients = new ArrayList<>();
        for (int k = 0; k < linear.termCount(); k++) {
            Expr term = linear.term(k);
            double c = linear.coefficient(k).toDouble();
            Rational uniform = Constant.uniform(term).orElse(null);
            if (uniform != null) {
                constant += linear.coefficient(k).times(uniform).toDouble();
            } else if (term instanceof Delta) {
                diagonal += c;
            } else {
                terms.add(term);
                coefficients.add(c);
            }
        }
        MapNode sum = MapNode.linear(constant, parts(terms), coefficients);
        if (diagonal == 0) {
            value.pending = sum;
            return;
        }
        value.slot = slots.emit(
                new WholeSteps.DiagonalStep(materialise(sum, value.count()), value.lengths[0], diagonal));
    }

    /** A product with an adjugate, which is not a node: it is computed where it is first met. */
    private void adjugate(Adjugates.Found found, Value value) {
        if (!values.contains(found.adjugate())) {
            Value adjugate = new Value(sizes.of(found.matrix().shape()));
            adjugate.slot = slots.emit(new AdjugateStep(slot(found.matrix()), slots.allocate(adjugate.count()),
                    adjugate.lengths[0]));
            values.put(found.adjugate(), adjugate);
        }
        if (found.product() instanceof Contraction product) {
            contraction(product, value);
        } else {
            value.slot = slot(found.product());
        }
    }

    private void contraction(Contraction contraction, Value value) {
        Indices indices = Indices.of(contraction, sizes);
        if (!indices.isProduct() || indices.isDiagonal()) {
            Factor result = ContractionLowering.lower(slots, indices, this);
            int[] labels = Labels.where(indices.distinctOutput(), label -> indices.sizes()[label] != 1);
            if (indices.isDiagonal() || result.labels().length == labels.length) {
                value.slot = result.slot();
            } else {
                int[] strides = Indices.strides(result.labels(), indices.sizes(), indices.output());
                value.pending = MapNode.product(
                        List.of(MapNode.leaf(result.slot(), new StridedView(value.lengths, strides))));
            }
            return;
        }
        List<MapNode> factors = new ArrayList<>();
        int size = 0;
        for (int k = 0; k < indices.factors().size(); k++) {
            Expr factor = indices.factors().get(k);
            int[] strides = Indices.strides(indices.labels()[k], indices.sizes(), indices.output());
            StridedView view = new StridedView(value.lengths, strides);
            MapNode pending = view.isContiguous() && value(factor).count() == value.count() ? value(factor).pending
                    : null;
            size += pending == null ? 1 : pending.size;
            factors.add(pending != null && size <= FUSION_LIMIT ? pending : MapNode.leaf(slot(factor), view));
        }
        value.pending = MapNode.product(factors);
    }

    private int concatenation(Concatenation concatenation, int count) {
        int axis = concatenation.axis();
        int row = Positions.rowLength(concatenation.shape(), axis, sizes);
        int[] runs = concatenation.operands().stream()
                .mapToInt(operand -> Positions.rowLength(operand.shape(), axis, sizes)).toArray();
        int[] parts = concatenation.operands().stream().mapToInt(this::slot).toArray();
        int rows = Layout.count(Arrays.copyOf(sizes.of(concatenation.shape()), axis));
        return slots.emit(new WholeSteps.ConcatenationStep(parts, slots.allocate(count), rows, runs, row));
    }
}
