package org.eigendrift.cli.plugin;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
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
import org.eigendrift.api.plugin.Origin;
import org.eigendrift.api.plugin.PluginException;
import org.eigendrift.api.plugin.Provider;
import org.eigendrift.api.target.TargetProvider;
import org.eigendrift.cli.console.Counted;
import org.eigendrift.engine.check.BasisCheck;
import org.eigendrift.engine.check.CheckedTarget;
import org.eigendrift.engine.check.FrameCheck;

/**
 * Looks up the plugins of others as a run would, on rows of its own and with defaults or given options, and by the rules of the test kit where the
 * distribution has it: a line for each.
 */
public final class PluginCheck {
    private static final String OPTIONS = "--options";
    private static final int ROWS = 200;
    private static final int[] DEGREES = {1, 5, 12};
    private static final RunContext RUN = RunContext.quiet(1);

    private final Catalog catalog;
    private final Path working;
    private final Map<String, Map<?, ?>> given;
    private final PrintStream out;
    private final boolean details;
    private final Optional<ToIntBiFunction<Chosen<?, ?>, List<String>>> kit;

    /**
     * Prepares.
     *
     * @param catalog the plugins
     * @param working directory for relative paths in options
     * @param options options of providers by kind and name, {@code solver mine: {steps: 9}}, as they were written and as they are read; the
     *     others have their defaults
     * @param out receives the lines
     * @param details whether all that a broken rule says is told
     * @throws InputException if options are none, or those of nobody who is looked up
     */
    public PluginCheck(Catalog catalog, Path working, Map<String, Object> options, PrintStream out, boolean details) {
        this.catalog = catalog;
        this.working = working;
        this.given = given(options, others(catalog));
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
        for (Map.Entry<String, Other> other : others(catalog).entrySet()) {
            Finding found = finding(
                    other.getKey(), other.getValue().kind(), other.getValue().provider());
            out.println(other.getKey() + ": " + found.text());
            found.broken().forEach(rule -> out.println("  " + told(rule)));
            wrong += found.wrong() ? 1 : 0;
        }
        return wrong;
    }

    private record Other(Kind<?, ?> kind, Provider<?, ?, ?> provider) {}

    /** What is not the program's own, by kind and name. */
    private static Map<String, Other> others(Catalog catalog) {
        Map<String, Other> others = new LinkedHashMap<>();
        for (Kind<?, ?> kind : Catalog.KINDS) {
            for (Provider<?, ?, ?> provider : catalog.all(kind)) {
                if (Origin.isForeign(provider)) {
                    others.put(kind.label() + " " + provider.name(), new Other(kind, provider));
                }
            }
        }
        return others;
    }

    private static Map<String, Map<?, ?>> given(Map<String, Object> options, Map<String, Other> others) {
        Map<String, Map<?, ?>> given = new LinkedHashMap<>();
        options.forEach((text, value) -> {
            Map<?, ?> blocks = value instanceof Map<?, ?> map ? map : Map.of(text, text);
            blocks.forEach((whose, block) -> {
                if (!others.containsKey(String.valueOf(whose)) || !(block instanceof Map<?, ?> map)) {
                    throw new InputException(OPTIONS + ": expected kind, name and options such as '"
                            + others.keySet().stream().findFirst().orElse("solver mine") + ": {key: value}', found '"
                            + text + "'; there are: " + String.join(", ", others.keySet()));
                }
                given.put(String.valueOf(whose), map);
            });
        });
        return given;
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
    private Finding finding(String label, Kind<?, ?> kind, Provider<?, ?, ?> provider) {
        Optional<String> misnamed = summary(provider.summary());
        if (misnamed.isPresent()) {
            return Finding.wrong(misnamed.get());
        }
        if (!given.containsKey(label) && provider.options().options().stream().anyMatch(OptionSpec::required)) {
            return Finding.right("loaded; it has options without a default, so nothing was created: " + OPTIONS + " '"
                    + label + ": {key: value}' gives them");
        }
        Chosen<?, ?> chosen = chosen(label, kind, provider);
        Optional<String> fault = fault(chosen);
        if (fault.isPresent()) {
            return Finding.wrong(fault.get());
        }
        List<String> broken = new ArrayList<>();
        int rules = kit.isEmpty() ? 0 : kit.get().applyAsInt(chosen, broken);
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
    private <C, T> Chosen<C, T> chosen(String label, Kind<C, T> kind, Provider<?, ?, ?> provider) {
        Map<Object, Object> block = new LinkedHashMap<>(given.getOrDefault(label, Map.of()));
        block.put("type", provider.name());
        return Choices.bind(kind, block, "type", label, working, catalog, problem -> {
                    if (given.containsKey(label)) {
                        throw new InputException(OPTIONS + ": " + problem);
                    }
                    throw new PluginException(provider, "has a default that is none: " + problem);
                })
                .orElseThrow();
    }

    private static boolean inRuns(Provider<?, ?, ?> provider) {
        return provider instanceof BasisFamily
                || provider instanceof FrameProvider
                || provider instanceof TargetProvider;
    }

    private static Optional<String> summary(String summary) {
        return summary == null
                        || summary.isBlank()
                        || summary.endsWith(".")
                        || summary.lines().count() != 1
                ? Optional.of("its summary is '" + summary + "'; expected one line without a full stop")
                : Optional.empty();
    }

    private static Optional<String> fault(Chosen<?, ?> chosen) {
        Provider<?, ?, ?> provider = chosen.provider();
        try {
            if (provider instanceof BasisFamily<?> family) {
                return basis(family, chosen.options());
            } else if (provider instanceof FrameProvider<?> frames) {
                frame(frames, chosen.options());
            } else if (provider instanceof TargetProvider<?> targets) {
                target(targets, chosen.options());
            }
            return Optional.empty();
        } catch (InputException e) {
            return Optional.of("could not be created with "
                    + (Choices.changed(chosen).isEmpty() ? "its defaults" : "these options") + ": " + e.getMessage()
                    + "; no rule was checked");
        } catch (NumericalException | PluginException e) {
            String whose = "plugin '" + provider.name() + "' (" + Origin.of(provider) + ") ";
            return Optional.of(e.getMessage().replace(whose, ""));
        } catch (RuntimeException | LinkageError e) {
            return Optional.of("it " + PluginException.meaning(e));
        }
    }

    private static <O extends Record> Optional<String> basis(BasisFamily<O> family, Record given) {
        O options = family.options().type().cast(given);
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

    private static <O extends Record> void frame(FrameProvider<O> provider, Record given) {
        O options = provider.options().type().cast(given);
        Points points = Points.zeros(2, ROWS);
        for (int n = 0; n < ROWS; n++) {
            points.set(0, n, new CounterRandom(7).normal(n, 0));
            points.set(1, n, 0.5 * points.get(0, n) + 3 * new CounterRandom(7).normal(n, 1));
        }
        InMemory rows = InMemory.of(points);
        Frame frame = provider.create(options, new FrameContext(rows, RUN));
        FrameCheck.check(FrameCheck.shaped(provider, frame, rows.dim()), rows.columns(), points);
        Frame again = provider.restore(options, rows.columns(), frame.state());
        FrameCheck.check(FrameCheck.shaped(provider, again, rows.dim()), rows.columns(), points);
    }

    private static <O extends Record> void target(TargetProvider<O> provider, Record given) {
        O options = provider.options().type().cast(given);
        CheckedTarget target = new CheckedTarget(provider, provider.create(options, RUN));
        for (int reading = 0; reading < 2; reading++) {
            InMemory.read(target.train(), 10 * ROWS);
            target.heldout().ifPresent(rows -> InMemory.read(rows, 10 * ROWS));
        }
    }
}
