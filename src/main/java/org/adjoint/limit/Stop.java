package org.adjoint.limit;

/** Why the Gruntz algorithm cannot go on. */
abstract sealed class Stop extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private Stop(String message) {
        super(message, null, false, false);
    }

    /** The sign of a constant decides, and is not known. */
    static final class NeedSign extends Stop {
        private static final long serialVersionUID = 1L;
        private final transient Term constant;

        NeedSign(Term constant) {
            super("the sign of a constant is needed");
            this.constant = constant;
        }

        Term constant() {
            return constant;
        }
    }

    /** The limit depends on a sine or a cosine of what goes to an infinity. */
    static final class Oscillation extends Stop {
        private static final long serialVersionUID = 1L;

        Oscillation() {
            super("it oscillates");
        }
    }

    /** Anything else: what could not be found out. */
    static final class Stuck extends Stop {
        private static final long serialVersionUID = 1L;

        Stuck(String reason) {
            super(reason);
        }
    }

    /** The series was cut before its leading term: more terms are needed. */
    static final class MoreTerms extends Stop {
        private static final long serialVersionUID = 1L;

        MoreTerms() {
            super("the leading term cancels to the order that was tried");
        }
    }
}
