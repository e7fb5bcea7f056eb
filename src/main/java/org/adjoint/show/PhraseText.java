package org.adjoint.show;

import java.util.ArrayList;
import java.util.List;
import org.adjoint.expr.Budget;

/** Writes phrases down with a work-list, brackets where they are needed. */
abstract class PhraseText {
    /** Text, or a phrase with the least precedence that needs no brackets. */
    private record Piece(String text, List<Phrase> phrase, int least) {
    }

    private List<Piece> pieces = new ArrayList<>();

    /** The text of the phrase. */
    final String written(Phrase root) {
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
            pieces = new ArrayList<>();
            put(brackets ? open() : "");
            write(phrase);
            put(brackets ? close() : "");
            stack.addAll(pieces.reversed());
        }
        return out.toString();
    }

    // ---- what the notations write differently

    abstract void write(Phrase phrase);

    abstract String open();

    abstract String close();

    abstract int leafLevel(Phrase.Leaf leaf);

    abstract int callLevel(Phrase.Call call);

    // ---- what they share

    final int level(Phrase phrase) {
        return switch (phrase) {
            case Phrase.Word word -> word.level();
            case Phrase.Leaf leaf -> leafLevel(leaf);
            case Phrase.Call call -> callLevel(call);
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

    final PhraseText put(String text) {
        if (!text.isEmpty()) {
            pieces.add(new Piece(text, List.of(), 0));
        }
        return this;
    }

    final PhraseText put(Phrase phrase, int least) {
        pieces.add(new Piece("", List.of(phrase), least));
        return this;
    }

    final PhraseText all(List<Phrase> phrases, String separator, int least) {
        for (int k = 0; k < phrases.size(); k++) {
            put(k == 0 ? "" : separator).put(phrases.get(k), least);
        }
        return this;
    }

    /** The terms, positive ones first; {@code sign} is the minus before the first term, the others stand between terms. */
    final void sum(Phrase.Sum sum, String sign, String minus, String plus) {
        List<Phrase> terms = new ArrayList<>(sum.terms().stream().filter(t -> !Phrases.isNegative(t)).toList());
        terms.addAll(sum.terms().stream().filter(Phrases::isNegative).toList());
        for (int k = 0; k < terms.size(); k++) {
            Phrase term = terms.get(k);
            boolean negative = Phrases.isNegative(term);
            put(negative ? k == 0 ? sign : minus : k == 0 ? "" : plus);
            put(negative ? Phrases.negate(term) : term, Phrases.PRODUCT);
        }
    }
}
