package org.eigendrift.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.Points;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.data.Dataset;
import org.eigendrift.api.data.InMemory;
import org.eigendrift.api.sampler.BatchSampler;
import org.eigendrift.api.sampler.Outcome;
import org.eigendrift.api.sampler.Sampler;
import org.eigendrift.api.sampler.TimeGrid;
import org.eigendrift.api.score.DiffusionProcess;
import org.eigendrift.api.score.ScoreModel;
import org.eigendrift.api.target.LogDensity;
import org.eigendrift.api.target.Target;
import org.junit.jupiter.api.Test;
import org.opentest4j.AssertionFailedError;

/** The kit catches what it is there for: plugins with one fault each, and it passes the same without. */
class PlantedFaultsTest {
    /** Euler's method along the probability flow in a grid that is geometric in t, at a speed that should be 1. */
    record Euler(double speed) implements Sampler {
        @Override
        public Optional<String> refusal(DiffusionProcess process) {
            return Optional.empty();
        }

        @Override
        public BatchSampler prepare(ScoreModel model, RunContext run) {
            TimeGrid grid = TimeGrid.geometric(
                    model.process().horizon(), model.process().earliest(), 200);
            return (x, noise, observer) -> {
                ScoreModel.Evaluator evaluator = model.evaluator();
                Points velocity = Points.zeros(x.dim(), x.size());
                observer.state(0, grid.first(), x);
                for (int j = 0; j < grid.steps(); j++) {
                    evaluator.velocity(grid.time(j), x, velocity);
                    double h = speed * (grid.time(j) - grid.time(j + 1));
                    for (int n = 0; n < x.values().length; n++) {
                        x.values()[n] += h * velocity.values()[n];
                    }
                    observer.state(j + 1, grid.time(j + 1), x);
                }
                return new Outcome(grid.steps(), grid.steps(), 0);
            };
        }
    }

    private static SamplerContract contract(double speed) {
        return new SamplerContract() {
            @Override
            protected Sampler sampler() {
                return new Euler(speed);
            }

            @Override
            protected ScoreModel model() {
                return new ExactGaussian(new OrnsteinUhlenbeck(2, 0.01), 1, 0.5);
            }
        };
    }

    @Test
    void samplersThatDoNotMoveOrMoveTooSlowlyFail() {
        contract(1).samplesFollowTheExactLaw();
        String still = assertThrows(
                        AssertionFailedError.class, () -> contract(0).samplesFollowTheExactLaw())
                .getMessage();
        assertTrue(still.startsWith("samples of N(2, 1/4) have to follow it: coordinate 1 has the mean"), still);
        assertThrows(AssertionFailedError.class, () -> contract(0.8).samplesFollowTheExactLaw());
    }

    /** Independent normal numbers of deviations 1, 2, 3, ..., and their log-density, off by a number. */
    private static TargetContract normal(int dim, double off) {
        CounterRandom random = new CounterRandom(3);
        Points rows = Points.zeros(dim, 3000);
        for (int n = 0; n < rows.size(); n++) {
            for (int i = 0; i < dim; i++) {
                rows.set(i, n, (i + 1) * random.normal(n, i));
            }
        }
        LogDensity density = (x, out) -> {
            for (int n = 0; n < x.size(); n++) {
                out[n] = off - 0.5 * dim * Math.log(2 * Math.PI);
                for (int i = 0; i < dim; i++) {
                    double z = x.get(i, n) / (i + 1);
                    out[n] -= 0.5 * z * z + Math.log(i + 1.0);
                }
            }
        };
        return new TargetContract() {
            @Override
            protected Target target() {
                return new Target() {
                    @Override
                    public Dataset train() {
                        return InMemory.of(rows);
                    }

                    @Override
                    public Optional<Dataset> heldout() {
                        return Optional.empty();
                    }

                    @Override
                    public Optional<LogDensity> density() {
                        return Optional.of(density);
                    }
                };
            }
        };
    }

    @Test
    void densitiesThatAreOffByAConstantFailInEveryDimension() {
        for (double off : List.of(-0.2, 1.0)) {
            assertThrows(AssertionFailedError.class, () -> normal(1, off).densityIntegratesToOneOnTheLine());
            assertThrows(AssertionFailedError.class, () -> normal(2, off).densityIntegratesToOneInThePlane());
            for (int dim : List.of(3, 6)) {
                String message = assertThrows(
                                AssertionFailedError.class,
                                () -> normal(dim, off).densityIntegratesToOneInSpace())
                        .getMessage();
                assertTrue(message.startsWith("a density has the mass 1"), message);
            }
        }
        normal(1, 0).densityIntegratesToOneOnTheLine();
        normal(2, 0).densityIntegratesToOneInThePlane();
        List.of(3, 6).forEach(dim -> normal(dim, 0).densityIntegratesToOneInSpace());
    }

    /** The model that samplers are held to is exact itself: its flow by small steps, and its rate by the flow. */
    @Test
    void theExactModelIsExact() {
        ExactGaussian exact = new ExactGaussian(new OrnsteinUhlenbeck(1, 0.01), 1, 0.5);
        ScoreModel.Evaluator evaluator = exact.evaluator();
        Points x = Points.ofRows(new double[] {-0.7}, new double[] {2.1});
        Points velocity = Points.zeros(1, 2);
        double[] rate = new double[2];
        double t = 0.6;
        double h = 1e-5;
        evaluator.velocityAndRate(t, x, velocity, rate);
        for (int n = 0; n < 2; n++) {
            double before = exact.flow(x.get(0, n), t, t - h);
            double after = exact.flow(x.get(0, n), t, t + h);
            // Central differences of a smooth function at this step are off by 1e-10, their rounding by 1e-11.
            assertEquals((before - after) / (2 * h), velocity.get(0, n), 1e-8);
            double change = logDensity(exact, t + h, after) - logDensity(exact, t - h, before);
            assertEquals(change / (2 * h), rate[n], 1e-6);
        }
    }

    /** Of Brownian motion: the flow carries the density, f_t' = -(f v)' forward in time, so log f changes by differences along it. */
    @Test
    void theExactModelOnACircleIsExact() {
        ScoreModel.Evaluator evaluator = new HeatOnCircle(false, 0.7).evaluator();
        Points x = Points.ofRows(new double[] {0.3}, new double[] {2.9});
        Points velocity = Points.zeros(1, 2);
        double[] rate = new double[2];
        double t = 0.6;
        double h = 1e-5;
        evaluator.velocityAndRate(t, x, velocity, rate);
        double[] later = new double[2];
        double[] earlier = new double[2];
        Points moved = x.copy();
        moved.values()[0] -= h * velocity.values()[0];
        moved.values()[1] -= h * velocity.values()[1];
        evaluator.logRatio(t + h, moved, later);
        moved.values()[0] += 2 * h * velocity.values()[0];
        moved.values()[1] += 2 * h * velocity.values()[1];
        evaluator.logRatio(t - h, moved, earlier);
        for (int n = 0; n < 2; n++) {
            // Steps along the tangent are off by h^2 on both sides, which differences divide by h: 1e-5 of numbers of
            // order 1.
            assertEquals((later[n] - earlier[n]) / (2 * h), rate[n], 1e-4);
        }
    }

    private static double logDensity(ExactGaussian exact, double t, double x) {
        double z = (x - exact.mean(t)) / exact.deviation(t);
        return -0.5 * z * z - Math.log(exact.deviation(t)) - 0.5 * Math.log(2 * Math.PI);
    }
}
