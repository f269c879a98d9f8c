package org.eigendrift.cli.run;

import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.eigendrift.api.InputException;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.catalog.Catalog;
import org.eigendrift.api.law.Flowing;
import org.eigendrift.api.output.PointWriter;
import org.eigendrift.api.sampler.Sampler;
import org.eigendrift.api.sampler.SamplerProvider;
import org.eigendrift.api.score.ScoreModel;
import org.eigendrift.cli.config.GuidanceSettings;
import org.eigendrift.cli.config.GuidanceText;
import org.eigendrift.cli.config.PluginText;
import org.eigendrift.cli.config.SampleSettings;
import org.eigendrift.cli.output.WholeFile;
import org.eigendrift.engine.Eigendrift;
import org.eigendrift.engine.guidance.GuidedLaw;

/** What is made of the flows of model files: products of laws. Every path is checked before any work is done. */
public final class Guiding {
    private final Catalog catalog;
    private final Setting setting;
    private final FileFormats formats;
    private final Models models;

    @Inject
    Guiding(Catalog catalog, Setting setting, FileFormats formats, Models models) {
        this.catalog = catalog;
        this.setting = setting;
        this.formats = formats;
        this.models = models;
    }

    /**
     * Draws from the product of powers of models.
     *
     * @param files the models, at least two
     * @param exponents an exponent for each model
     * @param sampler a sampler that follows the sum of scores; empty for particles, which are exact
     * @param settings how many, and the seed
     * @param out where the samples go; its ending chooses the writer
     */
    public void product(
            List<Path> files, List<Double> exponents, Optional<String> sampler, SampleSettings settings, Path out) {
        RunContext context = setting.context(settings.seed());
        PointWriter writer = formats.writer("--out", out, context);
        WholeFile.check("--out", out);
        String block = "{type: product, exponents: " + exponents + "}";
        GuidanceSettings guidance = new GuidanceText(
                        List.of(block), Optional.empty(), OptionalDouble.empty(), sampler.isPresent())
                .read(setting.working(), catalog);
        Optional<Sampler> way =
                sampler.map(text -> PluginText.read(SamplerProvider.KIND, "--sampler", text, setting.working(), catalog)
                        .create(context));
        List<Flowing> laws = new ArrayList<>();
        for (Path file : files) {
            laws.add(Models.with(file.toString(), () -> GuidedLaw.one(Eigendrift.read(file, catalog))));
        }
        for (int i = 1; i < laws.size(); i++) {
            List<String> differences = GuidedLaw.differences(laws.get(0), laws.get(i));
            if (!differences.isEmpty()) {
                throw new InputException(files.get(0) + ", " + files.get(i)
                        + ": the product of models needs the same coordinates of both; they differ in "
                        + String.join("; ", differences) + "; fit the second with --like the first");
            }
        }
        List<ScoreModel> others = laws.stream().skip(1).map(GuidedLaw::model).toList();
        GuidedDrawing.Guided guided = new GuidedDrawing(laws.get(0), guidance, others, way, context).draw(settings);
        models.keep(guided, laws.get(0).columns(), writer, out);
    }
}
