package org.adjoint.show;

import java.util.List;
import org.adjoint.expr.Rational;

/** Writes phrases as on paper. Nodes without words are written by a {@link MathStyle}. */
abstract class MathText extends PhraseText {
    private final Fold nodes;
    private final MathStyle style;

    MathText(Fold nodes, MathStyle style) {
        this.nodes = nodes;
        this.style = style;
    }

    @Override
    final String open() {
        return style.open();
    }

    @Override
    final String close() {
        return style.close();
    }

    // ---- what the notations write differently

    abstract String name(String name);

    abstract void call(Phrase.Call call);

    abstract void power(Phrase.Power power);

    abstract void turned(Phrase operand);

    abstract void entrywise(Phrase.Entrywise phrase);

    abstract void product(Phrase.Product product);

    /** Whether the call is written with an exponent. */
    abstract boolean isRaised(Phrase.Call call);

    /** Whether the call is written as a product. */
    boolean isProduct(Phrase.Call call) {
        return false;
    }

    // ---- what they share

    @Override
    final int callLevel(Phrase.Call call) {
        return call.function().startsWith(PowerSum.NATURAL) ? Phrases.SUM
                : call.function().equals("kron") || isProduct(call) ? Phrases.PRODUCT
                        : isRaised(call) ? Phrases.POWER : Phrases.ATOM;
    }

    @Override
    final int leafLevel(Phrase.Leaf leaf) {
        return switch (style.level(nodes.of(leaf.node()))) {
            case Style.RELATION -> 0;
            case Style.SUM -> Phrases.SUM;
            case Style.PRODUCT -> Phrases.PRODUCT;
            case Style.POWER -> Phrases.POWER;
            default -> Phrases.ATOM;
        };
    }

    final PhraseText called(String function, List<Phrase> arguments, String options) {
        return put(style.function(function) + style.open()).all(arguments, ", ", 0).put(options + style.close());
    }

    @Override
    final void write(Phrase phrase) {
        switch (phrase) {
            case Phrase.Word word -> put(name(word.text()));
            case Phrase.Leaf leaf -> put(style.emit(Surface.leaf(leaf.node()), Integer.MAX_VALUE));
            case Phrase.Call call when call.function().equals("kron") -> all(call.arguments(), kronecker(),
                    Phrases.POWER);
            case Phrase.Call call -> call(call);
            case Phrase.Turned turned -> turned(turned.operand());
            case Phrase.Power power -> power(power);
            case Phrase.Sum sum -> sum(sum, minus(), " " + minus() + " ", " + ");
            case Phrase.Entrywise entrywise -> entrywise(entrywise);
            case Phrase.Product product -> product(product);
        }
    }

    abstract String kronecker();

    /** Factors side by side; a product among them has brackets. */
    final PhraseText beside(List<Phrase> factors) {
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
            case "rowsum", "rowmean", "softmaxrows" -> ", axis=1";
            case "colsum", "colmean" -> ", axis=0";
            default -> "";
        };
    }

    /** The name that people know. */
    static String common(String function) {
        return switch (function) {
            case "rowsum", "colsum" -> "sum";
            case "rowmean", "colmean" -> "mean";
            case "softmaxrows" -> "softmax";
            case "tr" -> "trace";
            case "diagvec" -> "diagonal";
            case "norm2" -> "norm";
            case "arctan" -> "atan";
            default -> function;
        };
    }
}
