package org.adjoint.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.adjoint.expr.Shape;
import org.adjoint.expr.Size;
import org.adjoint.nn.Counts;
import org.adjoint.nn.Field;
import org.adjoint.nn.Inspection;
import org.adjoint.nn.Inspection.Reach;
import org.adjoint.nn.Inspection.Row;
import org.adjoint.show.ModelTable;

/** A model layer by layer as an object of JSON: sizes are numbers where they are numbers, and otherwise text. */
final class ModelJson {
    private ModelJson() {
    }

    static Map<String, Object> of(Inspection model) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("model", model.model().toString());
        object.put("input", shape(model.input()));
        object.put("layers", model.rows().stream().map(ModelJson::row).toList());
        Map<String, Object> total = counts(model.total());
        total.put("buffers", number(model.buffers()));
        object.put("total", total);
        object.put("conditions", model.conditions().stream().map(size -> size + " >= 0").toList());
        object.put("conventions", ModelTable.CONVENTIONS);
        model.misfit().ifPresent(why -> object.put("misfit", why));
        return object;
    }

    private static Map<String, Object> row(Row row) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("path", row.layer().path());
        object.put("kind", row.layer().kind());
        object.put("layer", row.isSum() ? "body + shortcut" : row.layer().toString());
        object.put("output", shape(row.output()));
        object.putAll(counts(row.counts()));
        switch (row.reach()) {
            case Reach.Whole whole -> object.put("receptive_field", "all");
            case Reach.Unknown unknown -> object.put("receptive_field", "unknown: " + unknown.reason());
            case Reach.Fields(List<Field> fields) -> {
                object.put("receptive_field", fields.stream().map(f -> number(f.size())).toList());
                object.put("stride", fields.stream().map(f -> number(f.jump())).toList());
                object.put("start", fields.stream().map(f -> number(f.start())).toList());
            }
        }
        return object;
    }

    private static Map<String, Object> counts(Counts counts) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("parameters", number(counts.parameters()));
        object.put("multiplications", number(counts.multiplications()));
        object.put("additions", number(counts.additions()));
        object.put("multiply_adds", number(counts.multiplyAdds()));
        object.put("activations", number(counts.activations()));
        return object;
    }

    private static List<Object> shape(Shape shape) {
        return shape.sizes().stream().map(ModelJson::number).toList();
    }

    private static Object number(Size size) {
        return size.isInteger() ? size.value() : size.toString();
    }
}
