package org.adjoint.lang;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.adjoint.expr.Definitions;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Size;
import org.adjoint.expr.Variable;
import org.jspecify.annotations.Nullable;

/**
 * What names mean in a section of a problem file. A child sees what its parent defines, and adds its own.
 *
 * <p>A definition that is ill formed is remembered with its problem, so that only what uses it is ill formed too.
 */
public final class Environment {

    /**
     * A hypothesis for the rest of the scope.
     *
     * @param proposition as written
     * @param clauses     its {@code for} clauses
     */
    public record Assumption(Syntax proposition, List<Clause> clauses) {
    }

    private @Nullable Environment parent;
    private final Map<String, Binding> bindings = new LinkedHashMap<>();
    private final Map<String, Binding.Index> axes = new LinkedHashMap<>();
    private final Map<Variable, Expr> values = new LinkedHashMap<>();
    private final Map<Variable, Value.ListValue> lists = new LinkedHashMap<>();
    private final Set<Variable> declared = new LinkedHashSet<>();
    private final List<Assumption> assumptions = new ArrayList<>();
    private final List<Problem> problems = new ArrayList<>();
    /** The statements that made this scope, to be read again where an assumption makes sizes equal. */
    private final List<Statement> history = new ArrayList<>();
    private final Map<String, Size> images = new LinkedHashMap<>();
    private final List<Problem> warnings;
    private final Set<Size> positive;
    private Definitions definitions = Definitions.NONE;
    private Definitions above = Definitions.NONE;
    /** What was defined since the definitions were last asked for. */
    private final Map<Variable, Expr> recent = new LinkedHashMap<>();

    /** An environment in which nothing is defined. */
    public Environment() {
        this.parent = null;
        this.warnings = new ArrayList<>();
        this.positive = new LinkedHashSet<>();
    }

    private Environment(Environment parent, Set<Size> positive) {
        this.parent = parent;
        this.warnings = parent.warnings;
        this.positive = positive;
    }

    /** A section inside this one. */
    public Environment child() {
        return new Environment(this, positive);
    }

    /** A section inside this one; what is read there requires nothing of sizes here. */
    Environment apart() {
        return new Environment(this, new LinkedHashSet<>(positive));
    }

    /** A scope for a call, which is read for another scope: what it needs of sizes, that one needs. */
    Environment inside(Environment reading) {
        return new Environment(this, reading.positive);
    }

    // ---- names

    /** Whether the name means something here. */
    public boolean knows(String name) {
        return lookup(name).isPresent();
    }

    Optional<Binding> lookup(String name) {
        for (Environment e = this; e != null; e = e.parent) {
            Binding binding = e.bindings.get(name);
            if (binding != null) {
                return Optional.of(binding);
            }
        }
        return Optional.empty();
    }

    /** All names that mean something here. */
    public Set<String> names() {
        Set<String> names = new LinkedHashSet<>();
        for (Environment e = this; e != null; e = e.parent) {
            names.addAll(e.bindings.keySet());
        }
        return names;
    }

    /** The visible name that is most like an unknown one, when one is near. */
    public Optional<String> nearest(String name) {
        return Nearest.to(name, names());
    }

    /** The declared or defined variable of that name. */
    public Optional<Variable> variable(String name) {
        return lookup(name).flatMap(b -> b instanceof Binding.Valued v && v.value() instanceof Value.Tensor t
                && t.expr() instanceof Variable x ? Optional.of(x) : Optional.empty());
    }

    /** Gives a name a meaning that hides none. */
    void bind(Syntax.Name name, Binding binding) {
        Optional<Binding> known = lookup(name.id());
        if (known.isPresent()) {
            throw duplicate(name, known.get());
        }
        rebind(name.id(), binding);
    }

    static IllFormed duplicate(Syntax.Name name, Binding known) {
        return new IllFormed(IllFormed.Kind.DUPLICATE, Problem
                .at(name.span(), name.id() + " is already defined, at " + known.where())
                .hint("a name has one meaning in its section and all sections inside; choose another name"));
    }

    /** Gives a name a meaning whatever it meant before: parameters, and what an assumption changes. */
    void rebind(String name, Binding binding) {
        bindings.put(name, binding);
        if (binding instanceof Binding.Index index) {
            axes.put(name, index);
        }
    }

    /** The values of the index that an axis is named by; it may be hidden by a parameter of the same name. */
    Optional<Binding.Index> axis(String name) {
        for (Environment e = this; e != null; e = e.parent) {
            Binding.Index index = e.axes.get(name);
            if (index != null) {
                return Optional.of(index);
            }
        }
        return Optional.empty();
    }

    /** Lets values carry an axis of that name. */
    void addAxis(String name, Binding.Index index) {
        axes.put(name, index);
    }

    // ---- variables and definitions

    void declare(Variable variable) {
        declared.add(variable);
    }

    /** The list that defines a variable, for what takes a list of sizes. */
    void defineList(Variable variable, Value.ListValue list) {
        lists.put(variable, list);
    }

    Optional<Value.ListValue> list(Variable variable) {
        for (Environment e = this; e != null; e = e.parent) {
            Value.ListValue list = e.lists.get(variable);
            if (list != null) {
                return Optional.of(list);
            }
        }
        return Optional.empty();
    }

    void define(Variable variable, Expr value) {
        values.put(variable, value);
        recent.put(variable, value);
    }

    /** The quantities under a name, each defined as a variable of its own: {@code step.theta}. */
    Value.Fields defined(String name, Value.Fields fields) {
        Map<String, Value.Tensor> variables = new LinkedHashMap<>();
        fields.fields().forEach((field, value) -> {
            Variable variable = Variable.of(name + "." + field, value.expr().shape());
            define(variable, value.expr());
            variables.put(field, new Value.Tensor(variable, value.axes()));
        });
        return new Value.Fields(variables);
    }

    /** The variables declared here and above, in the order of the text. */
    public List<Variable> declared() {
        List<Variable> all = new ArrayList<>(parent == null ? List.of() : parent.declared());
        all.addAll(declared);
        return all;
    }

    /** The definition of a variable. */
    Optional<Expr> value(Variable variable) {
        for (Environment e = this; e != null; e = e.parent) {
            Expr value = e.values.get(variable);
            if (value != null) {
                return Optional.of(value);
            }
        }
        return Optional.empty();
    }

    /** All definitions visible here, in the order in which they were made. */
    public Definitions definitions() {
        Definitions outer = parent == null ? Definitions.NONE : parent.definitions();
        if (outer != above) {
            above = outer;
            definitions = values.isEmpty() ? outer : outer.withAll(values);
        } else if (!recent.isEmpty()) {
            definitions = definitions.withAll(recent);
        }
        recent.clear();
        return definitions;
    }

    // ---- sizes that an assumption makes equal

    void remember(Statement statement) {
        history.add(statement);
    }

    private List<Statement> history() {
        List<Statement> all = new ArrayList<>(parent == null ? List.of() : parent.history());
        all.addAll(history);
        return all;
    }

    private Map<String, Size> images() {
        Map<String, Size> all = new LinkedHashMap<>(parent == null ? Map.of() : parent.images());
        all.putAll(images);
        return all;
    }

    /**
     * Empties this scope and cuts it off from those around it, with a size symbol standing for another size from the start.
     *
     * @return the statements, of the scopes around it too, that are to be read again
     */
    List<Statement> restart(String symbol, Size image, Span where) {
        List<Statement> statements = history();
        Map<String, Size> all = images();
        all.replaceAll((name, size) -> size.substitute(s -> s.equals(symbol) ? image : Size.symbol(s)));
        all.put(symbol, image);
        parent = null;
        bindings.clear();
        axes.clear();
        values.clear();
        lists.clear();
        recent.clear();
        declared.clear();
        assumptions.clear();
        history.clear();
        images.clear();
        images.putAll(all);
        above = Definitions.NONE;
        definitions = Definitions.NONE;
        images.forEach((name, size) -> bindings.put(name, new Binding.Sized(size, where)));
        return statements;
    }

    // ---- hypotheses, problems, notes

    void assume(Assumption assumption) {
        assumptions.add(assumption);
    }

    /** The hypotheses of this scope and those around it. */
    public List<Assumption> assumptions() {
        List<Assumption> all = new ArrayList<>(parent == null ? List.of() : parent.assumptions());
        all.addAll(assumptions);
        return all;
    }

    void problem(Problem problem) {
        problems.add(problem);
    }

    /** What is wrong with the statements of this scope, in the order of the text. */
    public List<Problem> problems() {
        return Collections.unmodifiableList(problems);
    }

    void warn(Problem warning) {
        if (!warnings.contains(warning)) {
            warnings.add(warning);
        }
    }

    /** What is well formed but may not mean what its author thinks; shared by all scopes of a file. */
    public List<Problem> warnings() {
        return Collections.unmodifiableList(warnings);
    }

    /** Says that an expression has a meaning only where the size is at least 0. */
    void requireNonNegative(Size size) {
        positive.add(size);
    }

    /** Sizes that must not be negative for everything read so far to be defined: {@code n - 3} where x[2] is used. */
    public Set<Size> nonNegativeSizes() {
        return Collections.unmodifiableSet(positive);
    }
}
