package org.adjoint.expr;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.adjoint.graphs.JavaCode;
import org.adjoint.graphs.RandomGraph;

/** Builds the same graphs in a shuffled order and prints them: the same text whatever the order and the run. */
final class FreshRun {
    private FreshRun() {
    }

    /** Digests and operand orders of some graphs, whose nodes are first made in the order of the shuffle. */
    static String text(long shuffle) {
        List<Integer> seeds = new ArrayList<>();
        for (int seed = 0; seed < 60; seed++) {
            seeds.add(seed);
        }
        Collections.shuffle(seeds, new Random(shuffle));
        List<Expr> kept = new ArrayList<>();
        seeds.forEach(seed -> kept.add(graph(seed)));
        StringBuilder text = new StringBuilder();
        for (int seed = 0; seed < 60; seed++) {
            Expr graph = graph(seed);
            text.append(Long.toHexString(graph.digestHigh())).append(Long.toHexString(graph.digestLow())).append('\n')
                    .append(JavaCode.of(graph));
        }
        return text.toString();
    }

    private static Expr graph(int seed) {
        RandomGraph graphs = new RandomGraph(seed);
        return graphs.of(graphs.shape(2), 3);
    }

    /** With the seed of the shuffle. */
    public static void main(String[] arguments) {
        System.out.print(text(Long.parseLong(arguments[0])));
    }
}
