package org.adjoint.lang;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.adjoint.expr.Budget;
import org.adjoint.expr.Size;
import org.adjoint.expr.Variable;

/** Definitions: each makes a variable bound to its value, a function, or a family. */
final class DefinitionReader {
    private final Elaborator reader;

    DefinitionReader(Elaborator reader) {
        this.reader = reader;
    }

    void define(Statement.Definition definition, List<Problem> problems) {
        Syntax.Name name = definition.target().name();
        Optional<Binding> known = reader.environment.lookup(name.id());
        boolean member = definition.target() instanceof Statement.Target.Family
                && known.orElse(null) instanceof Binding.Members;
        if (known.isPresent() && !member) {
            problems.add(Environment.duplicate(name, known.get()).problem());
            return;
        }
        try {
            sizes(definition);
            switch (definition.target()) {
                case Statement.Target.Variable variable -> variable(name, definition);
                case Statement.Target.Function function -> function(function, definition, problems);
                case Statement.Target.Family family -> family(family, definition);
            }
        } catch (IllFormed problem) {
            Problem cause = cycle(name, definition, problem);
            problems.add(cause);
            Set<String> missing = new LinkedHashSet<>();
            for (Problem other : reader.unknownNames(definition.value())) {
                missing.add(other.span().text());
                if (cause == problem.problem() && !other.span().equals(problem.problem().span())
                        && definition.target() instanceof Statement.Target.Variable) {
                    problems.add(other);
                }
            }
            remember(name, broken(name, definition, cause, missing, problem.kind()), known);
        } catch (NeedsInteger need) {
            remember(name, new Binding.Opaque(need.undecided().reason(), name.span()), known);
        } catch (Undecided reason) {
            remember(name, new Binding.Opaque(reason.reason(), name.span()), known);
        } catch (Budget.Exceeded limit) {
            remember(name, new Binding.Opaque(Failures.message(limit), name.span()), known);
        }
    }

    /** Names that the models of a definition need as sizes. */
    private void sizes(Statement.Definition definition) {
        Set<String> bound = new LinkedHashSet<>(Set.of(definition.target().name().id()));
        binders(definition.clauses()).forEach(binder -> bound.add(binder.name().id()));
        switch (definition.target()) {
            case Statement.Target.Variable variable -> {
            }
            case Statement.Target.Function function -> function.parameters().forEach(p -> bound.add(p.id()));
            case Statement.Target.Family family -> family.indices()
                    .forEach(index -> FreeNames.of(index).forEach(n -> bound.add(n.id())));
        }
        for (Syntax.Name name : reader.declareSizes(List.of(definition.value()), bound)) {
            reader.environment.warn(Problem.at(name.span(), name.id() + " is a size here, an integer from 1"));
        }
    }

    /** What is remembered: when a broken definition is used, the root of the matter is that one's. */
    private Binding.Broken broken(Syntax.Name name, Statement.Definition definition, Problem cause,
            Set<String> missing, IllFormed.Kind kind) {
        if (kind == IllFormed.Kind.BROKEN_DEFINITION) {
            for (Syntax.Name used : FreeNames.of(definition.value())) {
                if (reader.environment.lookup(used.id()).orElse(null) instanceof Binding.Broken root) {
                    return new Binding.Broken(root.root(), root.problem(), missing, name.span());
                }
            }
        }
        return new Binding.Broken(name.id(), cause, missing, name.span());
    }

    private void remember(Syntax.Name name, Binding binding, Optional<Binding> known) {
        if (known.isEmpty()) {
            reader.environment.rebind(name.id(), binding);
        }
    }

    /** A definition that lacks itself, or that lacks what lacks it, is cyclic. */
    private Problem cycle(Syntax.Name name, Statement.Definition definition, IllFormed problem) {
        for (Syntax.Name used : FreeNames.of(definition.value())) {
            if (used.id().equals(name.id()) && !reader.environment.knows(name.id())) {
                return Problem.at(used.span(), "cyclic definition: " + name.id() + " is defined by itself");
            }
            if (reader.environment.lookup(used.id()).orElse(null) instanceof Binding.Broken broken
                    && broken.missing().contains(name.id())) {
                return Problem.at(used.span(), "cyclic definition: " + name.id() + " needs " + used.id()
                        + ", which needs " + name.id());
            }
        }
        return problem.problem();
    }

    // ---- name = e

    private void variable(Syntax.Name name, Statement.Definition definition) {
        List<Syntax.Binder> binders = binders(definition.clauses());
        Elaborator inside = binders.isEmpty() ? reader : reader.withIndices(binders, List.of(definition.value()));
        bind(name, inside.expression(definition.value()), definition.value().span());
    }

    private void bind(Syntax.Name name, Value value, Span span) {
        Value bound = switch (value) {
            case Value.Tensor tensor -> variable(name.id(), tensor);
            case Value.Fields fields -> reader.environment.defined(name.id(), fields);
            case Value.Module module -> Modules.named(module, name.id());
            case Value.ListValue list when Modules.areIn(list) -> Modules.named(list, name.id());
            case Value.ListValue list when isTensor(list) -> {
                Value.Tensor tensor = variable(name.id(), Values.tensor(list, span));
                if (tensor.shape().rank() == 1 && tensor.expr() instanceof Variable variable) {
                    reader.environment.defineList(variable, list);
                }
                yield tensor;
            }
            default -> value;
        };
        reader.environment.rebind(name.id(), new Binding.Valued(bound, "definition", name.span()));
    }

    private static boolean isTensor(Value.ListValue list) {
        return !list.items().isEmpty() && list.items().stream().allMatch(item -> item instanceof Value.Tensor
                || item instanceof Value.Truth || (item instanceof Value.ListValue inner && isTensor(inner)));
    }

    private Value.Tensor variable(String name, Value.Tensor value) {
        Variable variable = Variable.of(name, value.expr().shape());
        reader.environment.define(variable, value.expr());
        return new Value.Tensor(variable, value.axes(), value.row());
    }

    // ---- name(p, ..) = e

    private void function(Statement.Target.Function target, Statement.Definition definition, List<Problem> problems) {
        Set<String> parameters = new LinkedHashSet<>();
        for (Syntax.Name parameter : target.parameters()) {
            if (!parameters.add(parameter.id())) {
                problems.add(Problem.at(parameter.span(), "the parameter " + parameter.id() + " occurs twice"));
            }
        }
        Set<String> reported = new LinkedHashSet<>();
        for (Problem problem : reader.unknownNames(definition.value())) {
            String missing = problem.span().text();
            if (!parameters.contains(missing) && !missing.equals(target.name().id()) && reported.add(missing)
                    && FreeNames.of(definition.value()).stream()
                            .anyMatch(n -> n.span().equals(problem.span()) && !parameters.contains(n.id()))
                    && binders(definition.clauses()).stream().noneMatch(b -> b.name().id().equals(missing))) {
                problems.add(problem);
            }
        }
        Binding binding = problems.isEmpty()
                ? new Binding.Function(target.parameters(), definition.value(), reader, target.name().span())
                : new Binding.Broken(target.name().id(), problems.get(0), reported, target.name().span());
        reader.environment.rebind(target.name().id(), binding);
    }

    // ---- name[k] = e

    private void family(Statement.Target.Family target, Statement.Definition definition) {
        List<Syntax.Binder> binders = binders(definition.clauses());
        Set<String> indices = new LinkedHashSet<>();
        target.indices().forEach(i -> FreeNames.of(i).forEach(n -> indices.add(n.id())));
        boolean ranged = binders.stream().anyMatch(b -> b.range().isPresent());
        boolean names = target.indices().stream().allMatch(Syntax.Name.class::isInstance);
        boolean integers = indices.stream().allMatch(id -> reader.environment.knows(id)
                && !(reader.environment.lookup(id).orElseThrow() instanceof Binding.Index));
        boolean whole = ranged && binders.stream().allMatch(this::isSymbolic);
        if ((!ranged || whole) && names && !integers && !indices.isEmpty()
                && !(reader.environment.lookup(target.name().id()).orElse(null) instanceof Binding.Members)) {
            tensor(target, definition, binders);
            return;
        }
        Family family = Family.named(reader.environment, target.name());
        family.add(reader, target.indices(), binders, definition.value());
    }

    /** Whether a range ends at a size: then the members are the entries of one tensor. */
    private boolean isSymbolic(Syntax.Binder binder) {
        return binder.range().orElse(null) instanceof Syntax.Range range && range.to().isPresent()
                && !IndexBinding.isInfinite(range.to().get())
                && reader.size(range.from()).equals(Size.of(reader.dialect.firstIndex()))
                && !reader.size(range.to().get()).isInteger();
    }

    /** {@code y[i, j] = e for i, j}, with ranges found from the axes that are indexed: one tensor. */
    private void tensor(Statement.Target.Family target, Statement.Definition definition,
            List<Syntax.Binder> binders) {
        List<Syntax.Binder> all = new ArrayList<>(binders);
        for (Syntax index : target.indices()) {
            Syntax.Name name = (Syntax.Name) index;
            if (all.stream().noneMatch(b -> b.name().id().equals(name.id()))) {
                all.add(new Syntax.Binder(name, Optional.empty()));
            }
        }
        Elaborator inside = reader.withIndices(all, List.of(definition.value()));
        Value.Tensor value = inside.tensor(definition.value());
        Map<String, Size> sizes = new LinkedHashMap<>();
        for (Syntax index : target.indices()) {
            Syntax.Name name = (Syntax.Name) index;
            sizes.put(name.id(), IndexBinding.of(inside, name).count());
        }
        bind(target.name(), Indices.unname(value, sizes), definition.value().span());
    }

    static List<Syntax.Binder> binders(List<Clause> clauses) {
        List<Syntax.Binder> binders = new ArrayList<>();
        for (Clause clause : clauses) {
            if (clause instanceof Clause.For f) {
                binders.addAll(f.binders());
            }
        }
        return binders;
    }
}
