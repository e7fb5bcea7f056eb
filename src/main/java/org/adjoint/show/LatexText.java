package org.adjoint.show;

import java.util.ArrayList;
import java.util.List;

/** Phrases in LaTeX, to be set in math mode. */
final class LatexText extends MathText {
    LatexText(Fold nodes, LatexStyle style) {
        super(nodes, style);
    }

    @Override
    String name(String name) {
        return name.equals("pi") ? "\\pi"
                : name.matches("[A-Za-z_]\\w*") ? Names.latex(name)
                        : name.replace("*", " \\cdot ").replace("-", " - ").replace("+", " + ");
    }

    @Override
    boolean isRaised(Phrase.Call call) {
        return call.function().equals("inv");
    }

    @Override
    boolean isProduct(Phrase.Call call) {
        return call.function().equals("rowsum") || call.function().equals("colsum");
    }

    @Override
    void call(Phrase.Call call) {
        Phrase first = call.arguments().get(0);
        switch (call.function()) {
            case "inv" -> put(first, Phrases.ATOM).put("^{-1}");
            case "sqrt" -> put("\\sqrt{").put(first, 0).put("}");
            case "abs" -> put("\\left|").put(first, 0).put("\\right|");
            case "norm2" -> put("\\left\\|").put(first, 0).put("\\right\\|");
            case "norm1" -> put("\\left\\|").put(first, 0).put("\\right\\|_1");
            case "logdet" -> put("\\log\\left|\\det ").put(first, Phrases.POWER).put("\\right|");
            case "eye" -> put("I_{").all(call.arguments(), ",", 0).put("}");
            case "comm" -> put("K_{").all(call.arguments(), ",", 0).put("}");
            case "ones" -> put("\\mathbf{1}" + (call.kind() == Phrase.Kind.ROW ? "^{\\top}" : ""));
            case "zeros" -> put("\\mathbf{0}");
            case PowerSum.NATURAL -> sum(call.arguments(), 0, "0");
            case PowerSum.ANY -> {
                put("\\begin{cases} ");
                sum(call.arguments(), 0, "0");
                put(" & ").put(call.arguments().get(5), Phrases.SUM).put(" \\ge 0 \\\\ " + minus());
                sum(call.arguments(), 2, "1");
                put(" & ").put(call.arguments().get(5), Phrases.SUM).put(" < 0 \\end{cases}");
            }
            case "rowsum" -> put(first, Phrases.POWER).put(" \\mathbf{1}");
            case "colsum" -> put(Phrases.turned(first), Phrases.POWER).put(" \\mathbf{1}");
            default -> called(common(call.function()), call.arguments(),
                    axis(call.function()).replace("axis", "\\mathrm{axis}"));
        }
    }

    /** The sum over the first argument up to one and of the next after {@code from}. */
    private void sum(List<Phrase> arguments, int from, String start) {
        put("\\sum_{").put(arguments.get(0), 0).put("=" + start + "}^{").put(arguments.get(from + 1), 0).put("} ")
                .put(arguments.get(from + 2), Phrases.PRODUCT);
    }

    @Override
    void power(Phrase.Power power) {
        put(power.base(), Phrases.ATOM).put(power.entrywise() ? "^{\\odot " : "^{");
        put(power.exponent(), power.entrywise() ? Phrases.POWER : 0).put("}");
    }

    @Override
    void turned(Phrase operand) {
        if (operand instanceof Phrase.Call call && call.function().equals("inv")) {
            put(call.arguments().get(0), Phrases.ATOM).put("^{-\\top}");
        } else {
            put(operand, Phrases.ATOM).put("^{\\top}");
        }
    }

    @Override
    String kronecker() {
        return " \\otimes ";
    }

    @Override
    void entrywise(Phrase.Entrywise phrase) {
        if (phrase.divisors().isEmpty()) {
            all(phrase.factors(), " \\odot ", Phrases.POWER);
            return;
        }
        put("\\frac{").put(phrase.factors().isEmpty() ? "1" : "");
        all(phrase.factors(), " \\odot ", phrase.factors().size() == 1 ? Phrases.SUM : Phrases.POWER).put("}{");
        all(phrase.divisors(), " \\odot ", phrase.divisors().size() == 1 ? Phrases.SUM : Phrases.POWER).put("}");
    }

    @Override
    void product(Phrase.Product p) {
        put(p.negative() ? minus() : "");
        String over = above(p.number());
        String under = below(p.number());
        List<Phrase> below = new ArrayList<>(p.below());
        List<Phrase> rest = new ArrayList<>(p.chain());
        if (below.isEmpty() && under.isEmpty()) {
            List<Phrase> factors = new ArrayList<>(p.above());
            factors.addAll(rest);
            put(over.isEmpty() && factors.isEmpty() ? "1" : over).put(over.isEmpty() || factors.isEmpty() ? "" : " ");
            beside(factors);
            return;
        }
        List<Phrase> top = new ArrayList<>(p.above());
        boolean all = over.isEmpty() && top.isEmpty() && rest.size() == 1 && p.chain().get(0).cost() > 1;
        if (all) {
            top.addAll(rest);
            rest.clear();
        }
        put("\\frac{" + over + (over.isEmpty() || top.isEmpty() ? "" : " "));
        put(over.isEmpty() && top.isEmpty() ? "1" : "");
        all(top, " ", top.size() == 1 && over.isEmpty() ? Phrases.SUM : Phrases.POWER);
        put("}{" + under + (under.isEmpty() || below.isEmpty() ? "" : " "));
        all(below, " ", below.size() == 1 && under.isEmpty() ? Phrases.SUM : Phrases.POWER).put("}");
        put(rest.isEmpty() ? "" : " ");
        beside(rest);
    }
}
