package org.adjoint.corpus;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.adjoint.eval.Evaluator;
import org.adjoint.eval.NumberTensor;
import org.adjoint.eval.Point;
import org.adjoint.eval.Precise;
import org.adjoint.eval.PreciseArithmetic;
import org.adjoint.eval.Sampler;
import org.adjoint.eval.Sizes;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Variable;
import org.adjoint.expr.Walk;
import org.adjoint.lang.Dialect;
import org.adjoint.lang.Elaborator;
import org.adjoint.lang.Environment;
import org.adjoint.lang.Operators;
import org.adjoint.lang.Parser;
import org.adjoint.lang.Source;
import org.adjoint.lang.Syntax;

/**
 * Compares the text of an answer with the published value, as numbers at random points where the assumptions hold. It knows no
 * limits: both are texts, which are read and evaluated.
 */
final class LimitReferee {
    private static final int POINTS = 12;
    private static final int TRIES = 1500;
    private static final int PLACES = 20;
    private static final PreciseArithmetic FIELD = new PreciseArithmetic(40);

    private final LimitCase given;
    private final Elaborator reader;

    LimitReferee(LimitCase given) {
        this.given = given;
        this.reader = new Elaborator(new Environment(), Operators.none(), Dialect.NUMPY, Set.of());
        given.shapes().forEach(shape -> reader.statement(Parser.shape(Source.of("shape", shape))));
    }

    /** One answer where something holds; an empty condition always does. */
    record Answered(String when, String text) {
    }

    /** What is wrong with the answers; empty when they agree with the published value. */
    Optional<String> objection(List<Answered> answers) {
        List<Answered> expected = branches(given.expected());
        if (given.expected().equals("none")) {
            return Optional.of("there is no limit");
        }
        List<Expr> roots = new ArrayList<>();
        given.assumptions().forEach(text -> roots.addAll(sides(text)));
        for (Answered each : join(answers, expected)) {
            parts(each.when()).forEach(part -> roots.addAll(sides(part)));
            value(each.text()).ifPresent(roots::add);
        }
        Set<Variable> variables = new LinkedHashSet<>(Walk.variables(roots));
        Sampler sampler = new Sampler(7);
        int told = 0;
        List<Sizes> choices = sampler.sizes(roots, 4);
        for (int k = 0; k < TRIES && told < POINTS; k++) {
            Sizes sizes = choices.get(k % choices.size());
            List<Point> grid = sampler.grid(variables, sizes);
            Point point = k % 3 == 0 && !grid.isEmpty() ? grid.get(k * 31 % grid.size())
                    : sampler.point(variables, sizes);
            if (given.assumptions().stream().allMatch(text -> holds(text, point))) {
                Optional<String> want = select(expected, point);
                Optional<String> got = select(answers, point);
                if (want.isPresent() && got.isEmpty()) {
                    return Optional.of("no case holds at " + point.values());
                }
                if (want.isPresent() && isValue(want.get(), point)) {
                    told++;
                    if (!equal(want.get(), got.get(), point)) {
                        return Optional.of("is " + got.get() + ", not " + want.get() + ", at " + point.values());
                    }
                }
            }
            if (variables.isEmpty()) {
                break;
            }
        }
        return told > 0 ? Optional.empty() : Optional.of("no point was found where the assumptions hold");
    }

    private static List<Answered> join(List<Answered> a, List<Answered> b) {
        List<Answered> all = new ArrayList<>(a);
        all.addAll(b);
        return all;
    }

    /** {@code a if p else (b if q else c)} as branches; anything else is one. */
    static List<Answered> branches(String text) {
        List<Answered> branches = new ArrayList<>();
        String rest = text;
        while (rest.contains(" if ")) {
            int test = rest.indexOf(" if ");
            int otherwise = rest.indexOf(" else ");
            branches.add(new Answered(rest.substring(test + 4, otherwise), rest.substring(0, test)));
            rest = rest.substring(otherwise + 6).strip();
            rest = rest.startsWith("(") && rest.endsWith(")") ? rest.substring(1, rest.length() - 1) : rest;
        }
        branches.add(new Answered("", rest));
        return branches;
    }

    private Optional<String> select(List<Answered> answers, Point point) {
        return answers.stream().filter(each -> parts(each.when()).stream().allMatch(part -> holds(part, point)))
                .findFirst().map(Answered::text);
    }

    private static List<String> parts(String conjunction) {
        return conjunction.isBlank() ? List.of() : List.of(conjunction.split(" and "));
    }

    // ---- numbers

    private Syntax parse(String text) {
        Syntax syntax = Parser.expression(Source.of("text", text), Dialect.NUMPY);
        for (Syntax.Name name : reader.freeNames(syntax)) {
            reader.statement(Parser.shape(Source.of("text", name.id() + "=[]")));
        }
        return syntax;
    }

    private List<Expr> sides(String relation) {
        return parse(relation) instanceof Syntax.Relation r
                ? r.operands().stream().map(side -> reader.tensor(side).expr()).toList() : List.of();
    }

    private boolean holds(String text, Point point) {
        Syntax.Relation relation = (Syntax.Relation) parse(text);
        List<Expr> sides = sides(text);
        for (int k = 0; k < relation.ops().size(); k++) {
            Precise difference = evaluate(sides.get(k).minus(sides.get(k + 1)), point).value();
            int sign = difference.mayBeZero() ? 0 : FIELD.signum(difference);
            boolean admits = switch (relation.ops().get(k)) {
                case LESS -> sign < 0;
                case LESS_OR_EQUAL -> sign <= 0;
                case GREATER -> sign > 0;
                case GREATER_OR_EQUAL -> sign >= 0;
                case EQUAL -> sign == 0;
                case NOT_EQUAL -> sign != 0;
                case APPROXIMATELY, IN, NOT_IN -> throw new IllegalArgumentException(text);
            };
            if (!admits) {
                return false;
            }
        }
        return true;
    }

    private static int infinity(String text) {
        return switch (text.strip()) {
            case "inf", "oo" -> 1;
            case "-inf", "-oo" -> -1;
            default -> 0;
        };
    }

    private Optional<Expr> value(String text) {
        return infinity(text) != 0 || text.equals("none") ? Optional.empty()
                : Optional.of(reader.tensor(parse(text)).expr());
    }

    private static NumberTensor<Precise> evaluate(Expr expr, Point point) {
        return new Evaluator<>(FIELD, point.sizes()).evaluate(expr, point.in(FIELD));
    }

    private boolean isValue(String text, Point point) {
        return value(text).map(expr -> evaluate(expr, point).isDefined()).orElse(true);
    }

    private boolean equal(String want, String got, Point point) {
        if (infinity(want) != 0 || infinity(got) != 0 || got.equals("none")) {
            return infinity(want) == infinity(got);
        }
        NumberTensor<Precise> a = evaluate(value(want).orElseThrow(), point);
        NumberTensor<Precise> b = evaluate(value(got).orElseThrow(), point);
        if (a.count() != b.count() || !b.isDefined()) {
            return false;
        }
        for (int k = 0; k < a.count(); k++) {
            if (FIELD.agreeingPlaces(a.get(k), b.get(k)) < PLACES
                    && FIELD.agreeingDigits(a.get(k), b.get(k)) < PLACES) {
                return false;
            }
        }
        return true;
    }
}
