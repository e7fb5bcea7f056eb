package org.adjoint.show;

import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.adjoint.expr.Rational;
import org.adjoint.expr.Size;

/** Unicode that the dialect {@code math} reads. */
final class UnicodeStyle extends MathStyle {
    UnicodeStyle(Fold fold, Set<String> taken) {
        super(fold, taken);
    }

    @Override
    String name(String name) {
        return Names.unicode(name);
    }

    @Override
    String function(String name) {
        return name;
    }

    @Override
    String size(Size size) {
        return Names.unicode(Sizes.text(size)).replace("*", "·");
    }

    @Override
    String number(Rational value) {
        return value.toString().replace("-", "−");
    }

    @Override
    String times() {
        return " ";
    }

    @Override
    String hadamard() {
        return " ⊙ ";
    }

    @Override
    String minus() {
        return "−";
    }

    @Override
    String sign(String relation) {
        return relation.equals("<=") ? "≤" : relation.equals(">=") ? "≥" : relation;
    }

    @Override
    String unknown(Shown.Unknown unknown) {
        return unknown.single() ? Names.unicode(unknown.function()) + "'".repeat(unknown.derivatives().size())
                : Unknowns.text(unknown);
    }

    @Override
    void quotient(Shown.Product product, Sink out) {
        Fraction c = product.coefficient();
        List<Shown> scalars = scalars(product.factors());
        List<Shown> divisors = scalars(product.divisors());
        boolean tensors = scalars.size() < product.factors().size() || divisors.size() < product.divisors().size();
        boolean behind = c.isReciprocal() && !tensors && scalars.size() == 1 && divisors.isEmpty();
        if (behind) {
            chained(scalars.get(0), out);
            out.text(below(c));
            return;
        }
        String head = c.abs().isOne() ? "" : String.join("·", Sizes.orOne(c.numerator())) + below(c);
        if (head.isEmpty() && scalars.isEmpty() && !tensors) {
            head = "1";
        }
        out.text(head).text(head.isEmpty() || scalars.isEmpty() ? "" : " ");
        out.all(scalars, " ", POWER);
        if (tensors) {
            boolean alone = head.isEmpty() && scalars.isEmpty() && divisors.isEmpty();
            out.text(head.isEmpty() && scalars.isEmpty() ? "" : " ");
            tensorPart(product, alone, out);
        }
        divisors.forEach(divisor -> out.text(" / ").form(divisor, POWER));
    }

    private static String below(Fraction c) {
        List<String> parts = c.denominator();
        return parts.isEmpty() ? ""
                : parts.size() == 1 && parts.get(0).indexOf('*') < 0 ? "/" + parts.get(0)
                        : "/(" + String.join("·", parts).replace("*", "·") + ")";
    }

    @Override
    void transposed(Shown operand, Sink out) {
        if (resolve(operand) instanceof Shown.Call call && call.function().equals("inv")) {
            out.form(call.arguments().get(0), ATOM).text("⁻ᵀ");
        } else {
            out.form(operand, ATOM).text("ᵀ");
        }
    }

    @Override
    void raised(Shown base, String exponent, Sink out) {
        out.form(base, ATOM).text(Names.superscript(exponent));
    }

    @Override
    void power(Shown.Power power, Sink out) {
        Rational number = number(resolve(power.exponent()).meaning()).orElse(Rational.HALF);
        if (isCalled(power)) {
            called("power", List.of(power.base(), power.exponent()), List.of(), out);
        } else if (number.isInteger()) {
            raised(power.base(), number.toString(), out);
        } else {
            out.form(power.base(), ATOM).text("^").form(power.exponent(), ATOM);
        }
    }

    @Override
    boolean isCalled(Shown.Power power) {
        Rational number = number(resolve(power.exponent()).meaning()).orElse(Rational.HALF);
        return power.rank() > 1 || (power.rank() == 1 && !number.isInteger());
    }

    @Override
    void call(Shown.Call call, Sink out) {
        switch (call.function()) {
            case "inv" -> raised(call.arguments().get(0), "-1", out);
            case "sqrt" -> out.text("√").form(call.arguments().get(0), ATOM);
            default -> called(call.function(), call.arguments(), call.options(), out);
        }
    }

    @Override
    void index(Shown.Index index, Sink out) {
        out.form(index.base(), ATOM).text("[" + String.join(", ", index.items().stream().map(this::item).toList())
                + "]");
    }

    @Override
    void entries(Shown.Entries entries, Sink out) {
        int outputs = entries.outputs();
        List<String> names = bound(entries, out);
        boolean summed = names.size() > outputs;
        out.text(outputs > 0 ? "[" : "").text(summed ? "sum(" : "");
        for (int f = 0; f < entries.factors().size(); f++) {
            List<String> index = named(entries, f, names);
            out.text(f == 0 ? "" : "·").form(entries.factors().get(f), ATOM);
            out.text(index.isEmpty() ? "" : "[" + String.join(", ", index) + "]");
        }
        out.text(summed ? " for " + String.join(", ", names.subList(outputs, names.size())) + ")" : "");
        if (outputs > 0) {
            boolean all = IntStream.range(0, outputs)
                    .allMatch(k -> entries.indices().stream().anyMatch(index -> index.contains(k)));
            out.text(" for " + String.join(", ", IntStream.range(0, outputs)
                    .mapToObj(k -> names.get(k) + (all ? "" : " in 1.." + entries.ranges().get(k))).toList()) + "]");
        }
    }
}
