package org.adjoint.eval;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * An elementwise computation in one pass over the entries: block by block, so that what lies between two operations stays
 * in the cache and never goes to memory.
 */
final class FusedMap implements Step {
    static final int BLOCK = 512;
    private static final int[] NONE = {};

    private final int target;
    private final int count;
    private final MapNode[] nodes;
    /** For each operation its operands: a register, or {@code ~slot} for memory read in place. */
    private final int[][] operands;
    /** For each operation the register that it writes; the last one writes the target. */
    private final int[] results;
    /** Broadcast numbers, read once per run. */
    private final MapNode[] constants;
    private final int[] constantRegisters;
    private final int[] reads;
    private final Registers registers;

    /** Blocks for intermediate values, shared by all steps of a plan. */
    static final class Registers {
        private final List<double[]> blocks = new ArrayList<>();

        double[] get(int k) {
            return blocks.get(k);
        }

        void require(int count) {
            while (blocks.size() < count) {
                blocks.add(new double[BLOCK]);
            }
        }
    }

    FusedMap(MapNode root, int target, int count, Registers registers) {
        this.target = target;
        this.count = count;
        this.registers = registers;
        List<MapNode> order = postorder(root);
        MapNode top = root.isLeaf() ? MapNode.product(List.of(root)) : root;
        if (top != root) {
            order.add(top);
        }
        Map<MapNode, Integer> place = new HashMap<>();
        Map<MapNode, Integer> lastUse = new HashMap<>();
        List<MapNode> constantLeaves = new ArrayList<>();
        List<MapNode> operations = new ArrayList<>();
        for (MapNode node : order) {
            if (node.isLeaf() && node.view.isContiguous()) {
                place.put(node, ~node.slot);
            } else if (node.isLeaf() && node.view.isConstant()) {
                place.put(node, constantLeaves.size());
                constantLeaves.add(node);
            } else {
                for (MapNode argument : node.arguments) {
                    lastUse.put(argument, operations.size());
                }
                operations.add(node);
            }
        }
        this.constants = constantLeaves.toArray(MapNode[]::new);
        this.constantRegisters = new int[constants.length];
        Arrays.setAll(constantRegisters, k -> k);
        this.nodes = operations.toArray(MapNode[]::new);
        this.operands = new int[nodes.length][];
        this.results = new int[nodes.length];
        int used = constants.length;
        ArrayDeque<Integer> free = new ArrayDeque<>();
        for (int k = 0; k < nodes.length; k++) {
            MapNode node = nodes[k];
            operands[k] = node.isLeaf() ? NONE
                    : node.arguments.stream().mapToInt(argument -> place(place, argument)).toArray();
            results[k] = free.isEmpty() ? used++ : free.pop();
            place.put(node, results[k]);
            for (MapNode argument : node.arguments) {
                int register = place(place, argument);
                boolean last = lastUse.remove(argument, k);
                if (last && register >= constants.length) {
                    free.push(register);
                }
            }
        }
        registers.require(used);
        this.reads = order.stream().filter(MapNode::isLeaf).mapToInt(leaf -> leaf.slot).distinct().toArray();
    }

    private static int place(Map<MapNode, Integer> places, MapNode node) {
        return Objects.requireNonNull(places.get(node));
    }

    private static List<MapNode> postorder(MapNode root) {
        List<MapNode> order = new ArrayList<>();
        Map<MapNode, Boolean> seen = new HashMap<>();
        ArrayDeque<MapNode> stack = new ArrayDeque<>(List.of(root));
        while (!stack.isEmpty()) {
            MapNode node = stack.peek();
            if (Boolean.TRUE.equals(seen.get(node))) {
                stack.pop();
            } else if (seen.containsKey(node)) {
                seen.put(stack.pop(), true);
                order.add(node);
            } else {
                seen.put(node, false);
                node.arguments.stream().filter(argument -> !seen.containsKey(argument)).forEach(stack::push);
            }
        }
        return order;
    }

    @Override
    public int[] reads() {
        return reads.clone();
    }

    @Override
    public int writes() {
        return target;
    }

    @Override
    public void run(double[][] memory) {
        if (count == 0) {
            return;
        }
        for (int k = 0; k < constants.length; k++) {
            Arrays.fill(registers.get(constantRegisters[k]), 0, Math.min(count, BLOCK), memory[constants[k].slot][0]);
        }
        int last = nodes.length - 1;
        for (int start = 0; start < count; start += BLOCK) {
            int n = Math.min(BLOCK, count - start);
            for (int k = 0; k <= last; k++) {
                double[] z = k == last ? memory[target] : registers.get(results[k]);
                run(k, memory, start, n, z, k == last ? start : 0);
            }
        }
    }

    private double[] array(int operand, double[][] memory) {
        return operand < 0 ? memory[~operand] : registers.get(operand);
    }

    private void run(int k, double[][] memory, int start, int n, double[] z, int zo) {
        MapNode node = nodes[k];
        int[] x = operands[k];
        if (node.isLeaf()) {
            node.view.load(memory[node.slot], start, n, z);
            return;
        }
        if (x.length == 0) {
            Arrays.fill(z, zo, zo + n, node.op == Op.LINEAR ? node.coefficients[0]
                    : node.op == Op.PRODUCT ? 1 : node.function.evaluate(0, 0));
            return;
        }
        double[] a = array(x[0], memory);
        int ao = x[0] < 0 ? start : 0;
        double[] b = x.length > 1 ? array(x[1], memory) : a;
        int bo = x.length > 1 && x[1] < 0 ? start : 0;
        switch (node.op) {
            case Op.LINEAR -> linear(node.coefficients, x, memory, start, n, z, zo);
            case Op.PRODUCT -> {
                Kernels.binary(Op.MULTIPLY, node.function, a, ao, b, bo, z, zo, n);
                for (int j = 2; j < x.length; j++) {
                    Kernels.binary(Op.MULTIPLY, node.function, z, zo, array(x[j], memory), x[j] < 0 ? start : 0, z, zo,
                            n);
                }
            }
            case Op.SELECT -> Kernels.select(a, ao, b, bo, array(x[2], memory), x[2] < 0 ? start : 0, z, zo, n);
            default -> {
                if (x.length == 2) {
                    Kernels.binary(node.op, node.function, a, ao, b, bo, z, zo, n);
                } else {
                    Kernels.unary(node.op, node.function, a, ao, z, zo, n);
                }
            }
        }
    }

    private void linear(double[] c, int[] x, double[][] memory, int start, int n, double[] z, int zo) {
        double[] a = array(x[0], memory);
        int ao = x[0] < 0 ? start : 0;
        if (x.length == 1) {
            Kernels.affine(c[1], a, ao, c[0], z, zo, n);
            return;
        }
        Kernels.combine(c[1], a, ao, c[2], array(x[1], memory), x[1] < 0 ? start : 0, c[0], z, zo, n);
        for (int j = 2; j < x.length; j++) {
            Kernels.addScaled(c[j + 1], array(x[j], memory), x[j] < 0 ? start : 0, z, zo, n);
        }
    }
}
