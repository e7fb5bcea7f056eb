package org.adjoint.show;

import java.util.ArrayList;
import java.util.List;

/** Collects what one form is written with: pieces of text, and parts with the least precedence that needs no brackets. */
final class Sink {
    /**
     * A piece of output: text, or a form still to be written.
     *
     * @param bound how many index names are in use around it
     */
    record Piece(String text, Shown form, int least, int bound, boolean isText) {
    }

    private static final Shown NOTHING = Surface.verbatim("");

    private final List<Piece> pieces = new ArrayList<>();
    private int bound;

    Sink(int bound) {
        this.bound = bound;
    }

    Sink text(String text) {
        if (!text.isEmpty()) {
            pieces.add(new Piece(text, NOTHING, 0, bound, true));
        }
        return this;
    }

    Sink form(Shown form, int least) {
        pieces.add(new Piece("", form, least, bound, false));
        return this;
    }

    /** The forms with a separator between them. */
    Sink all(List<? extends Shown> forms, String separator, int least) {
        for (int k = 0; k < forms.size(); k++) {
            text(k == 0 ? "" : separator);
            form(forms.get(k), least);
        }
        return this;
    }

    /** How many index names are in use. */
    int bound() {
        return bound;
    }

    void bind(int more) {
        bound += more;
    }

    List<Piece> pieces() {
        return pieces;
    }
}
