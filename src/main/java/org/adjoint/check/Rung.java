package org.adjoint.check;

import java.util.ArrayList;
import java.util.List;

/**
 * One step of the ladder on which a derivative was measured.
 *
 * @param step    h, along the direction
 * @param left    (f(x) − f(x − h d)) / h
 * @param central (f(x + h d) − f(x − h d)) / 2h
 * @param right   (f(x + h d) − f(x)) / h
 */
public record Rung(double step, double left, double central, double right) {

    static List<Rung> on(Line line) {
        var rungs = new ArrayList<Rung>();
        for (double u : Ladder.steps(line)) {
            var h = u * line.unit();
            var plus = line.at(u);
            var minus = line.at(-u);
            rungs.add(new Rung(h, (line.center - minus) / h, (plus / 2 - minus / 2) / h, (plus - line.center) / h));
        }
        return rungs;
    }
}
