package org.eigendrift.cli.config;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.law.Law;
import org.eigendrift.api.law.LawContext;
import org.eigendrift.api.metric.Metric;
import org.eigendrift.api.plugin.Choices;
import org.eigendrift.api.plugin.Chosen;
import org.eigendrift.api.sampler.Sampler;
import org.eigendrift.api.score.AffineProcess;
import org.eigendrift.api.target.Target;
import org.eigendrift.engine.settings.FitSettings;

/**
 * A configuration that was read and checked: what {@code run} and {@code fit} work from.
 *
 * @param name the file's name without its ending, for the default output directory
 * @param places where each block was written, for messages about what turns out wrong later
 * @param target what is to be modelled
 * @param model where the score comes from
 * @param fit components, frame, basis, process and solver of a fitted model
 * @param law the kind of law to fit; empty for the engine's own choice by the settings of fit
 * @param process the process of an exact model; empty if the model is fitted
 * @param guidance what steers samples
 * @param sampler sampler; empty for the law's own way
 * @param sample how many samples, and the seed
 * @param metrics what is evaluated
 * @param usual whether nobody asked for these metrics, so that those of tables may take their place
 * @param output where results go
 */
public record Configuration(
        String name,
        Places places,
        Chosen<RunContext, Target> target,
        ModelSettings model,
        FitSettings fit,
        Optional<Chosen<LawContext, Law>> law,
        Optional<Chosen<Integer, AffineProcess>> process,
        GuidanceSettings guidance,
        Optional<Chosen<RunContext, Sampler>> sampler,
        SampleSettings sample,
        List<Chosen<RunContext, Metric>> metrics,
        boolean usual,
        OutputSettings output) {

    /** Where keys were written. */
    @FunctionalInterface
    public interface Places {

        /**
         * The place of a key.
         *
         * @param path keys joined by dots
         * @return file and line, or the option of the command line that set it
         */
        String of(String path);
    }

    /**
     * Where results go.
     *
     * @param working the working directory
     * @return {@code output.dir}, or {@code out/} and the configuration's name
     */
    public Path directory(Path working) {
        return output.dir().orElseGet(() -> working.resolve("out").resolve(name));
    }

    /**
     * The configuration with other settings of the fit.
     *
     * @param resolved the settings, for example with everything that was left to the fit filled in
     * @return a new configuration
     */
    public Configuration withFit(FitSettings resolved) {
        return new Configuration(
                name, places, target, model, resolved, law, process, guidance, sampler, sample, metrics, usual, output);
    }

    /**
     * The configuration with a kind of law.
     *
     * @param chosen the kind, for example one that was left to the program
     * @return a new configuration
     */
    public Configuration withLaw(Chosen<LawContext, Law> chosen) {
        return new Configuration(
                name,
                places,
                target,
                model,
                fit,
                Optional.of(chosen),
                process,
                guidance,
                sampler,
                sample,
                metrics,
                usual,
                output);
    }

    /**
     * The configuration with metrics that were left to the program.
     *
     * @param chosen the metrics
     * @return a new configuration
     */
    public Configuration withMetrics(List<Chosen<RunContext, Metric>> chosen) {
        return new Configuration(
                name, places, target, model, fit, law, process, guidance, sampler, sample, chosen, usual, output);
    }

    /**
     * The configuration with another output directory.
     *
     * @param directory where results go
     * @return a new configuration
     */
    public Configuration into(Path directory) {
        OutputSettings there = new OutputSettings(Optional.of(directory), output.format(), output.image());
        return new Configuration(
                name, places, target, model, fit, law, process, guidance, sampler, sample, metrics, usual, there);
    }

    /**
     * Writes the configuration back, every option with its value.
     *
     * @return blocks in their usual order; paths are absolute
     */
    public Map<String, Object> write() {
        Map<String, Object> fitted = fit.write();
        Map<String, Object> blocks = new LinkedHashMap<>();
        blocks.put("target", Choices.write(target, "type"));
        law.ifPresent(chosen -> blocks.put("law", Choices.write(chosen, "type")));
        boolean settings = model.type() == ModelSettings.Type.FITTED && law.isEmpty();
        if (settings) {
            blocks.put("components", fitted.get("components"));
            blocks.put("density", fitted.getOrDefault("density", "auto"));
            blocks.put("frame", fitted.get("frame"));
            blocks.put("basis", fitted.get("basis"));
        }
        blocks.put("model", ModelSettings.SCHEMA.write(model));
        process.ifPresent(chosen -> blocks.put("process", Choices.write(chosen, "type")));
        if (settings) {
            blocks.put("process", fitted.get("process"));
            blocks.put("solver", fitted.get("solver"));
        }
        if (guidance.guided()) {
            blocks.put(
                    "guidance", guidance.guidance().stream().map(this::written).toList());
            blocks.put(
                    "corrector",
                    guidance.corrector()
                            .<Object>map(chosen -> Choices.write(chosen, "type"))
                            .orElse("none"));
        }
        if (guidance.reconstruct() > 0) {
            blocks.put("reconstruct", guidance.reconstruct());
        }
        blocks.put(
                "sampler",
                sampler.<Object>map(chosen -> Choices.write(chosen, "type")).orElse("auto"));
        blocks.put("sample", SampleSettings.SCHEMA.write(sample));
        blocks.put(
                "evaluate",
                metrics.stream().map(metric -> Choices.write(metric, "type")).toList());
        blocks.put("output", OutputSettings.SCHEMA.write(output));
        return blocks;
    }

    /** Observations that are made of held-out rows are left open again. */
    private Map<String, Object> written(Chosen<?, ?> chosen) {
        Map<String, Object> block = new LinkedHashMap<>(Choices.write(chosen, "type"));
        if (guidance.reconstruct() > 0 && block.containsKey("operator")) {
            block.remove("value");
        }
        return block;
    }
}
