package org.adjoint.algebra;

/**
 * Why something holds.
 *
 * @param reason the argument, in words
 */
public record Proof(String reason) {
}
