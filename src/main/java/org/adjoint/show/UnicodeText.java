package org.adjoint.show;

import java.util.ArrayList;
import java.util.List;

/** Phrases in Unicode that the dialect {@code math} reads. */
final class UnicodeText extends MathText {
    UnicodeText(Fold nodes, UnicodeStyle style) {
        super(nodes, style);
    }

    @Override
    String name(String name) {
        return Names.unicode(name).replace("*", "·").replace("-", " − ").replace("+", " + ");
    }

    @Override
    boolean isRaised(Phrase.Call call) {
        return call.function().equals("inv") || call.function().equals("sqrt");
    }

    @Override
    void call(Phrase.Call call) {
        Phrase first = call.arguments().get(0);
        switch (call.function()) {
            case "inv" -> put(first, Phrases.ATOM).put("⁻¹");
            case "ones" -> {
                boolean row = call.kind() == Phrase.Kind.ROW;
                called("ones", row ? call.arguments().subList(1, 2) : call.arguments(), "").put(row ? "ᵀ" : "");
            }
            case PowerSum.NATURAL -> sum(call.arguments(), 0, "0");
            case PowerSum.ANY -> {
                sum(call.arguments(), 0, "0");
                put(" if ").put(call.arguments().get(5), Phrases.SUM).put(" ≥ 0, else " + minus());
                sum(call.arguments(), 2, "1");
            }
            case "sqrt" -> put("√").put(first, Phrases.ATOM);
            default -> called(common(call.function()), call.arguments(), axis(call.function()));
        }
    }

    /** The sum over the first argument up to one and of the next after {@code from}. */
    private void sum(List<Phrase> arguments, int from, String start) {
        put("Σ_{").put(arguments.get(0), 0).put(" = " + start + "..").put(arguments.get(from + 1), 0).put("} ")
                .put(arguments.get(from + 2), Phrases.PRODUCT);
    }

    @Override
    void power(Phrase.Power power) {
        boolean integer = !power.entrywise() && power.exponent() instanceof Phrase.Word digits
                && digits.text().matches("[0-9]+");
        put(power.base(), Phrases.ATOM);
        if (integer) {
            put(Names.superscript(((Phrase.Word) power.exponent()).text()));
        } else {
            put(power.entrywise() ? ".^" : "^").put(power.exponent(), Phrases.ATOM);
        }
    }

    @Override
    void turned(Phrase operand) {
        if (operand instanceof Phrase.Call call && call.function().equals("inv")) {
            put(call.arguments().get(0), Phrases.ATOM).put("⁻ᵀ");
        } else {
            put(operand, Phrases.ATOM).put("ᵀ");
        }
    }

    @Override
    String kronecker() {
        return " ⊗ ";
    }

    @Override
    void entrywise(Phrase.Entrywise phrase) {
        put(phrase.factors().isEmpty() ? "1" : "").all(phrase.factors(), " ⊙ ", Phrases.POWER);
        phrase.divisors().forEach(divisor -> put(" ./ ").put(divisor, Phrases.POWER));
    }

    @Override
    void product(Phrase.Product p) {
        put(p.negative() ? minus() : "");
        List<Phrase> below = new ArrayList<>();
        if (!below(p.number()).isEmpty()) {
            below.add(Phrases.literal(below(p.number())));
        }
        below.addAll(p.below());
        boolean short1 = below.stream().allMatch(d -> d instanceof Phrase.Word);
        List<Phrase> factors = new ArrayList<>(p.above());
        factors.addAll(p.chain());
        String head = above(p.number());
        boolean inFront = short1 && !below.isEmpty() && (!head.isEmpty() || factors.isEmpty() || p.chain().size() > 1);
        if (inFront) {
            put(head.isEmpty() ? "1" : head);
            under(below);
            put(factors.isEmpty() ? "" : " ");
            beside(factors);
            return;
        }
        put(head.isEmpty() && factors.isEmpty() ? "1" : head).put(head.isEmpty() || factors.isEmpty() ? "" : " ");
        beside(factors);
        if (!below.isEmpty()) {
            under(below);
        }
    }

    private void under(List<Phrase> below) {
        boolean words = below.stream().allMatch(d -> d instanceof Phrase.Word);
        String line = words ? "/" : " / ";
        if (below.size() == 1) {
            put(line).put(below.get(0), Phrases.POWER);
        } else {
            put(line + "(").all(below, words ? "·" : " ", Phrases.POWER).put(")");
        }
    }
}
