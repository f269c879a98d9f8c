package org.eigendrift.engine.transport;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.InputException;
import org.eigendrift.api.Points;
import org.eigendrift.api.Progress;
import org.eigendrift.api.Purpose;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.law.Draws;
import org.eigendrift.api.plugin.PluginException;
import org.eigendrift.api.sampler.BatchSampler;
import org.eigendrift.api.sampler.Noise;
import org.eigendrift.api.sampler.Outcome;
import org.eigendrift.api.sampler.Sampler;
import org.eigendrift.api.score.DiffusionProcess;
import org.eigendrift.api.score.ScoreModel;
import org.eigendrift.engine.check.CheckedSampler;
import org.eigendrift.engine.model.EigenScoreModel;
import org.eigendrift.engine.model.ProductProcess;

/**
 * Draws samples batch by batch. Start and noise of a point depend on the seed and the point's number alone, so samples
 * do not change with the number of threads or of points. Starts are spread evenly where the prior is a product of known
 * laws, so that means over samples of a flow scatter less than those of independent draws. Samples that the model itself calls
 * impossible ({@link ImpossibleSamples}) are drawn again with error control, and said so; a law of which more than a few are has
 * no samples to give.
 */
public final class Sampling {
    private static final int BATCH = 1024;

    /** Largest share of samples from other starts: as much as shares of ten thousand samples scatter by, two deviations. */
    private static final double MOST_RESTARTED = 0.01;

    private Sampling() {}

    /**
     * Where samples start: draws from the prior, spread evenly if it is a product of known laws.
     *
     * @param process the process
     * @param run the seed
     * @param first number of the batch's first point
     * @param out receives the starts; modified
     * @throws PluginException if a start is not finite; it names the process
     */
    public static void starts(DiffusionProcess process, RunContext run, long first, Points out) {
        CounterRandom random = run.random(Purpose.PRIOR);
        if (process instanceof ProductProcess product) {
            product.evenPrior(random, first, out);
        } else {
            process.prior(random, first, out);
            checkStarts(process, first, out);
        }
    }

    private static void checkStarts(DiffusionProcess process, long first, Points starts) {
        for (int i = 0; i < starts.dim(); i++) {
            for (int n = 0; n < starts.size(); n++) {
                if (!Double.isFinite(starts.get(i, n))) {
                    throw new PluginException(
                            process,
                            "drew " + starts.get(i, n) + " for coordinate " + (i + 1) + " of start " + (first + n + 1)
                                    + " from its prior; expected finite numbers");
                }
            }
        }
    }

    /**
     * Draws samples.
     *
     * @param model the model
     * @param sampler the sampler
     * @param count how many, at least 0
     * @param run seed, threads, progress
     * @return samples in the model's coordinates, and what the first batch cost
     * @throws InputException if the sampler does not fit the model's process; the message names samplers that do
     * @throws org.eigendrift.api.NumericalException if too many samples are impossible by the model's own density
     */
    public static Draws draw(ScoreModel model, Sampler sampler, int count, RunContext run) {
        sampler.refusal(model.process()).ifPresent(reason -> {
            throw InputException.at("sampler", reason);
        });
        BatchSampler bound = CheckedSampler.prepare(sampler, model, run);
        CounterRandom noise = run.random(Purpose.NOISE);
        Points all = Points.zeros(model.process().dim(), count);
        Optional<ImpossibleSamples> impossible = model instanceof EigenScoreModel fitted
                ? Optional.of(new ImpossibleSamples(fitted, sampler instanceof ControlledFlow))
                : Optional.empty();
        AtomicInteger mended = new AtomicInteger();
        AtomicInteger restarted = new AtomicInteger();
        int batches = (count + BATCH - 1) / BATCH;
        AtomicReferenceArray<Outcome> outcomes = new AtomicReferenceArray<>(batches);
        try (Progress.Task task = run.progress().begin("samples", count)) {
            run.parallel().forEach(batches, b -> {
                int first = b * BATCH;
                Points x = Points.zeros(all.dim(), Math.min(BATCH, count - first));
                starts(model.process(), run, first, x);
                Points begin = x.copy();
                outcomes.set(b, bound.run(x, Noise.of(noise, first), (step, t, state) -> run.checkCancelled()));
                impossible.ifPresent(check -> {
                    ImpossibleSamples.Found found =
                            check.replace(x, begin, n -> restart(model.process(), run, first + n));
                    mended.addAndGet(found.mended());
                    restarted.addAndGet(found.restarted());
                });
                all.paste(first, x);
                task.advance(x.size());
            });
        }
        List<String> remarks = remarks(sampler, mended.get(), restarted.get(), count);
        return new Draws(all, batches == 0 ? new Outcome(0, 0, 0) : outcomes.get(0), remarks);
    }

    private static Points restart(DiffusionProcess process, RunContext run, long number) {
        Points start = Points.zeros(process.dim(), 1);
        process.prior(run.random(Purpose.RESTART), number, start);
        return start;
    }

    static List<String> remarks(Sampler sampler, int mended, int restarted, int count) {
        if (restarted > MOST_RESTARTED * count) {
            throw ImpossibleSamples.impossible(restarted + " of " + count + " samples are");
        }
        List<String> remarks = new ArrayList<>();
        if (mended > 0) {
            String found = mended + " of " + count + " samples left the law, whose density makes them impossible";
            remarks.add(
                    sampler instanceof ControlledFlow
                            ? found + ", and were drawn again in shorter steps"
                            : found
                                    + ": the sampler is too coarse for them. They were drawn again with control of each"
                                    + " sample's steps; others near them may be off too: choose more steps or a smaller"
                                    + " tolerance, or leave the sampler to the law (sampler: auto)");
        }
        if (restarted > 0) {
            remarks.add(restarted + " of " + count
                    + " samples were drawn from other starts: the flow led theirs, however short its steps, to where the"
                    + " law's own density is next to nothing; a lower degree or a higher ridge makes a smoother law");
        }
        return List.copyOf(remarks);
    }
}
