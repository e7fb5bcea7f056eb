package org.adjoint.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.adjoint.algebra.Band;
import org.adjoint.algebra.Equality;
import org.adjoint.algebra.Presenter;
import org.adjoint.algebra.Toeplitz;
import org.adjoint.algebra.Unrolled;
import org.adjoint.expr.Expr;
import org.adjoint.expr.Reshape;
import org.adjoint.expr.Shape;
import org.adjoint.expr.Tensors;
import org.adjoint.expr.Variable;
import org.adjoint.lang.Dialect;
import org.adjoint.verify.DerivedOperators;
import org.adjoint.verify.Verifier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code adjoint matrix}: the matrix of a linear map, {@code vec(f(x)) = A·vec(x)}, entry by entry where sizes are given. */
@Command(name = "matrix", mixinStandardHelpOptions = true, sortOptions = false,
        description = {"Shows the matrix of a linear map: vec(f(x)) = A vec(x), with entries counted row by row.",
                "That the map is linear, and that A is its adjoint's transpose, is proved before it is shown."},
        footerHeading = "%nExamples:%n",
        footer = {"  adjoint matrix \"conv1d(x, [w1, w2, w3])\" --wrt x --shape \"x=[5]\"",
                "  adjoint matrix \"conv2d(X, K)\" --wrt X --shape \"X=[3,3]\" --shape \"K=[2,2]\"",
                "  adjoint matrix \"conv1d(x, w)\" --wrt x --shape \"x=[n]\" --shape \"w=[k]\""},
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:the matrix is shown", "1:it takes too much to compute", "2:bad input, or no linear map",
                "3:internal error"})
final class MatrixCommand implements Callable<Integer> {
    private static final int ENTRY_LIMIT = 10_000;

    @Parameters(paramLabel = "EXPRESSION", description = "The map.")
    private String text = "";

    @Mixin
    private Inputs inputs = new Inputs();

    @Option(names = "--wrt", paramLabel = "VARIABLE", required = true, description = "What is mapped.")
    private String wrt = "";

    @Option(names = "--format", defaultValue = "text", description = "TEXT, UNICODE, LATEX or JSON. Default: text.")
    private OutputFormat format = OutputFormat.TEXT;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        return Verifier.DEFAULT_BUDGET.call(this::run);
    }

    private Integer run() {
        if (inputs.dialect() != Dialect.NUMPY) {
            throw new BadInput("--dialect: the matrix of a map is asked for in dialect numpy");
        }
        if (format.code().isPresent() || format == OutputFormat.MATLAB) {
            throw new BadInput("--format: a matrix is shown as text, unicode, latex or json");
        }
        Expr f = inputs.expression(text);
        Variable x = inputs.wrt(f, List.of(wrt)).get(0);
        Expr matrix = inputs.environment().definitions()
                .inline(inputs.another("matrix(" + text + ", " + wrt + ", order='C')"));
        Report report = new Report(f, x, matrix, structure(matrix, f.shape(), x.shape()), adjoint(f, x), rows(matrix));
        PrintWriter out = spec.commandLine().getOut();
        out.print(format == OutputFormat.JSON ? Json.write(json(report)) + "\n" : shown(report));
        out.flush();
        return 0;
    }

    /** What there is to show; no rows where sizes are symbolic or entries too many. */
    private record Report(Expr f, Variable x, Expr matrix, String structure, boolean adjoint,
            Optional<List<List<Expr>>> rows) {
    }

    // ---- what is known of it

    private static Optional<List<List<Expr>>> rows(Expr matrix) {
        if (!matrix.shape().isConcrete() || matrix.shape().count().value() > ENTRY_LIMIT) {
            return Optional.empty();
        }
        int columns = (int) matrix.shape().get(1).value();
        return Unrolled.entries(List.of(matrix), ENTRY_LIMIT).map(all -> {
            List<Expr> entries = all.get(0).stream().map(new Presenter()::present).toList();
            List<List<Expr>> rows = new ArrayList<>();
            for (int k = 0; k < entries.size(); k += columns) {
                rows.add(entries.subList(k, k + columns));
            }
            return rows;
        });
    }

    /** Along which axes the matrix repeats: the last ones of f and of x, pairwise. */
    private static String structure(Expr matrix, Shape f, Shape x) {
        Expr tensor = Reshape.of(matrix, f.concat(x));
        List<Integer> steps = new ArrayList<>();
        for (int k = 1; k <= Math.min(f.rank(), x.rank()); k++) {
            OptionalInt step = Toeplitz.step(tensor, f.rank() - k, f.rank() + x.rank() - k);
            if (step.isEmpty()) {
                break;
            }
            steps.add(0, step.getAsInt());
        }
        boolean ones = steps.stream().allMatch(s -> s == 1);
        int levels = steps.size();
        if (levels == 0) {
            return "";
        }
        String blocks = levels < Math.max(f.rank(), x.rank()) ? "a block for each pair of the first axes, each " : "";
        String kind = levels == 1 ? "Toeplitz"
                : levels == 2 ? "doubly-block Toeplitz" : levels + "-fold block Toeplitz";
        String law = IntStream.range(0, levels).mapToObj(k -> "a step along axis " + (f.rank() - levels + k)
                + " of f is " + steps.get(k) + " along axis " + (x.rank() - levels + k) + " of the input")
                .collect(Collectors.joining(", "));
        return ones ? blocks + kind + ": A[i+1, j+1] = A[i, j] along "
                + (levels == 1 ? "the diagonals" : "the diagonals of each level")
                : blocks + kind + " with strides: " + law;
    }

    /** Whether it is proved that {@code ⟨f(x), y⟩ = ⟨x, f'(y)⟩} for the map and the reverse sweep through it. */
    private boolean adjoint(Expr f, Variable x) {
        Expr inlined = inputs.environment().definitions().inline(f);
        Variable y = Variable.of("y of the adjoint", f.shape());
        Expr back = new DerivedOperators().pull(f, x, y, inputs.environment().definitions());
        return Equality.prove(Tensors.inner(inlined, y),
                Tensors.inner(inputs.environment().definitions().inline(x),
                        inputs.environment().definitions().inline(back)))
                .isPresent();
    }

    // ---- words

    private String shown(Report report) {
        StringBuilder text = new StringBuilder();
        Shape shape = report.matrix.shape();
        text.append("f = ").append(this.text).append("   ").append(report.f.shape()).append('\n');
        text.append("A ").append(shape).append(": vec(f) = A vec(").append(wrt).append("), proved");
        if (report.f.shape().rank() > 1 || report.x.shape().rank() > 1) {
            text.append("; vec counts row by row, as reshape does");
        }
        text.append('\n');
        if (!report.structure.isEmpty()) {
            text.append("structure: ").append(report.structure).append('\n');
        }
        if (report.adjoint) {
            text.append("adjoint: <A x, y> = <x, A' y>, proved for f and the reverse sweep through it\n");
        }
        if (report.rows.isPresent()) {
            return text.append("A =\n").append(matrix(report.rows.get())).toString();
        }
        Optional<Band> band = Band.of(Reshape.of(report.matrix, report.f.shape().concat(report.x.shape())),
                report.f.shape(), report.x.shape());
        if (band.isPresent()) {
            return text.append(band.get().text()).append(", proved\n").toString();
        }
        text.append("A = ").append(format.print(new Presenter().present(report.matrix))).append('\n');
        return text.toString();
    }

    private String matrix(List<List<Expr>> rows) {
        List<List<String>> cells = rows.stream().map(row -> row.stream().map(format::print).toList()).toList();
        if (format == OutputFormat.LATEX) {
            return cells.stream().map(row -> String.join(" & ", row))
                    .collect(Collectors.joining(" \\\\\n", "\\begin{bmatrix}\n", "\n\\end{bmatrix}\n"));
        }
        int columns = cells.get(0).size();
        int[] width = IntStream.range(0, columns)
                .map(j -> cells.stream().mapToInt(row -> row.get(j).length()).max().orElse(0)).toArray();
        return cells.stream()
                .map(row -> IntStream.range(0, columns).mapToObj(j -> " ".repeat(width[j] - row.get(j).length())
                        + row.get(j)).collect(Collectors.joining(", ", "[", "]")))
                .collect(Collectors.joining(",\n ", "[", "]\n"));
    }

    private Map<String, Object> json(Report report) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("expression", text);
        object.put("variable", wrt);
        object.put("shape", report.matrix.shape().toString());
        object.put("order", "C");
        object.put("structure", report.structure);
        object.put("adjoint", report.adjoint ? "proved" : "not proved");
        report.rows.ifPresentOrElse(
                rows -> object.put("entries",
                        rows.stream().map(row -> row.stream().map(format::print).toList()).toList()),
                () -> object.put("matrix", format.print(new Presenter().present(report.matrix))));
        return object;
    }
}
