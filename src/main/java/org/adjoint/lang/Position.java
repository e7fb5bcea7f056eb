package org.adjoint.lang;

/**
 * A place in a text, as editors count: both from 1.
 *
 * @param line   the line
 * @param column the column, in characters
 */
public record Position(int line, int column) {
    @Override
    public String toString() {
        return line + ":" + column;
    }
}
