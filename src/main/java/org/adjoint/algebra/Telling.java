package org.adjoint.algebra;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.adjoint.expr.Budget;
import org.adjoint.expr.Expr;
import org.adjoint.expr.NodeMap;
import org.adjoint.expr.Walk;
import org.jspecify.annotations.Nullable;

/**
 * A chain of steps without gaps made of what a {@link Trace} kept: what a step leaves is what the next one begins with, as one
 * node. Steps by one law that follow each other are one step.
 */
final class Telling {
    /** What takes more steps by itself is told as one. */
    private static final int STEP_LIMIT = 400;
    private static final int DEPTH_LIMIT = 60;
    /** A larger graph is built anew for every step too slowly; its normal form is told as one step. */
    private static final int NODE_LIMIT = 3_000;

    private record Way(Expr from, Expr to) {
    }

    private final Trace trace;
    private final Forms forms;
    private final Map<Way, List<Proof.Step>> told = new HashMap<>();
    private final Set<Way> open = new HashSet<>();

    /** What became of the nodes of a graph. */
    @FunctionalInterface
    interface Forms {
        /** The form of a node, or null where it has none. */
        @Nullable
        Expr known(Expr node);
    }

    Telling(Trace trace, Forms forms) {
        this.trace = trace;
        this.forms = forms;
    }

    /** The steps from one expression to the other; one step by the law where nothing is known of it. */
    List<Proof.Step> steps(String law, Expr from, Expr to) {
        if (from == to) {
            return List.of();
        }
        Way way = new Way(from, to);
        List<Proof.Step> known = told.get(way);
        if (known != null) {
            return known;
        }
        if (open.size() >= DEPTH_LIMIT || !open.add(way)) {
            return List.of(new Proof.Step(law, from, to));
        }
        Budget.current().poll();
        List<Proof.Step> steps = found(law, from, to);
        open.remove(way);
        told.put(way, steps);
        return steps;
    }

    /** The stretches one after another. */
    List<Proof.Step> steps(Trace.Part... parts) {
        List<Proof.Step> steps = new ArrayList<>();
        for (Trace.Part part : parts) {
            steps.addAll(told(part));
        }
        return merged(steps);
    }

    private List<Proof.Step> found(String law, Expr from, Expr to) {
        List<Trace.Part> parts = trace.way(from, to);
        List<Proof.Step> steps = new ArrayList<>();
        if (parts != null) {
            for (Trace.Part part : parts) {
                steps.addAll(told(part));
            }
        } else if (forms.known(from) == to) {
            addNodes(from, steps);
        } else {
            return List.of(new Proof.Step(law, from, to));
        }
        List<Proof.Step> chain = merged(steps);
        boolean whole = !chain.isEmpty() && chain.get(0).before() == from && chain.getLast().after() == to
                && isChain(chain);
        return !whole ? List.of(new Proof.Step(law, from, to))
                : chain.size() > STEP_LIMIT ? List.of(new Proof.Step(StructureLaws.EXPANDED, from, to)) : chain;
    }

    private List<Proof.Step> told(Trace.Part part) {
        return switch (part) {
            case Trace.Step step -> List.of(new Proof.Step(step.law(), step.before(), step.after()));
            case Trace.Known known -> steps(known.law(), known.before(), known.after());
            case Trace.Places places -> steps(places);
        };
    }

    /** All places side by side: the same law at several of them is one step. */
    private List<Proof.Step> steps(Trace.Places places) {
        List<Expr> now = new ArrayList<>(places.from());
        List<List<Proof.Step>> ways = new ArrayList<>();
        for (int k = 0; k < now.size(); k++) {
            ways.add(steps(places.law(), now.get(k), places.to().get(k)));
        }
        int[] next = new int[now.size()];
        List<Proof.Step> steps = new ArrayList<>();
        Expr before = places.before();
        for (int first = first(ways, next); first >= 0; first = first(ways, next)) {
            String law = ways.get(first).get(next[first]).law();
            for (int k = first; k < next.length; k++) {
                if (next[k] < ways.get(k).size() && ways.get(k).get(next[k]).law().equals(law)) {
                    now.set(k, ways.get(k).get(next[k]++).after());
                }
            }
            Expr after = places.whole().apply(now);
            steps.add(new Proof.Step(law, before, after));
            before = after;
        }
        return steps;
    }

    /** The first place that is not done, or −1. */
    private static int first(List<List<Proof.Step>> ways, int[] next) {
        for (int k = 0; k < next.length; k++) {
            if (next[k] < ways.get(k).size()) {
                return k;
            }
        }
        return -1;
    }

    // ---- from the leaves to the root of a graph

    /** Every node becomes its normal form, operands first; what is above of it is built anew each time. */
    private void addNodes(Expr root, List<Proof.Step> steps) {
        List<Expr> nodes = Walk.postorder(root);
        if (nodes.size() > NODE_LIMIT) {
            Expr form = Objects.requireNonNull(forms.known(root));
            steps.add(new Proof.Step(StructureLaws.EXPANDED, root, form));
            return;
        }
        NodeMap<Expr> images = new NodeMap<>();
        nodes.forEach(node -> images.put(node, node));
        for (int k = 0; k < nodes.size(); k++) {
            Expr node = nodes.get(k);
            Expr start = Objects.requireNonNull(images.get(node));
            Expr form = Objects.requireNonNull(forms.known(node));
            List<Proof.Step> own = steps(StructureLaws.of(node), start, form);
            NodeMap<Expr> above = new NodeMap<>();
            for (Proof.Step step : own) {
                NodeMap<Expr> below = above.size() == 0 ? images : above;
                Expr before = Objects.requireNonNull(below.get(root));
                above = above(nodes, k, step.after(), images);
                steps.add(new Proof.Step(step.law(), before, Objects.requireNonNull(above.get(root))));
                Budget.current().poll();
            }
            for (int j = k; j < nodes.size() && !own.isEmpty(); j++) {
                Expr image = above.get(nodes.get(j));
                if (image != null) {
                    images.put(nodes.get(j), image);
                }
            }
        }
    }

    /** The nodes that change when a node does. */
    private static NodeMap<Expr> above(List<Expr> nodes, int changed, Expr image, NodeMap<Expr> images) {
        NodeMap<Expr> above = new NodeMap<>();
        above.put(nodes.get(changed), image);
        for (int k = changed + 1; k < nodes.size(); k++) {
            Expr node = nodes.get(k);
            List<Expr> operands = new ArrayList<>(node.operandCount());
            boolean same = true;
            for (int o = 0; o < node.operandCount(); o++) {
                Expr own = above.get(node.operand(o));
                same &= own == null;
                operands.add(own != null ? own : Objects.requireNonNull(images.get(node.operand(o))));
            }
            if (!same) {
                above.put(node, node.withOperands(operands));
            }
        }
        return above;
    }

    // ---- one after another

    /** Without steps that change nothing, and steps by one law together. */
    static List<Proof.Step> merged(List<Proof.Step> steps) {
        List<Proof.Step> merged = new ArrayList<>();
        for (Proof.Step step : steps) {
            if (step.before() == step.after()) {
                continue;
            }
            boolean same = !merged.isEmpty() && merged.getLast().law().equals(step.law())
                    && merged.getLast().after() == step.before();
            Proof.Step next = same ? new Proof.Step(step.law(), merged.removeLast().before(), step.after()) : step;
            if (next.before() != next.after()) {
                merged.add(next);
            }
        }
        return List.copyOf(merged);
    }

    static boolean isChain(List<Proof.Step> steps) {
        for (int k = 1; k < steps.size(); k++) {
            if (steps.get(k - 1).after() != steps.get(k).before()) {
                return false;
            }
        }
        return true;
    }
}
