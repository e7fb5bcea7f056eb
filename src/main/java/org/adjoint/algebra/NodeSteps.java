package org.adjoint.algebra;

import java.util.List;
import org.adjoint.expr.Contraction;
import org.adjoint.expr.Elementwise;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Functions;
import org.adjoint.expr.Rational;
import org.adjoint.expr.Reduction;

/** What a trace is told of a node whose operands are normal: by which laws it became its form, as far as no part says more. */
final class NodeSteps {
    private final NormalForm forms;
    private final Trace trace;

    NodeSteps(NormalForm forms, Trace trace) {
        this.forms = forms;
        this.trace = trace;
    }

    void tell(Expr node, Expr form) {
        List<Expr> operands = forms.operandForms(node);
        Expr start = operands.isEmpty() ? node : node.withOperands(operands);
        if (start == form) {
            return;
        }
        switch (start) {
            case Contraction product when node instanceof Contraction own -> {
                Expr whole = Product.whole(operands, Product.labels(own), own.shape());
                trace.add(start, form, new Trace.Known(StructureLaws.ASSOCIATED, start, whole),
                        new Trace.Known(StructureLaws.DISTRIBUTED, whole, form));
            }
            case Elementwise f when f.function() == Functions.SQRT -> {
                Expr power = Monomials.rawPower(f.operand(0), Rational.HALF);
                trace.add(start, form,
                        new Trace.Step(power == form ? "power of a power" : "root as a power", start, power),
                        new Trace.Known(FunctionLaws.of(f.function()), power, form));
            }
            case Elementwise f -> FunctionLaws.definition(f)
                    .ifPresent(simpler -> tellDefinition(FunctionLaws.of(f.function()), f, simpler, form));
            case Reduction reduction when reduction.operation() == Reduction.Operation.LOG_SUM_EXP ->
                tellDefinition(StructureLaws.of(reduction), reduction, FunctionLaws.definition(reduction), form);
            default -> {
            }
        }
    }

    private void tellDefinition(String law, Expr node, Expr simpler, Expr form) {
        if (simpler != node && forms.of(simpler) == form) {
            trace.add(node, form, new Trace.Step(law, node, simpler), new Trace.Known(law, simpler, form));
        }
    }
}
