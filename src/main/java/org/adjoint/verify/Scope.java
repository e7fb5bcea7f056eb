package org.adjoint.verify;

import java.util.List;

import org.adjoint.lang.Span;
import org.adjoint.lang.Statement;

/**
 * A section of a problem file: what its statements define is visible in its children, which all come after them.
 *
 * @param title      the heading's text; for the file itself its name
 * @param level      the heading's level from 1; 0 for the file itself
 * @param span       the heading, or the whole file
 * @param statements the statements before the first sub-heading, in order
 * @param children   the sections inside, in order
 */
public record Scope(String title, int level, Span span, List<Statement> statements, List<Scope> children) {
}
