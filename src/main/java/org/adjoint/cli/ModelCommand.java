package org.adjoint.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.adjoint.expr.Shape;
import org.adjoint.lang.Statement;
import org.adjoint.lang.Value;
import org.adjoint.nn.Inspection;
import org.adjoint.nn.Mode;
import org.adjoint.nn.Model;
import org.adjoint.show.ModelDrawing;
import org.adjoint.show.ModelTable;
import org.adjoint.verify.ProblemFile;
import org.adjoint.verify.Scope;
import org.adjoint.verify.Verifier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code adjoint model}: a model layer by layer, as a table or a drawing. */
@Command(name = "model", mixinStandardHelpOptions = true, sortOptions = false,
        description = {"Shows a model layer by layer: shape of the output, parameters, multiplications, additions,",
                "multiply-adds, activations, receptive field and effective stride. Sizes may be symbols.",
                "Where a layer does not fit, the table ends before it, and says why."},
        footerHeading = "%nExamples:%n",
        footer = {
                "  adjoint model \"Sequential(Conv2d(3, 8, 3, stride=2), ReLU(), Flatten())\" --input \"[B,3,32,32]\"",
                "  adjoint model net --define \"net = Linear(4, 8)\" --input \"[B,4]\" --format markdown",
                "  adjoint model \"Conv2d(C, F, K, padding=P)\" --input \"[C,H,W]\" --format svg --output conv.svg"},
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:every layer fits", "1:a layer does not fit", "2:bad input", "3:internal error"})
final class ModelCommand implements Callable<Integer> {
    /** How the model is shown. */
    enum Form {
        TEXT, MARKDOWN, LATEX, JSON, SVG
    }

    @Parameters(paramLabel = "MODEL", description = "A model, or with --file the name of one.")
    private String text = "";

    @Option(names = "--input", paramLabel = "[SIZES]", required = true,
            description = "The shape of what goes in: \"[B,3,224,224]\".")
    private String input = "";

    @Option(names = "--file", paramLabel = "FILE",
            description = "A problem file that defines the model; all that is visible there may be used.")
    private @Nullable Path file;

    @Mixin
    private Inputs inputs = new Inputs();

    @Option(names = "--exact", description = "Strides must divide; without it they round down, as in PyTorch.")
    private boolean exact;

    @Option(names = "--format", defaultValue = "text",
            description = "${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    private Form format = Form.TEXT;

    @Option(names = "--output", paramLabel = "FILE", description = "Where it goes. Default: standard output.")
    private @Nullable Path output;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        return Verifier.DEFAULT_BUDGET.call(this::run);
    }

    private Integer run() {
        Path from = file;
        if (from != null) {
            inputs.read(visible(from));
        }
        if (!(inputs.value(text) instanceof Value.Module module)) {
            throw new BadInput(
                    "<expression>: a model is needed, such as Sequential(Linear(4, 8), ReLU()); got " + text);
        }
        Model model = module.model().path().isEmpty() ? module.model().named("net") : module.model();
        Shape shape = inputs.shape("--input", input);
        Inspection seen = Inspection.of(model, shape, exact ? Mode.EVALUATION.exact() : Mode.EVALUATION);
        Output.write(spec, output, switch (format) {
            case TEXT -> ModelTable.text(seen);
            case MARKDOWN -> ModelTable.markdown(seen);
            case LATEX -> ModelTable.latex(seen);
            case JSON -> Json.write(ModelJson.of(seen)) + "\n";
            case SVG -> ModelDrawing.svg(seen);
        });
        return seen.misfit().isPresent() ? Main.NOT_AS_EXPECTED : 0;
    }

    // ---- names in files

    /** What is visible in the first section of the file that defines the first name of the text. */
    private List<Statement> visible(Path path) {
        ProblemFile read;
        try {
            read = ProblemFile.read(path);
        } catch (IOException failure) {
            throw new BadInput("--file " + path + ": " + BadInput.reason(failure));
        }
        if (read.scope().statements().isEmpty() && read.scope().children().isEmpty() && !read.problems().isEmpty()) {
            throw new BadInput(read.problems());
        }
        String name = text.strip().replaceAll("\\W.*", "");
        return visible(read.scope(), name, List.of())
                .orElseThrow(() -> new BadInput("--file " + path + ": no section defines " + name));
    }

    private static Optional<List<Statement>> visible(Scope scope, String name, List<Statement> above) {
        List<Statement> all = new ArrayList<>(above);
        scope.statements().stream().filter(s -> s instanceof Statement.Declaration || s instanceof Statement.Definition
                || s instanceof Statement.Assume).forEach(all::add);
        boolean here = scope.statements().stream().anyMatch(s -> s instanceof Statement.Definition definition
                && definition.target().name().id().equals(name));
        if (here) {
            return Optional.of(all);
        }
        return scope.children().stream().flatMap(child -> visible(child, name, all).stream()).findFirst();
    }
}
