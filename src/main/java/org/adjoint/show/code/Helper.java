package org.adjoint.show.code;

/**
 * A function that is written into the generated file when something calls it.
 *
 * @param name   how it is called
 * @param source its text
 */
record Helper(String name, String source) {
}
