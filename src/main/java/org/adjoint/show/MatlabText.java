package org.adjoint.show;

import java.util.ArrayList;
import java.util.List;
import org.adjoint.expr.Budget;
import org.adjoint.expr.Rational;

/** Writes phrases down with a work-list, brackets where they are needed or help the eye. */
final class MatlabText {
    /** Text, or a phrase with the least precedence that needs no brackets. */
    private record Piece(String text, List<Phrase> phrase, int least) {
    }

    private final List<Piece> pieces = new ArrayList<>();

    private MatlabText() {
    }

    /** The text of the phrase. */
    static String of(Phrase root) {
        StringBuilder out = new StringBuilder();
        List<Piece> stack = new ArrayList<>();
        stack.add(new Piece("", List.of(root), 0));
        Budget budget = Budget.current();
        while (!stack.isEmpty()) {
            budget.poll();
            Piece piece = stack.removeLast();
            if (piece.phrase.isEmpty()) {
                out.append(piece.text);
                continue;
            }
            Phrase phrase = piece.phrase.get(0);
            boolean brackets = level(phrase) < piece.least;
            MatlabText text = new MatlabText();
            text.put(brackets ? "(" : "").write(phrase).put(brackets ? ")" : "");
            stack.addAll(text.pieces.reversed());
        }
        return out.toString();
    }

    private static int level(Phrase phrase) {
        return switch (phrase) {
            case Phrase.Word word -> word.level();
            case Phrase.Leaf leaf -> throw new NoWords("a node as it stands");
            case Phrase.Call call -> Phrases.ATOM;
            case Phrase.Turned turned -> Phrases.POSTFIX;
            case Phrase.Power power -> Phrases.POWER;
            case Phrase.Sum sum -> Phrases.SUM;
            case Phrase.Entrywise entrywise -> Phrases.PRODUCT;
            case Phrase.Product p when p.negative() -> Phrases.SUM;
            case Phrase.Product p when p.above().isEmpty() && p.below().isEmpty() && p.chain().isEmpty()
                    && p.number().isInteger() ->
                Phrases.ATOM;
            case Phrase.Product p -> Phrases.PRODUCT;
        };
    }

    private MatlabText put(String text) {
        if (!text.isEmpty()) {
            pieces.add(new Piece(text, List.of(), 0));
        }
        return this;
    }

    private MatlabText put(Phrase phrase, int least) {
        pieces.add(new Piece("", List.of(phrase), least));
        return this;
    }

    private MatlabText all(List<Phrase> phrases, String separator, int least) {
        for (int k = 0; k < phrases.size(); k++) {
            put(k == 0 ? "" : separator).put(phrases.get(k), least);
        }
        return this;
    }

    private MatlabText write(Phrase phrase) {
        switch (phrase) {
            case Phrase.Word word -> put(word.text());
            case Phrase.Leaf leaf -> throw new NoWords("a node as it stands");
            case Phrase.Call call -> put(call.function() + "(").all(call.arguments(), ",", 0).put(")");
            case Phrase.Turned turned -> put(turned.operand(), Phrases.POSTFIX).put("'");
            case Phrase.Power power -> put(power.base(), Phrases.POSTFIX).put(power.entrywise() ? ".^" : "^")
                    .put(power.exponent(), Phrases.POSTFIX);
            case Phrase.Sum sum -> sum(sum);
            case Phrase.Entrywise entrywise -> entrywise(entrywise);
            case Phrase.Product product -> product(product);
        }
        return this;
    }

    private void sum(Phrase.Sum sum) {
        List<Phrase> terms = new ArrayList<>(sum.terms().stream().filter(t -> !Phrases.isNegative(t)).toList());
        terms.addAll(sum.terms().stream().filter(Phrases::isNegative).toList());
        for (int k = 0; k < terms.size(); k++) {
            Phrase term = terms.get(k);
            boolean negative = Phrases.isNegative(term);
            put(negative ? "-" : k == 0 ? "" : "+");
            put(negative ? Phrases.negate(term) : term, Phrases.PRODUCT);
        }
    }

    private void entrywise(Phrase.Entrywise phrase) {
        if (phrase.factors().isEmpty()) {
            put("1");
        }
        all(phrase.factors(), ".*", Phrases.POWER);
        phrase.divisors().forEach(divisor -> put("./").put(divisor, Phrases.POWER));
    }

    private void product(Phrase.Product p) {
        Rational size = p.number().abs();
        put(p.negative() ? "-" : "");
        List<Phrase> factors = new ArrayList<>();
        if (!size.numerator().equals(java.math.BigInteger.ONE)
                || (p.above().isEmpty() && p.chain().isEmpty())) {
            factors.add(Phrases.literal(size.numerator().toString()));
        }
        factors.addAll(p.above());
        factors.addAll(p.chain());
        for (int k = 0; k < factors.size(); k++) {
            Phrase factor = factors.get(k);
            boolean last = k == factors.size() - 1 && p.chain().size() == 1;
            boolean open = factor instanceof Phrase.Entrywise e && last && k > 0 && !e.factors().isEmpty()
                    || k == 0 && factor instanceof Phrase.Product inner && !inner.negative() && inner.bare();
            put(k == 0 ? "" : "*").put(factor, open ? Phrases.PRODUCT : Phrases.POWER);
        }
        List<Phrase> below = new ArrayList<>();
        if (!size.isInteger()) {
            below.add(Phrases.literal(size.denominator().toString()));
        }
        below.addAll(p.below());
        if (below.size() == 1) {
            put("/").put(below.get(0), Phrases.POWER);
        } else if (below.size() > 1) {
            put("/(").all(below, "*", Phrases.POWER).put(")");
        }
    }
}
