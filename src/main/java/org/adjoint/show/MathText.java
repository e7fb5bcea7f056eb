package org.adjoint.show;

import java.util.ArrayList;
import java.util.List;
import org.adjoint.expr.Budget;
import org.adjoint.expr.Rational;

/** Writes phrases as on paper, with a work-list. Nodes without words are written by a {@link MathStyle}. */
abstract class MathText {
    /** Text, or a phrase with the least precedence that needs no brackets. */
    record Piece(String text, List<Phrase> phrase, int least) {
    }

    private final Fold nodes;
    private final MathStyle style;
    private List<Piece> pieces = new ArrayList<>();

    MathText(Fold nodes, MathStyle style) {
        this.nodes = nodes;
        this.style = style;
    }

    /** The text of the phrase. */
    final String of(Phrase root) {
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
            put(brackets ? style.open() : "");
            write(phrase);
            put(brackets ? style.close() : "");
            stack.addAll(pieces.reversed());
        }
        return out.toString();
    }

    // ---- what the notations write differently

    abstract String name(String name);

    abstract void call(Phrase.Call call);

    abstract void power(Phrase.Power power);

    abstract void turned(Phrase operand);

    abstract void entrywise(Phrase.Entrywise phrase);

    abstract void product(Phrase.Product product);

    abstract boolean isRaised(Phrase.Call call);

    // ---- what they share

    final int level(Phrase phrase) {
        return switch (phrase) {
            case Phrase.Word word -> word.level();
            case Phrase.Leaf leaf -> leafLevel(leaf);
            case Phrase.Call call when call.function().equals("kron") -> Phrases.PRODUCT;
            case Phrase.Call call -> isRaised(call) ? Phrases.POWER : Phrases.ATOM;
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

    private int leafLevel(Phrase.Leaf leaf) {
        return switch (style.level(nodes.of(leaf.node()))) {
            case Style.RELATION -> 0;
            case Style.SUM -> Phrases.SUM;
            case Style.PRODUCT -> Phrases.PRODUCT;
            case Style.POWER -> Phrases.POWER;
            default -> Phrases.ATOM;
        };
    }

    final MathText put(String text) {
        if (!text.isEmpty()) {
            pieces.add(new Piece(text, List.of(), 0));
        }
        return this;
    }

    final MathText put(Phrase phrase, int least) {
        pieces.add(new Piece("", List.of(phrase), least));
        return this;
    }

    final MathText all(List<Phrase> phrases, String separator, int least) {
        for (int k = 0; k < phrases.size(); k++) {
            put(k == 0 ? "" : separator).put(phrases.get(k), least);
        }
        return this;
    }

    final MathText called(String function, List<Phrase> arguments, String options) {
        return put(style.function(function) + style.open()).all(arguments, ", ", 0).put(options + style.close());
    }

    private void write(Phrase phrase) {
        switch (phrase) {
            case Phrase.Word word -> put(name(word.text()));
            case Phrase.Leaf leaf -> put(style.emit(Surface.leaf(leaf.node()), Integer.MAX_VALUE));
            case Phrase.Call call when call.function().equals("kron") -> all(call.arguments(), kronecker(),
                    Phrases.POWER);
            case Phrase.Call call -> call(call);
            case Phrase.Turned turned -> turned(turned.operand());
            case Phrase.Power power -> power(power);
            case Phrase.Sum sum -> sum(sum);
            case Phrase.Entrywise entrywise -> entrywise(entrywise);
            case Phrase.Product product -> product(product);
        }
    }

    abstract String kronecker();

    private void sum(Phrase.Sum sum) {
        List<Phrase> terms = new ArrayList<>(sum.terms().stream().filter(t -> !Phrases.isNegative(t)).toList());
        terms.addAll(sum.terms().stream().filter(Phrases::isNegative).toList());
        for (int k = 0; k < terms.size(); k++) {
            Phrase term = terms.get(k);
            boolean negative = Phrases.isNegative(term);
            put(negative ? k == 0 ? style.minus() : " " + style.minus() + " " : k == 0 ? "" : " + ");
            put(negative ? Phrases.negate(term) : term, Phrases.PRODUCT);
        }
    }

    /** Factors side by side; a product among them has brackets. */
    final MathText beside(List<Phrase> factors) {
        return all(factors, " ", Phrases.POWER);
    }

    final String minus() {
        return style.minus();
    }

    /** The number above the line without its sign, or nothing. */
    static String above(Rational number) {
        String numerator = number.abs().numerator().toString();
        return numerator.equals("1") ? "" : numerator;
    }

    /** The number below the line, or nothing. */
    static String below(Rational number) {
        return number.isInteger() ? "" : number.denominator().toString();
    }

    /** The functions along an axis and their settings. */
    static String axis(String function) {
        return switch (function) {
            case "rowsum", "softmaxrows" -> ", axis=1";
            case "colsum" -> ", axis=0";
            default -> "";
        };
    }

    /** The name that people know. */
    static String common(String function) {
        return switch (function) {
            case "rowsum", "colsum" -> "sum";
            case "softmaxrows" -> "softmax";
            case "tr" -> "trace";
            case "diagvec" -> "diagonal";
            case "norm2" -> "norm";
            case "arctan" -> "atan";
            default -> function;
        };
    }
}
