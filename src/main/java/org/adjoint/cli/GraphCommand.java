package org.adjoint.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.adjoint.expr.Expr;
import org.adjoint.show.Dot;
import org.adjoint.show.Svg;
import org.adjoint.verify.Verifier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code adjoint graph}: the expression graph as DOT or SVG. */
@Command(name = "graph", mixinStandardHelpOptions = true, sortOptions = false,
        description = "Draws the graph of an expression. SVG needs Graphviz; without it the DOT text is printed.",
        footerHeading = "%nExamples:%n",
        footer = {"  adjoint graph \"sum((W @ x)**2)\" --shape \"W=[m,n]\" --shape \"x=[n]\"",
                "  adjoint graph \"z2 + w2*z2\" --define \"z2 = relu(w1*X)\" --format svg --output network.svg"},
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:drawn", "1:SVG was asked for and Graphviz is missing; DOT was written", "2:bad input",
                "3:internal error"})
final class GraphCommand implements Callable<Integer> {
    /** The formats of a drawing. */
    enum Drawing {
        DOT, SVG
    }

    @Parameters(paramLabel = "EXPRESSION", description = "What is drawn.")
    private String text = "";

    @Mixin
    private Inputs inputs = new Inputs();

    @Option(names = "--format", defaultValue = "dot",
            description = "${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    private Drawing format = Drawing.DOT;

    @Option(names = "--output", paramLabel = "FILE", description = "Where the drawing goes. Default: standard output.")
    private @Nullable Path output;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        return Verifier.DEFAULT_BUDGET.call(this::run);
    }

    private Integer run() {
        Expr expr = inputs.expression(text);
        String dot = Dot.of(inputs.environment().definitions(), List.of(expr));
        if (format == Drawing.DOT) {
            Output.write(spec, output, dot);
            return 0;
        }
        return switch (Svg.draw(dot)) {
            case Svg.Drawn drawn -> {
                Output.write(spec, output, drawn.svg());
                yield 0;
            }
            case Svg.NotDrawn missing -> {
                spec.commandLine().getErr().println("adjoint graph: " + missing.reason() + "; the DOT text follows");
                Output.write(spec, output, dot);
                yield Main.NOT_AS_EXPECTED;
            }
        };
    }
}
