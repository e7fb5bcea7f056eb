package org.adjoint.eval;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The memory of a plan while it is compiled: every value has a slot; what depends on no variable is computed at once; the
 * others get their arrays at the end, and share them when they are not needed at the same time.
 */
final class Slots {
    private static final double[] EMPTY = {};

    private double[][] memory = new double[64][];
    private int[] counts = new int[64];
    private boolean[] constant = new boolean[64];
    private int size;
    private final List<Step> steps = new ArrayList<>();

    /** A new slot for that many entries. */
    int allocate(int count) {
        if (size == counts.length) {
            memory = Arrays.copyOf(memory, 2 * size);
            counts = Arrays.copyOf(counts, 2 * size);
            constant = Arrays.copyOf(constant, 2 * size);
        }
        memory[size] = EMPTY;
        counts[size] = count;
        return size++;
    }

    /** A slot that holds those numbers always. */
    int constant(double... numbers) {
        int slot = allocate(numbers.length);
        memory[slot] = numbers;
        constant[slot] = true;
        return slot;
    }

    boolean isConstant(int slot) {
        return constant[slot];
    }

    /** Adds a step, or runs it now when all that it reads is constant. Gives the slot that it writes. */
    int emit(Step step) {
        boolean known = true;
        for (int slot : step.reads()) {
            known &= constant[slot];
        }
        int target = step.writes();
        if (known) {
            if (!constant[target]) {
                memory[target] = new double[counts[target]];
                constant[target] = true;
            }
            step.run(memory);
        } else {
            steps.add(step);
        }
        return target;
    }

    Step[] steps() {
        return steps.toArray(Step[]::new);
    }

    /** The memory with an array for every slot that a step writes; slots of variables stay empty. */
    double[][] assign(int[] kept) {
        int[] lastUse = new int[size];
        for (int k = 0; k < steps.size(); k++) {
            lastUse[steps.get(k).writes()] = k;
            for (int slot : steps.get(k).reads()) {
                lastUse[slot] = k;
            }
        }
        for (int slot : kept) {
            lastUse[slot] = Integer.MAX_VALUE;
        }
        boolean[] owned = new boolean[size];
        Map<Integer, ArrayDeque<double[]>> free = new HashMap<>();
        for (int k = 0; k < steps.size(); k++) {
            Step step = steps.get(k);
            int target = step.writes();
            if (!owned[target]) {
                ArrayDeque<double[]> fitting = free.computeIfAbsent(counts[target], count -> new ArrayDeque<>());
                memory[target] = fitting.isEmpty() ? new double[counts[target]] : fitting.pop();
                owned[target] = true;
            }
            for (int slot : step.reads()) {
                release(slot, k, lastUse, owned, free);
            }
            release(target, k, lastUse, owned, free);
        }
        return Arrays.copyOf(memory, size);
    }

    private void release(int slot, int k, int[] lastUse, boolean[] owned, Map<Integer, ArrayDeque<double[]>> free) {
        if (owned[slot] && lastUse[slot] == k) {
            lastUse[slot] = -1;
            free.computeIfAbsent(counts[slot], count -> new ArrayDeque<>()).push(memory[slot]);
        }
    }
}
