package org.adjoint.verify;

import static org.adjoint.verify.Verifying.judged;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sets given by a condition have exactly the elements that loops over the ranges find. */
class SetClaimsTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {k in 1..10 : divides(3, k)} == {3, 6, 9}            | proved  | both are {3, 6, 9}
            {k in 1..10 : divides(3, k)} == {3, 6}               | refuted | left is {3, 6, 9}, right is {3, 6}
            {a in 1..3, b in a..3 : integer(b / a) and a != b} == {(1, 2), (1, 3)} | proved | both are {(1, 2), (1, 3)}
            {(a, b) in {(1, 2), (2, 1)} : a < b} == {(1, 2)}     | proved  | both are {(1, 2)}
            {a in 1..3 : a > 5} == {}                            | proved  | both are {}
            {k in 1..4 : ill_formed(x[k])} == {3, 4}             | proved  | both are {3, 4}
            {k in 1..4 : x.shape == [k]} == {3}                  | proved  | both are {3}
            {k in 1..4 : sum(x + ones(k)) != t} == {}            | undecided | whether the condition of the set holds is not settled: sum(x + ones(k)) != t
            {k in 1..4 : k > t} == {}                            | undecided | whether the condition of the set holds is not settled: k > t
            {k in 1.. : k < 3} == {1, 2}                         | undecided | infinite ranges are not computed: 1..
            {k in 1..9999999 : k < 3} == {1, 2}                  | undecided | more than a million values are not gone through one by one
            {(a, b) in 1..3 : a < b} == {}                       | ill-formed | (a, b) takes elements of 2 parts, got a scalar
            {k in 1..4 : x + ones(k + 3) == x} == {}             | ill-formed | x + ones(k + 3): shapes must match or broadcast; x is [3], ones(k + 3) is [4]
            3 in {k in 1..10 : divides(3, k)}                    | proved  | by exact arithmetic
            (1, t) in {(1, t), (2, 3)}                           | proved  | both sides are the same expression
            """)
    void conditions(String proposition, String verdict, String detail) {
        Claim claim = judged("t : R; x : R[3]", proposition);

        assertThat(claim.verdict().word()).isEqualTo(verdict);
        assertThat(claim.evidence().detail()).contains(detail);
    }

    @Test
    void windowsWithAStatedNumberOfPlaces() {
        List<String> found = new ArrayList<>();
        for (int k = 1; k <= 7; k++) {
            for (int s = 1; s <= 4; s++) {
                for (int p = 0; p <= 3; p++) {
                    int places = 0;
                    for (int at = -p; at + k <= 32 + p; at += s) {
                        places++;
                    }
                    if (places == 16) {
                        found.add("(" + k + ", " + s + ", " + p + ")");
                    }
                }
            }
        }
        String set = "{" + String.join(", ", found) + "}";

        assertThat(found).hasSize(7);
        Claim claim = judged("", "{(k, s, p) in 1..7, 1..4, 0..3 : (32 + 2*p - k) // s + 1 == 16} == " + set);
        assertThat(claim.verdict()).isEqualTo(Verdict.PROVED);
        assertThat(claim.evidence().detail()).isEqualTo("both are " + set);
    }
}
