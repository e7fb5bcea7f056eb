package org.adjoint.corpus;

import java.util.List;

/** An expression of the MATLAB-like notation, as it was written. */
sealed interface Term {

    /** A decimal number. */
    record Literal(double value) implements Term {
    }

    /** A quoted text: the index pattern of {@code einsum}. */
    record Text(String value) implements Term {
    }

    /** A variable or the name of a size. */
    record Name(String id) implements Term {
    }

    record Negated(Term operand) implements Term {
    }

    record Transposed(Term operand) implements Term {
    }

    record Call(String function, List<Term> arguments) implements Term {
    }

    /** One of {@code + - * / .* ./ ^ .^} between two operands. */
    record Binary(String operator, Term left, Term right) implements Term {
    }

    /** The printed size: leaves, operators and transposes. */
    default int size() {
        return switch (this) {
            case Literal number -> 1;
            case Text text -> 1;
            case Name name -> 1;
            case Negated negated -> 1 + negated.operand().size();
            case Transposed transposed -> 1 + transposed.operand().size();
            case Call call -> 1 + call.arguments().stream().mapToInt(Term::size).sum();
            case Binary binary -> 1 + binary.left().size() + binary.right().size();
        };
    }

    /** Whether one of the functions is called somewhere. */
    default boolean calls(List<String> functions) {
        return switch (this) {
            case Literal number -> false;
            case Text text -> false;
            case Name name -> false;
            case Negated negated -> negated.operand().calls(functions);
            case Transposed transposed -> transposed.operand().calls(functions);
            case Call call -> functions.contains(call.function())
                    || call.arguments().stream().anyMatch(argument -> argument.calls(functions));
            case Binary binary -> binary.left().calls(functions) || binary.right().calls(functions);
        };
    }
}
