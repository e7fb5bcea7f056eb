package org.adjoint.show;

/** A notation has no words for something. */
final class NoWords extends RuntimeException {
    private static final long serialVersionUID = 1;

    NoWords(String what) {
        super(what, null, false, false);
    }
}
