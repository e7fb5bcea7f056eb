package org.adjoint.show;

import org.adjoint.expr.Expr;

/** Writes nodes with the words of linear algebra, and what has none in the style of the notation. */
final class MathWriter implements Writer {
    private final MatlabFold fold = new MatlabFold(true);
    private final MathStyle style;
    private final MathText text;

    MathWriter(MathStyle style, MathText text) {
        this.style = style;
        this.text = text;
    }

    @Override
    public String write(Expr node, int limit) {
        Phrase phrase = fold.of(node);
        return phrase.cost() > limit ? "…" : text.written(phrase);
    }

    @Override
    public void name(Expr node, String name) {
        fold.name(node, name);
        style.name(node, name);
    }

    @Override
    public String spelled(String name) {
        return style.name(name);
    }

    @Override
    public Order order() {
        return fold.order();
    }
}
