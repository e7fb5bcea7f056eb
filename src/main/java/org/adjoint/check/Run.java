package org.adjoint.check;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** One run of a check: draws the points, checks each, reduces the first failure. */
final class Run {

    private static final int REDRAWN = 4;

    private final Form form;
    private final String method;
    private final List<Subject> subjects;
    private final Settings settings;
    /** Calls of the functions under test, each times the entries of their Jacobian. */
    private long work;

    Run(Form form, String method, List<Subject> subjects, Settings settings) {
        this.form = form;
        this.method = method;
        this.subjects = subjects;
        this.settings = settings;
    }

    GradientReport report() {
        var seed = settings.seed().orElseGet(() -> new SplittableRandom().nextLong());
        var random = new SplittableRandom(seed);
        var points = new ArrayList<PointAt>();
        for (var source : settings.sources()) {
            points.addAll(source.draw(random.split(), settings));
        }
        if (points.isEmpty()) {
            throw new IllegalStateException("a gradient check needs a point: .at(x) or .points(count, dimension)");
        }
        var findings = Collections.synchronizedList(new ArrayList<Finding>());
        var hints = Collections.synchronizedList(new ArrayList<String>());
        var watch = new Watch(settings.limit());
        var smallest = new AtomicReference<@Nullable Smallest>();
        var stuck = watch.run(() -> all(points, random, watch, findings, hints, seed, smallest));
        if (stuck != null) {
            findings.add(late(stuck, points));
        }
        return new GradientReport(seed, List.copyOf(findings), List.copyOf(hints),
                Optional.ofNullable(smallest.get()));
    }

    private void all(List<PointAt> points, SplittableRandom random, Watch watch, List<Finding> findings,
            List<String> hints, long seed, AtomicReference<@Nullable Smallest> smallest) {
        for (int i = 0; i < points.size(); i++) {
            for (var subject : subjects) {
                var tried = inside(subject, points.get(i), i, random, watch);
                var found = tried.findings();
                findings.addAll(found);
                if (hints.isEmpty()) {
                    hints.addAll(Hints.of(found));
                }
                if (smallest.get() == null && found.stream().anyMatch(Finding::isWrong)) {
                    smallest.set(smallest(subject, tried, watch, seed));
                }
            }
        }
    }

    /** A point, after another was drawn if need be, and what was found there. */
    private record Tried(PointAt point, List<Finding> findings) {}

    private Smallest smallest(Subject subject, Tried tried, Watch watch, long seed) {
        var kind = kind(tried.findings());
        var hint = Hints.lasting(tried.findings()).stream().limit(1).toList();
        var shrinker = new Shrinker(settings, form, tried.point(), wrong(tried.findings()), candidate -> {
            var found = one(subject, candidate, 0, new SplittableRandom(seed), watch);
            var hints = Hints.lasting(found);
            // the same mistake: where a hint tells, it tells the same
            var same = kind(found).equals(kind) && (hint.isEmpty() || hints.isEmpty() || hints.containsAll(hint));
            return same ? wrong(found) : List.of();
        }, () -> work);
        if (settings.shrinking()) {
            shrinker.run();
        }
        return new Smallest(shrinker.findings().get(0).place(), shrinker.findings(),
                Snippet.of(form, method, settings, shrinker.point(), seed));
    }

    private static List<Finding> wrong(List<Finding> found) {
        return found.stream().filter(Finding::isWrong).toList();
    }

    /** The broken rule, or that a value is wrong. */
    private static String kind(List<Finding> found) {
        return found.stream().filter(Finding::isWrong).findFirst()
                .map(f -> f.probe() instanceof Probe.Rule rule ? rule.statement() : "a value").orElse("");
    }

    /** Points of our own outside the domain, where nothing can be said, are drawn again. */
    private Tried inside(Subject subject, PointAt point, int number, SplittableRandom random, Watch watch) {
        var found = one(subject, point, number, random, watch);
        var next = point;
        for (int k = 0; k < REDRAWN && next.instead() != null && nothingSaid(found); k++) {
            next = next.instead().apply(random.split());
            found = one(subject, next, number, random, watch);
        }
        return new Tried(next, found);
    }

    private static boolean nothingSaid(List<Finding> found) {
        return found.stream().allMatch(f -> f.outcome() == Outcome.INCONCLUSIVE);
    }

    private List<Finding> one(Subject subject, PointAt point, int number, SplittableRandom random, Watch watch) {
        var calls = new Calls(subject, point.layout(), settings, watch);
        var found = new PointCheck(calls, point.x(), number, settings.effort(), settings.agreement(), random.split())
                .run();
        work += (calls.functionCalls() + calls.derivativeCalls())
                * Math.max(1L, (long) point.layout().count() * calls.outputs().count());
        return found;
    }

    private Finding late(Watch.Call stuck, List<PointAt> points) {
        var layout = points.stream().map(PointAt::layout).filter(l -> l.count() == stuck.x().length).findFirst()
                .orElse(Layout.of(new Slot("x", stuck.x().length)));
        return Finding.rule(Outcome.WRONG, Subject.PRODUCTS, new Place(0, stuck.x(), layout.slots(), List.of()),
                stuck.who() + " returns", String.format(Locale.ROOT, "it had not after %s s; it was left running",
                        settings.limit().toMillis() / 1000.0));
    }
}
