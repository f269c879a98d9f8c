package org.eigendrift.contract;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Optional;
import org.eigendrift.api.Points;
import org.eigendrift.api.Progress;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.guidance.Corrector;
import org.eigendrift.api.guidance.GuidedScoreModel;
import org.eigendrift.api.guidance.Particles;
import org.junit.jupiter.api.Test;

/** What every corrector promises, of a guided law whose mean is known. */
public abstract class CorrectorContract {
    private static final int COUNT = 200;
    private static final int RUNS = 8;

    /** Standard errors of {@link #RUNS} runs: Student's t with 7 degrees exceeds that once in 600. */
    private static final double DEVIATIONS = 5;

    /** Laws end at t_min instead of 0: of that order. */
    private static final double END = 2e-3;

    /** For subclasses. */
    protected CorrectorContract() {}

    /**
     * The corrector under test.
     *
     * @return the corrector
     */
    protected abstract Corrector corrector();

    /**
     * A guided model, which is not refused.
     *
     * @return the model; guidance may be as rough as the corrector can mend
     */
    protected abstract GuidedScoreModel model();

    /**
     * The exact mean of the law that the model is guided to, at time 0.
     *
     * @return a number for each coordinate
     */
    protected abstract double[] mean();

    private Particles run(long seed, int threads) {
        return corrector().run(model(), COUNT, new RunContext(seed, threads, Progress.NONE, () -> false));
    }

    @Test
    void particlesAreAsManyAsAskedForAndFinite() {
        assertEquals(Optional.empty(), corrector().refusal(model()));
        Particles particles = run(1, 1);
        assertEquals(COUNT, particles.points().size(), "particles");
        assertEquals(model().process().dim(), particles.points().dim(), "coordinates");
        for (double value : particles.points().values()) {
            assertTrue(Double.isFinite(value), "a coordinate is " + value);
        }
    }

    @Test
    void figuresArePossible() {
        Particles particles = run(1, 1);
        double[] times = particles.times();
        assertTrue(particles.moved() >= COUNT, "moved " + particles.moved());
        assertEquals(times.length, particles.effective().length, "an effective size at each time");
        for (int k = 0; k < times.length; k++) {
            assertTrue(k == 0 || times[k] <= times[k - 1], "times rise: " + Arrays.toString(times));
            double size = particles.effective()[k];
            // Sums of weights are rounded.
            assertTrue(size >= 1 - 1e-9 && size <= particles.moved() * (1 + 1e-9), "effective size " + size);
        }
        assertTrue(
                particles.ancestors() >= 1 && particles.ancestors() <= particles.moved(),
                "ancestors " + particles.ancestors());
        assertTrue(Double.isFinite(particles.logNormaliser()), "log normaliser " + particles.logNormaliser());
        assertTrue(particles.evaluations() > 0, "evaluations " + particles.evaluations());
    }

    @Test
    void particlesDependOnTheSeedAlone() {
        double[] one = run(2, 1).points().values();
        assertArrayEquals(one, run(2, 1).points().values(), "another run gives other particles");
        assertArrayEquals(one, run(2, 3).points().values(), "particles depend on threads");
        assertFalse(Arrays.equals(one, run(3, 1).points().values()), "particles do not depend on the seed");
    }

    /** What it is for: guidance approximates, particles follow the guided law. */
    @Test
    void particlesFollowTheGuidedLaw() {
        double[] exact = mean();
        double[][] means = new double[exact.length][RUNS];
        for (int r = 0; r < RUNS; r++) {
            Points points = run(100 + r, 1).points();
            for (int i = 0; i < exact.length; i++) {
                means[i][r] = Arrays.stream(points.column(i)).average().orElseThrow();
            }
        }
        for (int i = 0; i < exact.length; i++) {
            double mean = Arrays.stream(means[i]).average().orElseThrow();
            double square =
                    Arrays.stream(means[i]).map(m -> (m - mean) * (m - mean)).sum();
            double error = Math.sqrt(square / (RUNS - 1) / RUNS);
            assertEquals(exact[i], mean, DEVIATIONS * error + END, "mean of coordinate " + (i + 1));
        }
    }
}
