package org.eigendrift.cli.run;

import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.eigendrift.api.InputException;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.catalog.Catalog;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.data.Dataset;
import org.eigendrift.api.law.Law;
import org.eigendrift.api.output.PointWriter;
import org.eigendrift.api.plugin.Chosen;
import org.eigendrift.api.sampler.Sampler;
import org.eigendrift.api.sampler.SamplerProvider;
import org.eigendrift.cli.config.GuidanceSettings;
import org.eigendrift.cli.config.GuidanceText;
import org.eigendrift.cli.config.PluginText;
import org.eigendrift.cli.config.SampleSettings;
import org.eigendrift.cli.console.Counted;
import org.eigendrift.cli.output.WholeFile;
import org.eigendrift.engine.Eigendrift;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What can be done with model files. Every path is checked before any work is done. */
public final class Models {
    private static final Logger LOG = LoggerFactory.getLogger(Models.class);

    private static final String MODEL_ENDING = ".safetensors";

    private final Catalog catalog;
    private final Setting setting;
    private final FileFormats formats;

    @Inject
    Models(Catalog catalog, Setting setting, FileFormats formats) {
        this.catalog = catalog;
        this.setting = setting;
        this.formats = formats;
    }

    /**
     * Draws samples from a model.
     *
     * @param file the model
     * @param sampler the sampler's name, or a block with its options; empty for the law's own way
     * @param guiding what steers samples
     * @param settings how many, and the seed
     * @param out where the samples go; its ending chooses the writer
     */
    public void sample(Path file, Optional<String> sampler, GuidanceText guiding, SampleSettings settings, Path out) {
        RunContext context = setting.context(settings.seed());
        PointWriter writer = formats.writer("--out", out, context);
        WholeFile.check("--out", out);
        Optional<Chosen<RunContext, Sampler>> chosen = sampler.map(
                text -> PluginText.read(SamplerProvider.KIND, "--sampler", text, setting.working(), catalog));
        GuidanceSettings guidance = guiding.read(setting.working(), catalog);
        Law model = Eigendrift.read(file, catalog);
        Optional<Sampler> way = chosen.map(c -> c.create(context));
        GuidedDrawing.Guided guided = guidance.guided()
                ? new GuidedDrawing(model, guidance, List.of(), way, context).draw(settings)
                : new GuidedDrawing.Guided(
                        new Drawing(model, way, context).draw(settings), List.of(), Optional.empty());
        keep(guided, model.columns(), writer, out);
    }

    /** Writes samples, and says what is to be told of them. */
    void keep(GuidedDrawing.Guided guided, List<Column> columns, PointWriter writer, Path out) {
        Drawing.Drawn drawn = guided.drawn();
        WholeFile.write(out, writer, columns, drawn.points());
        say("%s in %.2f s: %s", Counted.of(drawn.points().size(), "sample"), drawn.seconds(), out);
        if (!guided.figures().isEmpty()) {
            say("%s", GuidedDrawing.words(guided.figures()));
            drawn.remarks().forEach(remark -> say("%s", remark));
        }
    }

    /**
     * Writes the log-likelihood or the rarity of every row of a file.
     *
     * @param file the model
     * @param data the rows, a file or a target's block
     * @param rarity whether to write how rare rows are instead of their log-likelihood
     * @param out where the log-likelihoods go; its ending chooses the writer
     */
    public void score(Path file, String data, boolean rarity, Path out) {
        RunContext context = setting.context(0);
        PointWriter writer = formats.writer("--out", out, context);
        WholeFile.check("--out", out);
        Law model = Eigendrift.read(file, catalog);
        SortedSet<Integer> open = formats.lacking("--data", data, model.columns(), context);
        if (rarity && !open.isEmpty()) {
            throw new InputException("--rarity: " + lacking(model, open)
                    + "; expected all of them, as whole rows are compared, or no --rarity");
        }
        Dataset rows = open.isEmpty()
                ? formats.rowsWithGaps("--data", data, model.columns(), context)
                : formats.partial("--data", data, model.columns(), context);
        if (!open.isEmpty()) {
            LOG.warn("--data: {}: log-likelihoods are those of the other columns alone", lacking(model, open));
        }
        boolean drop = formats.drops("--data", data);
        Scoring.Scored[] scored = new Scoring.Scored[1];
        write(
                out,
                temporary ->
                        scored[0] = new Scoring(model, open, rarity, drop, context).write(rows, writer, temporary));
        scored[0].without().ifPresent(LOG::warn);
        scored[0].impossible().sentence("").ifPresent(LOG::warn);
        long impossible = scored[0].impossible().count();
        say(
                "%s%s, mean %s%s %.6g nats a row (integration error %.1g): %s",
                Counted.of(scored[0].rows(), "row"),
                impossible == 0 ? "" : String.format(Locale.ROOT, ", %,d of density 0", impossible),
                rarity ? "rarity" : "log-likelihood",
                impossible == 0 ? "" : " of the others",
                scored[0].mean(),
                scored[0].error(),
                out);
    }

    private static String lacking(Law model, SortedSet<Integer> open) {
        return "the file lacks columns of the model: "
                + open.stream().map(i -> model.columns().get(i).name()).collect(Collectors.joining(", "));
    }

    /**
     * Merges models of disjoint rows.
     *
     * @param files the models, at least two
     * @param out where the model of all rows goes
     */
    public void merge(List<Path> files, Path out) {
        WholeFile.check("--out", out);
        List<Law> models = new ArrayList<>();
        for (Path file : files) {
            models.add(Eigendrift.read(file, catalog));
        }
        for (int m = 1; m < models.size(); m++) {
            OtherFormats.remark(models.get(0).columns(), models.get(m).columns(), files.get(m) + " has them")
                    .ifPresent(LOG::warn);
        }
        String names = files.stream().map(Path::toString).collect(Collectors.joining(", "));
        save(with(names, () -> Eigendrift.merge(models, setting.context(0))), out);
    }

    /**
     * Takes rows back from a model.
     *
     * @param file the model
     * @param part a model of some of its rows (a .safetensors file), or the rows themselves
     * @param out where the model of the other rows goes
     */
    public void unlearn(Path file, String part, Path out) {
        WholeFile.check("--out", out);
        RunContext context = setting.context(0);
        Law model = Eigendrift.read(file, catalog);
        Optional<Law> other = model(part);
        if (other.isPresent()) {
            save(with(file + ", " + part, () -> Eigendrift.unlearn(model, other.get(), context)), out);
        } else {
            Dataset rows = formats.rows("ROWS", part, model.columns(), context);
            save(with(part, () -> Eigendrift.unlearn(model, rows, context)), out);
            say("%s", UNCHECKED);
        }
    }

    /** The model of a file, whatever it is called, unless its ending is that of rows. */
    private Optional<Law> model(String part) {
        if (part.endsWith(MODEL_ENDING)) {
            return Optional.of(Eigendrift.read(setting.working().resolve(part), catalog));
        }
        if (formats.reads(part)) {
            return Optional.empty();
        }
        try {
            return Optional.of(Eigendrift.read(setting.working().resolve(part), catalog));
        } catch (InputException noModel) {
            // Then it is said which endings rows have.
            return Optional.empty();
        }
    }

    static <T> T with(String files, Supplier<? extends T> work) {
        try {
            return work.get();
        } catch (InputException e) {
            throw new InputException(files + ": " + e.getMessage(), e);
        }
    }

    /**
     * Writes a model, and says so.
     *
     * @param model the model
     * @param out where it goes
     */
    public void save(Law model, Path out) {
        save(model, out, false);
    }

    private static final String UNCHECKED =
            "that the model was fitted to all of these rows is not checked: of a file it leaves out those that are"
                    + " held out, a fifth unless the target says holdout: 0";

    /**
     * Writes a model, and says so.
     *
     * @param model the model
     * @param out where it goes
     * @param holdsOut whether its target has rows that it was not fitted to
     */
    public void save(Law model, Path out, boolean holdsOut) {
        write(out, temporary -> WrittenModel.write(model, temporary, catalog));
        FitFacts facts = FitFacts.of(model);
        say(
                "%s fitted to %s%s: %s",
                facts.words(model.provenance().kind()),
                Counted.of(facts.rows(), "row"),
                holdsOut ? ", others held out" : "",
                out);
    }

    private void write(Path file, WholeFile.Content content) {
        try {
            WholeFile.write(file, content);
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be written: " + e.getMessage(), e);
        }
    }

    void say(String format, Object... values) {
        setting.terminal().out().println(String.format(Locale.ROOT, format, values));
    }
}
