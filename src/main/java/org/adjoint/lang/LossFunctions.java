package org.adjoint.lang;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BinaryOperator;
import java.util.stream.Collectors;
import org.adjoint.expr.Constant;
import org.adjoint.expr.Expr;
import org.adjoint.nn.ClassIndices;
import org.adjoint.nn.ClassLosses;
import org.adjoint.nn.LossReduction;
import org.adjoint.nn.Losses;

/**
 * Losses with PyTorch's names, arguments and defaults; {@code under loss = sum} and {@code half} say what is meant
 * where no reduction is.
 */
final class LossFunctions {
    /** What a loss makes of prediction, target and a parameter. */
    private interface Parametric {
        Expr of(Expr input, Expr target, Expr parameter);
    }

    static final Map<String, String> CONSTRUCTORS = Map.ofEntries(Map.entry("MSELoss", "mse"),
            Map.entry("L1Loss", "l1_loss"), Map.entry("SmoothL1Loss", "smooth_l1_loss"),
            Map.entry("HuberLoss", "huber_loss"), Map.entry("CrossEntropyLoss", "cross_entropy"),
            Map.entry("NLLLoss", "nll_loss"), Map.entry("BCELoss", "binary_cross_entropy"),
            Map.entry("BCEWithLogitsLoss", "binary_cross_entropy_with_logits"), Map.entry("KLDivLoss", "kl_div"),
            Map.entry("HingeEmbeddingLoss", "hinge_embedding_loss"), Map.entry("HingeLoss", "hinge_loss"),
            Map.entry("SoftMarginLoss", "soft_margin_loss"), Map.entry("MultiMarginLoss", "multi_margin_loss"),
            Map.entry("ZeroOneLoss", "zero_one_loss"));

    private LossFunctions() {
    }

    static void addTo(Vocabulary.Table table) {
        entries(table);
        classes(table);
        CONSTRUCTORS.forEach((name, function) -> constructor(table, name, function));
    }

    private static void entries(Vocabulary.Table table) {
        table.row("mse(input, target, reduction='mean')", a -> reduced(reduction(a, true),
                Losses.squares(a.expr("input"), a.expr("target"))));
        table.also("mse", "MSE", "mse_loss");
        plain(table, "l1_loss", Losses::distances);
        parametric(table, "smooth_l1_loss", "beta", Losses::smoothDistances);
        parametric(table, "huber_loss", "delta", Losses::huber);
        parametric(table, "hinge_loss", "margin", Losses::hinge);
        parametric(table, "hinge_embedding_loss", "margin", Losses::hingeEmbedding);
        plain(table, "soft_margin_loss", Losses::softMargin);
        table.row("binary_cross_entropy(input, target, weight=None, reduction='mean')",
                a -> weighted(a, Losses.binaryCrossEntropy(a.expr("input"), a.expr("target"))));
        table.row("binary_cross_entropy_with_logits(input, target, weight=None, reduction='mean', pos_weight=None)",
                a -> weighted(a, a.has("pos_weight")
                        ? Losses.binaryCrossEntropyWithLogits(a.expr("input"), a.expr("target"), a.expr("pos_weight"))
                        : Losses.binaryCrossEntropyWithLogits(a.expr("input"), a.expr("target"))));
        table.row("kl_div(input, target, reduction='mean', log_target=false)",
                a -> reduced(reduction(a, false), a.flag("log_target")
                        ? Losses.divergenceOfLogs(a.expr("input"), a.expr("target"))
                        : Losses.divergence(a.expr("input"), a.expr("target"))));
    }

    private static void classes(Vocabulary.Table table) {
        table.row("cross_entropy(input, target, weight=None, reduction='mean', label_smoothing=0)",
                a -> Value.Tensor.of(ClassLosses.crossEntropy(a.expr("input"), target(a), given(a, "weight"),
                        given(a, "label_smoothing").filter(e -> e != Constant.ZERO), reduction(a, false))));
        table.row("nll_loss(input, target, weight=None, reduction='mean')",
                a -> Value.Tensor.of(ClassLosses.negativeLogLikelihood(a.expr("input"), target(a), given(a, "weight"),
                        reduction(a, false))));
        table.row("multi_margin_loss(input, target, p=1, margin=1, weight=None, reduction='mean')",
                a -> Value.Tensor.of(ClassLosses.multiMargin(a.expr("input"), target(a), a.integer("p", 1),
                        number(a, "margin"), given(a, "weight"), reduction(a, false))));
        table.row("zero_one_loss(input, target, reduction='mean')",
                a -> Value.Tensor.of(ClassLosses.zeroOne(a.expr("input"), target(a), reduction(a, false))));
    }

    private static void plain(Vocabulary.Table table, String name, BinaryOperator<Expr> loss) {
        table.row(name + "(input, target, reduction='mean')",
                a -> reduced(reduction(a, false), loss.apply(a.expr("input"), a.expr("target"))));
    }

    private static void parametric(Vocabulary.Table table, String name, String parameter, Parametric loss) {
        table.row(name + "(input, target, reduction='mean', " + parameter + "=1)",
                a -> reduced(reduction(a, false),
                        loss.of(a.expr("input"), a.expr("target"), number(a, parameter))));
    }

    /**
     * {@code CrossEntropyLoss(weight, ..)}: what the function takes beside input and target, which it is called with.
     */
    private static void constructor(Vocabulary.Table table, String name, String function) {
        Vocabulary.Row row = table.get(function);
        List<String> parameters = row.parameters().stream().filter(Vocabulary.Parameter::optional)
                .map(Vocabulary.Parameter::name).toList();
        String text = Arrays.stream(row.text().split(", ")).skip(2).collect(Collectors.joining(", "));
        table.row(name + "(" + text + ")", a -> {
            Map<String, Value.Criterion.Setting> settings = new LinkedHashMap<>();
            parameters.stream().filter(a::has)
                    .forEach(p -> settings.put(p, new Value.Criterion.Setting(a.syntax(p), a.value(p))));
            return new Value.Criterion(name, function, settings);
        });
    }

    private static Expr number(Arguments a, String parameter) {
        return given(a, parameter).orElse(Constant.ONE);
    }

    private static Optional<Expr> given(Arguments a, String parameter) {
        return a.has(parameter) ? Optional.of(a.expr(parameter)) : Optional.empty();
    }

    private static Value reduced(LossReduction reduction, Expr losses) {
        return Value.Tensor.of(reduction.of(losses));
    }

    private static Value weighted(Arguments a, Expr losses) {
        return reduced(reduction(a, false), given(a, "weight").map(losses::times).orElse(losses));
    }

    /** Classes by number, which are checked where they are known, or probabilities. */
    private static Expr target(Arguments a) {
        Expr input = a.expr("input");
        Expr target = a.expr("target");
        int rank = input.shape().rank();
        if (target.shape().rank() == rank - 1) {
            ClassIndices.require(a.reader().inline(target), input.shape().get(rank == 1 ? 0 : 1));
        }
        return target;
    }

    private static LossReduction reduction(Arguments a, boolean squares) {
        Optional<String> given = a.text("reduction");
        if (a.has("reduction") && given.isEmpty()) {
            throw unknown(a);
        }
        for (LossReduction reduction : LossReduction.values()) {
            boolean conventional = reduction == LossReduction.SUM || reduction == LossReduction.HALF && squares;
            if (given.isPresent() ? reduction.text().equals(given.get())
                    : conventional && a.reader().under("loss", reduction.text())) {
                return reduction;
            }
        }
        if (given.isPresent()) {
            throw unknown(a);
        }
        return LossReduction.MEAN;
    }

    private static IllFormed unknown(Arguments a) {
        return Failures.type(a.syntax("reduction"), "reduction is one of "
                + List.of(LossReduction.values()).stream().map(r -> "'" + r.text() + "'").toList() + ", got "
                + Failures.excerpt(a.syntax("reduction")));
    }
}
