package org.adjoint.graphs;

import org.adjoint.expr.Size;

/** Reads the text of a size back: {@code (H - 1)//2 + 2*m*n}. Independent of the parser of the language. */
public final class SizeText {
    private final String text;
    private int at;

    private SizeText(String text) {
        this.text = text.replace(" ", "");
    }

    /** The size that prints as the text. */
    public static Size parse(String text) {
        SizeText reader = new SizeText(text);
        Size size = reader.sum();
        if (reader.at != reader.text.length()) {
            throw new IllegalArgumentException("not a size: " + text);
        }
        return size;
    }

    private boolean accept(String token) {
        if (text.startsWith(token, at)) {
            at += token.length();
            return true;
        }
        return false;
    }

    private Size sum() {
        Size sum = accept("-") ? Size.ZERO.minus(product()) : product();
        while (true) {
            if (accept("+")) {
                sum = sum.plus(product());
            } else if (accept("-")) {
                sum = sum.minus(product());
            } else {
                return sum;
            }
        }
    }

    private Size product() {
        Size product = factor();
        while (true) {
            if (accept("//")) {
                product = product.floorDivide(factor());
            } else if (accept("*")) {
                product = product.times(factor());
            } else {
                return product;
            }
        }
    }

    private Size factor() {
        if (accept("(")) {
            Size inner = sum();
            if (!accept(")")) {
                throw new IllegalArgumentException("unclosed bracket in " + text);
            }
            return inner;
        }
        int start = at;
        while (at < text.length() && Character.isLetterOrDigit(text.charAt(at))) {
            at++;
        }
        String word = text.substring(start, at);
        return Character.isDigit(word.charAt(0)) ? Size.of(Long.parseLong(word)) : Size.symbol(word);
    }
}
