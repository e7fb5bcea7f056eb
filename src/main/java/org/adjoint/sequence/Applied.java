package org.adjoint.sequence;

import java.util.List;
import org.adjoint.expr.UnknownFunction;
import org.adjoint.expr.Variable;

/** An unknown sequence at integers: {@code x(n − i)}. */
record Applied(UnknownFunction function, List<Form> arguments) {
    Applied {
        arguments = List.copyOf(arguments);
    }

    Applied substitute(Variable variable, Form value) {
        return new Applied(function, arguments.stream().map(form -> form.substitute(variable, value)).toList());
    }

    boolean mentions(Variable variable) {
        return arguments.stream().anyMatch(form -> form.coefficient(variable) != 0);
    }
}
