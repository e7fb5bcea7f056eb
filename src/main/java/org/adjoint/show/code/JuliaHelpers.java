package org.adjoint.show.code;

import java.util.List;
import java.util.Map;

/** Functions that Julia's standard library lacks, and the table of those that it has; dimensions are counted from 1. */
final class JuliaHelpers {
    static final Helper ERF = new Helper("_erf", """
            \"""The error function, DLMF 7.6.2.\"""
            function _erf(x)
                if x < 0
                    return -_erf(-x)
                end
                if x > 2.5
                    return 1 - _erfc(x)
                end
                term = float(x)
                total = float(x)
                k = 1
                while k < 200 && term > 1e-17 * total
                    term *= 2 * x * x / (2 * k + 1)
                    total += term
                    k += 1
                end
                return 2 / sqrt(pi) * exp(-x * x) * total
            end
            """);
    static final Helper ERFC = new Helper("_erfc", """
            \"""1 - erf(x), DLMF 7.9.1.\"""
            function _erfc(x)
                if x < 2.5
                    return 1 - _erf(x)
                end
                f = float(x)
                for k in 80:-1:1
                    f = x + 0.5 * k / f
                end
                return exp(-x * x) / (sqrt(pi) * f)
            end
            """);
    static final Helper SIGMOID = new Helper("_sigmoid", """
            _sigmoid(x) = x >= 0 ? 1 / (1 + exp(-x)) : exp(x) / (1 + exp(x))
            """);
    static final Helper SOFTPLUS = new Helper("_softplus", """
            _softplus(x) = max(x, 0.0) + log1p(exp(-abs(x)))
            """);
    static final Helper LOGSUMEXP = new Helper("_logsumexp", """
            function _logsumexp(x, axes)
                top = maximum(x, dims=axes)
                top = ifelse.(isfinite.(top), top, 0.0)
                return dropdims(log.(sum(exp.(x .- top), dims=axes)) .+ top, dims=axes)
            end
            """);
    static final Helper FIRST_MAX = new Helper("_first_max", """
            \"""1 at the first largest entry, in row-major order over the axes, counted from the last; 0 elsewhere.\"""
            function _first_max(x, axes)
                rows = permutedims(x, ndims(x):-1:1)
                top = maximum(rows, dims=axes)
                open = fill(true, size(top))
                out = zeros(size(rows))
                for entry in CartesianIndices(size(rows))
                    group = min(entry, CartesianIndex(size(top)))
                    if open[group] && rows[entry] == top[group]
                        out[entry] = 1.0
                        open[group] = false
                    end
                end
                return permutedims(out, ndims(x):-1:1)
            end
            """);
    static final Helper RESHAPE = new Helper("_reshape", """
            \"""The entries of x in row-major order as an array of these lengths.\"""
            function _reshape(x, lengths)
                flat = permutedims(x, ndims(x):-1:1)
                return permutedims(reshape(flat, reverse(lengths)), length(lengths):-1:1)
            end
            """);
    static final Helper ALIGN = new Helper("_align", """
            \"""The axes of x at these places, length 1 before and between them.\"""
            function _align(x, places)
                lengths = fill(1, maximum(places))
                for k in 1:length(places)
                    lengths[places[k]] = size(x, k)
                end
                return reshape(x, Tuple(lengths))
            end
            """);
    static final Helper FRECHET = new Helper("_frechet", """
            \"""The derivative of f at the matrix x along each matrix in e: a block of f([x d; 0 x]).\"""
            function _frechet(f, x, e)
                n = size(x, 1)
                rows = reshape(e, :, n, n)
                out = zeros(size(rows))
                for k in 1:size(rows, 1)
                    upper = hcat(x, rows[k, :, :])
                    lower = hcat(zeros(n, n), x)
                    whole = f(vcat(upper, lower))
                    for i in 1:n
                        for j in 1:n
                            out[k, i, j] = whole[i, n + j]
                        end
                    end
                end
                return reshape(out, size(e))
            end
            """);
    static final Helper PLACE = new Helper("_place", """
            \"""Where in the memory of the source entry o of the window lies, from 1; 0 outside.\"""
            function _place(o, source, strides, offsets, circular)
                place = 1
                step = 1
                for d in 1:length(source)
                    at = offsets[d]
                    for k in 1:length(o)
                        at += strides[d][k] * (o[k] - 1)
                    end
                    at = circular ? mod(at, source[d]) : at
                    if at < 0 || at >= source[d]
                        return 0
                    end
                    place += step * at
                    step *= source[d]
                end
                return place
            end
            """);
    static final Helper GATHER = new Helper("_gather", """
            \"""out[o] = x[strides * o + offsets] counted from 0; 0 outside of x.\"""
            function _gather(x, window, strides, offsets, circular)
                out = zeros(window)
                for o in CartesianIndices(window)
                    place = _place(o, size(x), strides, offsets, circular)
                    if place > 0
                        out[o] = x[place]
                    end
                end
                return out
            end
            """);
    static final Helper FOLD = new Helper("_fold", """
            \"""The transpose of _gather: out[strides * o + offsets] += x[o].\"""
            function _fold(x, source, strides, offsets, circular)
                out = zeros(source)
                for o in CartesianIndices(size(x))
                    place = _place(o, source, strides, offsets, circular)
                    if place > 0
                        out[place] += x[o]
                    end
                end
                return out
            end
            """);

    /** Julia throws outside of a domain; what a selection drops must not throw. */
    private static final Map<String, Helper> OUTSIDE = Map.of(
            "log", new Helper("_log", "_log(x) = x < 0 ? NaN : log(x)\n"),
            "log1p", new Helper("_log1p", "_log1p(x) = x < -1 ? NaN : log1p(x)\n"),
            "sqrt", new Helper("_sqrt", "_sqrt(x) = x < 0 ? NaN : sqrt(x)\n"),
            "asin", new Helper("_asin", "_asin(x) = abs(x) > 1 ? NaN : asin(x)\n"),
            "acos", new Helper("_acos", "_acos(x) = abs(x) > 1 ? NaN : acos(x)\n"),
            "sin", new Helper("_sin", "_sin(x) = isfinite(x) ? sin(x) : NaN\n"),
            "cos", new Helper("_cos", "_cos(x) = isfinite(x) ? cos(x) : NaN\n"),
            "tan", new Helper("_tan", "_tan(x) = isfinite(x) ? tan(x) : NaN\n"));
    static final Helper POWER = new Helper("_power", """
            _power(x, y) = x < 0 && y != floor(y) ? NaN : x^y
            """);

    private static final Map<Helper, List<Helper>> CALLS = Map.of(ERF, List.of(ERFC), ERFC, List.of(ERF), GATHER,
            List.of(PLACE), FOLD, List.of(PLACE));
    private static final Map<String, List<Helper>> BY_FUNCTION = Map.of("erf", List.of(ERF), "sigmoid",
            List.of(SIGMOID), "softplus", List.of(SOFTPLUS), "gelu", List.of(ERFC), "gelu_tanh", List.of(SIGMOID),
            "silu", List.of(SIGMOID));

    /** {@code {0}} is an operand, {@code <0>} one in brackets where it needs them, {@code @} a dot for arrays. */
    static final Map<String, Template> FUNCTIONS = Template.table("""
            pi         Float64(pi)
            exp        exp@({0})
            log        log@({0})
            log1p      log1p@({0})
            expm1      expm1@({0})
            sqrt       sqrt@({0})
            abs        abs@({0})
            sign       sign@({0})
            sin        sin@({0})
            cos        cos@({0})
            tan        tan@({0})
            asin       asin@({0})
            acos       acos@({0})
            atan       atan@({0})
            sinh       sinh@({0})
            cosh       cosh@({0})
            tanh       tanh@({0})
            erf        _erf@({0})
            sigmoid    _sigmoid@({0})
            softplus   _softplus@({0})
            relu       max@({0}, 0.0)
            leaky_relu ifelse@(<0> @> 0, {0}, <1> @* <0>)
            elu        ifelse@(<0> @> 0, {0}, <1> @* expm1@(min@({0}, 0.0)))
            gelu       (0.5 @* <0> @* _erfc@(-<0> @/ sqrt(2.0)))
            gelu_tanh  (<0> @* _sigmoid@(2.0 @* sqrt(2.0 / pi) @* (<0> @+ 0.044715 @* <0> @^ 3)))
            silu       (<0> @* _sigmoid@({0}))
            maximum    max@({0}, {1})
            minimum    min@({0}, {1})
            floor      floor@({0})
            """);

    private JuliaHelpers() {
    }

    /** What a helper calls besides itself. */
    static List<Helper> calls(Helper helper) {
        return CALLS.getOrDefault(helper, List.of());
    }

    static List<Helper> of(String function) {
        return BY_FUNCTION.getOrDefault(function, List.of());
    }

    /** The template of a function; with {@code quiet}, one that gives NaN where Julia throws. */
    static Template template(String function, boolean quiet, boolean arrays) {
        String text = Template.of(FUNCTIONS, function).text().replace("@", arrays ? "." : "");
        return new Template(quiet && OUTSIDE.containsKey(function) ? "_" + text : text);
    }

    static List<Helper> quiet(String function) {
        Helper helper = OUTSIDE.get(function);
        return helper == null ? List.of() : List.of(helper);
    }
}
