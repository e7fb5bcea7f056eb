package org.adjoint.corpus;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * How long each row of a corpus takes in passes over all of them: processor time of the thread, so that other work on the
 * machine counts as little as it can. A row's time is the median over the passes.
 */
final class RowTimes {
    /** One row and its time in each pass. */
    private record Row(Case given, List<Double> milliseconds) {
        double median() {
            return Score.quantile(milliseconds.stream().sorted().toList(), 0.5);
        }
    }

    private final List<Row> rows;

    RowTimes(List<Case> cases) {
        rows = cases.stream().map(each -> new Row(each, new ArrayList<>())).toList();
    }

    private static long now() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    /** Runs and times the work on one row. */
    void time(int row, Runnable work) {
        long start = now();
        work.run();
        rows.get(row).milliseconds.add((now() - start) / 1e6);
    }

    /** Forgets what was measured while the engine was cold. */
    void clear() {
        rows.forEach(row -> row.milliseconds.clear());
    }

    /** The median and the largest over the rows. */
    String line(String what) {
        List<Double> medians = rows.stream().map(Row::median).sorted().toList();
        Row slowest = rows.stream().max(Comparator.comparingDouble(Row::median)).orElseThrow();
        return String.format(Locale.ROOT, "%s: %d rows, median %.2f ms, 95 %% within %.2f ms, largest %.1f ms (%s)", what,
                rows.size(), Score.quantile(medians, 0.5), Score.quantile(medians, 0.95), slowest.median(),
                slowest.given.id());
    }
}
