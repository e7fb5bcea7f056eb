package org.adjoint.lang;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.adjoint.expr.Rational;

/**
 * The syntax tree of an expression or proposition: what was written, before any name is looked up.
 *
 * <p>Parentheses leave no node: they only decide the nesting, so {@code a + (b + c)} is a sum within a sum while
 * {@code a + b + c} is one flat sum. A tree can be as deep as its text is long: walk it with {@link #children()} or
 * {@link Trees#postorder} and a work-list of your own; the generated {@code equals}, {@code hashCode} and
 * {@code toString} recurse and are for small trees only.
 */
public sealed interface Syntax {

    /** Where it was written. */
    Span span();

    /** The parts that are expressions themselves, in the order of the text. */
    List<Syntax> children();

    /** The text exactly as written, without parentheses around it. */
    default String text() {
        return span().text();
    }

    /** {@code 3.125}, {@code 1e-5}, {@code 96%}: the exact rational that the literal prints. */
    record NumberLit(Rational value, String text, boolean percent, Span span) implements Syntax {
        @Override
        public List<Syntax> children() {
            return List.of();
        }
    }

    /** {@code inf}; only as the target of a limit, a bound of a range, or a bound in a fact. */
    record Infinity(Span span) implements Syntax {
        @Override
        public List<Syntax> children() {
            return List.of();
        }
    }

    /** A name, with Greek letters and accents spelled out: {@code β} is {@code beta}, {@code ŷ} is {@code y_hat}. */
    record Name(String id, Span span) implements Syntax {
        @Override
        public List<Syntax> children() {
            return List.of();
        }
    }

    /** {@code "same"}, {@code 'same'}; the value is what stands between the quotes. */
    record StringLit(String value, Span span) implements Syntax {
        @Override
        public List<Syntax> children() {
            return List.of();
        }
    }

    /** {@code true}, {@code false}, {@code True}, {@code False}. */
    record BooleanLit(boolean value, Span span) implements Syntax {
        @Override
        public List<Syntax> children() {
            return List.of();
        }
    }

    /** {@code None}. */
    record NoneLit(Span span) implements Syntax {
        @Override
        public List<Syntax> children() {
            return List.of();
        }
    }

    /** {@code [a, b]}. */
    record ListLit(List<Syntax> items, Span span) implements Syntax {
        @Override
        public List<Syntax> children() {
            return items;
        }
    }

    /** {@code (a, b)}, {@code (a,)}, {@code ()}. */
    record TupleLit(List<Syntax> items, Span span) implements Syntax {
        @Override
        public List<Syntax> children() {
            return items;
        }
    }

    /** {@code {a, b}}. */
    record SetLit(List<Syntax> items, Span span) implements Syntax {
        @Override
        public List<Syntax> children() {
            return items;
        }
    }

    /**
     * {@code body for i, j in a..b, k in c..d}: in brackets a list, in braces a set, as the argument of a call (or in
     * bare parentheses) what the call runs over, as in {@code sum(x[k] for k)}.
     */
    record Comprehension(Form form, Syntax body, List<Binder> binders, Span span) implements Syntax {

        /** What stands around it. */
        public enum Form {
            /** {@code f(e for ..)}, {@code (e for ..)}. */
            ARGUMENT,
            /** {@code [e for ..]}. */
            LIST,
            /** {@code {e for ..}}. */
            SET
        }

        @Override
        public List<Syntax> children() {
            List<Syntax> all = new ArrayList<>();
            all.add(body);
            all.addAll(Binder.ranges(binders));
            return all;
        }
    }

    /** {@code {pattern in range, .. : condition}}. */
    record SetBuilder(List<Membership> memberships, Syntax condition, Span span) implements Syntax {
        @Override
        public List<Syntax> children() {
            List<Syntax> all = new ArrayList<>();
            for (Membership m : memberships) {
                all.add(m.pattern());
                all.add(m.range());
            }
            all.add(condition);
            return all;
        }
    }

    /** {@code f(a, b, key = c)}. */
    record Call(Syntax callee, List<Syntax> arguments, List<Keyword> keywords, Span span) implements Syntax {
        @Override
        public List<Syntax> children() {
            List<Syntax> all = new ArrayList<>();
            all.add(callee);
            all.addAll(arguments);
            keywords.forEach(k -> all.add(k.value()));
            return all;
        }
    }

    /** {@code base[i, a:b, None, ...]}; {@code R[]} has no items. */
    record Index(Syntax base, List<Syntax> items, Span span) implements Syntax {
        @Override
        public List<Syntax> children() {
            List<Syntax> all = new ArrayList<>();
            all.add(base);
            all.addAll(items);
            return all;
        }
    }

    /** {@code start:stop:step} as an item of an index; every part may be left out. */
    record Slice(Optional<Syntax> start, Optional<Syntax> stop, Optional<Syntax> step, Span span) implements Syntax {
        @Override
        public List<Syntax> children() {
            List<Syntax> all = new ArrayList<>();
            start.ifPresent(all::add);
            stop.ifPresent(all::add);
            step.ifPresent(all::add);
            return all;
        }
    }

    /** {@code ...} as an item of an index. */
    record Ellipsis(Span span) implements Syntax {
        @Override
        public List<Syntax> children() {
            return List.of();
        }
    }

    /** {@code base.name}; prefixes such as {@code np.} are attributes too. {@code .T} is a {@link Transpose}. */
    record Attribute(Syntax base, String name, Span span) implements Syntax {
        @Override
        public List<Syntax> children() {
            return List.of(base);
        }
    }

    /** {@code A.T}, {@code Aᵀ}, and {@code A'} in matlab and math. */
    record Transpose(Syntax operand, Span span) implements Syntax {
        @Override
        public List<Syntax> children() {
            return List.of(operand);
        }
    }

    /** {@code sigma'}, {@code sigma''}: the derivative, of the given order, of an unknown function. */
    record Prime(Syntax operand, int order, Span span) implements Syntax {
        @Override
        public List<Syntax> children() {
            return List.of(operand);
        }
    }

    /** {@code -a}, {@code +a}, and among arguments {@code *a}. */
    record Unary(Unary.Op op, Syntax operand, Span span) implements Syntax {

        /** The signs. */
        public enum Op {
            /** {@code -}. */
            NEGATE,
            /** {@code +}. */
            PLUS,
            /** {@code *} before an argument: the entries of a list are as many arguments. */
            SPREAD
        }

        @Override
        public List<Syntax> children() {
            return List.of(operand);
        }
    }

    /** {@code a * b} and the other operators of two operands; left-deep for equal levels, powers right-deep. */
    record Binary(Binary.Op op, Syntax left, Syntax right, Span span) implements Syntax {

        /** The operators; what the dialect makes of them is not decided here. */
        public enum Op {
            /** {@code *}, {@code ·}: the product of the dialect. */
            MULTIPLY,
            /** {@code @}: matrix product. */
            MATMUL,
            /** {@code /}. */
            DIVIDE,
            /** {@code //}: the quotient rounded down. */
            FLOOR_DIVIDE,
            /** {@code %}: the remainder of {@code //}. */
            MODULO,
            /** {@code **}, {@code ^}: the power of the dialect. */
            POWER,
            /** {@code ⊙}, {@code .*}. */
            ELEMENTWISE_MULTIPLY,
            /** {@code ./}. */
            ELEMENTWISE_DIVIDE,
            /** {@code .^}. */
            ELEMENTWISE_POWER,
            /** {@code ⊗}: Kronecker product. */
            KRONECKER,
            /** {@code x²}, {@code A⁻¹}: a power in superscript, of matrices the matrix power; the right is a number. */
            SUPERSCRIPT
        }

        @Override
        public List<Syntax> children() {
            return List.of(left, right);
        }
    }

    /** {@code a + b - c}: all terms of one chain, at least two; the first is never negated. */
    record Sum(List<Term> terms, Span span) implements Syntax {
        @Override
        public List<Syntax> children() {
            return terms.stream().map(Term::value).toList();
        }
    }

    /** {@code a == b <= c}: a chain; link {@code i} relates operands {@code i} and {@code i + 1}. */
    record Relation(List<Syntax> operands, List<Relation.Op> ops, Span span) implements Syntax {

        /** The relations. */
        public enum Op {
            /** {@code ==}. */
            EQUAL("=="),
            /** {@code ~=}: equal within half a unit of the last printed digit. */
            APPROXIMATELY("~="),
            /** {@code !=}. */
            NOT_EQUAL("!="),
            /** {@code <}. */
            LESS("<"),
            /** {@code <=}. */
            LESS_OR_EQUAL("<="),
            /** {@code >}. */
            GREATER(">"),
            /** {@code >=}. */
            GREATER_OR_EQUAL(">="),
            /** {@code in}. */
            IN("in"),
            /** {@code not in}. */
            NOT_IN("not in");

            private final String symbol;

            Op(String symbol) {
                this.symbol = symbol;
            }

            /** As it is written. */
            public String symbol() {
                return symbol;
            }
        }

        @Override
        public List<Syntax> children() {
            return operands;
        }
    }

    /** {@code not p}. */
    record Not(Syntax operand, Span span) implements Syntax {
        @Override
        public List<Syntax> children() {
            return List.of(operand);
        }
    }

    /** {@code p and q and r}, one chain. */
    record And(List<Syntax> operands, Span span) implements Syntax {
        @Override
        public List<Syntax> children() {
            return operands;
        }
    }

    /** {@code p or q or r}, one chain. */
    record Or(List<Syntax> operands, Span span) implements Syntax {
        @Override
        public List<Syntax> children() {
            return operands;
        }
    }

    /** {@code p implies q}; associates to the right. */
    record Implies(Syntax premise, Syntax conclusion, Span span) implements Syntax {
        @Override
        public List<Syntax> children() {
            return List.of(premise, conclusion);
        }
    }

    /** {@code then if condition else otherwise}. */
    record Conditional(Syntax then, Syntax condition, Syntax otherwise, Span span) implements Syntax {
        @Override
        public List<Syntax> children() {
            return List.of(then, condition, otherwise);
        }
    }

    /** {@code from..to}, both ends included; {@code from..} has no end. */
    record Range(Syntax from, Optional<Syntax> to, Span span) implements Syntax {
        @Override
        public List<Syntax> children() {
            return to.isPresent() ? List.of(from, to.get()) : List.of(from);
        }
    }

    /** {@code v -> a}, {@code v -> a+}, {@code v -> a-}, an argument of {@code limit}. */
    record Arrow(Syntax variable, Syntax target, Side side, Span span) implements Syntax {

        /** From where the target is approached. */
        public enum Side {
            /** {@code v -> a}. */
            BOTH,
            /** {@code v -> a+}: from greater values. */
            ABOVE,
            /** {@code v -> a-}: from smaller values. */
            BELOW
        }

        @Override
        public List<Syntax> children() {
            return List.of(variable, target);
        }
    }

    /** A term of a sum. */
    record Term(boolean negated, Syntax value) {
    }

    /** {@code name = value} in a call. */
    record Keyword(Name name, Syntax value) {
    }

    /** {@code pattern in range} of a set builder. */
    record Membership(Syntax pattern, Syntax range) {
    }

    /** A bound index name; of {@code i, j in a..b} both binders have the same range. */
    record Binder(Name name, Optional<Syntax> range) {

        /** The ranges of some binders, each once, in order. */
        static List<Syntax> ranges(List<Binder> binders) {
            List<Syntax> all = new ArrayList<>();
            for (Binder b : binders) {
                Optional<Syntax> range = b.range();
                if (range.isPresent() && (all.isEmpty() || all.get(all.size() - 1) != range.get())) {
                    all.add(range.get());
                }
            }
            return all;
        }
    }
}
