package org.adjoint.lang;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Small trees as prefix text, without spans: {@code (sum a -b)}. Recursive, for tests only. */
final class Outline {
    private Outline() {
    }

    static String of(String text) {
        return of(text, Dialect.NUMPY);
    }

    static String of(String text, Dialect dialect) {
        return of(Parser.expression(Source.of("<expression>", text), dialect));
    }

    static String of(Syntax s) {
        return switch (s) {
            case Syntax.NumberLit n -> n.text();
            case Syntax.Infinity i -> "inf";
            case Syntax.Name n -> n.id();
            case Syntax.StringLit l -> '"' + l.value() + '"';
            case Syntax.BooleanLit b -> String.valueOf(b.value());
            case Syntax.NoneLit n -> "None";
            case Syntax.ListLit l -> form("list", l.items());
            case Syntax.TupleLit t -> form("tuple", t.items());
            case Syntax.SetLit t -> form("set", t.items());
            case Syntax.Comprehension c -> "(each-" + lower(c.form()) + " " + of(c.body()) + binders(c.binders()) + ")";
            case Syntax.SetBuilder b -> "(such-that" + b.memberships().stream()
                    .map(m -> " [" + of(m.pattern()) + " in " + of(m.range()) + "]").collect(Collectors.joining()) + " "
                    + of(b.condition()) + ")";
            case Syntax.Call c -> "(call " + of(c.callee()) + items(c.arguments()) + keywords(c.keywords()) + ")";
            case Syntax.Index i -> "(index " + of(i.base()) + items(i.items()) + ")";
            case Syntax.Slice l -> "(slice " + part(l.start()) + " " + part(l.stop()) + " " + part(l.step()) + ")";
            case Syntax.Ellipsis e -> "...";
            case Syntax.Attribute a -> "(. " + of(a.base()) + " " + a.name() + ")";
            case Syntax.Transpose t -> "(T " + of(t.operand()) + ")";
            case Syntax.Prime p -> "(prime" + p.order() + " " + of(p.operand()) + ")";
            case Syntax.Unary u -> "(" + lower(u.op()) + " " + of(u.operand()) + ")";
            case Syntax.Binary b -> "(" + lower(b.op()) + " " + of(b.left()) + " " + of(b.right()) + ")";
            case Syntax.Sum t -> "(sum" + t.terms().stream().map(x -> (x.negated() ? " -" : " ") + of(x.value()))
                    .collect(Collectors.joining()) + ")";
            case Syntax.Relation r -> relation(r);
            case Syntax.Not n -> "(not " + of(n.operand()) + ")";
            case Syntax.And a -> form("and", a.operands());
            case Syntax.Or o -> form("or", o.operands());
            case Syntax.Implies i -> "(implies " + of(i.premise()) + " " + of(i.conclusion()) + ")";
            case Syntax.Conditional c ->
                "(if " + of(c.condition()) + " " + of(c.then()) + " " + of(c.otherwise()) + ")";
            case Syntax.Range r -> "(range " + of(r.from()) + " " + part(r.to()) + ")";
            case Syntax.Arrow a -> "(to-" + lower(a.side()) + " " + of(a.variable()) + " " + of(a.target()) + ")";
        };
    }

    static String binders(List<Syntax.Binder> binders) {
        return binders.stream().map(b -> " [" + b.name().id() + b.range().map(r -> " in " + of(r)).orElse("") + "]")
                .collect(Collectors.joining());
    }

    private static String relation(Syntax.Relation r) {
        StringBuilder out = new StringBuilder("(" + of(r.operands().get(0)));
        for (int i = 0; i < r.ops().size(); i++) {
            out.append(' ').append(r.ops().get(i).symbol()).append(' ').append(of(r.operands().get(i + 1)));
        }
        return out.append(')').toString();
    }

    private static String form(String head, List<Syntax> items) {
        return "(" + head + items(items) + ")";
    }

    private static String items(List<Syntax> items) {
        return items.stream().map(i -> " " + of(i)).collect(Collectors.joining());
    }

    private static String keywords(List<Syntax.Keyword> keywords) {
        return keywords.stream().map(k -> " " + k.name().id() + "=" + of(k.value())).collect(Collectors.joining());
    }

    private static String part(Optional<Syntax> part) {
        return part.map(Outline::of).orElse("_");
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
