package org.adjoint.nn;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.adjoint.expr.Shape;
import org.adjoint.expr.ShapeError;
import org.adjoint.expr.Size;

/**
 * A model on inputs of one shape, layer by layer, as far as the layers fit.
 *
 * @param model      the whole
 * @param input      the shape of what goes in
 * @param rows       every layer that is no container, and the sum of every residual block, in the order of the forward
 *                   pass
 * @param misfit     why the first layer that does not fit does not: its place, the law, and the shape that it got
 * @param conditions what symbolic sizes must not make negative, so that every window fits
 */
public record Inspection(Model model, Shape input, List<Row> rows, Optional<String> misfit, Set<Size> conditions) {
    /**
     * A layer.
     *
     * @param layer  the layer, or the residual block whose branches are added here
     * @param output the shape of what comes out
     * @param counts what it costs alone
     * @param reach  which entries of the input of the model an entry of the output depends on
     */
    public record Row(Model layer, Shape output, Counts counts, Reach reach) {
        /** Whether the row is the sum at the end of a residual block. */
        public boolean isSum() {
            return layer instanceof Residual;
        }
    }

    /** What an entry depends on. */
    public sealed interface Reach {
        /** An interval along each spatial axis; no axes where nothing slid yet. */
        record Fields(List<Field> fields) implements Reach {
            /** Copies them. */
            public Fields {
                fields = List.copyOf(fields);
            }
        }

        /** All of the input. */
        record Whole() implements Reach {
        }

        /** No interval is known. */
        record Unknown(String reason) implements Reach {
        }
    }

    public Inspection {
        rows = List.copyOf(rows);
        conditions = Collections.unmodifiableSet(new LinkedHashSet<>(conditions));
    }

    /** The model on inputs of this shape. */
    public static Inspection of(Model model, Shape input, Mode mode) {
        Walk walk = new Walk(mode);
        Optional<String> misfit = Optional.empty();
        try {
            walk.through(model, input, new Reach.Fields(List.of()));
        } catch (ShapeError error) {
            misfit = Optional.of(error.law());
        }
        return new Inspection(model, input, walk.rows, misfit, walk.conditions);
    }

    /** What all layers of the table cost; parameters that layers share are counted once. */
    public Counts total() {
        Counts total = Counts.NONE;
        List<Parameter> parameters = new ArrayList<>();
        for (Row row : rows) {
            total = total.plus(row.counts());
            parameters.addAll(row.isSum() ? List.of() : row.layer().parameters());
        }
        return total.with(Parameter.count(List.copyOf(new LinkedHashSet<>(parameters))));
    }

    /** How many numbers are kept beside the parameters, as running statistics. */
    public Size buffers() {
        Size count = Size.ZERO;
        Set<Parameter> all = new LinkedHashSet<>();
        rows.stream().filter(row -> !row.isSum()).forEach(row -> all.addAll(row.layer().parameters()));
        for (Parameter parameter : all) {
            count = parameter.trainable() ? count : count.plus(parameter.variable().shape().count());
        }
        return count;
    }

    /** What comes out of the last layer of the table. */
    public Shape output() {
        return rows.isEmpty() ? input : rows.getLast().output();
    }

    /** Collects rows; containers nest no deeper than people write them. */
    private static final class Walk {
        private final Mode mode;
        private final List<Row> rows = new ArrayList<>();
        private final Set<Size> conditions = new LinkedHashSet<>();

        Walk(Mode mode) {
            this.mode = mode;
        }

        /** What comes out of a model, and what it depends on. */
        private Passed through(Model model, Shape input, Reach reach) {
            if (model instanceof Sequential chain) {
                Passed passed = new Passed(input, reach);
                for (Model child : chain.children()) {
                    passed = through(child, passed.shape(), passed.reach());
                }
                return passed;
            }
            if (model instanceof Residual block) {
                through(block.body(), input, reach);
                through(block.shortcut(), input, reach);
            }
            Shape output = model.output(input, mode);
            Reach after = reach(model, reach);
            if (model instanceof Residual) {
                Size entries = output.count();
                rows.add(new Row(model, output, new Counts(Size.ZERO, Size.ZERO, entries, Size.ZERO, entries), after));
            } else {
                model.rooms(input).stream().filter(room -> !room.isNonNegative()).forEach(conditions::add);
                rows.add(new Row(model, output, model.counts(input), after));
            }
            return new Passed(output, after);
        }

        private static Reach reach(Model model, Reach before) {
            if (!(before instanceof Reach.Fields seen)) {
                return before;
            }
            try {
                return model.fields(seen.fields()).<Reach>map(Reach.Fields::new).orElse(new Reach.Whole());
            } catch (ShapeError unlike) {
                return new Reach.Unknown(unlike.law());
            }
        }
    }

    private record Passed(Shape shape, Reach reach) {
    }
}
