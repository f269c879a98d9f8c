package org.eigendrift.targets;

import java.util.Optional;
import java.util.OptionalLong;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.Points;
import org.eigendrift.api.Purpose;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.data.Dataset;
import org.eigendrift.api.score.AffineProcess;
import org.eigendrift.api.score.ScoreModel;
import org.eigendrift.api.target.LogDensity;
import org.eigendrift.api.target.Potential;
import org.eigendrift.api.target.Target;

/**
 * A target whose law is known exactly: independent training and held-out rows, and the density.
 *
 * @param law the law
 * @param train training rows
 * @param heldout held-out rows, or empty
 */
public record GeneratedTarget(KnownLaw law, Dataset train, Optional<Dataset> heldout) implements Target {
    /** Rows drawn by one thread at a time. */
    private static final int BLOCK = 1000;

    /**
     * Draws training and held-out rows from streams of their own.
     *
     * @param law the law
     * @param rows training rows
     * @param heldout held-out rows, 0 for none
     * @param seed the target's own seed, or empty for the run's
     * @param context gives the run's seed
     * @return the target
     */
    public static GeneratedTarget of(KnownLaw law, int rows, int heldout, OptionalLong seed, RunContext context) {
        Dataset train = new GeneratedRows(law, context.random(Purpose.TRAIN_ROWS, seed), rows);
        Dataset apart = new GeneratedRows(law, context.random(Purpose.HELDOUT_ROWS, seed), heldout);
        return new GeneratedTarget(law, train, heldout == 0 ? Optional.empty() : Optional.of(apart));
    }

    /**
     * As {@link #of}, for laws whose rows are costly: they are drawn at the first reading, by the run's threads, and kept.
     *
     * @param law the law
     * @param rows training rows
     * @param heldout held-out rows, 0 for none
     * @param seed the target's own seed, or empty for the run's
     * @param context gives the run's seed, threads and progress
     * @return the target
     */
    public static GeneratedTarget kept(KnownLaw law, int rows, int heldout, OptionalLong seed, RunContext context) {
        Dataset train = kept(law, rows, context.random(Purpose.TRAIN_ROWS, seed), context);
        Dataset apart = kept(law, heldout, context.random(Purpose.HELDOUT_ROWS, seed), context);
        return new GeneratedTarget(law, train, heldout == 0 ? Optional.empty() : Optional.of(apart));
    }

    private static Dataset kept(KnownLaw law, int rows, CounterRandom random, RunContext context) {
        return new LazyRows(law.columns(), rows, () -> {
            int blocks = (rows + BLOCK - 1) / BLOCK;
            Points all = Points.zeros(law.columns().size(), rows);
            Blocks.run("reference rows", blocks, context, b -> {
                int from = b * BLOCK;
                Points part = Points.zeros(all.dim(), Math.min(BLOCK, rows - from));
                law.draw(random, from, part.size(), part);
                all.paste(from, part);
            });
            return all;
        });
    }

    @Override
    public Optional<LogDensity> density() {
        return Optional.of(law);
    }

    @Override
    public Optional<Potential> potential() {
        return law.potential();
    }

    @Override
    public Optional<ScoreModel> exact(AffineProcess process) {
        return law.exact(process);
    }
}
