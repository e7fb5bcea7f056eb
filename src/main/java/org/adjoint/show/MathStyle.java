package org.adjoint.show;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Rational;
import org.adjoint.expr.Shape;
import org.adjoint.expr.Size;

/**
 * Notation of linear algebra: vectors are columns, {@code xᵀ} is a row, operands side by side are multiplied,
 * {@code ⊙} is entry by entry. What Unicode and LaTeX share.
 */
abstract class MathStyle extends Style {
    /** More factors than this are not merged into one node when they are read as a product of matrices. */
    private static final int MOST_SCALED = 3;

    MathStyle(Fold fold, Set<String> taken) {
        super(fold, taken);
    }

    // ---- what the two write differently

    abstract String name(String name);

    abstract String function(String name);

    abstract String size(Size size);

    abstract String number(Rational value);

    abstract String times();

    abstract String hadamard();

    abstract String minus();

    abstract String sign(String relation);

    /** A product of scalars, sizes and at most one further part, over some of these. */
    abstract void quotient(Shown.Product product, Sink out);

    abstract void transposed(Shown operand, Sink out);

    /** An integer power of a number or vector, or {@code A⁻¹}. */
    abstract void raised(Shown base, String exponent, Sink out);

    abstract void power(Shown.Power power, Sink out);

    abstract void call(Shown.Call call, Sink out);

    abstract void index(Shown.Index index, Sink out);

    abstract void entries(Shown.Entries entries, Sink out);

    // ---- precedence

    @Override
    int level(Shown form) {
        return switch (form) {
            case Shown.Leaf leaf -> level(resolve(leaf));
            case Shown.Numeral number ->
                number.value().signum() < 0 ? SUM : number.value().isInteger() ? ATOM : PRODUCT;
            case Shown.Data data -> data.value() < 0 ? SUM : ATOM;
            case Shown.Extent extent -> Sizes.isProduct(extent.size()) ? PRODUCT : ATOM;
            case Shown.Sum sum -> SUM;
            case Shown.Product product -> product.coefficient().isNegative() ? SUM : PRODUCT;
            case Shown.Matmul product -> PRODUCT;
            case Shown.Outer outer -> PRODUCT;
            case Shown.Power power -> isCalled(power) ? ATOM : POWER;
            case Shown.Relation relation -> RELATION;
            case Shown.Call call -> isRaised(call) ? POWER : ATOM;
            case Shown.Name name -> ATOM;
            case Shown.Transpose transpose -> ATOM;
            case Shown.Diagonal diagonal -> ATOM;
            case Shown.Total total -> ATOM;
            case Shown.Verbatim verbatim -> ATOM;
            case Shown.Unknown unknown -> ATOM;
            case Shown.Index index -> ATOM;
            case Shown.Stack stack -> ATOM;
            case Shown.Entries entries -> ATOM;
        };
    }

    /** Whether a power is written as a call because a superscript would be the power of a matrix. */
    boolean isCalled(Shown.Power power) {
        return power.rank() > 1;
    }

    boolean isRaised(Shown.Call call) {
        return call.function().equals("inv") || call.function().equals("sqrt");
    }

    @Override
    void write(Shown form, Sink out) {
        switch (form) {
            case Shown.Leaf leaf -> out.form(leaf, RELATION);
            case Shown.Numeral number -> out.text(number(number.value()));
            case Shown.Data data -> out.text(Double.toString(data.value()));
            case Shown.Name name -> out.text(name(name.name()));
            case Shown.Extent extent -> out.text(size(extent.size()));
            case Shown.Verbatim verbatim -> out.text(verbatim.text());
            case Shown.Sum sum -> sum(sum, out);
            case Shown.Product product when product.coefficient().isNegative() -> negated(minus(),
                    new Shown.Product(product.coefficient().abs(), product.factors(), product.divisors(),
                            product.meaning()),
                    PRODUCT, out);
            case Shown.Product product -> quotient(product, out);
            case Shown.Matmul product -> matmul(product, out);
            case Shown.Outer outer -> {
                chained(outer.left(), out);
                out.text(times());
                transposed(outer.right(), out);
            }
            case Shown.Transpose transpose -> transposed(transpose.operand(), out);
            case Shown.Power power -> power(power, out);
            case Shown.Call call -> call(call, out);
            case Shown.Diagonal diagonal -> called("diag", List.of(diagonal.vector()), List.of(), out);
            case Shown.Total total -> called("sum", List.of(total.operand()), total.axes().isEmpty() ? List.of()
                    : List.of(new Shown.Option("axis", Fold.axesText(total.axes()))), out);
            case Shown.Unknown unknown -> out.text(unknown(unknown) + open()).all(unknown.arguments(), ", ", SUM)
                    .text(close());
            case Shown.Index index -> index(index, out);
            case Shown.Stack stack -> out.text("[").all(stack.rows(), ", ", SUM).text("]");
            case Shown.Relation relation -> out.form(relation.left(), SUM).text(" " + sign(relation.sign()) + " ")
                    .form(relation.right(), SUM);
            case Shown.Entries entries -> entries(entries, out);
        }
    }

    abstract String unknown(Shown.Unknown unknown);

    final void called(String function, List<Shown> arguments, List<Shown.Option> options, Sink out) {
        out.text(function(function) + open()).all(arguments, ", ", RELATION);
        options.forEach(option -> out.text(", " + option.key() + "=" + option.value()));
        out.text(close());
    }

    // ---- sums

    private void sum(Shown.Sum sum, Sink out) {
        for (int k = 0; k < sum.terms().size(); k++) {
            Shown.Term term = sum.terms().get(k);
            boolean apart = k == 0 && term.negative() && beginsWithSum(term.value());
            out.text(k == 0 ? (term.negative() ? minus() : "") : term.negative() ? " " + minus() + " " : " + ");
            out.text(apart ? open() : "");
            widened(term.value(), sum.meaning().shape(), out);
            out.text(apart ? close() : "");
        }
    }

    /** A term; a vector that is added to every row or column of a matrix is written as an outer product with ones. */
    private void widened(Shown term, Shape shape, Sink out) {
        Shown form = resolve(term);
        if (shape.rank() == 2 && form.rank() == 1) {
            out.form(Surface.ones(Shape.of(shape.get(0))), POWER).text(times());
            transposed(term, out);
        } else if (shape.rank() == 2 && form instanceof Shown.Index index && isColumn(index)) {
            out.form(index.base(), POWER).text(times());
            transposed(Surface.ones(Shape.of(shape.get(1))), out);
        } else {
            out.form(term, PRODUCT);
        }
    }

    private static boolean isColumn(Shown.Index index) {
        return index.base().rank() == 1 && index.items().equals(List.of(Shown.WHOLE, Shown.NEW_AXIS));
    }

    // ---- products

    /** A left operand: chains are read from the left, so a product needs no brackets there. */
    final void chained(Shown left, Sink out) {
        boolean chain = resolve(left) instanceof Shown.Matmul product && !isBatch(product)
                || resolve(left) instanceof Shown.Outer;
        out.form(left, chain ? PRODUCT : POWER);
    }

    private static boolean isBatch(Shown.Matmul product) {
        return product.left().rank() > 2 || product.right().rank() > 2;
    }

    private void matmul(Shown.Matmul product, Sink out) {
        if (isBatch(product)) {
            chained(product.left(), out);
            out.text(batch()).form(product.right(), POWER);
        } else if (isDot(product)) {
            Shown.Matmul dot = dot(product);
            Optional<Shown.Matmul> row = row(dot.left());
            if (row.isPresent()) {
                transposed(row.get().left(), out);
                out.text(times()).form(row.get().right(), POWER);
            } else {
                transposed(dot.left(), out);
            }
            out.text(times()).form(dot.right(), POWER);
        } else {
            chained(product.left(), out);
            out.text(times()).form(product.right(), POWER);
        }
    }

    String batch() {
        return " @ ";
    }

    /** The scalars among the factors. */
    static List<Shown> scalars(List<Shown> forms) {
        return forms.stream().filter(form -> form.rank() == 0).toList();
    }

    static List<Shown> tensors(List<Shown> forms) {
        return forms.stream().filter(form -> form.rank() > 0).toList();
    }

    /** The factors that are no scalars, multiplied entry by entry; of a matrix and vectors, with diagonal matrices. */
    final void tensorPart(Shown.Product product, boolean alone, Sink out) {
        List<Shown> factors = tensors(product.factors());
        List<Shown> divisors = tensors(product.divisors());
        if (factors.size() == 1 && divisors.isEmpty()) {
            chained(factors.get(0), out);
            return;
        }
        List<Shown> columns = new ArrayList<>();
        List<Shown> rows = new ArrayList<>();
        List<Shown> full = new ArrayList<>();
        for (Shown factor : factors) {
            if (product.rank() == 2 && factor.rank() == 1) {
                rows.add(factor);
            } else if (product.rank() == 2 && resolve(factor) instanceof Shown.Index index && isColumn(index)) {
                columns.add(index.base());
            } else {
                full.add(factor);
            }
        }
        boolean scaled = !full.isEmpty() && columns.size() + rows.size() > 0 && factors.size() <= MOST_SCALED
                && product.meaning().shape().sizes().stream().noneMatch(Size::isOne)
                && divisors.stream().allMatch(d -> d.meaning().shape().equals(product.meaning().shape()));
        if (!scaled) {
            entrywise(factors, divisors, alone, out);
            return;
        }
        diagonal(columns, "", times(), out);
        if (full.size() == 1 && divisors.isEmpty()) {
            out.form(full.get(0), POWER);
        } else {
            entrywise(full, divisors, false, out);
        }
        diagonal(rows, times(), "", out);
    }

    private void diagonal(List<Shown> vectors, String before, String after, Sink out) {
        if (!vectors.isEmpty()) {
            out.text(before + function("diag") + open());
            out.all(vectors, hadamard(), vectors.size() == 1 ? RELATION : POWER).text(close() + after);
        }
    }

    private void entrywise(List<Shown> factors, List<Shown> divisors, boolean alone, Sink out) {
        out.text(alone ? "" : open());
        out.text(factors.isEmpty() ? "1" : "").all(factors, hadamard(), POWER);
        divisors.forEach(divisor -> out.text(" / ").form(divisor, POWER));
        out.text(alone ? "" : close());
    }

    // ---- helpers

    /** Names for the indices of a product written entry by entry, which are in use from here on. */
    final List<String> bound(Shown.Entries entries, Sink out) {
        int count = entries.ranges().size();
        List<String> names = IntStream.range(out.bound(), out.bound() + count).mapToObj(this::indexName).toList();
        out.bind(count);
        return names;
    }

    /** The names of the indices of one factor. */
    static List<String> named(Shown.Entries entries, int factor, List<String> names) {
        return entries.indices().get(factor).stream().map(names::get).toList();
    }

    static Optional<Rational> number(Expr exponent) {
        return Constant.uniform(exponent);
    }

    /** Positions and ends counted from 1. */
    final String item(Shown.Item item) {
        return switch (item) {
            case Shown.Item.Whole whole -> ":";
            case Shown.Item.NewAxis axis -> "None";
            case Shown.Item.At at -> at.position().plus(1).toString();
            case Shown.Item.Slice s -> {
                Size last = s.start().plus(s.count().minus(1).times(s.step())).plus(1);
                yield s.start().plus(1) + ":" + last + (s.step() == 1 ? "" : ":" + s.step());
            }
        };
    }
}
