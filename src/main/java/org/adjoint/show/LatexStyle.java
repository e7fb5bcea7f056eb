package org.adjoint.show;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.adjoint.expr.Rational;
import org.adjoint.expr.Size;

/** LaTeX for people, to be set in math mode. */
final class LatexStyle extends MathStyle {
    LatexStyle(Fold fold, Set<String> taken) {
        super(fold, taken);
    }

    /** A size that is a sum is written as one, without the word that the language needs. */
    @Override
    int level(Shown form) {
        return resolve(form) instanceof Shown.Extent extent && Sizes.text(extent.size()).startsWith("dim(") ? SUM
                : super.level(form);
    }

    @Override
    String open() {
        return "\\left(";
    }

    @Override
    String close() {
        return "\\right)";
    }

    @Override
    String name(String name) {
        return name.equals("pi") ? "\\pi" : Names.latex(name);
    }

    @Override
    String function(String name) {
        return name.equals("trace") ? "\\operatorname{tr}" : Names.latexFunction(name);
    }

    @Override
    String size(Size size) {
        return size.toString().replace("*", " \\cdot ").replace("//", " \\mathbin{//} ");
    }

    @Override
    String number(Rational value) {
        String sign = value.signum() < 0 ? "-" : "";
        Rational size = value.abs();
        return size.isInteger() ? sign + size
                : sign + "\\frac{" + size.numerator() + "}{" + size.denominator() + "}";
    }

    @Override
    String times() {
        return " ";
    }

    @Override
    String hadamard() {
        return " \\odot ";
    }

    @Override
    String minus() {
        return "-";
    }

    @Override
    String batch() {
        return " \\, ";
    }

    @Override
    String sign(String relation) {
        return relation.equals("<=") ? "\\le" : relation.equals(">=") ? "\\ge" : relation.equals("==") ? "=" : relation;
    }

    @Override
    String unknown(Shown.Unknown unknown) {
        String name = Names.latex(unknown.function());
        if (unknown.single()) {
            return name + "'".repeat(unknown.derivatives().size());
        }
        return unknown.derivatives().isEmpty() ? name
                : "\\partial_{" + String.join(",", unknown.derivatives().stream().map(k -> "" + (k + 1)).toList())
                        + "} "
                        + name;
    }

    @Override
    void quotient(Shown.Product product, Sink out) {
        Fraction c = product.coefficient();
        List<Shown> scalars = scalars(product.factors());
        List<Shown> divisors = scalars(product.divisors());
        List<Shown> tensorDivisors = tensors(product.divisors());
        boolean tensors = scalars.size() < product.factors().size() || !tensorDivisors.isEmpty();
        List<String> below = new ArrayList<>(c.denominator());
        boolean fraction = !below.isEmpty() || !divisors.isEmpty();
        boolean above = !c.numerator().isEmpty() || !scalars.isEmpty();
        if (fraction) {
            out.text("\\frac{" + join(c.numerator()) + (c.numerator().isEmpty() || scalars.isEmpty() ? "" : " "));
            boolean single = scalars.size() == 1 && c.numerator().isEmpty();
            out.text(above ? "" : "1").all(scalars, " ", single ? SUM : POWER);
            out.text("}{" + join(below) + (below.isEmpty() || divisors.isEmpty() ? "" : " "));
            out.all(divisors, " ", divisors.size() == 1 && below.isEmpty() ? SUM : POWER).text("}");
        } else {
            out.text(join(c.numerator()) + (c.numerator().isEmpty() || scalars.isEmpty() ? "" : " "));
            out.all(scalars, " ", POWER);
        }
        boolean head = fraction || above;
        if (tensors) {
            out.text(head ? " " : "");
            over(product, tensorDivisors, !head, out);
        }
    }

    /** Tensors divided entry by entry are a fraction, too. */
    private void over(Shown.Product product, List<Shown> divisors, boolean alone, Sink out) {
        if (divisors.isEmpty()) {
            tensorPart(product, alone, out);
            return;
        }
        List<Shown> factors = tensors(product.factors());
        out.text("\\frac{").text(factors.isEmpty() ? "1" : "");
        out.all(factors, hadamard(), factors.size() == 1 ? SUM : POWER).text("}{");
        out.all(divisors, hadamard(), divisors.size() == 1 ? SUM : POWER).text("}");
    }

    private static String join(List<String> parts) {
        return String.join(" ", parts.stream().map(part -> part.startsWith("dim(")
                ? "(" + part.substring(4) : part.replace("*", " ")).toList());
    }

    @Override
    void transposed(Shown operand, Sink out) {
        if (resolve(operand) instanceof Shown.Call call && call.function().equals("inv")) {
            out.form(call.arguments().get(0), ATOM).text("^{-\\top}");
        } else {
            out.form(operand, ATOM).text("^{\\top}");
        }
    }

    @Override
    void raised(Shown base, String exponent, Sink out) {
        out.form(base, ATOM).text("^{" + exponent + "}");
    }

    @Override
    void power(Shown.Power power, Sink out) {
        String circle = power.rank() > 0 ? "\\odot " : "";
        out.form(power.base(), ATOM).text("^{" + circle).form(power.exponent(), circle.isEmpty() ? RELATION : POWER)
                .text("}");
    }

    @Override
    boolean isCalled(Shown.Power power) {
        return false;
    }

    @Override
    boolean isRaised(Shown.Call call) {
        return call.function().equals("inv") || call.function().equals("where");
    }

    @Override
    void call(Shown.Call call, Sink out) {
        List<Shown> x = call.arguments();
        switch (call.function()) {
            case "inv" -> raised(x.get(0), "-1", out);
            case "sqrt" -> out.text("\\sqrt{").form(x.get(0), RELATION).text("}");
            case "abs" -> out.text("\\left|").form(x.get(0), RELATION).text("\\right|");
            case "floor" -> out.text("\\left\\lfloor ").form(x.get(0), RELATION).text(" \\right\\rfloor");
            case "logdet" -> out.text("\\log\\left|\\det ").form(x.get(0), POWER).text("\\right|");
            case "eye" -> out.text("I_{").all(x, ",", RELATION).text("}");
            case "ones" -> out.text("\\mathbf{1}");
            case "zeros" -> out.text("\\mathbf{0}");
            case "where" -> out.text("\\begin{cases} ").form(x.get(1), RELATION).text(" & \\text{if } ")
                    .form(x.get(0), RELATION).text(" \\\\ ").form(x.get(2), RELATION)
                    .text(" & \\text{otherwise} \\end{cases}");
            default -> called(call.function(), x, call.options(), out);
        }
    }

    @Override
    void index(Shown.Index index, Sink out) {
        out.form(index.base(), ATOM).text("\\left[" + String.join(", ", index.items().stream().map(this::item)
                .map(item -> item.equals("None") ? "\\cdot" : item).toList()) + "\\right]");
    }

    @Override
    void entries(Shown.Entries entries, Sink out) {
        int outputs = entries.outputs();
        List<String> names = bound(entries, out);
        boolean summed = names.size() > outputs;
        out.text(outputs > 0 ? "\\left[" : "")
                .text(summed ? "\\sum_{" + String.join(",", names.subList(outputs, names.size())) + "} " : "");
        for (int f = 0; f < entries.factors().size(); f++) {
            List<String> index = named(entries, f, names);
            boolean plain = resolve(entries.factors().get(f)) instanceof Shown.Name name
                    && Names.latex(name.name()).indexOf('_') < 0;
            out.text(f == 0 ? "" : " \\, ").text(plain || index.isEmpty() ? "" : "\\left(");
            out.form(entries.factors().get(f), plain || index.isEmpty() ? ATOM : RELATION);
            out.text(plain || index.isEmpty() ? "" : "\\right)");
            out.text(index.isEmpty() ? "" : "_{" + String.join(" ", index) + "}");
        }
        out.text(
                outputs > 0 ? "\\right]_{" + String.join(" ", IntStream.range(0, outputs).mapToObj(names::get).toList())
                        + "}" : "");
    }
}
