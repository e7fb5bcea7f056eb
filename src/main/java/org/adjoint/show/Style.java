package org.adjoint.show;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.adjoint.expr.Budget;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Tensors;

/** A way of writing notation; forms are written with a work-list, so depth is bounded by memory only. */
abstract class Style implements Writer {
    /** How tightly forms hold together, the loosest first. */
    static final int RELATION = 0;
    static final int SUM = 1;
    static final int PRODUCT = 2;
    static final int POWER = 3;
    static final int ATOM = 4;

    private static final String[] INDEX_NAMES = {"i", "j", "k", "l"};

    private final Fold fold;
    private final Set<String> taken;

    /** @param taken names that are not free for indices */
    Style(Fold fold, Set<String> taken) {
        this.fold = fold;
        this.taken = taken;
    }

    /** The precedence of the written form; its leaves are resolved. */
    abstract int level(Shown form);

    abstract void write(Shown form, Sink out);

    String open() {
        return "(";
    }

    String close() {
        return ")";
    }

    @Override
    public final String write(Expr node, int limit) {
        return emit(Surface.leaf(node), limit);
    }

    @Override
    public final void name(Expr node, String name) {
        fold.name(node, name);
    }

    @Override
    public final Order order() {
        return fold.order();
    }

    final Shown resolve(Shown form) {
        return fold.resolve(form);
    }

    /** The whole text; cut off with the ellipsis once it is longer than the limit. */
    final String emit(Shown root, int limit) {
        StringBuilder text = new StringBuilder();
        List<Sink.Piece> stack = new ArrayList<>();
        stack.add(new Sink(0).form(root, RELATION).pieces().get(0));
        Budget budget = Budget.current();
        while (!stack.isEmpty() && text.length() <= limit) {
            budget.poll();
            Sink.Piece piece = stack.removeLast();
            if (piece.isText()) {
                text.append(piece.text());
                continue;
            }
            Shown form = resolve(piece.form());
            boolean brackets = level(form) < piece.least();
            Sink out = new Sink(piece.bound());
            out.text(brackets ? open() : "");
            write(form, out);
            out.text(brackets ? close() : "");
            stack.addAll(out.pieces().reversed());
        }
        return stack.isEmpty() ? text.toString() : text.append(" …").toString();
    }

    /** The k-th name for an index that is not in use. */
    final String indexName(int k) {
        int round = 0;
        int free = 0;
        while (true) {
            for (String letter : INDEX_NAMES) {
                String name = round == 0 ? letter : letter + round;
                if (!taken.contains(name) && free++ == k) {
                    return name;
                }
            }
            round++;
        }
    }

    /** The vector {@code Aᵀx} as the row {@code xᵀA}. */
    final Optional<Shown.Matmul> row(Shown vector) {
        return resolve(vector) instanceof Shown.Matmul product && product.left().rank() == 2
                && product.right().rank() == 1 && resolve(product.left()) instanceof Shown.Transpose matrix
                && Tensors.matmul(product.right().meaning(), matrix.operand().meaning()) == vector.meaning()
                        ? Optional.of(new Shown.Matmul(product.right(), matrix.operand(), vector.meaning()))
                        : Optional.empty();
    }

    /** A dot product with a row on the left where there is one. */
    final Shown.Matmul dot(Shown.Matmul product) {
        Shown first = product.left();
        Shown second = product.right();
        boolean turn = row(first).isEmpty() && row(second).isPresent();
        return turn ? new Shown.Matmul(second, first, product.meaning()) : product;
    }

    /**
     * Whether the written form begins with a sum in brackets, to which a sign before it would belong:
     * {@code -(a - b) / c} is {@code (b - a) / c}.
     */
    final boolean beginsWithSum(Shown form) {
        Shown first = resolve(form);
        while (true) {
            Shown next = switch (first) {
                case Shown.Product product when product.coefficient().abs().isOne() && !product.factors().isEmpty() ->
                    product.factors().get(0);
                case Shown.Matmul product -> isDot(product) ? dot(product).left() : product.left();
                default -> first;
            };
            if (next == first) {
                return first instanceof Shown.Sum && first != form;
            }
            first = resolve(next);
        }
    }

    /** A form with a minus sign in front. */
    final void negated(String minus, Shown form, int least, Sink out) {
        boolean apart = beginsWithSum(form);
        out.text(minus + (apart ? open() : "")).form(form, apart ? RELATION : least).text(apart ? close() : "");
    }

    static boolean isDot(Shown.Matmul product) {
        return product.left().rank() == 1 && product.right().rank() == 1;
    }
}
