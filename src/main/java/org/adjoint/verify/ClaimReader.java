package org.adjoint.verify;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Size;
import org.adjoint.expr.Variable;
import org.adjoint.expr.Walk;
import org.adjoint.lang.Clause;
import org.adjoint.lang.Dialect;
import org.adjoint.lang.Elaborator;
import org.adjoint.lang.Environment;
import org.adjoint.lang.IllFormed;
import org.adjoint.lang.Problem;
import org.adjoint.lang.Statement;
import org.adjoint.lang.Syntax;
import org.adjoint.lang.Trees;

/**
 * From a claim as written to the questions that decide it, one for each link of a chain. A link that has no meaning, or
 * that is not computed, comes with its evidence instead.
 */
final class ClaimReader {
    private static final Set<String> EXPECTATIONS = Set.of("E", "Var", "Cov");

    /**
     * One link.
     *
     * @param text     as written
     * @param question what is to be judged; empty when the reading has settled it
     * @param evidence how the reading has settled it
     * @param remark   what the evidence rests on besides: how its limits were found
     */
    record Part(String text, Optional<Question> question, Optional<Evidence> evidence, String remark) {
        Part(String text, Optional<Question> question, Optional<Evidence> evidence) {
            this(text, question, evidence, "");
        }
    }

    /**
     * What there is to judge.
     *
     * @param parts the links
     * @param ends  of a chain of equations, whether its first and last side are equal
     */
    record Questions(List<Part> parts, Optional<Question> ends) {
    }

    private final SectionReader section;
    private final Dialect dialect;
    private final Clauses clauses;
    private final Syntax proposition;
    private final String id;
    /** Knows what the claim requires of sizes. */
    private Environment required;

    private ClaimReader(SectionReader section, Dialect dialect, Clauses clauses, Syntax proposition, String id) {
        this.section = section;
        this.dialect = dialect;
        this.clauses = clauses;
        this.proposition = proposition;
        this.id = id;
        this.required = section.reader().environment();
    }

    /**
     * The questions of a claim in a section.
     *
     * @param id what random numbers depend on
     */
    static Questions read(SectionReader section, Dialect dialect, List<Clause> clauses, Syntax proposition, String id) {
        try {
            Clauses sorted = Clauses.of(clauses);
            SectionReader under = sorted.conventions().isEmpty() ? section
                    : section.under(Set.copyOf(sorted.conventions()));
            return new ClaimReader(under, dialect, sorted, proposition, id).questions();
        } catch (RuntimeException | StackOverflowError failure) {
            return new Questions(List.of(new Part(Text.line(proposition.text()), Optional.empty(),
                    Optional.of(Failure.evidence(failure)))), Optional.empty());
        }
    }

    private Questions questions() {
        Elaborator reader = section.reader().in(dialect).apart();
        required = reader.environment();
        if (!clauses.variables().isEmpty()) {
            reader = reader.inner();
            declare(reader);
        }
        List<Syntax> scope = new ArrayList<>(List.of(proposition));
        scope.addAll(clauses.hypotheses());
        if (!clauses.hypotheses().isEmpty() && isAboutLimits(proposition)) {
            // A limit may depend on what is given, so it is read under it.
            reader = reader.under(clauses.hypotheses(), proposition.span());
        }
        List<Syntax.Name> maybeZero = declareSizes(reader, scope);
        List<Cases.Case> single = isAboutIndices(clauses.hypotheses())
                ? Cases.oneByOne(reader, clauses.indices(), scope)
                : List.of();
        List<Cases.Case> cases = Cases
                .withZeros(single.isEmpty() ? Cases.axes(reader, clauses.indices(), scope) : single, maybeZero);
        Questions questions;
        try {
            questions = questions(cases);
        } catch (IllFormed problem) {
            List<Cases.Case> each = Cases.oneByOne(reader, clauses.indices(), scope);
            if (problem.kind() != IllFormed.Kind.INDEX || each.isEmpty()) {
                throw problem;
            }
            return questions(each);
        }
        boolean index = questions.parts().stream().anyMatch(p -> p.evidence().isPresent());
        if (index && cases.size() == 1 && !clauses.indices().isEmpty()) {
            List<Cases.Case> each = Cases.oneByOne(reader, clauses.indices(), scope);
            return each.isEmpty() ? questions : questions(each);
        }
        return questions;
    }

    /** A hypothesis on indices is one for each of their values. */
    private boolean isAboutIndices(List<Syntax> hypotheses) {
        Set<String> indices = new LinkedHashSet<>();
        clauses.indices().forEach(binder -> indices.add(binder.name().id()));
        return hypotheses.stream().flatMap(h -> Trees.names(h).stream()).anyMatch(n -> indices.contains(n.id()));
    }

    /** Names that models need as sizes; those that may be 0 too. */
    private List<Syntax.Name> declareSizes(Elaborator reader, List<Syntax> scope) {
        Set<String> indices = new LinkedHashSet<>();
        clauses.indices().forEach(binder -> indices.add(binder.name().id()));
        List<Syntax> all = new ArrayList<>(scope);
        clauses.substitutions().forEach(s -> all.add(s.value()));
        return reader.declareSizes(all, indices);
    }

    private static boolean isAboutLimits(Syntax proposition) {
        return Trees.postorder(proposition).stream().anyMatch(Syntax.Arrow.class::isInstance);
    }

    private static boolean isAboutExpectations(Syntax proposition) {
        return Trees.postorder(proposition).stream().anyMatch(node -> node instanceof Syntax.Call call
                && call.callee() instanceof Syntax.Name name && EXPECTATIONS.contains(name.id()));
    }

    private void declare(Elaborator reader) {
        for (Clause.Quantified q : clauses.variables()) {
            List<Problem> problems = reader.statement(
                    new Statement.Declaration(q.names(), q.type(), q.facts(), dialect, proposition.span()));
            if (!problems.isEmpty()) {
                throw new IllFormed(IllFormed.Kind.TYPE, problems.get(0));
            }
        }
    }

    // ---- one question for each link, with all cases in it

    private Questions questions(List<Cases.Case> cases) {
        boolean named = cases.stream().anyMatch(one -> !one.values().isEmpty());
        List<Prepared> prepared = new ArrayList<>();
        for (Cases.Case one : cases) {
            prepared.add(prepare(one));
        }
        List<Step> steps = steps(proposition);
        List<Part> parts = new ArrayList<>();
        for (Step step : steps) {
            parts.add(part(step, prepared, named, parts.size()));
        }
        Optional<Question> ends = Optional.empty();
        boolean chain = proposition instanceof Syntax.Relation relation && relation.ops().size() > 1
                && relation.ops().stream().allMatch(op -> op == Syntax.Relation.Op.EQUAL);
        if (chain && parts.stream().allMatch(p -> p.question().isPresent())) {
            Part whole = part(new Step("", List.of(proposition), p -> p.ends((Syntax.Relation) proposition)), prepared,
                    named, 99);
            ends = whole.question();
        }
        return new Questions(parts, ends);
    }

    /** A link: its text, the expressions in it, and how it is read. */
    private record Step(String text, List<Syntax> sides, Reading reading) {
    }

    private interface Reading {
        Proposition read(PropositionReader reader);
    }

    private static List<Step> steps(Syntax syntax) {
        List<Step> steps = new ArrayList<>();
        if (syntax instanceof Syntax.Relation relation) {
            for (int k = 0; k < relation.ops().size(); k++) {
                int link = k;
                Syntax left = relation.operands().get(k);
                Syntax right = relation.operands().get(k + 1);
                steps.add(new Step(RelationReader.text(left, relation.ops().get(k).symbol(), right),
                        List.of(left, right), reader -> reader.link(relation, link)));
            }
        } else if (syntax instanceof Syntax.And and) {
            and.operands().forEach(operand -> steps.addAll(steps(operand)));
        } else {
            steps.add(new Step(Text.line(syntax.text()), List.of(syntax), reader -> reader.read(syntax)));
        }
        return steps;
    }

    private Part part(Step step, List<Prepared> cases, boolean named, int number) {
        try {
            List<Proposition> all = new ArrayList<>();
            Set<Proposition> hypotheses = new LinkedHashSet<>();
            for (Prepared one : cases) {
                Optional<Proposition> read = read(step, one, cases.size() > 1);
                if (read.isEmpty()) {
                    continue;
                }
                Proposition p = read.get();
                List<Proposition> relevant = relevant(p, one);
                hypotheses.addAll(named ? List.of() : relevant);
                Proposition under = named && !relevant.isEmpty()
                        ? new Proposition.Implies(new Proposition.And(relevant), p)
                        : p;
                all.add(named ? new Proposition.Case(one.values(), under) : under);
            }
            boolean derivative = clauses.almostEverywhere() || step.sides().stream()
                    .anyMatch(side -> Derivatives.occurIn(side, section.derivatives()));
            boolean kinksCannotRefute = derivative && !KinkValues.areStated(section.conventions());
            Question question = new Question(all.size() == 1 ? all.get(0) : new Proposition.And(all),
                    List.copyOf(hypotheses), kinksCannotRefute,
                    requirements(), Seeds.of(id, number));
            boolean limit = step.sides().stream().anyMatch(s -> isAboutLimits(s) || isAboutExpectations(s));
            return new Part(step.text(), Optional.of(question), Optional.empty(),
                    limit ? reasons(question.proposition()) : "");
        } catch (RuntimeException | StackOverflowError failure) {
            return new Part(step.text(), Optional.empty(), Optional.of(Failure.evidence(failure)));
        }
    }

    /** A case in which a size is 0 does not count where the claim has no meaning then. */
    private static Optional<Proposition> read(Step step, Prepared one, boolean hasOthers) {
        try {
            return Optional.of(step.reading().read(one.reader()));
        } catch (IllFormed problem) {
            if (one.optional() && hasOthers && problem.kind() == IllFormed.Kind.SHAPE) {
                return Optional.empty();
            }
            throw problem;
        }
    }

    /** How the limits and expectations that are sides of the proposition were found. */
    private String reasons(Proposition proposition) {
        return proposition.comparisons().stream().flatMap(c -> Stream.of(c.left(), c.right()))
                .map(section::reason).filter(reason -> !reason.isEmpty()).distinct()
                .collect(Collectors.joining("; "));
    }

    /** What the claim requires of sizes, and what the bodies of functions that it calls require. */
    private Set<Size> requirements() {
        Set<Size> all = new LinkedHashSet<>(section.reader().environment().nonNegativeSizes());
        all.addAll(required.nonNegativeSizes());
        return all;
    }

    // ---- what every link of one case shares

    /** A case with its hypotheses: those that the claim states, and those of the section. */
    private record Prepared(Map<String, String> values, PropositionReader reader, List<Proposition> stated,
            List<Proposition> assumed, boolean optional) {
    }

    private Prepared prepare(Cases.Case one) {
        Elaborator reader = one.reader();
        Insertion insertion = insertion(reader);
        boolean unit = section.conventions().stream()
                .anyMatch(c -> c.name().equals("scalar") && c.value().equals("[1]"));
        PropositionReader propositions = new PropositionReader(reader,
                new RelationReader(reader, insertion, clauses, unit));
        // A tolerance is for the claim, not for its hypotheses.
        Clauses exact = new Clauses(List.of(), List.of(), List.of(), List.of(), List.of(), Optional.empty(), false,
                false,
                clauses.expected(), clauses.link());
        List<Proposition> stated = new ArrayList<>();
        PropositionReader hypotheses = new PropositionReader(reader,
                new RelationReader(reader, insertion, exact, unit));
        clauses.hypotheses().forEach(h -> stated.add(hypotheses.read(h)));
        List<Proposition> assumed = new ArrayList<>();
        for (Environment.Assumption assumption : reader.environment().assumptions()) {
            List<Syntax.Binder> binders = new ArrayList<>();
            assumption.clauses().forEach(c -> {
                if (c instanceof Clause.For f) {
                    binders.addAll(f.binders());
                }
            });
            Elaborator inside = binders.isEmpty() ? reader
                    : reader.withIndices(binders, List.of(assumption.proposition()));
            assumed.add(new PropositionReader(inside, new RelationReader(inside, insertion, exact, unit))
                    .read(assumption.proposition()));
        }
        return new Prepared(one.values(), propositions, stated, assumed, one.optional());
    }

    private Insertion insertion(Elaborator reader) {
        Map<Variable, Expr> substitutions = new LinkedHashMap<>();
        for (Clause.Substitution s : clauses.substitutions()) {
            Substituted put = Substituted.read(reader, s);
            substitutions.put(put.variable(), put.value());
        }
        return new Insertion(reader.environment()::definitions, substitutions);
    }

    /** The stated hypotheses, and those of the section that say something about what the proposition is about. */
    private static List<Proposition> relevant(Proposition p, Prepared one) {
        List<Proposition> relevant = new ArrayList<>(one.stated());
        List<Proposition> rest = new ArrayList<>(one.assumed());
        Set<Object> about = about(p);
        one.stated().forEach(h -> about.addAll(about(h)));
        boolean found = true;
        while (found) {
            found = false;
            for (Proposition h : List.copyOf(rest)) {
                Set<Object> more = about(h);
                if (more.stream().anyMatch(about::contains)) {
                    about.addAll(more);
                    relevant.add(h);
                    rest.remove(h);
                    found = true;
                }
            }
        }
        return relevant;
    }

    private static Set<Object> about(Proposition p) {
        List<Expr> roots = PointTruth.roots(p.comparisons());
        Set<Object> about = new LinkedHashSet<>(Walk.variables(roots));
        about.addAll(Walk.sizeSymbols(roots));
        return about;
    }
}
