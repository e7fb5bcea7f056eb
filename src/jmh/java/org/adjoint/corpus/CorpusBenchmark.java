package org.adjoint.corpus;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.adjoint.Timed;
import org.adjoint.cli.Main;
import org.adjoint.derive.Deriver;
import org.adjoint.derive.Derivation;
import org.adjoint.derive.Layout;
import org.adjoint.expr.Definitions;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Variable;
import org.adjoint.expr.Walk;
import org.adjoint.lang.Elaborator;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.runner.IterationType;

/**
 * Published derivatives, one pass over all rows at a time. What JMH reports is the time of a pass; the median and the largest
 * time of a row are printed at the end of each benchmark.
 */
@BenchmarkMode(Mode.SingleShotTime)
@Warmup(iterations = 20)
@Measurement(iterations = 9)
public class CorpusBenchmark extends Timed {
    /** What is differentiated, as it was read. */
    private record Question(Expr f, Variable x, Layout layout) {
        static Question of(Case each) {
            Elaborator reader = Reading.reader(each);
            Expr f = Reading.read(reader, each.expression());
            Variable x = Walk.variables(f).stream().filter(v -> v.name().equals(each.wrt())).findFirst().orElseThrow();
            return new Question(f, x, Layout.valueOf(each.layout().toUpperCase(Locale.ROOT)));
        }
    }

    /** Our own corpus, or the sample beside the checkout. */
    @Param({"own", "beside"})
    private String rows = "own";

    private List<Case> cases = List.of();
    private List<Question> questions = List.of();
    private RowTimes times = new RowTimes(cases);

    @Setup
    public void read() {
        cases = rows.equals("own") ? Case.own() : Case.beside();
        if (cases.isEmpty()) {
            throw new IllegalStateException("there is no sample beside the checkout; -p rows=own");
        }
        questions = cases.stream().map(Question::of).toList();
        times = new RowTimes(cases);
    }

    @Setup(Level.Iteration)
    public void start(IterationParams iteration) {
        if (iteration.getType() == IterationType.WARMUP) {
            times.clear();
        }
    }

    @TearDown
    public void tell(BenchmarkParams benchmark) {
        String name = benchmark.getBenchmark();
        System.out.println("\n" + times.line(name.substring(name.lastIndexOf('.') + 1)));
    }

    /** Derived, presented, proved equal to the raw derivative and held against differences. */
    @Benchmark
    public List<Derivation> derive() {
        List<Derivation> all = new ArrayList<>();
        for (int k = 0; k < questions.size(); k++) {
            Question question = questions.get(k);
            times.time(k, () -> all.add(new Deriver(Definitions.NONE, 1).derive(question.f, question.x,
                    question.layout)));
        }
        return all;
    }

    /** The whole command, from the text of the question to the text of the answer, with its steps and evidence. */
    @Benchmark
    public List<String> deriveAndPrint() {
        return pass("text");
    }

    /** The same in all notations at once. */
    @Benchmark
    public List<String> deriveAndPrintJson() {
        return pass("json");
    }

    private List<String> pass(String format) {
        List<String> all = new ArrayList<>();
        for (int k = 0; k < cases.size(); k++) {
            List<String> arguments = new ArrayList<>(Answer.question(cases.get(k)));
            arguments.set(arguments.indexOf("--format") + 1, format);
            StringWriter out = new StringWriter();
            times.time(k, () -> Main.run(arguments.toArray(String[]::new), new PrintWriter(out), new PrintWriter(out)));
            all.add(out.toString());
        }
        return all;
    }
}
