package org.eigendrift.cli.run;

import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.eigendrift.api.Purpose;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.catalog.Catalog;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.guidance.Guidance;
import org.eigendrift.api.guidance.GuidanceContext;
import org.eigendrift.api.guidance.GuidanceProvider;
import org.eigendrift.api.guidance.Objective;
import org.eigendrift.api.guidance.ObjectiveProvider;
import org.eigendrift.api.law.Law;
import org.eigendrift.api.output.PointWriter;
import org.eigendrift.api.plugin.Chosen;
import org.eigendrift.api.sampler.Outcome;
import org.eigendrift.api.sampler.Sampler;
import org.eigendrift.api.sampler.SamplerProvider;
import org.eigendrift.cli.config.GuidanceSettings;
import org.eigendrift.cli.config.GuidanceText;
import org.eigendrift.cli.config.PluginText;
import org.eigendrift.cli.config.SampleSettings;
import org.eigendrift.cli.output.WholeFile;
import org.eigendrift.engine.Eigendrift;
import org.eigendrift.engine.guidance.AdjointAscent;
import org.eigendrift.engine.guidance.GuidedLaw;
import org.eigendrift.engine.guidance.Optimisation;

/** Optimises objectives among samples of model files. Every path is checked before any work is done. */
public final class Optimising {
    private final Catalog catalog;
    private final Setting setting;
    private final FileFormats formats;
    private final Models models;

    @Inject
    Optimising(Catalog catalog, Setting setting, FileFormats formats, Models models) {
        this.catalog = catalog;
        this.setting = setting;
        this.formats = formats;
        this.models = models;
    }

    /**
     * How samples of a round are drawn.
     *
     * @param scale of gradient guidance
     * @param sampler carries them; empty for particles
     * @param corrector moves particles; empty for the default
     * @param count how many
     * @param seed seed
     * @param adjoint whether samples climb by the gradient through the flow, and nothing guides them
     */
    public record Drawn(
            String scale,
            Optional<String> sampler,
            Optional<String> corrector,
            int count,
            long seed,
            boolean adjoint) {}

    /**
     * Optimises.
     *
     * @param file the model
     * @param objective what is to be high
     * @param settings rounds
     * @param how how samples are drawn
     * @param out where the last samples go; its ending chooses the writer
     * @param table where the table of rounds goes
     */
    public void optimise(
            Path file, String objective, Optimisation.Settings settings, Drawn how, Path out, Optional<Path> table) {
        RunContext context = setting.context(how.seed());
        PointWriter writer = formats.writer("--out", out, context);
        WholeFile.check("--out", out);
        table.ifPresent(path -> WholeFile.check("--table", path));
        Chosen<List<Column>, Objective> chosen =
                PluginText.read(ObjectiveProvider.KIND, "--objective", objective, setting.working(), catalog);
        Steered steered = new Steered(how, context);
        Law law = Eigendrift.read(file, catalog);
        long begin = System.nanoTime();
        Optimisation.Result result = Models.with(file.toString(), () -> {
            GuidedLaw.one(law);
            Objective created = chosen.create(law.columns());
            return how.adjoint()
                    ? new AdjointAscent(law, created, settings).run(how.count(), context)
                    : new Optimisation(law, created, settings, steered).run(context);
        });
        say(
                result,
                how.adjoint()
                        ? "(z - z0)' V^-1 (z - z0) of starts, of which a Gaussian's is (x - x0)' Sigma^-1 (x - x0)"
                        : "(x - mu)' Sigma^-1 (x - mu)");
        table.ifPresent(path -> write(path, csv(law.columns(), result)));
        Drawing.Drawn drawn = new Drawing.Drawn(
                result.points(), new Outcome(0, 0, 0), List.of(), (System.nanoTime() - begin) * 1e-9, Optional.empty());
        models.keep(new GuidedDrawing.Guided(drawn, List.of(), Optional.empty()), law.columns(), writer, out);
    }

    /** Draws rounds by the plugins of guidance. */
    private final class Steered implements Optimisation.Drawing {
        private final Drawn how;
        private final RunContext context;
        private final Optional<Sampler> sampler;
        /** What there is beside guidance, the same in all rounds. */
        private final GuidanceSettings common;

        Steered(Drawn how, RunContext context) {
            this.how = how;
            this.context = context;
            this.sampler = how.sampler()
                    .map(text -> PluginText.read(SamplerProvider.KIND, "--sampler", text, setting.working(), catalog)
                            .create(context));
            String any = "{type: gradient-guidance, objective: {type: linear, weights: []}, target: 0, scale: "
                    + how.scale() + "}";
            this.common = new GuidanceText(
                            List.of(any),
                            how.corrector(),
                            OptionalDouble.empty(),
                            how.sampler().isPresent())
                    .read(setting.working(), catalog);
        }

        @Override
        public Optimisation.Drawn draw(Law law, int round, Optional<Optimisation.Pull> pull) {
            RunContext own = context.withSeed(context.random(Purpose.ROUNDS).bits(round, 0));
            if (pull.isEmpty()) {
                SampleSettings settings =
                        new SampleSettings(how.count(), how.seed(), Optional.empty(), Optional.empty(), false);
                return new Optimisation.Drawn(
                        new Drawing(law, sampler, own).draw(settings).points(), OptionalDouble.empty());
            }
            GuidanceSettings guidance = new GuidanceSettings(List.of(guidance(pull.get())), common.corrector());
            GuidedDrawing drawing = new GuidedDrawing(law, guidance, List.of(), sampler, own);
            if (round == 1) {
                drawing.noisy().ifPresent(remark -> models.say("%s", remark));
            }
            return drawing.samples(how.count());
        }

        private Chosen<GuidanceContext, Guidance> guidance(Optimisation.Pull pull) {
            Map<String, Object> block = new LinkedHashMap<>();
            List<Double> weights = Arrays.stream(pull.weights()).boxed().toList();
            block.put("objective", Map.of("type", "linear", "weights", weights));
            if (pull.target().isPresent()) {
                block.put("type", "gradient-guidance");
                block.put("target", pull.target().getAsDouble());
                block.put("noise", pull.noise());
                block.put("scale", how.scale());
            } else {
                block.put("type", "reward");
            }
            return PluginText.bind(GuidanceProvider.KIND, "--objective", block, setting.working(), catalog);
        }
    }

    private void say(Optimisation.Result result, String distance) {
        models.say(
                "raise %.4g, noise %.4g: regularised objective f - %.4g %s",
                result.raise(), result.noise(), result.weight() / 2, distance);
        models.say(
                "%5s  %12s  %9s  %12s  %12s  %11s  %9s",
                "round", "objective", "error", "of the mean", "regularised", "log-density", "effective");
        for (Optimisation.Round round : result.rounds()) {
            models.say(
                    "%5d  %12.6g  %9.2g  %12.6g  %12.6g  %11.5g  %9s",
                    round.number(),
                    round.objective(),
                    round.error(),
                    round.atMean(),
                    round.regularised(),
                    round.logDensity(),
                    effective(round.effective()));
        }
    }

    private static String effective(OptionalDouble size) {
        return size.isPresent() ? String.format(Locale.ROOT, "%.0f", size.getAsDouble()) : "";
    }

    private static String csv(List<Column> columns, Optimisation.Result result) {
        Stream<String> figures = Stream.of(
                "round",
                "objective",
                "objective_error",
                "objective_of_mean",
                "regularised",
                "log_density",
                "effective_sample_size");
        CsvTable table = new CsvTable(Stream.concat(figures, columns.stream().map(column -> "mean_" + column.name()))
                .toList());
        for (Optimisation.Round round : result.rounds()) {
            Stream<Object> cells = Stream.of(
                    round.number(),
                    round.objective(),
                    round.error(),
                    round.atMean(),
                    round.regularised(),
                    round.logDensity(),
                    round.effective().orElse(Double.NaN));
            table.row(Stream.concat(cells, Arrays.stream(round.mean()).boxed()).toArray());
        }
        return table.text();
    }

    private static void write(Path file, String text) {
        try {
            WholeFile.write(file, temporary -> Files.writeString(temporary, text, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be written: " + e.getMessage(), e);
        }
    }
}
