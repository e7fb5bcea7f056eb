package org.adjoint.lang;

import java.util.ArrayList;
import java.util.List;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Dimension;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Shape;
import org.adjoint.expr.Size;
import org.adjoint.expr.Window;

/** Functions that name nodes as they are, for what has no other notation. */
final class NodeFunctions {
    private NodeFunctions() {
    }

    static void addTo(Vocabulary.Table table) {
        table.row("dim(size)", a -> Value.Tensor.of(Dimension.of(a.size("size"))));
        table.row("gather(x, strides, offsets, window, circular=false)", a -> {
            Expr x = a.expr("x");
            return Value.Tensor.of(Window.gather(x, access(a, x.shape(), a.shape("window"))));
        });
        table.row("fold(x, strides, offsets, source, circular=false)", a -> {
            Expr x = a.expr("x");
            return Value.Tensor.of(Window.fold(x, access(a, a.shape("source"), x.shape())));
        });
        table.row("float(x)", NodeFunctions::data);
    }

    private static Window.Access access(Arguments a, Shape source, Shape window) {
        List<List<Integer>> strides = new ArrayList<>();
        for (Value row : list(a, "strides")) {
            List<Integer> factors = new ArrayList<>();
            Values.shape(row, a.reader().environment).orElseThrow(() -> misused(a)).sizes()
                    .forEach(size -> factors.add(integer(a, size)));
            strides.add(factors);
        }
        List<Size> offsets = new ArrayList<>();
        for (Value offset : list(a, "offsets")) {
            offsets.add(Values.size(offset, a.reader().environment).orElseThrow(() -> misused(a)));
        }
        return new Window.Access(source, window, strides, offsets, a.flag("circular"));
    }

    private static int integer(Arguments a, Size size) {
        if (!size.isInteger()) {
            throw misused(a);
        }
        return Math.toIntExact(size.value());
    }

    private static List<Value> list(Arguments a, String parameter) {
        if (a.value(parameter) instanceof Value.ListValue list) {
            return list.items();
        }
        throw misused(a);
    }

    private static IllFormed misused(Arguments a) {
        return Failures.type(a.call(), "strides are a list of lists of integers, offsets a list of sizes");
    }

    /** Numbers as floating-point data. */
    private static Value data(Arguments a) {
        Value.Tensor x = a.tensor("x");
        if (x.expr() instanceof Constant constant) {
            double[] values = constant.values().stream().mapToDouble(v -> v.toDouble()).toArray();
            return new Value.Tensor(Constant.data(constant.shape(), values), x.axes());
        }
        return x;
    }
}
