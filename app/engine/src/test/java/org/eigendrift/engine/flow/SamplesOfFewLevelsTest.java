package org.eigendrift.engine.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.Points;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.data.InMemory;
import org.eigendrift.api.law.DrawRequest;
import org.eigendrift.api.law.Draws;
import org.eigendrift.api.sampler.BatchSampler;
import org.eigendrift.api.sampler.Outcome;
import org.eigendrift.api.sampler.Sampler;
import org.eigendrift.api.score.DiffusionProcess;
import org.eigendrift.api.score.ScoreModel;
import org.eigendrift.engine.basis.Families;
import org.eigendrift.engine.settings.FitSettings;
import org.junit.jupiter.api.Test;

/**
 * A column of zeros and ones beside a number that depends on it, taken for two real numbers: the steepest law that rows of a
 * table ask a flow for.
 */
class SamplesOfFewLevelsTest {
    private static final int ROWS = 800;

    private static Draws draws(Map<String, Object> settings, DrawRequest request) {
        CounterRandom random = new CounterRandom(2);
        Points rows = Points.zeros(2, ROWS);
        for (int n = 0; n < ROWS; n++) {
            int flag = random.uniform(n, 0) < 0.5 ? 1 : 0;
            rows.set(0, n, random.normal(n, 1) + 2.5 * flag);
            rows.set(1, n, flag);
        }
        RunContext run = RunContext.quiet(7);
        FittedModel model = Fit.of(
                new InMemory(List.of(Column.real("x"), Column.real("flag")), rows),
                FitSettings.of(settings, Families.CATALOG),
                Families.CATALOG,
                run);
        return model.draw(request, run);
    }

    /**
     * The density of the score at t_min has a constant of its own, here 90 nats below that of the flow. That is no reason to call
     * samples of the flow impossible.
     */
    @Test
    void samplesOfAFlowAreNotCalledImpossible() {
        Draws draws = draws(Map.of("basis", Map.of("family", "cosine", "degree", 12)), DrawRequest.of(2_000));
        assertEquals(List.of(), draws.remarks());
    }

    /**
     * The flow is stiff between the levels and beyond them, and steps of which the error estimate says nothing carry points there.
     * Half of the gap between the levels is ten times the width that the law gives each of them.
     */
    @Test
    void noSampleLiesBeyondTheLevels() {
        Draws draws = draws(Map.of(), DrawRequest.of(10_000));
        assertEquals(1, draws.remarks().size());
        assertTrue(draws.remarks().get(0).endsWith("were drawn again in shorter steps"), draws.remarks()::toString);
        for (int n = 0; n < 10_000; n++) {
            double flag = draws.rows().get(1, n);
            assertTrue(flag > -0.3 && flag < 1.3, n + ": " + flag);
        }
    }

    /**
     * Between the levels no row was, and the density of the score at t_min says next to nothing there. Samples that a sampler leaves there are
     * found all the same, by the density along the flow.
     */
    @Test
    void samplesThatASamplerLeavesBetweenTheLevelsAreFound() {
        Draws draws = draws(Map.of(), new DrawRequest(0, 50, Optional.of(new LeftBetween())));
        assertTrue(draws.remarks().get(0).startsWith("50 of 50 samples left the law"), draws.remarks()::toString);
        for (int n = 0; n < 50; n++) {
            double flag = draws.rows().get(1, n);
            assertEquals(Math.rint(flag), flag, 0.3);
        }
    }

    private record LeftBetween() implements Sampler {
        @Override
        public Optional<String> refusal(DiffusionProcess process) {
            return Optional.empty();
        }

        @Override
        public BatchSampler prepare(ScoreModel model, RunContext run) {
            return (x, noise, observer) -> {
                for (int n = 0; n < x.size(); n++) {
                    x.set(0, n, -4.2);
                    x.set(1, n, 0.69);
                }
                return new Outcome(1, 1, 0);
            };
        }
    }
}
