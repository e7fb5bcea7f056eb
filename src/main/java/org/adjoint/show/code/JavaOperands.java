package org.adjoint.show.code;

import java.util.List;
import java.util.function.Function;
import org.adjoint.expr.Expr;

/** The values of nodes that were met already, as the nodes above need them. */
final class JavaOperands {
    private final JavaCode code;
    private final Function<Expr, JavaValue> values;

    JavaOperands(JavaCode code, Function<Expr, JavaValue> values) {
        this.code = code;
        this.values = values;
    }

    JavaValue of(Expr node) {
        return values.apply(node);
    }

    List<JavaValue> of(List<Expr> nodes) {
        return nodes.stream().map(values).toList();
    }

    /** In memory, or so cheap that computing it again costs nothing. */
    JavaValue cheap(Expr node) {
        JavaValue value = values.apply(node);
        return value.weight() == 0 ? value : code.aside(() -> code.stored(value));
    }

    JavaValue inMemory(Expr node) {
        return code.aside(() -> code.stored(values.apply(node)));
    }

    /** The name of the array that holds the value. */
    String array(Expr node) {
        return array(inMemory(node));
    }

    static String array(JavaValue value) {
        return value.array().orElseThrow();
    }
}
