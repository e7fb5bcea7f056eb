package org.adjoint.expr;

import java.util.List;
import java.util.stream.Collectors;

/** Operands whose shapes do not fit an operation: carries the law, and the operands that break it. */
public final class ShapeError extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final String law;
    private final transient List<Expr> operands;

    public ShapeError(String law, List<? extends Expr> operands) {
        super(law + operands.stream()
                .map(e -> (e instanceof Variable v ? v.name() + " " : "") + e.shape())
                .collect(Collectors.joining(" and ", operands.isEmpty() ? "" : "; got ", "")));
        this.law = law;
        this.operands = List.copyOf(operands);
    }

    public ShapeError(String law, Expr... operands) {
        this(law, List.of(operands));
    }

    /** What must hold, as in "shapes must match or broadcast". */
    public String law() {
        return law;
    }

    /** The operands, in the order in which they were given. */
    public List<Expr> operands() {
        return operands;
    }
}
