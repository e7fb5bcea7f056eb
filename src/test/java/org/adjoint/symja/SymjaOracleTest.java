package org.adjoint.symja;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.PrintStream;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Predicate;
import org.adjoint.algebra.ScalarOracle;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Functions;
import org.adjoint.expr.Rational;
import org.adjoint.expr.Variable;
import org.junit.jupiter.api.Test;
import org.matheclipse.core.expression.F;

class SymjaOracleTest {
    private static final Variable X = Variable.scalar("x");

    @Test
    void isFoundAsAService() {
        assertThat(ScalarOracle.installed()).get().isInstanceOf(SymjaOracle.class);
    }

    @Test
    void answersInOurTerms() {
        SymjaOracle oracle = new SymjaOracle();
        assertThat(oracle.simplified(Functions.SIN.apply(X).pow(2).plus(Functions.COS.apply(X).pow(2))))
                .contains(Constant.ONE);
        assertThat(oracle.simplified(Functions.RELU.apply(X))).isEmpty();
    }

    /** Many callers at once: each question is answered as if it were alone. */
    @Test
    void callersDoNotDisturbEachOther() throws Exception {
        SymjaOracle oracle = new SymjaOracle();
        try (var pool = Executors.newFixedThreadPool(4)) {
            List<Callable<Optional<Expr>>> questions = new ArrayList<>();
            for (int k = 1; k <= 40; k++) {
                Expr angle = Functions.PI.apply().times(Rational.of(k, 1));
                questions.add(() -> oracle.radicals(Functions.COS.apply(angle)));
            }
            int k = 1;
            for (Future<Optional<Expr>> answer : pool.invokeAll(questions)) {
                assertThat(answer.get()).contains(Constant.of(k % 2 == 0 ? 1 : -1));
                k++;
            }
        }
    }

    @Test
    void startsNoThreadThatDelaysTheExit() {
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        assertThat(new SymjaOracle().radicals(Functions.COS.apply(Functions.PI.apply()))).isPresent();
        assertThat(Thread.getAllStackTraces().keySet()).filteredOn(Predicate.not(before::contains))
                .allMatch(Thread::isDaemon);
    }

    /** A question without an end is given up, and the next one is answered. */
    @Test
    void givesUpAndGoesOn() {
        Worker worker = new Worker();
        assertThat(worker.call(evaluator -> {
            while (!Thread.currentThread().isInterrupted()) {
                Thread.onSpinWait();
            }
            return Optional.of(1);
        })).isEmpty();
        assertThat(worker.call(evaluator -> Optional.of(2))).contains(2);
    }

    @Test
    void printsNothing() {
        PrintStream out = System.out;
        PrintStream err = System.err;
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        try (PrintStream captured = new PrintStream(said, true, StandardCharsets.UTF_8)) {
            System.setOut(captured);
            System.setErr(captured);
            new Worker().call(evaluator -> Optional.of(evaluator.eval(F.Print(F.stringx("noise")))));
            new Worker().call(evaluator -> Optional.of(evaluator.eval(F.Divide(F.C1, F.C0))));
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
        assertThat(said.toString(StandardCharsets.UTF_8)).isEmpty();
    }

    /** With all libraries but Symja's, proofs go on, and the oracle is not there. */
    @Test
    void isOptional() throws Exception {
        List<URL> urls = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            if (!entry.contains("matheclipse")) {
                urls.add(url(entry));
            }
        }
        try (var loader = new URLClassLoader(urls.toArray(new URL[0]), ClassLoader.getPlatformClassLoader())) {
            Class<?> probe = loader.loadClass(WithoutSymja.class.getName());
            assertThat(probe.getMethod("report").invoke(null)).isEqualTo("proved, no answer, no hint");
        }
    }

    private static URL url(String entry) throws MalformedURLException {
        return Path.of(entry).toUri().toURL();
    }
}
