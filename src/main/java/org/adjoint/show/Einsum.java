package org.adjoint.show;

import java.util.ArrayList;
import java.util.List;
import org.adjoint.show.Phrase.Kind;

/** Tensors with their indices, on the way to a call of {@code einsum}. */
final class Einsum {
    private static final String LETTERS = "ijklpqrsuvwabcdefghmnotxyz";

    private final List<Phrase> tensors = new ArrayList<>();
    private final List<List<Integer>> indices = new ArrayList<>();

    void add(Phrase tensor, List<Integer> labels) {
        tensors.add(tensor);
        indices.add(labels);
    }

    void add(IndexGraph.Hyper tensor) {
        add(tensor.form(), tensor.labels());
    }

    void add(IndexGraph.Edge matrix) {
        add(matrix.form(), List.of(matrix.row(), matrix.column()));
    }

    boolean has(int label) {
        return indices.stream().anyMatch(labels -> labels.contains(label));
    }

    /** @param open the indices that are not summed */
    Phrase form(List<Integer> open) {
        List<Integer> names = new ArrayList<>(open);
        indices.forEach(labels -> labels.stream().filter(k -> !names.contains(k)).forEach(names::add));
        if (names.size() > LETTERS.length()) {
            throw new NoWords("a contraction over " + names.size() + " indices");
        }
        List<String> operands = indices.stream().map(labels -> letters(labels, names)).toList();
        List<Phrase> arguments = new ArrayList<>();
        arguments.add(Phrases.literal('"' + String.join(",", operands) + "->" + letters(open, names) + '"'));
        arguments.addAll(tensors);
        Kind kind = switch (open.size()) {
            case 0 -> Kind.SCALAR;
            case 1 -> Kind.COLUMN;
            case 2 -> Kind.MATRIX;
            default -> Kind.TENSOR;
        };
        return Phrases.call("einsum", kind, arguments.toArray(new Phrase[0]));
    }

    private static String letters(List<Integer> labels, List<Integer> names) {
        StringBuilder text = new StringBuilder();
        labels.forEach(k -> text.append(LETTERS.charAt(names.indexOf(k))));
        return text.toString();
    }
}
