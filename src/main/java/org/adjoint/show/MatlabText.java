package org.adjoint.show;

import java.util.ArrayList;
import java.util.List;
import org.adjoint.expr.Rational;

/** Phrases in the dialect matlab. */
final class MatlabText extends PhraseText {
    private MatlabText() {
    }

    /** The text of the phrase. */
    static String of(Phrase root) {
        return new MatlabText().written(root);
    }

    /** Whether two phrases are written alike; a node that is not written here is like itself only. */
    static boolean isSame(Phrase a, Phrase b) {
        if (a == b) {
            return true;
        }
        try {
            return a.cost() == b.cost() && of(a).equals(of(b));
        } catch (NoWords e) {
            return false;
        }
    }

    @Override
    String open() {
        return "(";
    }

    @Override
    String close() {
        return ")";
    }

    @Override
    int leafLevel(Phrase.Leaf leaf) {
        throw new NoWords("a node as it stands");
    }

    @Override
    int callLevel(Phrase.Call call) {
        return Phrases.ATOM;
    }

    @Override
    void write(Phrase phrase) {
        switch (phrase) {
            case Phrase.Word word -> put(word.text());
            case Phrase.Leaf leaf -> throw new NoWords("a node as it stands");
            case Phrase.Call call -> put(call.function() + "(").all(call.arguments(), ",", 0).put(")");
            case Phrase.Turned turned -> put(turned.operand(), Phrases.POSTFIX).put("'");
            case Phrase.Power power -> put(power.base(), Phrases.POSTFIX).put(power.entrywise() ? ".^" : "^")
                    .put(power.exponent(), Phrases.POSTFIX);
            case Phrase.Sum sum -> sum(sum, "-", "-", "+");
            case Phrase.Entrywise entrywise -> entrywise(entrywise);
            case Phrase.Product product -> product(product);
        }
    }

    private void entrywise(Phrase.Entrywise phrase) {
        if (phrase.factors().isEmpty()) {
            put("1");
        }
        all(phrase.factors(), ".*", Phrases.POWER);
        phrase.divisors().forEach(divisor -> put("./").put(divisor, Phrases.POWER));
    }

    private void product(Phrase.Product p) {
        Rational size = p.number().abs();
        put(p.negative() ? "-" : "");
        List<Phrase> factors = new ArrayList<>();
        if (!size.numerator().equals(java.math.BigInteger.ONE)
                || (p.above().isEmpty() && p.chain().isEmpty())) {
            factors.add(Phrases.literal(size.numerator().toString()));
        }
        factors.addAll(p.above());
        factors.addAll(p.chain());
        for (int k = 0; k < factors.size(); k++) {
            Phrase factor = factors.get(k);
            boolean last = k == factors.size() - 1 && p.chain().size() == 1;
            boolean open = factor instanceof Phrase.Entrywise e && last && k > 0 && !e.factors().isEmpty()
                    || k == 0 && factor instanceof Phrase.Product inner && !inner.negative() && inner.bare();
            put(k == 0 ? "" : "*").put(factor, open ? Phrases.PRODUCT : Phrases.POWER);
        }
        List<Phrase> below = new ArrayList<>();
        if (!size.isInteger()) {
            below.add(Phrases.literal(size.denominator().toString()));
        }
        below.addAll(p.below());
        if (below.size() == 1) {
            put("/").put(below.get(0), Phrases.POWER);
        } else if (below.size() > 1) {
            put("/(").all(below, "*", Phrases.POWER).put(")");
        }
    }
}
