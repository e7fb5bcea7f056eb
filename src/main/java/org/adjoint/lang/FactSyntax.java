package org.adjoint.lang;

import java.util.List;

/**
 * A fact of a declaration as written: {@code spd}, {@code in(0, 1)}, {@code 01}, {@code random(normal(0, 1))}. Whether
 * there is such a fact is not decided here.
 *
 * @param name      its word
 * @param arguments what stands in parentheses
 * @param keywords  {@code key = value} in the parentheses
 * @param span      where
 */
public record FactSyntax(String name, List<Syntax> arguments, List<Syntax.Keyword> keywords, Span span) {
}
