package org.adjoint.expr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.adjoint.expr.Budget.Exceeded;
import org.adjoint.expr.Budget.Limit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Every limit ends the work it limits, names itself, and is undone afterwards. */
@Timeout(value = 20, unit = TimeUnit.SECONDS)
class BudgetTest {

    private static Exceeded exceeded(Budget budget, Runnable work) {
        Exceeded caught = catchThrowableOfType(Exceeded.class, () -> budget.run(work));
        assertThat(caught).as("a limit was passed").isNotNull();
        return caught;
    }

    private static void spin() {
        while (true) {
            Budget.current().poll();
        }
    }

    /** 9^(9^9) has 1.2 billion bits; it is refused before a digit of it is computed. */
    @Test
    void aTowerOfPowersEndsAtOnce() {
        Rational nine = Rational.of(9);
        int exponent = (int) nine.pow(9).longValueExact();
        Exceeded e = exceeded(Budget.defaults(), () -> nine.pow(exponent));
        assertThat(e.limit()).isEqualTo(Limit.BITS);
        assertThat(e.allowed()).isEqualTo(1_000_000);
        assertThat(e).hasMessage("budget exceeded (exact number): more than 1,000,000 bits in a number");
        assertThat(exceeded(Budget.defaults(), () -> nine.inverse().pow(-exponent)).limit()).isEqualTo(Limit.BITS);
        assertThat(exceeded(Budget.defaults(), () -> nine.pow(Integer.MIN_VALUE)).limit()).isEqualTo(Limit.BITS);
    }

    @Test
    void repeatedSquaringEnds() {
        Exceeded e = exceeded(Budget.defaults().withBits(10_000), () -> {
            Rational x = Rational.of(3, 7);
            while (true) {
                x = x.times(x);
            }
        });
        assertThat(e.limit()).isEqualTo(Limit.BITS);
        assertThat(e.allowed()).isEqualTo(10_000);
    }

    @Test
    void powersOfUnitsNeedNoBits() {
        assertThat(Rational.MINUS_ONE.pow(Integer.MAX_VALUE)).isEqualTo(Rational.MINUS_ONE);
        assertThat(Rational.MINUS_ONE.pow(Integer.MIN_VALUE)).isEqualTo(Rational.ONE);
        assertThat(Rational.ZERO.pow(Integer.MAX_VALUE)).isEqualTo(Rational.ZERO);
    }

    @Test
    void timeEnds() {
        long start = System.nanoTime();
        Exceeded e = exceeded(Budget.defaults().withTime(Duration.ofMillis(30)), BudgetTest::spin);
        assertThat(e.limit()).isEqualTo(Limit.TIME);
        assertThat(e).hasMessage("budget exceeded (time): more than 30 milliseconds");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(30));
    }

    /** A thread that waits for others gets its time later, but not forever. */
    @Test
    void waitingIsNoWork() {
        long start = System.nanoTime();
        Exceeded e = exceeded(Budget.defaults().withTime(Duration.ofMillis(30)), () -> {
            while (true) {
                LockSupport.parkNanos(1_000_000);
                Budget.current().checkTime();
            }
        });
        assertThat(e.allowed()).isEqualTo(30);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(60));
    }

    /** What runs inside a budget cannot buy itself more time. */
    @Test
    void anInnerBudgetDoesNotOutliveTheOuter() {
        Budget hour = Budget.defaults().withTime(Duration.ofHours(1));
        Exceeded e = exceeded(Budget.defaults().withTime(Duration.ofMillis(30)), () -> hour.run(BudgetTest::spin));
        assertThat(e.limit()).isEqualTo(Limit.TIME);
        assertThat(e.allowed()).isEqualTo(30);
    }

    @Test
    void countsAndSizes() {
        Budget small = Budget.defaults().withNodes(10).withTerms(5).withEntries(100);
        assertThat(exceeded(small, () -> {
            Budget.current().countNodes(6);
            Budget.current().countNodes(4);
            Budget.current().countNodes(1);
        }).limit()).isEqualTo(Limit.NODES);
        assertThat(exceeded(small, () -> Budget.current().checkTerms(6)).limit()).isEqualTo(Limit.TERMS);
        assertThat(exceeded(small, () -> Budget.current().checkEntries(101)).limit()).isEqualTo(Limit.ENTRIES);
        // Counting starts again with each binding, and reaching a limit is not passing it.
        small.run(() -> {
            Budget.current().countNodes(10);
            Budget.current().checkTerms(5);
            Budget.current().checkEntries(100);
        });
    }

    @Test
    void theOuterBudgetComesBack() {
        Budget before = Budget.current();
        Budget outer = Budget.defaults().withBits(100);
        outer.run(() -> {
            Budget bound = Budget.current();
            Rational large = Budget.defaults().withBits(1000).call(() -> Rational.TWO.pow(500));
            assertThat(large.bits()).isEqualTo(502);
            assertThat(Budget.current()).isSameAs(bound);
            assertThatThrownBy(() -> Rational.TWO.pow(500)).isInstanceOf(Exceeded.class);
        });
        assertThat(Budget.current()).isSameAs(before);
        assertThatThrownBy(() -> outer.run(() -> {
            throw new IllegalStateException("from inside");
        })).hasMessage("from inside");
        assertThat(Budget.current()).isSameAs(before);
    }
}
