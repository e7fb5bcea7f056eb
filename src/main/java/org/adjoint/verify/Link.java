package org.adjoint.verify;

/**
 * One step of a chain {@code a == b <= c}, one part of a conjunction, or one option of a multiple choice, judged by
 * itself.
 *
 * @param number   from 1
 * @param text     as written
 * @param evidence the verdict on it and why
 */
public record Link(int number, String text, Evidence evidence) {
    public Verdict verdict() {
        return evidence.kind();
    }
}
