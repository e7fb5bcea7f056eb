package org.adjoint.lang;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.adjoint.expr.Budget;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Expr;
import org.adjoint.expr.IntegerSum;
import org.adjoint.expr.Rational;
import org.adjoint.expr.ShapeError;
import org.adjoint.expr.Size;
import org.adjoint.expr.Variable;

/**
 * From the syntax tree to the expression graph: looks names up, checks shapes, and builds nodes.
 *
 * <p>Statements change the environment; expressions do not, except that members of families are defined when first used.
 */
public final class Elaborator {
    /** How deep trees are read by recursion; deeper ones are read from the inside out. */
    private static final int DEPTH = 400;
    private static final int STRIDE = 60;

    final Environment environment;
    final Operators operators;
    final Dialect dialect;
    final Set<Convention> conventions;
    private final Progress progress;
    /** Products that came out as rows, in the dialects that know rows. */
    final Set<Syntax> rows = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Expressions expressions = new Expressions(this);

    /** How deep the reading is at this moment, and what has been read ahead; shared by all scopes of a reading. */
    private static final class Progress {
        private int depth;
        private int calls;
        private int indices;
        private final OpenSizes open = new OpenSizes();
    }

    private final IdentityHashMap<Syntax, Ahead> ahead = new IdentityHashMap<>();

    /** Reads in this environment. */
    public Elaborator(Environment environment, Operators operators, Dialect dialect, Set<Convention> conventions) {
        this(environment, operators, dialect, Set.copyOf(conventions), new Progress());
    }

    private Elaborator(Environment environment, Operators operators, Dialect dialect, Set<Convention> conventions,
            Progress progress) {
        this.environment = environment;
        this.operators = operators;
        this.dialect = dialect;
        this.conventions = conventions;
        this.progress = progress;
    }

    /** What names mean. */
    public Environment environment() {
        return environment;
    }

    /** The conventions that hold. */
    public Set<Convention> conventions() {
        return conventions;
    }

    /** A reader of another dialect in the same environment. */
    public Elaborator in(Dialect other) {
        return other == dialect ? this : new Elaborator(environment, operators, other, conventions, progress);
    }

    /** A reader in a scope inside this one, to which names can be added. */
    public Elaborator inner() {
        return new Elaborator(environment.child(), operators, dialect, conventions, progress);
    }

    /** A reader in a scope inside this one, for what is read in the scope of another. */
    Elaborator inside(Elaborator reading) {
        return new Elaborator(environment.inside(reading.environment), operators, dialect, conventions, progress);
    }

    /** The same, but what is read there does not add to {@link Environment#nonNegativeSizes()} here. */
    public Elaborator apart() {
        return new Elaborator(environment.apart(), operators, dialect, conventions, progress);
    }

    /** Sizes that were left out, in dialect matlab. */
    OpenSizes openSizes() {
        return progress.open;
    }

    boolean under(String convention, String value) {
        return conventions.contains(new Convention(convention, value));
    }

    // ---- statements

    /**
     * Takes note of a declaration, a definition or an assumption; other statements change nothing.
     *
     * <p>Nothing is thrown: what is wrong is remembered in the environment, and a name whose definition is wrong is
     * remembered as broken.
     *
     * @return what is wrong with it; empty when it is well formed
     */
    public List<Problem> statement(Statement statement) {
        List<Problem> problems = read(statement);
        problems.forEach(environment::problem);
        return problems;
    }

    /** Takes note of a statement; its problems are not remembered. */
    List<Problem> read(Statement statement) {
        Elaborator reader = in(statement.dialect());
        List<Problem> problems = new ArrayList<>();
        switch (statement) {
            case Statement.Declaration declaration -> new Types(reader).declare(declaration, problems);
            case Statement.Definition definition -> new DefinitionReader(reader).define(definition, problems);
            case Statement.Assume assume -> Assumptions.assume(reader, assume, problems);
            case Statement.Claim claim -> {
            }
            case Statement.Ask ask -> {
            }
            case Statement.Choice choice -> {
            }
        }
        environment.remember(statement);
        return problems;
    }

    // ---- expressions

    /**
     * What an expression means here.
     *
     * @throws IllFormed when it has no meaning
     * @throws Undecided when it has one that is not computed
     */
    public Value expression(Syntax syntax) {
        return guarded(syntax, () -> settled(syntax, () -> {
            readAhead(syntax);
            return value(syntax);
        }));
    }

    /** The same, as a tensor. */
    public Value.Tensor tensor(Syntax syntax) {
        return guarded(syntax, () -> settled(syntax, () -> {
            readAhead(syntax);
            return Values.tensor(value(syntax), syntax.span());
        }));
    }

    /** Reads again as long as sizes that were left out are found. */
    private <T extends Value> T settled(Syntax syntax, Reading<T> reading) {
        while (true) {
            try {
                T value = reading.read();
                if (value instanceof Value.Tensor tensor && progress.open.remain(tensor.expr())) {
                    throw Failures.type(syntax, "how large vector, matrix or eye without a size is cannot be told here;"
                            + " write ones(n), ones(m, n) or eye(n)");
                }
                return value;
            } catch (OpenSizes.Found again) {
                ahead.clear();
            }
        }
    }

    private interface Reading<T> {
        T read();
    }

    private <T> T guarded(Syntax syntax, Reading<T> reading) {
        int depth = progress.depth;
        int calls = progress.calls;
        try {
            return reading.read();
        } catch (NeedsInteger need) {
            throw need.undecided();
        } catch (ShapeError error) {
            throw Failures.shape(syntax, error, List.of());
        } catch (StackOverflowError deep) {
            throw tooDeep(syntax);
        } finally {
            progress.depth = depth;
            progress.calls = calls;
            ahead.clear();
        }
    }

    private static Undecided tooDeep(Syntax syntax) {
        return new Undecided("the expression nests too deeply to be read; define its parts as quantities of their own",
                syntax.span());
    }

    /** Reads one node; where an error has no better place, it is here. */
    Value value(Syntax syntax) {
        Ahead known = ahead.get(syntax);
        if (known != null) {
            return known.get();
        }
        if (++progress.depth > DEPTH) {
            throw tooDeep(syntax);
        }
        try {
            Budget.current().poll();
            return expressions.read(syntax);
        } catch (ShapeError error) {
            throw Failures.shape(syntax, error, List.of());
        } catch (Undecided undecided) {
            throw undecided.span().isPresent() ? undecided : new Undecided(undecided.reason(), syntax.span());
        } finally {
            progress.depth--;
        }
    }

    Value.Tensor tensorOf(Syntax syntax) {
        return Values.tensor(value(syntax), syntax.span());
    }

    /** Reads deep trees from the inside out, so that the recursion of {@link #value} stays shallow. */
    private void readAhead(Syntax root) {
        if (root.span().length() < DEPTH / 4) {
            // no tree is deeper than its text is long
            return;
        }
        for (Syntax node : Heights.landings(root, STRIDE)) {
            ahead.put(node, ahead(node));
        }
    }

    /** What was found by reading a node ahead; what is wrong is said when it is read in its place, if it is at all. */
    private interface Ahead {
        Value get();
    }

    private Ahead ahead(Syntax node) {
        try {
            Value value = value(node);
            return () -> value;
        } catch (IllFormed | Undecided | NeedsInteger wrong) {
            return () -> {
                throw wrong;
            };
        }
    }

    /** An integer variable that stands nowhere else in this reading. */
    Variable freshIndex() {
        return IntegerSum.index(++progress.indices);
    }

    /** The sum over all integers for each of the indices. */
    Expr sum(List<Variable> indices, Expr body) {
        Expr sum = body;
        for (Variable index : indices.reversed()) {
            sum = operators.sum(index, sum, environment.definitions());
        }
        return sum;
    }

    /** Counts calls of defined functions within calls. */
    <T> T call(Syntax at, Reader<T> body) {
        if (++progress.calls > 100) {
            throw new IllFormed(IllFormed.Kind.CYCLE, at.span(),
                    "cyclic definition: " + Failures.excerpt(at) + " calls itself without end");
        }
        int depth = progress.depth;
        progress.depth = Math.max(0, depth - 100);
        try {
            return body.read();
        } finally {
            progress.calls--;
            progress.depth = depth;
        }
    }

    /** Whether the body of a defined function is being read. */
    boolean isInCall() {
        return progress.calls > 0;
    }

    /** What {@link #call} runs. */
    interface Reader<T> {
        T read();
    }

    /** Whether a vector is written as a row: the transpose of a column, or a product that came out as one. */
    boolean isRow(Syntax syntax, Value.Tensor value) {
        if (dialect == Dialect.MATLAB) {
            return value.row();
        }
        boolean turned = false;
        Syntax node = syntax;
        while (true) {
            if (node instanceof Syntax.Transpose transpose) {
                turned = !turned;
                node = transpose.operand();
            } else if (node instanceof Syntax.Unary unary) {
                node = unary.operand();
            } else if (node instanceof Syntax.Sum sum) {
                node = sum.terms().get(0).value();
            } else {
                return value.shape().rank() == 1 && rows.contains(node) != turned;
            }
        }
    }

    // ---- sizes and integers

    /** The size that an expression is; definitions are replaced by their values. */
    Size size(Syntax syntax) {
        Value value = value(syntax);
        if (value instanceof Value.Tensor tensor && !tensor.axes().isEmpty()) {
            throw new NeedsInteger(indexName(syntax, tensor));
        }
        if (value instanceof Value.Tensor number && number.expr() instanceof Constant constant
                && constant.shape().isScalar() && constant.value().isInteger()
                && constant.value().abs().compareTo(Rational.of(Long.MAX_VALUE)) > 0) {
            throw new IllFormed(IllFormed.Kind.SHAPE, syntax.span(),
                    "a size is at most " + Long.MAX_VALUE + ", got " + Failures.excerpt(syntax));
        }
        return Values.size(value, environment).orElseThrow(() -> new IllFormed(IllFormed.Kind.TYPE, Problem
                .at(syntax.span(), Failures.excerpt(syntax) + " is " + Values.describe(value) + ", not a size")
                .expecting("an integer or an expression of sizes")));
    }

    static Syntax.Name indexName(Syntax syntax, Value.Tensor tensor) {
        return Trees.names(syntax).stream().filter(n -> tensor.axes().contains(n.id())).findFirst()
                .orElse(new Syntax.Name(tensor.axes().get(0), syntax.span()));
    }

    /** The integer that an expression is. */
    int integer(Syntax syntax) {
        Size size = size(syntax);
        if (!size.isInteger() || Math.abs(size.value()) > Integer.MAX_VALUE) {
            throw new IllFormed(IllFormed.Kind.TYPE,
                    Problem.at(syntax.span(), Failures.excerpt(syntax) + " is not one integer")
                            .expecting("an integer"));
        }
        return (int) size.value();
    }

    // ---- what claims need

    /**
     * A reader in which the names are index names: named leading axes. A range that is not given is found from the axis
     * that the name indexes in one of the expressions.
     */
    public Elaborator withIndices(List<Syntax.Binder> binders, List<? extends Syntax> scope) {
        try {
            return bindIndices(binders, scope);
        } catch (NeedsInteger need) {
            throw new IllFormed(IllFormed.Kind.INDEX, need.name().span(),
                    need.name().id() + " runs over no range of integers, and so is no index of an axis");
        }
    }

    Elaborator bindIndices(List<Syntax.Binder> binders, List<? extends Syntax> scope) {
        Elaborator reader = inner();
        IndexBinding.bind(reader, binders, List.copyOf(scope));
        return reader;
    }

    /**
     * A reader in which the variables of a {@code for all} are declared.
     *
     * @throws IllFormed when one of the declarations is
     */
    public Elaborator withDeclared(Clause.ForAll forAll) {
        Elaborator reader = inner();
        List<Problem> problems = new ArrayList<>();
        for (Clause.Quantified quantified : forAll.variables()) {
            new Types(reader).declare(quantified.names(), quantified.type(), quantified.facts(), problems);
        }
        if (!problems.isEmpty()) {
            throw new IllFormed(IllFormed.Kind.TYPE, problems.get(0));
        }
        return reader;
    }

    /**
     * A reader under hypotheses: what they say of sizes holds in it, and they are among its assumptions. To be asked before
     * names are bound in it.
     */
    public Elaborator under(List<Syntax> hypotheses, Span span) {
        Elaborator reader = inner();
        reader.read(new Statement.Assume(hypotheses, List.of(), dialect, span));
        return reader;
    }

    /** A reader in which a name stands for a value, whatever it meant before. */
    public Elaborator withValue(Syntax.Name name, Value value) {
        Elaborator reader = inner();
        reader.environment.rebind(name.id(), new Binding.Valued(value, "value", name.span()));
        return reader;
    }

    /** The variable that an expression is, for what is substituted and what is differentiated by. */
    public Optional<Variable> variable(Syntax syntax) {
        return expression(syntax) instanceof Value.Tensor tensor && tensor.axes().isEmpty()
                && tensor.expr() instanceof Variable variable ? Optional.of(variable) : Optional.empty();
    }

    /** The names in an expression that mean nothing here, each once, in the order of the text. */
    public List<Problem> unknownNames(Syntax syntax) {
        List<Problem> problems = new ArrayList<>();
        Set<String> seen = new LinkedHashSet<>();
        for (Syntax.Name name : FreeNames.of(syntax)) {
            if (seen.add(name.id()) && !environment.knows(name.id()) && !Vocabulary.knows(name.id(), dialect)) {
                problems.add(Failures.unknown(name, known()).problem());
            }
        }
        return problems;
    }

    /**
     * The names in an expression that mean nothing here and are not called, each once, in the order of the text: what may
     * stand for a number. In textbook text that may be the name of a function of other dialects.
     */
    public List<Syntax.Name> freeNames(Syntax syntax) {
        Set<Syntax> called = Collections.newSetFromMap(new IdentityHashMap<>());
        for (Syntax node : Trees.postorder(syntax)) {
            if (node instanceof Syntax.Call call) {
                called.add(call.callee());
            }
        }
        List<Syntax.Name> names = new ArrayList<>();
        Set<String> seen = new LinkedHashSet<>();
        for (Syntax.Name name : FreeNames.of(syntax)) {
            boolean known = NamedNumbers.knows(name.id(), dialect) || (dialect == Dialect.MATH
                    ? MathFunctions.isTextbook(name.id())
                    : Vocabulary.knows(name.id(), dialect));
            if (!known && !called.contains(name) && !environment.knows(name.id()) && seen.add(name.id())) {
                names.add(name);
            }
        }
        return names;
    }

    Set<String> known() {
        Set<String> known = new LinkedHashSet<>(environment.names());
        known.addAll(Vocabulary.names(dialect));
        return known;
    }

    /**
     * Makes names sizes here that stand where a model needs one: {@code C} in {@code Conv2d(C, 8, 3)}, {@code B} in
     * {@code shape(net, [B, 3, 8, 8])}.
     *
     * @param bound names that an index, a parameter or a range binds
     * @return those of them that are declared as integers which may be 0; as sizes they are at least 1
     */
    public List<Syntax.Name> declareSizes(List<Syntax> roots, Set<String> bound) {
        List<Syntax.Name> maybeZero = new ArrayList<>();
        roots.forEach(root -> maybeZero.addAll(new ModelSizes(this).declare(root, bound)));
        return maybeZero;
    }

    /** An expression with every defined variable replaced by its value. */
    Expr inline(Expr expr) {
        return environment.definitions().inline(expr);
    }
}
