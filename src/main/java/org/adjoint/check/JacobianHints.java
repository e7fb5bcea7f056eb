package org.adjoint.check;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the wrong entries of a Jacobian have in common: its diagonal alone, its transpose, results left out of a sum. */
final class JacobianHints {

    private static final double CLOSE = 1e-6;

    /** An entry of the Jacobian: of which result, by which input. */
    private record Index(int output, int input) {}

    private JacobianHints() {}

    static Optional<String> of(List<Finding> entries, List<Finding> wrong) {
        Map<Index, Finding> all = new HashMap<>();
        entries.forEach(f -> all.put(index(f), f));
        if (all.keySet().stream().noneMatch(i -> i.output > 0)) {
            return Optional.empty();
        }
        if (wrong.stream().allMatch(f -> isTransposed(f, all))) {
            return Optional.of("it is the transposed Jacobian: J v for J^T w, or a matrix that should be transposed");
        }
        var absent = wrong.stream().allMatch(f -> f.analytic() == 0);
        if (absent && wrong.stream().allMatch(f -> onDiagonal(f, all))) {
            return Optional
                    .of("only the diagonal of the Jacobian is there: entries of the result depend on other entries"
                            + " of the input too");
        }
        if (absent && wrong.stream().allMatch(f -> others(f, entries))) {
            return Optional
                    .of("some results contribute nothing to an input on which they depend: a sum over a batch or a"
                            + " broadcast axis is missing");
        }
        return Optional.empty();
    }

    private static Index index(Finding f) {
        return f.probe() instanceof Probe.Entry e ? new Index(e.output(), e.input()) : new Index(0, 0);
    }

    private static boolean isTransposed(Finding f, Map<Index, Finding> all) {
        var mirrored = all.get(new Index(index(f).input, index(f).output));
        return mirrored != null && mirrored != f
                && Math.abs(mirrored.numeric().value() - f.analytic()) <= CLOSE * Math.abs(f.analytic());
    }

    /** Whether, of the entries by the same input, the one on the diagonal is another, and right. */
    private static boolean onDiagonal(Finding f, Map<Index, Finding> all) {
        var diagonal = all.get(new Index(index(f).input, index(f).input));
        return diagonal != null && diagonal.isRight() && diagonal.analytic() != 0;
    }

    /** Whether another result does contribute to the same input. */
    private static boolean others(Finding f, List<Finding> entries) {
        return entries.stream().anyMatch(o -> index(o).input == index(f).input && o.isRight() && o.analytic() != 0);
    }
}
