package org.adjoint.show;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.adjoint.expr.Rational;
import org.adjoint.expr.Size;

/** Text in the default dialect of the language. */
final class NumpyStyle extends Style {
    NumpyStyle(Fold fold, Set<String> taken) {
        super(fold, taken);
    }

    @Override
    int level(Shown form) {
        return switch (form) {
            case Shown.Leaf leaf -> level(resolve(leaf));
            case Shown.Numeral number -> level(number.value());
            case Shown.Data data -> data.value() < 0 ? SUM : ATOM;
            case Shown.Extent extent -> Sizes.isProduct(extent.size()) ? PRODUCT : ATOM;
            case Shown.Sum sum -> SUM;
            case Shown.Product product -> product.coefficient().isNegative() ? SUM : PRODUCT;
            case Shown.Matmul product -> PRODUCT;
            case Shown.Power power -> POWER;
            case Shown.Relation relation -> RELATION;
            case Shown.Name name -> ATOM;
            case Shown.Outer outer -> ATOM;
            case Shown.Transpose transpose -> ATOM;
            case Shown.Call call -> ATOM;
            case Shown.Diagonal diagonal -> ATOM;
            case Shown.Total total -> ATOM;
            case Shown.Verbatim verbatim -> ATOM;
            case Shown.Unknown unknown -> ATOM;
            case Shown.Index index -> ATOM;
            case Shown.Stack stack -> ATOM;
            case Shown.Entries entries -> ATOM;
        };
    }

    private static int level(Rational value) {
        return value.signum() < 0 ? SUM : value.isInteger() ? ATOM : PRODUCT;
    }

    @Override
    void write(Shown form, Sink out) {
        switch (form) {
            case Shown.Leaf leaf -> out.form(leaf, RELATION);
            case Shown.Numeral number -> out.text(number.value().toString());
            case Shown.Data data -> out.text(Double.toString(data.value()));
            case Shown.Name name -> out.text(name.name());
            case Shown.Extent extent -> out.text(Sizes.text(extent.size()));
            case Shown.Verbatim verbatim -> out.text(verbatim.text());
            case Shown.Sum sum -> sum(sum, out);
            case Shown.Product product -> product(product, out);
            case Shown.Matmul product -> matmul(product, out);
            case Shown.Outer outer -> out.text("outer(").all(List.of(outer.left(), outer.right()), ", ", SUM).text(")");
            case Shown.Transpose transpose -> out.form(transpose.operand(), ATOM).text(".T");
            case Shown.Power power -> out.form(power.base(), ATOM).text("**").form(power.exponent(), ATOM);
            case Shown.Call call -> {
                out.text(call.function() + "(").all(call.arguments(), ", ", RELATION);
                call.options().forEach(option -> out.text(", " + option.key() + "=" + option.value()));
                out.text(")");
            }
            case Shown.Diagonal diagonal -> out.text("diag(").form(diagonal.vector(), SUM).text(")");
            case Shown.Total total -> {
                out.text("sum(").form(total.operand(), SUM);
                out.text(total.axes().isEmpty() ? ")" : ", axis=" + Fold.axesText(total.axes()) + ")");
            }
            case Shown.Unknown unknown -> out.text(Unknowns.text(unknown) + "(").all(unknown.arguments(), ", ", SUM)
                    .text(")");
            case Shown.Index index -> out.form(index.base(), ATOM)
                    .text("[" + String.join(", ", index.items().stream().map(NumpyStyle::item).toList()) + "]");
            case Shown.Stack stack -> out.text("[").all(stack.rows(), ", ", SUM).text("]");
            case Shown.Relation relation -> out.form(relation.left(), SUM).text(" " + relation.sign() + " ")
                    .form(relation.right(), SUM);
            case Shown.Entries entries -> entries(entries, out);
        }
    }

    private void sum(Shown.Sum sum, Sink out) {
        for (int k = 0; k < sum.terms().size(); k++) {
            Shown.Term term = sum.terms().get(k);
            if (k == 0 && term.negative()) {
                negated("-", term.value(), PRODUCT, out);
            } else {
                out.text(k == 0 ? "" : term.negative() ? " - " : " + ").form(term.value(), PRODUCT);
            }
        }
    }

    private void product(Shown.Product product, Sink out) {
        Fraction c = product.coefficient();
        if (c.isNegative()) {
            negated("-", new Shown.Product(c.abs(), product.factors(), product.divisors(), product.meaning()), PRODUCT,
                    out);
            return;
        }
        if (c.isReciprocal() && product.factors().size() + product.divisors().size() > 1
                && !product.factors().isEmpty()) {
            out.all(product.factors(), " * ", POWER);
            product.divisors().forEach(divisor -> out.text(" / ").form(divisor, POWER));
            out.text(below(c).replaceFirst("/", " / "));
            return;
        }
        if (c.isReciprocal() && product.factors().size() == 1) {
            Shown only = product.factors().get(0);
            out.form(only, resolve(only) instanceof Shown.Matmul ? PRODUCT : POWER);
            out.text(below(c));
            return;
        }
        String head = c.abs().isOne() ? "" : String.join("*", Sizes.orOne(c.numerator())) + below(c);
        if (head.isEmpty() && product.factors().isEmpty()) {
            head = "1";
        }
        out.text(head).text(head.isEmpty() || product.factors().isEmpty() ? "" : " * ");
        out.all(product.factors(), " * ", POWER);
        product.divisors().forEach(divisor -> out.text(" / ").form(divisor, POWER));
    }

    /** {@code /n}, {@code /(2*n)}, or nothing. */
    private static String below(Fraction c) {
        List<String> parts = c.denominator();
        return parts.isEmpty() ? ""
                : parts.size() == 1 && (parts.get(0).indexOf('*') < 0 || parts.get(0).endsWith(")"))
                        ? "/" + parts.get(0)
                        : "/(" + String.join("*", parts) + ")";
    }

    private void matmul(Shown.Matmul product, Sink out) {
        if (isDot(product)) {
            Shown.Matmul dot = dot(product);
            Optional<Shown.Matmul> row = row(dot.left());
            if (row.isPresent()) {
                operands(row.get().left(), row.get().right(), out);
                out.text(" @ ").form(dot.right(), POWER);
                return;
            }
            out.form(dot.left(), POWER).text(" @ ").form(dot.right(), POWER);
            return;
        }
        operands(product.left(), product.right(), out);
    }

    /** Products of matrices read from left to right. */
    private void operands(Shown left, Shown right, Sink out) {
        out.form(left, resolve(left) instanceof Shown.Matmul ? PRODUCT : POWER).text(" @ ").form(right, POWER);
    }

    static String item(Shown.Item item) {
        return switch (item) {
            case Shown.Item.Whole whole -> ":";
            case Shown.Item.NewAxis axis -> "None";
            case Shown.Item.At at -> at.position().toString();
            case Shown.Item.Slice slice -> slice(slice);
        };
    }

    private static String slice(Shown.Item.Slice s) {
        Size end = s.start().plus(s.count().times(s.step()));
        if (s.step() > 0) {
            boolean toEnd = end.equals(s.axis()) || s.start().plus(s.count().minus(1).times(s.step())).plus(1)
                    .equals(s.axis());
            Size stop = s.start().plus(s.count().minus(1).times(s.step())).plus(1);
            return (s.start().equals(Size.ZERO) ? "" : s.start().toString()) + ":" + (toEnd ? "" : stop.toString())
                    + (s.step() == 1 ? "" : ":" + s.step());
        }
        boolean fromEnd = s.start().equals(s.axis().minus(1));
        Size last = s.start().plus(s.count().minus(1).times(s.step()));
        return (fromEnd ? "" : s.start().toString()) + ":" + (last.equals(Size.ZERO) ? "" : last.minus(1).toString())
                + ":" + s.step();
    }

    private void entries(Shown.Entries entries, Sink out) {
        int summed = entries.ranges().size() - entries.outputs();
        int bound = out.bound();
        List<String> names = java.util.stream.IntStream.range(bound, bound + entries.ranges().size())
                .mapToObj(this::indexName).toList();
        out.bind(names.size());
        out.text(entries.outputs() > 0 ? "[" : "").text(summed > 0 ? "sum(" : "");
        for (int f = 0; f < entries.factors().size(); f++) {
            List<String> index = entries.indices().get(f).stream().map(names::get).toList();
            out.text(f == 0 ? "" : " * ").form(entries.factors().get(f), ATOM);
            out.text(index.isEmpty() ? "" : "[" + String.join(", ", index) + "]");
        }
        out.text(summed > 0 ? " for " + String.join(", ", names.subList(entries.outputs(), names.size())) + ")" : "");
        if (entries.outputs() > 0) {
            boolean all = java.util.stream.IntStream.range(0, entries.outputs())
                    .allMatch(k -> entries.indices().stream().anyMatch(index -> index.contains(k)));
            List<String> outputs = java.util.stream.IntStream.range(0, entries.outputs())
                    .mapToObj(k -> names.get(k) + (all ? "" : " in 0.." + entries.ranges().get(k).minus(1))).toList();
            out.text(" for " + String.join(", ", outputs) + "]");
        }
    }
}
