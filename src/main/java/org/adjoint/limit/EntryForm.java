package org.adjoint.limit;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import org.adjoint.algebra.Relation;
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
import org.adjoint.expr.Reduction;
import org.adjoint.expr.Reshape;
import org.adjoint.expr.Shape;
import org.adjoint.expr.Size;
import org.adjoint.expr.Tensors;
import org.adjoint.expr.Variable;
import org.adjoint.expr.Walk;
import org.adjoint.expr.Where;
import org.adjoint.expr.Window;
import org.jspecify.annotations.Nullable;

/**
 * A function of any shape as one scalar expression for all of its entries: {@code (softmax(βx))ᵢ = exp(β·xᵢ)/S} with a symbol
 * {@code xᵢ} of the index i, and a symbol S for the sum {@code Σₖ exp(β·xₖ)}.
 */
final class EntryForm {
    private static final int NODE_LIMIT = 20_000;

    private final Expr f;
    private final Variable v;
    private final Symbols symbols;
    private final Map<Integer, Size> sizes = new HashMap<>();
    private final NodeMap<Expr> forms = new NodeMap<>();
    private final NodeMap<Boolean> depends = new NodeMap<>();

    private EntryForm(Expr f, Variable v, Symbols symbols) {
        this.f = f;
        this.v = v;
        this.symbols = symbols;
    }

    /** The form; nothing where the variable stands below a kind that has no entries of a simple form. */
    static Optional<EntryForm> of(Question question) {
        Expr f = question.f();
        EntryForm form = new EntryForm(f, question.v(),
                new Symbols(Variable.names(Walk.variables(f)), question.assumptions()));
        return form.build() ? Optional.of(form) : Optional.empty();
    }

    Variable variable() {
        return v;
    }

    Symbols symbols() {
        return symbols;
    }

    /** The entry at the labels 0, 1, …, one for each axis. */
    Expr form() {
        return Objects.requireNonNull(forms.get(f));
    }

    /** The sizes of all labels, free and bound. */
    Map<Integer, Size> sizes() {
        return sizes;
    }

    /** The tensor of the function's shape whose entry is the form. */
    Expr tensor(Expr form) {
        return symbols.tensor(form, IntStream.range(0, f.shape().rank()).boxed().toList(), f.shape());
    }

    /** A form with tensors for its symbols: of the function's shape, or with the axes that its own labels stand for. */
    Expr shown(Expr form) {
        List<Integer> labels = List.copyOf(symbols.labels(form));
        if (!labels.isEmpty() && labels.stream().allMatch(label -> label < Entry.FIRST_BOUND)) {
            return tensor(form);
        }
        return symbols.tensor(form, labels,
                Shape.of(labels.stream().map(label -> Objects.requireNonNull(sizes.get(label))).toList()));
    }

    /** Conditions with tensors for the symbols. */
    List<Relation> shown(Collection<Relation> conditions) {
        return conditions.stream()
                .map(condition -> new Relation(shown(condition.left()), condition.op(), shown(condition.right())))
                .toList();
    }

    /** The same function with some nodes of its form replaced. */
    EntryForm with(Expr form) {
        EntryForm other = new EntryForm(f, v, symbols);
        other.sizes.putAll(sizes);
        other.forms.put(f, form);
        return other;
    }

    private boolean build() {
        List<Expr> order = Walk.postorder(f);
        if (order.size() > NODE_LIMIT) {
            return false;
        }
        for (int axis = 0; axis < f.shape().rank(); axis++) {
            sizes.put(axis, f.shape().get(axis));
        }
        for (Expr node : order) {
            boolean moving = node == v || node.operands().stream().anyMatch(x -> Boolean.TRUE.equals(depends.get(x)));
            depends.put(node, moving);
            Expr form = form(node, moving);
            if (form == null && moving) {
                return false;
            }
            if (form != null) {
                forms.put(node, form);
            }
        }
        return true;
    }

    private @Nullable Expr form(Expr node, boolean moving) {
        if (node == v) {
            return v;
        }
        return switch (node) {
            case Variable leaf -> whole(node);
            case Constant leaf -> whole(node);
            case Dimension leaf -> node;
            case Range leaf -> whole(node);
            case Delta leaf -> whole(node);
            case Elementwise function when function.function() == Functions.LOG1P ->
                Functions.LOG.apply(operand(function, 0).plus(Constant.ONE));
            case Elementwise function -> function.function().apply(operands(node));
            case Linear sum -> {
                List<Expr> terms = new ArrayList<>();
                for (int k = 0; k < sum.termCount(); k++) {
                    terms.add(operand(sum, k).times(sum.coefficient(k)));
                }
                yield Tensors.sum(terms);
            }
            case Where where -> Where.of(operand(where, 0), operand(where, 1), operand(where, 2));
            case Detach detach -> operand(detach, 0);
            case Contraction product -> contraction(product, moving);
            case Reduction reduction -> moving ? reduction(reduction) : whole(node);
            case Window window -> moving ? null : whole(node);
            case Reshape reshape -> moving ? null : whole(node);
            case Concatenation list -> moving ? list(list) : whole(node);
            case MatrixFunction function -> moving ? null : whole(node);
            case Application function -> moving ? null : whole(node);
        };
    }

    private Expr whole(Expr node) {
        return symbols.of(node, IntStream.range(0, node.shape().rank()).boxed().toList());
    }

    private Expr operand(Expr node, int k) {
        return Objects.requireNonNull(forms.get(node.operand(k)));
    }

    private Expr[] operands(Expr node) {
        return IntStream.range(0, node.operandCount()).mapToObj(k -> operand(node, k)).toArray(Expr[]::new);
    }

    private @Nullable Expr contraction(Contraction product, boolean moving) {
        if (!moving && product.summedCount() > 0) {
            return whole(product);
        }
        int rank = product.shape().rank();
        Map<Integer, Size> bound = new LinkedHashMap<>();
        int[] label = new int[product.indexCount()];
        for (int index = 0; index < label.length; index++) {
            label[index] = index < rank ? index : symbols.freshLabel();
            if (index >= rank) {
                bound.put(label[index], product.indexSizes().get(index));
                sizes.put(label[index], product.indexSizes().get(index));
            }
        }
        List<Expr> factors = new ArrayList<>();
        for (int k = 0; k < product.operandCount(); k++) {
            int[] indices = product.indices(k);
            factors.add(rename(operand(product, k), axis -> label[indices[axis]], indices.length));
        }
        Expr term = factors.isEmpty() ? Constant.ONE : Tensors.product(factors);
        return bound.isEmpty() ? term : new Separation(v, symbols, sizes).sum(term, bound);
    }

    /** Entries that are written one by one: each piece has length 1. */
    private @Nullable Expr list(Concatenation list) {
        List<Expr> entries = new ArrayList<>();
        for (int k = 0; k < list.operandCount(); k++) {
            Expr entry = operand(list, k);
            if (!list.operand(k).shape().get(list.axis()).isOne() || symbols.labels(entry).contains(list.axis())) {
                return null;
            }
            entries.add(entry);
        }
        return symbols.listed(entries, list.axis());
    }

    private Expr rename(Expr form, java.util.function.IntUnaryOperator label, int rank) {
        Map<Integer, Integer> names = new HashMap<>();
        for (int axis = 0; axis < rank; axis++) {
            names.put(axis, label.applyAsInt(axis));
        }
        return symbols.rename(form, names);
    }

    private @Nullable Expr reduction(Reduction reduction) {
        Map<Integer, Size> bound = new LinkedHashMap<>();
        int[] axes = reduction.axes();
        int rank = reduction.operand(0).shape().rank();
        int[] label = new int[rank];
        int kept = 0;
        for (int axis = 0; axis < rank; axis++) {
            boolean gone = java.util.Arrays.binarySearch(axes, axis) >= 0;
            label[axis] = gone ? symbols.freshLabel() : kept++;
            if (gone) {
                bound.put(label[axis], reduction.operand(0).shape().get(axis));
                sizes.put(label[axis], reduction.operand(0).shape().get(axis));
            }
        }
        Expr term = rename(operand(reduction, 0), axis -> label[axis], rank);
        return switch (reduction.operation()) {
            case LOG_SUM_EXP ->
                Functions.LOG.apply(new Separation(v, symbols, sizes).sum(Functions.EXP.apply(term), bound));
            case MAX -> {
                Optional<List<Expr>> list = bound.size() == 1
                        ? symbols.unrolled(term, bound.keySet().iterator().next())
                        : Optional.empty();
                yield list.map(all -> Symbols.extreme(all, 1))
                        .orElseGet(() -> symbols.of(new Entry.Maximum(term, bound)));
            }
            case PRODUCT -> symbols.isPositive(term)
                    ? Functions.EXP.apply(new Separation(v, symbols, sizes).sum(Functions.LOG.apply(term), bound))
                    : null;
            case FIRST_MAX -> null;
        };
    }
}
