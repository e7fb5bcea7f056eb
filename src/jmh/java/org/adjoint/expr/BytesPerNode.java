package org.adjoint.expr;

import java.util.List;
import org.adjoint.diff.ReverseSweep;

/**
 * Live bytes for each operation of a chain of a million scalar operations, and for each node of the graph of the chain and
 * its gradient: what is reachable, the interning table included. A program of its own, since JMH measures time and
 * allocation but not what stays; run it with {@code java -cp … org.adjoint.expr.BytesPerNode}.
 */
public final class BytesPerNode {
    private static final int LENGTH = 1_000_000;

    private BytesPerNode() {
    }

    private static long live() throws InterruptedException {
        for (int k = 0; k < 5; k++) {
            System.gc();
            Thread.sleep(50);
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    /** Prints the figures. */
    public static void main(String[] arguments) throws InterruptedException {
        Variable x = Variable.scalar("x");
        long start = live();
        Expr f = LongChain.of(x, LENGTH);
        long chain = live() - start;
        Expr gradient = ReverseSweep.gradient(f, x);
        long both = live() - start;
        int nodes = Walk.postorder(List.of(f, gradient)).size();
        System.out.printf("%d bytes per operation of the chain; %d bytes per node of the chain and its gradient (%d nodes)%n",
                chain / LENGTH, both / nodes, nodes);
    }
}
