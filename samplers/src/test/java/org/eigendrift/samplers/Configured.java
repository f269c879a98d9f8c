package org.eigendrift.samplers;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.eigendrift.api.InputException;
import org.eigendrift.api.Points;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.catalog.Catalog;
import org.eigendrift.api.plugin.Choices;
import org.eigendrift.api.plugin.Kind;
import org.eigendrift.api.plugin.Problem;
import org.eigendrift.api.sampler.GridContext;
import org.eigendrift.api.sampler.Sampler;
import org.eigendrift.api.sampler.SamplerProvider;
import org.eigendrift.api.sampler.StepObserver;
import org.eigendrift.api.sampler.TimeGrid;
import org.eigendrift.api.sampler.TimeGridProvider;
import org.eigendrift.api.score.AffineProcess;
import org.eigendrift.api.score.DiffusionProcess;
import org.eigendrift.api.score.ProcessProvider;
import org.eigendrift.api.score.ScoreModel;

/** Creates extensions from configuration blocks, as the command line does. */
public final class Configured {
    /** The plugins of this module. */
    public static final Catalog CATALOG = Catalog.discover(List.of());

    private Configured() {}

    static <C, T> T create(Kind<C, T> kind, Object block, C context) {
        return create(CATALOG, kind, block, context);
    }

    /** Any extension, chosen among given plugins. */
    public static <C, T> T create(Catalog catalog, Kind<C, T> kind, Object block, C context) {
        List<Problem> problems = new ArrayList<>();
        return Choices.bind(kind, block, "type", kind.label(), Path.of(""), catalog, problems::add)
                .orElseThrow(() -> new InputException(problems.toString()))
                .create(context);
    }

    /** A sampler. */
    public static Sampler sampler(Map<String, ?> block) {
        return create(SamplerProvider.KIND, block, RunContext.quiet(1));
    }

    /** A process. */
    public static AffineProcess process(Map<String, ?> block, int dim) {
        return create(ProcessProvider.KIND, block, dim);
    }

    static TimeGrid grid(Object block, DiffusionProcess process, int steps) {
        return create(TimeGridProvider.KIND, block, new GridContext(process, steps));
    }

    /** Runs a sampler that draws no noise. */
    public static Points deterministic(Sampler sampler, ScoreModel model, Points start) {
        Points x = start.copy();
        sampler.prepare(model, RunContext.quiet(1))
                .run(
                        x,
                        (step, draw, out) -> {
                            throw new AssertionError("a deterministic sampler draws noise");
                        },
                        StepObserver.NONE);
        return x;
    }
}
