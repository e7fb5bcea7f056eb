package org.adjoint.show.code;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A reader of the part of Julia that is written: functions, loops, comprehensions and expressions, with the precedence of
 * the language, as code that runs on an environment. Anything else is an error.
 */
final class JuliaParser {
    /** What runs. */
    interface Node {
        Object run(JuliaScope scope);
    }

    private static final Pattern TOKEN = Pattern.compile("[ \\t]+|\"\"\"(?s:.*?)\"\"\"|\"(?:\\\\.|[^\"\\\\])*\""
            + "|\\d+(?:\\.\\d+)?(?:[eE][+-]?\\d+)?|[A-Za-z_]\\w*(?:\\{[^}]*\\})?"
            + "|\\.(?:[<>=!]=|[-+*/^<>])|\\.\\(|[<>=!+*-]=|&&|\\|\\||->|[-+*/^<>?:'=,()\\[\\]]|\\n");
    private static final Set<String> COMPARISONS = Set.of("<", "<=", ">", ">=", "==", "!=", ".<", ".<=", ".>", ".>=",
            ".==", ".!=");
    private static final Set<String> WORDS = Set.of("for", "in", "end", "if", "return", "while", "function", "using",
            "else");

    private final List<String> tokens = new ArrayList<>();
    private int next;
    private boolean colonEnds;

    private JuliaParser(String text) {
        Matcher matcher = TOKEN.matcher(text);
        int at = 0;
        int depth = 0;
        String before = "\n";
        boolean spaced = true;
        while (at < text.length()) {
            if (!matcher.find(at) || matcher.start() != at) {
                throw new IllegalArgumentException(
                        "cannot read " + text.substring(at, Math.min(at + 20, text.length())));
            }
            String token = matcher.group();
            at = matcher.end();
            if (token.isBlank() && !token.equals("\n")) {
                spaced = true;
                continue;
            }
            if (!spaced && before.matches("\\d.*") && token.matches("[A-Za-z_(.].*")) {
                throw new IllegalArgumentException("a number runs into " + token);
            }
            depth += token.matches("[(\\[]|\\.\\(") ? 1 : token.matches("[)\\]]") ? -1 : 0;
            if (!token.equals("\n") || depth == 0) {
                tokens.add(token.equals("'") && spaced ? "a quote after a space" : token);
            }
            before = token;
            spaced = false;
        }
        tokens.add("\n");
        tokens.add("the end of the file");
    }

    /** The functions of a file, by name, in a scope that has the library. */
    static JuliaScope program(String text) {
        JuliaParser parser = new JuliaParser(text);
        JuliaScope globals = new JuliaScope(new HashMap<>(JuliaLibrary.functions()));
        while (parser.next < parser.tokens.size() - 1) {
            if (parser.peek().equals("\n") || parser.peek().startsWith("\"\"\"")) {
                parser.next++;
            } else if (parser.accept("using")) {
                parser.take("LinearAlgebra");
            } else {
                parser.definition(globals);
            }
        }
        return globals;
    }

    private void definition(JuliaScope globals) {
        boolean block = accept("function");
        String name = name();
        take("(");
        List<String> parameters = new ArrayList<>();
        while (!accept(")")) {
            parameters.add(name());
            accept(",");
        }
        Node body;
        if (block) {
            body = block();
            take("end");
        } else {
            take("=");
            body = expression();
        }
        globals.define(name, new JuliaScope.Closure(parameters, body, globals));
    }

    // ---- tokens

    private String peek() {
        return tokens.get(next);
    }

    private boolean accept(String token) {
        if (peek().equals(token)) {
            next++;
            return true;
        }
        return false;
    }

    private void take(String token) {
        if (!accept(token)) {
            throw new IllegalArgumentException("expected " + token + ", got " + tokens.subList(Math.max(0, next - 8),
                    Math.min(tokens.size(), next + 5)));
        }
    }

    private String name() {
        String name = peek();
        if (!name.matches("[A-Za-z_].*") || WORDS.contains(name)) {
            throw new IllegalArgumentException("expected a name, got " + name + " in "
                    + tokens.subList(Math.max(0, next - 8), next));
        }
        next++;
        return name;
    }

    // ---- statements

    private Node block() {
        List<Node> statements = new ArrayList<>();
        while (!peek().equals("end")) {
            if (!accept("\n")) {
                statements.add(statement());
                take("\n");
            }
        }
        return scope -> {
            for (Node statement : statements) {
                Object result = statement.run(scope);
                if (result instanceof JuliaScope.Returned) {
                    return result;
                }
            }
            return JuliaScope.NOTHING;
        };
    }

    private Node statement() {
        if (accept("return")) {
            Node value = expression();
            List<Node> values = new ArrayList<>(List.of(value));
            while (accept(",")) {
                values.add(expression());
            }
            return scope -> new JuliaScope.Returned(values.size() == 1 ? value.run(scope)
                    : values.stream().map(node -> node.run(scope)).toList());
        }
        if (accept("if") || peek().equals("while")) {
            boolean loop = accept("while");
            Node condition = expression();
            Node body = block();
            take("end");
            return scope -> {
                while ((Boolean) condition.run(scope)) {
                    Object result = body.run(loop ? scope.inner() : scope);
                    if (result instanceof JuliaScope.Returned || !loop) {
                        return result;
                    }
                }
                return JuliaScope.NOTHING;
            };
        }
        if (accept("for")) {
            String name = name();
            take("in");
            Node values = expression();
            Node body = block();
            take("end");
            return scope -> {
                for (Object value : JuliaLibrary.elements(values.run(scope))) {
                    JuliaScope inner = scope.inner();
                    inner.define(name, value);
                    Object result = body.run(inner);
                    if (result instanceof JuliaScope.Returned) {
                        return result;
                    }
                }
                return JuliaScope.NOTHING;
            };
        }
        int start = next;
        Node target = expression();
        String operator = peek();
        if (!operator.matches("[-+*]?=")) {
            return target;
        }
        next++;
        boolean isName = next == start + 2;
        String name = tokens.get(start);
        Node value = operator.equals("=") ? expression() : binary(operator.substring(0, 1), target, expression());
        if (isName) {
            return scope -> scope.assign(name, value.run(scope));
        }
        if (!(target instanceof Index index)) {
            throw new IllegalArgumentException("cannot assign to what begins with " + name);
        }
        return scope -> {
            JuliaLibrary.set((JuliaArray) index.array.run(scope),
                    index.at.stream().map(node -> node.run(scope)).toList(), value.run(scope));
            return JuliaScope.NOTHING;
        };
    }

    // ---- expressions, from loose to tight

    private Node expression() {
        boolean outside = colonEnds;
        colonEnds = false;
        Node value = ternary();
        colonEnds = outside;
        return value;
    }

    private Node ternary() {
        Node condition = or();
        if (!accept("?")) {
            return condition;
        }
        boolean outside = colonEnds;
        colonEnds = true;
        Node yes = ternary();
        colonEnds = outside;
        take(":");
        Node no = ternary();
        return scope -> (Boolean) condition.run(scope) ? yes.run(scope) : no.run(scope);
    }

    private Node or() {
        Node left = and();
        while (accept("||")) {
            Node a = left;
            Node b = and();
            left = scope -> (Boolean) a.run(scope) ? true : b.run(scope);
        }
        return left;
    }

    private Node and() {
        Node left = comparison();
        while (accept("&&")) {
            Node a = left;
            Node b = comparison();
            left = scope -> (Boolean) a.run(scope) ? b.run(scope) : false;
        }
        return left;
    }

    private Node comparison() {
        Node left = range();
        return COMPARISONS.contains(peek()) ? binary(tokens.get(next++), left, range()) : left;
    }

    private Node range() {
        Node first = sum();
        if (colonEnds || !accept(":")) {
            return first;
        }
        Node second = sum();
        if (!accept(":")) {
            return scope -> JuliaLibrary.range(first.run(scope), 1L, second.run(scope));
        }
        Node third = sum();
        return scope -> JuliaLibrary.range(first.run(scope), second.run(scope), third.run(scope));
    }

    private Node sum() {
        Node left = product();
        while (Set.of("+", "-", ".+", ".-").contains(peek())) {
            left = binary(tokens.get(next++), left, product());
        }
        return left;
    }

    private Node product() {
        Node left = sign();
        while (Set.of("*", "/", ".*", "./").contains(peek())) {
            left = binary(tokens.get(next++), left, sign());
        }
        return left;
    }

    private Node sign() {
        if (accept("-")) {
            Node value = sign();
            return scope -> JuliaLibrary.negative(value.run(scope));
        }
        return power();
    }

    private Node power() {
        Node base = postfix();
        return Set.of("^", ".^").contains(peek()) ? binary(tokens.get(next++), base, sign()) : base;
    }

    private static Node binary(String operator, Node left, Node right) {
        return scope -> JuliaLibrary.operator(operator, left.run(scope), right.run(scope));
    }

    private record Index(Node array, List<Node> at) implements Node {
        @Override
        public Object run(JuliaScope scope) {
            return JuliaLibrary.get(array.run(scope), at.stream().map(node -> node.run(scope)).toList());
        }
    }

    private Node postfix() {
        Node value = primary();
        while (true) {
            Node before = value;
            if (accept("'")) {
                value = scope -> ((JuliaArray) before.run(scope)).adjoint();
            } else if (peek().equals("(") || peek().equals(".(")) {
                value = call(before, tokens.get(next++).equals(".("));
            } else if (accept("[")) {
                value = new Index(before, items("]"));
            } else {
                return value;
            }
        }
    }

    private Node call(Node function, boolean dotted) {
        List<Node> arguments = new ArrayList<>();
        Map<String, Node> named = new HashMap<>();
        while (!accept(")")) {
            if (tokens.get(next + 1).equals("=")) {
                String name = name();
                take("=");
                named.put(name, expression());
            } else {
                arguments.add(item());
            }
            if (!peek().equals(")")) {
                take(",");
            }
        }
        return scope -> {
            JuliaScope.Callable f = (JuliaScope.Callable) function.run(scope);
            List<Object> values = arguments.stream().map(node -> node.run(scope)).toList();
            Map<String, Object> options = new HashMap<>();
            named.forEach((name, node) -> options.put(name, node.run(scope)));
            return dotted ? JuliaArray.broadcast(values, entries -> f.call(entries, options)) : f.call(values, options);
        };
    }

    private List<Node> items(String end) {
        List<Node> items = new ArrayList<>();
        while (!accept(end)) {
            items.add(item());
            if (!peek().equals(end)) {
                take(",");
            }
        }
        return items;
    }

    /** An expression, a colon alone, or a generator. */
    private Node item() {
        if (accept(":")) {
            return scope -> JuliaScope.COLON;
        }
        Node value = expression();
        return accept("for") ? generator(value) : value;
    }

    /** The entries that a loop makes; the first name runs fastest. */
    private record Generator(Node entries) implements Node {
        @Override
        public Object run(JuliaScope scope) {
            return entries.run(scope);
        }
    }

    private Node generator(Node entry) {
        List<String> names = new ArrayList<>();
        List<Node> ranges = new ArrayList<>();
        do {
            names.add(name());
            take("in");
            ranges.add(expression());
        } while (accept(","));
        return new Generator(scope -> {
            List<List<Object>> values = ranges.stream().map(node -> JuliaLibrary.elements(node.run(scope))).toList();
            return JuliaArray.of(values.stream().mapToInt(List::size).toArray(), at -> {
                JuliaScope inner = scope.inner();
                for (int k = 0; k < at.length; k++) {
                    inner.define(names.get(k), values.get(k).get(at[k]));
                }
                return entry.run(inner);
            });
        });
    }

    private Node primary() {
        String token = peek();
        if (token.matches("\\d+")) {
            next++;
            Long value = Long.valueOf(token);
            return scope -> value;
        }
        if (token.matches("\\d.*")) {
            next++;
            Double value = Double.valueOf(token);
            return scope -> value;
        }
        if (token.startsWith("\"")) {
            next++;
            return scope -> token.substring(1, token.length() - 1);
        }
        if (accept("(")) {
            Node first = peek().equals(")") ? scope -> List.of() : expression();
            if (accept(")")) {
                return first;
            }
            take(",");
            List<Node> rest = items(")");
            rest.add(0, first);
            return scope -> rest.stream().map(node -> node.run(scope)).toList();
        }
        if (accept("[")) {
            List<Node> items = items("]");
            return items.size() == 1 && items.get(0) instanceof Generator entries ? entries
                    : scope -> JuliaArray.vector(items.stream().map(node -> node.run(scope)).toList());
        }
        String name = name();
        if (accept("->")) {
            Node body = expression();
            return scope -> new JuliaScope.Closure(List.of(name), body, scope);
        }
        if (name.equals("Float64") && accept("[")) {
            List<Node> items = items("]");
            return scope -> JuliaArray.vector(items.stream().map(node -> (Object) JuliaLibrary.real(node.run(scope)))
                    .toList());
        }
        return scope -> scope.value(name);
    }
}
