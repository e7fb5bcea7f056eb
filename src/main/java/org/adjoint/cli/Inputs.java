package org.adjoint.cli;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.adjoint.expr.Dimension;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Fact;
import org.adjoint.expr.Shape;
import org.adjoint.expr.ShapeError;
import org.adjoint.expr.Variable;
import org.adjoint.expr.Walk;
import org.adjoint.lang.Clause;
import org.adjoint.lang.Dialect;
import org.adjoint.lang.Elaborator;
import org.adjoint.lang.Environment;
import org.adjoint.lang.Hypothesis;
import org.adjoint.lang.IllFormed;
import org.adjoint.lang.Parser;
import org.adjoint.lang.Problem;
import org.adjoint.lang.Source;
import org.adjoint.lang.Statement;
import org.adjoint.lang.Syntax;
import org.adjoint.lang.SyntaxException;
import org.adjoint.lang.Undecided;
import org.adjoint.lang.Value;
import org.adjoint.lang.Values;
import org.adjoint.verify.DerivedOperators;
import org.adjoint.verify.Substituted;
import picocli.CommandLine.Option;

/** The options by which an expression on the command line is given its variables. */
final class Inputs {
    @Option(names = "--shape", paramLabel = "NAME=[SIZES] FACTS",
            description = {"Shape of a variable, with facts: \"W=[m,n]\", \"A=[n,n] spd\", \"s=[] positive\".",
                    "May be given several times. Names without a shape are real scalars."})
    private List<String> shapes = new ArrayList<>();

    @Option(names = "--define", paramLabel = "STATEMENT",
            description = {"A definition or an assumption that comes before the expression: \"q = W @ x\".",
                    "May be given several times."})
    private List<String> statements = new ArrayList<>();

    @Option(names = "--dialect", paramLabel = "DIALECT", defaultValue = "numpy",
            description = "How the expression is read: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    private Dialect dialect = Dialect.NUMPY;

    private final Environment environment = new Environment();
    private final List<String> assumedScalars = new ArrayList<>();
    /** Names that some definition makes; they are no scalars even before it. */
    private final Set<String> defined = new HashSet<>();

    /** How expressions are read. */
    Dialect dialect() {
        return dialect;
    }

    /** The declarations, then the definitions and assumptions, unread. */
    List<Statement> statements() {
        List<Statement> all = new ArrayList<>();
        try {
            shapes.forEach(shape -> all.add(Parser.shape(Source.of("--shape", shape))));
            statements.forEach(
                    statement -> all.addAll(Parser.statements(Source.of("--define", statement), dialect).orThrow()));
        } catch (SyntaxException broken) {
            throw new BadInput(broken.problems());
        }
        return all;
    }

    /** The environment after reading the options. */
    Environment environment() {
        return environment;
    }

    private Assumed assumptions = Assumed.NONE;

    /** Names that had no shape and were taken as scalars. */
    List<String> assumedScalars() {
        return assumedScalars;
    }

    /** Hypotheses on the variables, to be said before anything is read. */
    void assume(List<String> texts) {
        assumptions = Assumed.of(texts, dialect);
    }

    /** The hypotheses as they were written. */
    List<String> assumptions() {
        return assumptions.texts();
    }

    /** The expression that the text means, under the options. */
    Expr expression(String text) {
        return tensor(text).expr();
    }

    /** The same, with whether it is a row. */
    Value.Tensor tensor(String text) {
        Elaborator elaborator = elaborator();
        return guarded(() -> {
            declare(elaborator);
            Syntax syntax = Parser.expression(Source.of("<expression>", text), dialect);
            assumeScalars(elaborator, syntax);
            return tensor(elaborator, syntax);
        });
    }

    /** What the text means, which need be no tensor. */
    Value value(String text) {
        Elaborator elaborator = elaborator();
        return guarded(() -> {
            declare(elaborator);
            Syntax syntax = Parser.expression(Source.of("<expression>", text), dialect);
            assumeScalars(elaborator, syntax);
            return elaborator.expression(syntax);
        });
    }

    /** Takes note of statements of a file. */
    void read(List<Statement> statements) {
        Elaborator elaborator = elaborator();
        for (Statement statement : statements) {
            // what is wrong elsewhere in the file matters only to what uses it
            elaborator.statement(statement);
        }
    }

    /** A shape, as {@code [B, 3, n]}; names that mean nothing yet are sizes. */
    Shape shape(String option, String text) {
        Elaborator elaborator = elaborator().inner();
        String name = "shape_of_input";
        return guarded(() -> {
            accept(elaborator.statement(Parser.shape(Source.of(option, name + "=" + text))));
            return elaborator.environment().variable(name).orElseThrow().shape();
        });
    }

    /** The tensor that a value of {@link #value} is. */
    Expr tensor(Value value, String text) {
        return guarded(() -> Values.tensor(value, Source.of("<expression>", text).whole()).expr());
    }

    /** The values of {@code --with "net[0].weight = e"}, free of definitions. */
    Map<Variable, Expr> substitutions(List<String> texts) {
        Elaborator elaborator = elaborator();
        Map<Variable, Expr> values = new LinkedHashMap<>();
        for (String text : texts) {
            guarded(() -> {
                for (Clause.Substitution one : Parser.substitutions(Source.of("--with", text), dialect)) {
                    Substituted put = Substituted.read(elaborator, one);
                    values.put(put.variable(), put.value());
                }
                return values;
            });
        }
        return values;
    }

    /** Names that mean nothing become real scalars; the report says so. What looks like a slip does not. */
    private void assumeScalars(Elaborator elaborator, Syntax syntax) {
        elaborator.declareSizes(List.of(syntax), defined);
        for (Problem unknown : elaborator.unknownNames(syntax)) {
            String name = unknown.span().text();
            if (defined.contains(name) || isCalled(unknown)) {
                continue;
            }
            Optional<String> near = environment.nearest(name);
            if (near.isPresent() && isSlip(name, near.get())) {
                throw new BadInput(
                        List.of(unknown.hint("did you mean " + near.get() + "? A scalar of that name is given"
                                + " by --shape \"" + name + "=[]\"")));
            }
            assumedScalars.add(name);
            accept(elaborator
                    .statement(Parser.shape(Source.of("<expression>", name + "=[]" + assumptions.facts(name)))));
        }
    }

    private static boolean isCalled(Problem name) {
        return name.span().source().text().startsWith("(", name.span().end());
    }

    /** Short names and numbered ones are alike without being each other's misspelling. */
    private static boolean isSlip(String name, String known) {
        return name.length() > 2 && !name.replaceAll("[0-9]", "").equals(known.replaceAll("[0-9]", ""));
    }

    /** One more expression over the same variables. */
    Expr another(String text) {
        Elaborator elaborator = elaborator();
        return guarded(() -> tensor(elaborator, Parser.expression(Source.of("<expression>", text), dialect)).expr());
    }

    /** An expression of another option; names in it that mean nothing are real scalars too. */
    Expr further(String option, String text) {
        Elaborator elaborator = elaborator();
        return guarded(() -> {
            Syntax syntax = Parser.expression(Source.of(option, text), dialect);
            assumeScalars(elaborator, syntax);
            return tensor(elaborator, syntax).expr();
        });
    }

    /** Whether the text reads back as that very expression. */
    boolean means(String text, Expr expr) {
        try {
            Elaborator elaborator = elaborator().in(Dialect.NUMPY);
            return elaborator.tensor(Parser.expression(Source.of("<printed>", text), Dialect.NUMPY)).expr() == expr;
        } catch (SyntaxException | IllFormed | Undecided | ShapeError unreadable) {
            return false;
        }
    }

    /** What is assumed of the variables, as far as operators can use it. */
    List<Hypothesis> hypotheses() {
        return guarded(() -> Hypothesis.of(elaborator()));
    }

    private Elaborator elaborator() {
        return new Elaborator(environment, new DerivedOperators(), dialect, Set.of());
    }

    private static Value.Tensor tensor(Elaborator elaborator, Syntax syntax) {
        return switch (elaborator.expression(syntax)) {
            case Value.Tensor tensor -> tensor;
            case Value.ListValue list -> elaborator.tensor(syntax);
            default -> throw new BadInput("<expression>: a tensor is needed, got something else: " + syntax.text());
        };
    }

    private void declare(Elaborator elaborator) {
        for (String shape : shapes) {
            String name = shape.split("[=:]", 2)[0].strip();
            accept(elaborator.statement(Parser.shape(Source.of("--shape", shape + assumptions.facts(name)))));
        }
        for (Statement.Assume assume : assumptions.statements()) {
            assume.propositions().forEach(proposition -> assumeScalars(elaborator, proposition));
            accept(elaborator.statement(assume));
        }
        List<Statement> all = new ArrayList<>();
        for (String statement : statements) {
            Parser.Block block = Parser.statements(Source.of("--define", statement), dialect);
            accept(block.problems());
            all.addAll(block.statements());
        }
        for (Statement each : all) {
            if (each instanceof Statement.Definition definition) {
                defined.add(definition.target().name().id());
            }
        }
        for (Statement each : all) {
            if (each instanceof Statement.Definition definition
                    && definition.target() instanceof Statement.Target.Variable) {
                assumeScalars(elaborator, definition.value());
            }
            accept(elaborator.statement(each));
        }
    }

    private <T> T guarded(Supplier<T> reading) {
        try {
            return reading.get();
        } catch (SyntaxException broken) {
            throw new BadInput(broken.problems());
        } catch (IllFormed illFormed) {
            throw new BadInput(List.of(illFormed.problem()), assumedScalars.isEmpty() ? ""
                    : "\n  taken as scalars, as no shape is given: " + String.join(", ", assumedScalars));
        } catch (Undecided undecided) {
            throw new BadInput("<expression>: " + undecided.reason());
        } catch (ShapeError error) {
            throw new BadInput("<expression>: " + error.getMessage());
        }
    }

    private static void accept(List<Problem> problems) {
        if (!problems.isEmpty()) {
            throw new BadInput(problems);
        }
    }

    /** The variables by those names; all free variables of the expression for none. */
    List<Variable> wrt(Expr expr, List<String> names) {
        List<Variable> free = new ArrayList<>();
        for (Variable variable : Walk.variables(environment.definitions().inline(expr))) {
            free.add(variable);
        }
        free.sort((a, b) -> a.name().compareTo(b.name()));
        if (names.isEmpty()) {
            return free;
        }
        List<Variable> chosen = new ArrayList<>();
        for (String name : names) {
            chosen.add(environment.variable(name).or(() -> parameter(name)).orElseThrow(() -> noVariable(expr, name)));
        }
        return chosen;
    }

    /** A parameter of a model: {@code net[0].weight}. */
    private Optional<Variable> parameter(String text) {
        return text.contains(".") && another(text) instanceof Variable variable ? Optional.of(variable)
                : Optional.empty();
    }

    private BadInput noVariable(Expr f, String text) {
        if (text.matches("[A-Za-z_]\\w*") && !environment.knows(text)) {
            return noVariable(text);
        }
        Expr by = another(text);
        String what = "--wrt " + text + ": a derivative is by a variable; " + text + " is ";
        if (by instanceof Dimension) {
            return new BadInput(what + "a size, which does not vary continuously");
        }
        if (Walk.variables(environment.definitions().inline(by)).isEmpty()) {
            return new BadInput(what + "a constant");
        }
        boolean occurs = Walk.postorder(f).contains(by);
        return new BadInput(what + "an expression" + (occurs ? "" : " that does not occur in the function")
                + "\n  hint: name it, as in --define \"u = " + text
                + "\", write u where it stands, and ask for --wrt u");
    }

    private BadInput noVariable(String name) {
        List<String> variables = environment.names().stream().filter(n -> environment.variable(n).isPresent()).toList();
        return new BadInput("--wrt " + name + ": no such variable; there "
                + (variables.isEmpty() ? "is none" : variables.size() == 1 ? "is " + variables.get(0)
                        : "are " + String.join(", ", variables))
                + environment.nearest(name).map(near -> "\n  hint: did you mean " + near + "?").orElse(""));
    }

    /** A variable with its shape and facts. */
    static String describe(Variable variable) {
        StringBuilder text = new StringBuilder(variable.name() + " " + variable.shape());
        for (Fact fact : variable.facts()) {
            text.append(' ').append(fact.text().toLowerCase(Locale.ROOT));
        }
        return text.toString();
    }
}
