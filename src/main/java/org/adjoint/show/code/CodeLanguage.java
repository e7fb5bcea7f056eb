package org.adjoint.show.code;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.adjoint.eval.StableForms;
import org.adjoint.expr.Definitions;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Variable;

/** The languages in which a function with its derivatives can be written. */
public enum CodeLanguage {
    /** Python with NumPy. */
    NUMPY {
        @Override
        String program(Routine routine) {
            return new NumpyWriter(routine).module();
        }
    },
    /** Python with PyTorch. */
    PYTORCH {
        @Override
        String program(Routine routine) {
            return new PytorchWriter(routine).module();
        }
    },
    /** Java on EJML. */
    JAVA {
        @Override
        String program(Routine routine) {
            return new JavaWriter(routine).file();
        }
    },
    /** Julia with its standard library. */
    JULIA {
        @Override
        String program(Routine routine) {
            return new JuliaWriter(routine).file();
        }
    };

    /** The text of a file that defines the function and runs as it is. */
    public String write(Routine routine) {
        return program(stable(routine));
    }

    abstract String program(Routine routine);

    /** The routine with what overflows or cancels in doubles replaced by forms that do not. */
    private static Routine stable(Routine routine) {
        List<Expr> stable = Pairs.of(StableForms.of(routine.roots()));
        List<Variable> steps = routine.steps();
        Map<Variable, Expr> bindings = new LinkedHashMap<>();
        for (int k = 0; k < steps.size(); k++) {
            bindings.put(steps.get(k), stable.get(k));
        }
        return routine.with(new ArrayList<>(stable.subList(steps.size(), stable.size())),
                Definitions.NONE.withAll(bindings));
    }
}
