package org.adjoint.lang;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** An operator between two operands: how tightly it binds and what it builds. One table for each dialect. */
sealed interface Infix {

    /** How tightly operators bind, the loosest first. */
    enum Level {
        ARROW, CONDITIONAL, IMPLIES, OR, AND, NOT, RELATION, RANGE, SUM, PRODUCT, UNARY, POWER, ROOT, POSTFIX
    }

    Level level();

    /** Two operands: {@code *} and the like. */
    record Pair(Syntax.Binary.Op op, Level level) implements Infix {
    }

    /** A further term of a sum. */
    record Plus(boolean negated) implements Infix {
        @Override
        public Level level() {
            return Level.SUM;
        }
    }

    /** A further link of a chain. */
    record Link(Syntax.Relation.Op op) implements Infix {
        @Override
        public Level level() {
            return Level.RELATION;
        }
    }

    /** {@code and}, {@code or}, {@code implies}, {@code if}, {@code ..}, {@code ->}: the level says it all. */
    record Plain(Level level) implements Infix {
    }

    /** The operator written {@code symbol} in a dialect. */
    static Optional<Infix> of(String symbol, Dialect dialect) {
        return Optional.ofNullable(Tables.SYMBOLS.getOrDefault(dialect, Map.of()).get(symbol));
    }

    /** The operator that a word stands for, in every dialect; {@code not in} is for the parser to see. */
    static Optional<Infix> word(String word) {
        return Optional.ofNullable(Tables.WORDS.get(word));
    }

    /** The tables: the symbols that all dialects share, then what each adds. */
    final class Tables {
        private static final Map<String, Infix> WORDS = Map.of("and", new Plain(Level.AND), "or", new Plain(Level.OR),
                "implies", new Plain(Level.IMPLIES), "if", new Plain(Level.CONDITIONAL), "in",
                new Link(Syntax.Relation.Op.IN));
        private static final Map<Dialect, Map<String, Infix>> SYMBOLS = symbols();

        private Tables() {
        }

        private static Map<Dialect, Map<String, Infix>> symbols() {
            Map<String, Infix> common = new HashMap<>();
            for (Syntax.Relation.Op op : Syntax.Relation.Op.values()) {
                common.put(op.symbol(), new Link(op));
            }
            common.put("->", new Plain(Level.ARROW));
            common.put("..", new Plain(Level.RANGE));
            common.put("+", new Plus(false));
            common.put("-", new Plus(true));
            common.put("*", product(Syntax.Binary.Op.MULTIPLY));
            common.put("·", product(Syntax.Binary.Op.MULTIPLY));
            common.put("⊙", product(Syntax.Binary.Op.ELEMENTWISE_MULTIPLY));
            common.put("⊗", product(Syntax.Binary.Op.KRONECKER));
            common.put("/", product(Syntax.Binary.Op.DIVIDE));
            common.put("^", power(Syntax.Binary.Op.POWER));

            Map<String, Infix> numpy = new HashMap<>(common);
            numpy.put("@", product(Syntax.Binary.Op.MATMUL));
            numpy.put("//", product(Syntax.Binary.Op.FLOOR_DIVIDE));
            numpy.put("%", product(Syntax.Binary.Op.MODULO));
            numpy.put("**", power(Syntax.Binary.Op.POWER));

            Map<String, Infix> matlab = new HashMap<>(common);
            matlab.put(".*", product(Syntax.Binary.Op.ELEMENTWISE_MULTIPLY));
            matlab.put("./", product(Syntax.Binary.Op.ELEMENTWISE_DIVIDE));
            matlab.put(".^", power(Syntax.Binary.Op.ELEMENTWISE_POWER));

            Map<String, Infix> math = new HashMap<>(numpy);
            math.putAll(matlab);

            Map<Dialect, Map<String, Infix>> tables = new EnumMap<>(Dialect.class);
            tables.put(Dialect.NUMPY, numpy);
            tables.put(Dialect.MATLAB, matlab);
            tables.put(Dialect.MATH, math);
            return tables;
        }

        private static Infix product(Syntax.Binary.Op op) {
            return new Pair(op, Level.PRODUCT);
        }

        private static Infix power(Syntax.Binary.Op op) {
            return new Pair(op, Level.POWER);
        }
    }
}
