package org.eigendrift.cli.plugin;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToIntBiFunction;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.InputException;
import org.eigendrift.api.NumericalException;
import org.eigendrift.api.Points;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.basis.BasisContext;
import org.eigendrift.api.basis.BasisFamily;
import org.eigendrift.api.basis.Eigenbasis;
import org.eigendrift.api.catalog.Catalog;
import org.eigendrift.api.column.ColumnTypeProvider;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.data.Dataset;
import org.eigendrift.api.data.InMemory;
import org.eigendrift.api.frame.Frame;
import org.eigendrift.api.frame.FrameContext;
import org.eigendrift.api.frame.FrameProvider;
import org.eigendrift.api.plugin.Choices;
import org.eigendrift.api.plugin.Chosen;
import org.eigendrift.api.plugin.Kind;
import org.eigendrift.api.plugin.OptionSpec;
import org.eigendrift.api.plugin.PluginException;
import org.eigendrift.api.plugin.Provider;
import org.eigendrift.api.target.TargetProvider;
import org.eigendrift.cli.console.Counted;
import org.eigendrift.engine.check.BasisCheck;
import org.eigendrift.engine.check.CheckedTarget;
import org.eigendrift.engine.check.FrameCheck;

/**
 * Looks up the plugins of others as a run would, on rows of its own and with defaults, and by the rules of the test kit where the
 * distribution has it: a line for each.
 */
public final class PluginCheck {
    private static final int ROWS = 200;
    private static final int[] DEGREES = {1, 5, 12};
    private static final RunContext RUN = RunContext.quiet(1);

    private final Catalog catalog;
    private final PrintStream out;
    private final boolean details;
    private final Optional<ToIntBiFunction<Chosen<?, ?>, List<String>>> kit;

    /**
     * Prepares.
     *
     * @param catalog the plugins
     * @param out receives the lines
     * @param details whether all that a broken rule says is told
     */
    public PluginCheck(Catalog catalog, PrintStream out, boolean details) {
        this.catalog = catalog;
        this.out = out;
        this.details = details;
        this.kit = TestKit.ofDistribution();
    }

    /**
     * Looks up all that is not the program's own.
     *
     * @return how many are wrong
     */
    public int all() {
        int wrong = 0;
        for (Kind<?, ?> kind : Catalog.KINDS) {
            for (Provider<?, ?, ?> provider : catalog.all(kind)) {
                if (provider.getClass().getModule().getLayer()
                        != PluginCheck.class.getModule().getLayer()) {
                    Finding found = finding(kind, provider);
                    out.println(kind.label() + " " + provider.name() + ": " + found.text());
                    found.broken().forEach(rule -> out.println("  " + told(rule)));
                    wrong += found.wrong() ? 1 : 0;
                }
            }
        }
        return wrong;
    }

    private record Finding(String text, List<String> broken, boolean wrong) {
        static Finding right(String text) {
            return new Finding(text, List.of(), false);
        }

        static Finding wrong(String text) {
            return new Finding(text, List.of(), true);
        }
    }

    /** The first line of what the kit says of a rule, or what it says in full. */
    private String told(String rule) {
        List<String> lines = rule.lines().toList();
        return lines.get(details ? lines.size() - 1 : 0);
    }

    /** As a run would look it up first, and then by the kit's rules. */
    private Finding finding(Kind<?, ?> kind, Provider<?, ?, ?> provider) {
        Optional<String> fault = fault(provider);
        if (fault.isPresent()) {
            return Finding.wrong(fault.get());
        }
        if (provider.options().options().stream().anyMatch(OptionSpec::required)) {
            return Finding.right("loaded; it has options without a default, so nothing was created");
        }
        List<String> broken = new ArrayList<>();
        int rules = kit.isEmpty() ? 0 : kit.get().applyAsInt(defaults(kind, provider), broken);
        if (rules == 0 && !broken.isEmpty()) {
            return Finding.wrong(broken.get(0));
        }
        String ofKit = Counted.of(rules, "rule") + " of the test kit";
        if (!broken.isEmpty()) {
            return new Finding("broke " + broken.size() + " of " + ofKit, broken, true);
        }
        String looked = rules > 0 ? "passed " + ofKit : none(provider);
        return Finding.right((inRuns(provider) ? "right; " : "loaded; ") + looked);
    }

    private String none(Provider<?, ?, ?> provider) {
        if (kit.isEmpty()) {
            return "the test kit is not there";
        }
        return provider instanceof ColumnTypeProvider<?>
                ? "it gives no examples of its cells, so no rule of the test kit was checked"
                : "the test kit has no rule that applies";
    }

    /** Options that choose other extensions have the program's by default. */
    private <C, T> Chosen<C, T> defaults(Kind<C, T> kind, Provider<?, ?, ?> provider) {
        return Choices.bind(
                        kind, Map.of("type", provider.name()), "type", kind.label(), Path.of(""), catalog, problem -> {
                            throw new PluginException(provider, "has a default that is none: " + problem);
                        })
                .orElseThrow();
    }

    private static boolean inRuns(Provider<?, ?, ?> provider) {
        return provider instanceof BasisFamily
                || provider instanceof FrameProvider
                || provider instanceof TargetProvider;
    }

    private static Optional<String> fault(Provider<?, ?, ?> provider) {
        String summary = provider.summary();
        if (summary == null
                || summary.isBlank()
                || summary.endsWith(".")
                || summary.lines().count() != 1) {
            return Optional.of("its summary is '" + summary + "'; expected one line without a full stop");
        }
        if (provider.options().options().stream().anyMatch(OptionSpec::required)) {
            return Optional.empty();
        }
        try {
            if (provider instanceof BasisFamily<?> family) {
                return basis(family);
            } else if (provider instanceof FrameProvider<?> frames) {
                frame(frames);
            } else if (provider instanceof TargetProvider<?> targets) {
                target(targets);
            }
            return Optional.empty();
        } catch (InputException e) {
            return Optional.of("could not be created with its defaults: " + e.getMessage() + "; no rule was checked");
        } catch (NumericalException | PluginException e) {
            return Optional.of(e.getMessage());
        } catch (RuntimeException | LinkageError e) {
            return Optional.of("it " + PluginException.meaning(e));
        }
    }

    private static <O extends Record> Optional<String> basis(BasisFamily<O> family) {
        O options = family.options().defaults();
        for (Column column : List.of(
                Column.real("x"), Column.positive("x"), Column.bounded("x", 0, 1), Column.angle("x", 0, 2 * Math.PI))) {
            for (int degree : family.accepts(column.kind()) ? DEGREES : new int[0]) {
                Dataset rows = rows(column);
                Eigenbasis basis = family.create(options, new BasisContext(column, rows, degree, RUN));
                Optional<String> fault = BasisCheck.fault(basis)
                        .or(() -> BasisCheck.fault(family.restore(options, column, degree, basis.state())))
                        .map(found -> "on a column of kind " + column.kind() + " at degree " + degree + ": " + found);
                if (fault.isPresent()) {
                    return fault;
                }
            }
        }
        return Optional.empty();
    }

    /** Normal numbers, mapped into the column. */
    private static InMemory rows(Column column) {
        Points points = Points.zeros(1, ROWS);
        for (int n = 0; n < ROWS; n++) {
            double normal = new CounterRandom(7).normal(n, 0);
            double unit = 1 / (1 + Math.exp(-normal));
            points.set(
                    0,
                    n,
                    switch (column.kind()) {
                        case POSITIVE -> Math.exp(normal);
                        case BOUNDED, ANGLE -> column.lower() + (column.upper() - column.lower()) * unit;
                        default -> normal;
                    });
        }
        return new InMemory(List.of(column), points);
    }

    private static <O extends Record> void frame(FrameProvider<O> provider) {
        Points points = Points.zeros(2, ROWS);
        for (int n = 0; n < ROWS; n++) {
            points.set(0, n, new CounterRandom(7).normal(n, 0));
            points.set(1, n, 0.5 * points.get(0, n) + 3 * new CounterRandom(7).normal(n, 1));
        }
        InMemory rows = InMemory.of(points);
        Frame frame = provider.create(provider.options().defaults(), new FrameContext(rows, RUN));
        FrameCheck.check(FrameCheck.shaped(provider, frame, rows.dim()), rows.columns(), points);
        Frame again = provider.restore(provider.options().defaults(), rows.columns(), frame.state());
        FrameCheck.check(FrameCheck.shaped(provider, again, rows.dim()), rows.columns(), points);
    }

    private static <O extends Record> void target(TargetProvider<O> provider) {
        CheckedTarget target =
                new CheckedTarget(provider, provider.create(provider.options().defaults(), RUN));
        for (int reading = 0; reading < 2; reading++) {
            InMemory.read(target.train(), 10 * ROWS);
            target.heldout().ifPresent(rows -> InMemory.read(rows, 10 * ROWS));
        }
    }
}
