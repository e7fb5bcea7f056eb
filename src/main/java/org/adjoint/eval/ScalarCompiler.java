package org.adjoint.eval;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Contraction;
import org.adjoint.expr.Detach;
import org.adjoint.expr.Dimension;
import org.adjoint.expr.Elementwise;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Functions;
import org.adjoint.expr.Linear;
import org.adjoint.expr.Rational;
import org.adjoint.expr.ScalarFunction;
import org.adjoint.expr.Variable;
import org.adjoint.expr.Where;

/** Compiles a graph in which every node is a scalar to a {@link ScalarTape}. */
final class ScalarCompiler {
    private static final int KEPT = Integer.MAX_VALUE;
    private static final int SHARED_LIMIT = 4096;

    private final Sizes sizes;
    private final List<Expr> order;
    private final NodeNumbers nodes = new NodeNumbers();
    /** The operands of node i are {@code operands[first[i]] … operands[first[i + 1] - 1]}: looked up once. */
    private final int[] first;
    private final int[] operands;
    /** For each node the last node that reads it. */
    private final int[] lastUse;
    /** For each node how many read it. */
    private final int[] uses;
    /** Squares that are part of the only node that reads them, {@code c·x² + b}. */
    private final boolean[] folded;
    /** For each node its slot; −1 before it has one. */
    private final int[] slots;
    private int[] code = new int[256];
    private int length;
    private double[] pool = new double[64];
    private int pooled;
    private double[] numbers = new double[64];
    private int slotCount;
    private int[] free = new int[64];
    private int freeCount;
    private final Map<ScalarFunction, Integer> functions = new LinkedHashMap<>();
    private final Map<List<Double>, Integer> coefficients = new LinkedHashMap<>();

    private ScalarCompiler(List<Expr> order, Sizes sizes) {
        this.order = order;
        this.sizes = sizes;
        this.first = new int[order.size() + 1];
        int edges = 0;
        for (int i = 0; i < order.size(); i++) {
            first[i] = edges;
            edges += order.get(i).operandCount();
        }
        first[order.size()] = edges;
        this.operands = new int[edges];
        this.lastUse = new int[order.size()];
        this.uses = new int[order.size()];
        this.slots = new int[order.size()];
        this.folded = new boolean[order.size()];
    }

    /** The tape; empty when some node is not a scalar, or of a kind that the tape does not have. */
    static Optional<Program> compile(List<Expr> outputs, List<Expr> order, Sizes sizes) {
        for (Expr node : order) {
            boolean fits = switch (node) {
                case Variable v -> true;
                case Constant c -> true;
                case Dimension d -> true;
                case Elementwise e -> true;
                case Linear l -> true;
                case Contraction c -> true;
                case Where w -> true;
                case Detach d -> true;
                default -> false;
            };
            if (!fits || !node.shape().isScalar()) {
                return Optional.empty();
            }
        }
        return Optional.of(new ScalarCompiler(order, sizes).compile(outputs));
    }

    private ScalarTape compile(List<Expr> outputs) {
        for (int i = 0; i < order.size(); i++) {
            Expr node = order.get(i);
            slots[nodes.number(node)] = -1;
            for (int k = 0; k < node.operandCount(); k++) {
                int operand = nodes.number(node.operand(k));
                operands[first[i] + k] = operand;
                uses[operand]++;
            }
        }
        outputs.forEach(output -> uses[nodes.number(output)] += 2);
        for (int i = 0; i < order.size(); i++) {
            if (order.get(i) instanceof Linear linear) {
                int term = onlyTerm(linear);
                if (term >= 0 && isSquare(linear.term(term)) && uses[operand(i, term)] == 1) {
                    folded[operand(i, term)] = true;
                }
            }
        }
        for (int i = 0; i < order.size(); i++) {
            for (int k = first[i]; k < first[i + 1] && !folded[i]; k++) {
                lastUse[read(operands[k])] = i;
            }
        }
        List<Variable> variables = new ArrayList<>();
        for (int i = 0; i < order.size(); i++) {
            switch (order.get(i)) {
                case Variable variable -> {
                    variables.add(variable);
                    keep(i, 0);
                }
                case Constant constant -> keep(i, constant.value().toDouble());
                case Dimension dimension -> keep(i, sizes.of(dimension.size()));
                default -> {
                }
            }
        }
        outputs.forEach(output -> lastUse[nodes.number(output)] = KEPT);
        for (int i = 0; i < order.size(); i++) {
            if (slots[i] < 0 && !folded[i]) {
                emit(i, order.get(i));
            }
        }
        return new ScalarTape(Arrays.copyOf(code, length), Arrays.copyOf(pool, pooled),
                Arrays.copyOf(numbers, slotCount), functions.keySet().toArray(ScalarFunction[]::new),
                variables.toArray(Variable[]::new), variables.stream().mapToInt(v -> slots[nodes.number(v)]).toArray(),
                outputs.stream().mapToInt(output -> slots[nodes.number(output)]).toArray());
    }

    private int operand(int node, int k) {
        return operands[first[node] + k];
    }

    /** The node that is read in place of an operand: of a folded square its base. */
    private int read(int operand) {
        return folded[operand] ? operand(operand, 0) : operand;
    }

    /** The slot of an operand. */
    private int slot(int node, int k) {
        return slots[read(operand(node, k))];
    }

    /** A slot of its own for a leaf. */
    private void keep(int leaf, double value) {
        slots[leaf] = allocate();
        lastUse[leaf] = KEPT;
        numbers[slots[leaf]] = value;
    }

    private static boolean isSquare(Expr node) {
        return node instanceof Elementwise square && square.function() == Functions.POWER
                && square.operand(1) == Constant.TWO;
    }

    /** The term of {@code c·x + b}; −1 when there are more, or none. */
    private static int onlyTerm(Linear linear) {
        int only = -1;
        for (int k = 0; k < linear.termCount(); k++) {
            if (linear.term(k) != Constant.ONE) {
                if (only >= 0) {
                    return -1;
                }
                only = k;
            }
        }
        return only;
    }

    // ---- instructions

    private void emit(int i, Expr node) {
        switch (node) {
            case Elementwise map -> elementwise(i, map);
            case Linear linear -> linear(i, linear);
            case Contraction product -> product(i, product.operandCount());
            case Where where -> write(Op.SELECT, i, slot(i, 0), slot(i, 1), slot(i, 2));
            case Detach detach -> write(Op.COPY, i, slot(i, 0));
            default -> throw new IllegalStateException("not a scalar instruction: " + node);
        }
    }

    private void elementwise(int i, Elementwise map) {
        ScalarFunction function = map.function();
        int op = Op.of(function);
        if (op == Op.POWER) {
            op = Op.power(Constant.uniform(map.operand(1)).orElse(Rational.ZERO));
            if (op != Op.POWER) {
                write(op, i, slot(i, 0));
                return;
            }
        }
        if (function.arity() == 0) {
            keep(i, function.evaluate(0, 0));
        } else if (function.arity() == 2) {
            write(Op.BINARY, i, slot(i, 0), slot(i, 1), index(function));
        } else if (op == Op.UNARY) {
            write(op, i, slot(i, 0), index(function));
        } else {
            write(op, i, slot(i, 0));
        }
    }

    private int index(ScalarFunction function) {
        return functions.computeIfAbsent(function, f -> functions.size());
    }

    private void product(int i, int count) {
        if (count <= 4) {
            int[] factors = new int[count];
            Arrays.setAll(factors, k -> slot(i, k));
            write(count == 2 ? Op.MULTIPLY : count == 3 ? Op.MULTIPLY3 : Op.MULTIPLY4, i, factors);
            return;
        }
        int[] factors = new int[count + 1];
        factors[0] = slot(i, 0);
        factors[1] = count;
        for (int k = 1; k < count; k++) {
            factors[k + 1] = slot(i, k);
        }
        write(Op.PRODUCT, i, factors);
    }

    private void linear(int i, Linear linear) {
        int count = 0;
        int[] terms = new int[linear.termCount()];
        double[] c = new double[linear.termCount() + 1];
        boolean square = false;
        for (int k = 0; k < linear.termCount(); k++) {
            if (linear.term(k) == Constant.ONE) {
                c[0] = linear.coefficient(k).toDouble();
                continue;
            }
            square = folded[operand(i, k)];
            terms[count++] = slot(i, k);
            c[count] = linear.coefficient(k).toDouble();
        }
        if (count == 1) {
            write(square ? Op.AFFINE_SQUARE : Op.AFFINE, i, terms[0], pool(c, 2));
        } else if (count == 2 && c[0] == 0 && c[1] == 1 && Math.abs(c[2]) == 1) {
            write(c[2] > 0 ? Op.ADD : Op.SUBTRACT, i, terms[0], terms[1]);
        } else if (count == 2) {
            write(Op.COMBINE, i, terms[0], terms[1], pool(c, 3));
        } else {
            int[] rest = new int[count + 2];
            rest[0] = terms[0];
            rest[1] = pool(c, count + 1);
            rest[2] = count;
            System.arraycopy(terms, 1, rest, 3, count - 1);
            write(Op.LINEAR, i, rest);
        }
    }

    /** Where the coefficients lie in the pool; short runs that occur again are shared. */
    private int pool(double[] c, int count) {
        if (count > 3) {
            return append(c, count);
        }
        List<Double> key = Arrays.stream(c, 0, count).boxed().toList();
        Integer known = coefficients.get(key);
        if (known == null) {
            known = append(c, count);
            if (coefficients.size() < SHARED_LIMIT) {
                coefficients.put(key, known);
            }
        }
        return known;
    }

    private int append(double[] c, int count) {
        while (pooled + count > pool.length) {
            pool = Arrays.copyOf(pool, 2 * pool.length);
        }
        System.arraycopy(c, 0, pool, pooled, count);
        pooled += count;
        return pooled - count;
    }

    /** An instruction; the slots of operands that it reads last are free for its target already. */
    private void write(int op, int i, int... arguments) {
        for (int k = first[i]; k < first[i + 1]; k++) {
            release(read(operands[k]), i);
        }
        slots[i] = allocate();
        int end = length + arguments.length + 2;
        if (end > code.length) {
            code = Arrays.copyOf(code, Math.max(2 * code.length, end));
        }
        code[length] = op;
        code[length + 1] = slots[i];
        System.arraycopy(arguments, 0, code, length + 2, arguments.length);
        length = end;
    }

    private void release(int operand, int reader) {
        if (lastUse[operand] == reader) {
            lastUse[operand] = KEPT;
            if (freeCount == free.length) {
                free = Arrays.copyOf(free, 2 * freeCount);
            }
            free[freeCount++] = slots[operand];
        }
    }

    private int allocate() {
        if (freeCount > 0) {
            return free[--freeCount];
        }
        if (slotCount == numbers.length) {
            numbers = Arrays.copyOf(numbers, 2 * slotCount);
        }
        return slotCount++;
    }
}
