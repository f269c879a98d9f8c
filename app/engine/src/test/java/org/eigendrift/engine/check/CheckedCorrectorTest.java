package org.eigendrift.engine.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.eigendrift.api.Points;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.guidance.Corrector;
import org.eigendrift.api.guidance.GuidedScoreModel;
import org.eigendrift.api.guidance.Particles;
import org.eigendrift.api.plugin.PluginException;
import org.eigendrift.engine.model.Models;
import org.junit.jupiter.api.Test;

/** Particles that are some, and particles that are not: two coordinates, the second from -0.5 to 2. */
class CheckedCorrectorTest {
    private static final GuidedScoreModel MODEL = Steered.by(Models.arbitrary(List.of("hermite", "cosine"), 2, 2));
    private static final double[] TIMES = {1, 0.5};
    private static final double[] SIZES = {2, 4};

    /** Gives what it is told to give, whatever the model. */
    private record Told(Particles particles) implements Corrector {
        @Override
        public Optional<String> refusal(GuidedScoreModel model) {
            return Optional.empty();
        }

        @Override
        public Particles run(GuidedScoreModel model, int count, RunContext run) {
            assertSame(MODEL, model);
            assertEquals(3, count);
            return particles;
        }
    }

    private static Points inside() {
        return Points.ofRows(new double[] {-9, -0.5}, new double[] {0, 0.5}, new double[] {9, 2});
    }

    private static Particles particles(Points points, int moved, double[] times, double[] effective, double log) {
        return new Particles(points, moved, times, effective, moved, log, 7);
    }

    private static String fault(Particles particles) {
        return assertThrows(
                        PluginException.class,
                        () -> CheckedCorrector.run(new Told(particles), MODEL, 3, RunContext.quiet(1)))
                .getMessage();
    }

    private static Particles run(Particles particles) {
        return CheckedCorrector.run(new Told(particles), MODEL, 3, RunContext.quiet(1));
    }

    @Test
    void whatIsRightIsGivenBack() {
        Particles right = particles(inside(), 4, TIMES, SIZES, Double.NEGATIVE_INFINITY);
        assertSame(right, run(right));
        Particles asMany = particles(inside(), 3, TIMES, new double[] {3, 3 * (1 + 1e-10)}, 0);
        assertSame(asMany, run(asMany));
        assertTrue(fault(null).contains("returned null for particles"));
        assertTrue(fault(particles(null, 3, TIMES, SIZES, 0)).contains("returned null for particles"));
    }

    @Test
    void asManyAsAskedForAndNoneThatWasNotMoved() {
        String few = fault(particles(inside().slice(0, 2), 4, TIMES, SIZES, 0));
        assertTrue(few.contains("drew 2 particles of 2 coordinates, of 4 that were moved; expected 3 of 2"), few);
        String wide = fault(particles(Points.zeros(3, 3), 4, TIMES, SIZES, 0));
        assertTrue(wide.contains("drew 3 particles of 3 coordinates"), wide);
        String still = fault(particles(inside(), 2, TIMES, SIZES, 0));
        assertTrue(still.contains("of 2 that were moved"), still);
    }

    @Test
    void aParticleIsInTheDomain() {
        Points beyond = inside();
        beyond.set(1, 2, 2.001);
        String found = fault(particles(beyond, 4, TIMES, SIZES, 0));
        assertTrue(found.contains("coordinate 2 of particle 3 is 2.00100; expected a finite number from -"), found);
        Points none = inside();
        none.set(0, 0, Double.NaN);
        String nan = fault(particles(none, 4, TIMES, SIZES, 0));
        assertTrue(nan.contains("coordinate 1 of particle 1 is NaN"), nan);
    }

    /** An effective size is one for each time, above nought and no more than there are particles. */
    @Test
    void sizesAreThoseOfParticles() {
        String each = "tells effective sizes that are not one for each time";
        assertTrue(fault(particles(inside(), 4, TIMES, null, 0)).contains(each));
        assertTrue(fault(particles(inside(), 4, null, SIZES, 0)).contains(each));
        assertTrue(
                fault(particles(inside(), 4, TIMES, new double[] {1, 2, 3}, 0)).contains(each));
        for (double wrong : new double[] {0, -1, 4.001, Double.NaN}) {
            String found = fault(particles(inside(), 4, TIMES, new double[] {4, wrong}, 0));
            assertTrue(found.contains("tells the effective size") && found.endsWith("of 4 particles"), found);
        }
        assertTrue(fault(particles(inside(), 4, TIMES, SIZES, Double.NaN))
                .contains("tells NaN for the log of the normaliser"));
    }
}
