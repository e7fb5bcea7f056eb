package org.adjoint.lang;

/** An index name stands where an integer is needed; who binds the name may run over its values one by one instead. */
final class NeedsInteger extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient Syntax.Name name;

    NeedsInteger(Syntax.Name name) {
        super(name.id(), null, false, false);
        this.name = name;
    }

    Syntax.Name name() {
        return name;
    }

    /** What is said when nobody can run over the values. */
    Undecided undecided() {
        return new Undecided("an integer is needed where " + name.id()
                + " stands, and it runs over a range whose ends are not integers", name.span());
    }
}
