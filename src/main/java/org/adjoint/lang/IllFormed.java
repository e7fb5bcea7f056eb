package org.adjoint.lang;

/** Thrown for an expression without a meaning: it names something unknown, or its parts do not fit together. */
public final class IllFormed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What is wrong. */
    public enum Kind {
        /** A name that nothing defines. */
        UNKNOWN_NAME,
        /** Shapes that do not fit. */
        SHAPE,
        /** Something of the wrong sort, or a wrong number of arguments. */
        TYPE,
        /** A name that is defined already. */
        DUPLICATE,
        /** A definition that needs itself. */
        CYCLE,
        /** The use of a definition that is itself ill formed. */
        BROKEN_DEFINITION,
        /** An index out of range, or whose range is unknown. */
        INDEX,
        /** A limit that is {@code +∞}, where a number is needed. */
        PLUS_INFINITY,
        /** A limit that is {@code −∞}. */
        MINUS_INFINITY
    }

    private final Kind kind;
    private final transient Problem problem;

    /** The problem and what sort of problem it is. */
    public IllFormed(Kind kind, Problem problem) {
        super(problem.render(), null, false, false);
        this.kind = kind;
        this.problem = problem;
    }

    /** A problem that its message says completely. */
    public IllFormed(Kind kind, Span span, String message) {
        this(kind, Problem.at(span, message));
    }

    /** What is wrong, as a sort. */
    public Kind kind() {
        return kind;
    }

    /** What is wrong, with its place. */
    public Problem problem() {
        return problem;
    }
}
