package org.adjoint.algebra;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.adjoint.expr.Rational;

/**
 * Finds a product inside a product: factors of a term that, contracted over the indices that only they have, are the
 * pattern. Powers are matched in part, {@code x²} in {@code x³}, but for those that carry a summed index.
 */
final class Matcher {
    /**
     * What was found.
     *
     * @param rest  the factors of the term that are left, those used up among them with exponent 0 left out
     * @param image the index of the term that each output index of the pattern stands for
     */
    record Match(List<Factor> rest, int[] image) {
    }

    private static final int UNKNOWN = -1;

    private final List<Factor> pattern;
    private final int patternRank;
    private final List<Factor> term;
    private final int termRank;
    private final Rational[] left;
    private final int[] image;

    private Matcher(List<Factor> pattern, int[] outputs, List<Factor> term, int termRank) {
        this.pattern = pattern;
        this.patternRank = outputs.length;
        this.term = term;
        this.termRank = termRank;
        this.left = term.stream().map(Factor::exponent).toArray(Rational[]::new);
        int count = patternRank;
        for (Factor factor : pattern) {
            for (int label : factor.labels()) {
                count = Math.max(count, label + 1);
            }
        }
        this.image = Arrays.copyOf(outputs, count);
        Arrays.fill(image, patternRank, count, UNKNOWN);
    }

    /**
     * The pattern in the term.
     *
     * @param outputs  the index of the term for each output index of the pattern, or −1 where any will do
     * @param termRank indices of the term below this are not summed
     */
    static Optional<Match> find(List<Factor> pattern, int[] outputs, List<Factor> term, int termRank) {
        Matcher matcher = new Matcher(pattern, outputs, term, termRank);
        return matcher.match(0) ? Optional.of(matcher.result()) : Optional.empty();
    }

    private Match result() {
        List<Factor> rest = new ArrayList<>();
        for (int k = 0; k < term.size(); k++) {
            if (!left[k].isZero() || term.get(k).exponent().isZero()) {
                rest.add(term.get(k).withExponent(left[k]));
            }
        }
        return new Match(rest, Arrays.copyOf(image, patternRank));
    }

    /** Patterns have few factors, so this recursion is shallow. */
    private boolean match(int next) {
        if (next == pattern.size()) {
            return isClosed();
        }
        Factor wanted = pattern.get(next);
        for (int k = 0; k < term.size(); k++) {
            Factor candidate = term.get(k);
            if (candidate.base() != wanted.base() || !canGive(wanted, left[k])) {
                continue;
            }
            int[] saved = image.clone();
            if (bind(wanted, candidate)) {
                left[k] = left[k].minus(wanted.exponent());
                if (match(next + 1)) {
                    return true;
                }
                left[k] = left[k].plus(wanted.exponent());
            }
            System.arraycopy(saved, 0, image, 0, saved.length);
        }
        return false;
    }

    private boolean canGive(Factor wanted, Rational has) {
        if (has.equals(wanted.exponent())) {
            return true;
        }
        return wanted.isFree(patternRank) && wanted.exponent().signum() > 0 && has.compareTo(wanted.exponent()) > 0;
    }

    private boolean bind(Factor wanted, Factor candidate) {
        for (int axis = 0; axis < wanted.labels().length; axis++) {
            if (wanted.base().shape().get(axis).isOne()) {
                continue;
            }
            int label = wanted.labels()[axis];
            int at = candidate.labels()[axis];
            if (image[label] == UNKNOWN) {
                image[label] = at;
            } else if (image[label] != at) {
                return false;
            }
        }
        return true;
    }

    /** Whether the summed indices of the pattern stand for summed indices that no other factor has. */
    private boolean isClosed() {
        for (int p = 0; p < image.length; p++) {
            int label = image[p];
            if (label == UNKNOWN || p < patternRank) {
                continue;
            }
            if (label < termRank) {
                return false;
            }
            for (int other = 0; other < image.length; other++) {
                if (other != p && image[other] == label) {
                    return false;
                }
            }
            for (int k = 0; k < term.size(); k++) {
                if (!left[k].isZero() && term.get(k).uses(label)) {
                    return false;
                }
            }
        }
        return true;
    }
}
