package org.eigendrift.samplers.guidance;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.List;
import java.util.Map;
import org.eigendrift.api.Points;
import org.eigendrift.api.score.CurvedScoreModel;
import org.eigendrift.api.score.DiffusionProcess;
import org.eigendrift.contract.ExactMixture;
import org.junit.jupiter.api.Test;

/** Where a fit's Hessian makes no covariance, moment matching takes data given noise as isotropic, as pi-gdm does. */
class HessianWithoutCovarianceTest {
    private static final List<List<Double>> ROWS = List.of(List.of(1.0, 0.5), List.of(0.0, 2.0));

    /** A standard normal law whose Hessian is -100 where the first coordinate is positive, so that I + sigma^2 H is not. */
    private record Bent(CurvedScoreModel inner) implements CurvedScoreModel {
        @Override
        public DiffusionProcess process() {
            return inner.process();
        }

        @Override
        public Evaluator evaluator() {
            Evaluator evaluator = inner.evaluator();
            return new Evaluator() {
                @Override
                public void curvature(double t, Points x, List<Points> directions, List<Points> out) {
                    evaluator.curvature(t, x, directions, out);
                    for (int j = 0; j < directions.size(); j++) {
                        for (int n = 0; n < x.size(); n++) {
                            for (int i = 0; i < x.dim() && x.get(0, n) > 0; i++) {
                                out.get(j).set(i, n, -100 * directions.get(j).get(i, n));
                            }
                        }
                    }
                }

                @Override
                public void score(double t, Points x, Points out) {
                    evaluator.score(t, x, out);
                }

                @Override
                public void velocity(double t, Points x, Points out) {
                    evaluator.velocity(t, x, out);
                }

                @Override
                public void velocityAndRate(double t, Points x, Points out, double[] rate) {
                    evaluator.velocityAndRate(t, x, out, rate);
                }

                @Override
                public void logRatio(double t, Points x, double[] out) {
                    evaluator.logRatio(t, x, out);
                }
            };
        }
    }

    @Test
    void pointsWithoutACovarianceCountAsIsotropicOnesAndOthersAsTheyAre() {
        ExactMixture normal = new ExactMixture(
                Oracles.ou(2), new double[] {1}, new double[][] {{0.2, -0.3}}, new double[][][] {{{1, 0}, {0, 1}}});
        Points x = Points.wrap(2, 2, new double[] {0.7, -0.4, 0.1, 1.3});
        for (double noise : new double[] {0, 0.3}) {
            Map<String, Object> block = Map.of(
                    "type",
                    "moment-matched",
                    "operator",
                    Map.of("type", "matrix", "rows", ROWS),
                    "value",
                    List.of(0.4, -1.0),
                    "noise",
                    noise);
            Points expected = Points.zeros(2, 2);
            Points found = Points.zeros(2, 2);
            // Of isotropic Gaussian data of variance 1 both rules are exact, so that the unbent model tells what is
            // right.
            Oracles.guidance(2, block).guide(normal).evaluator().score(0.6, x, expected);
            Oracles.guidance(2, block).guide(new Bent(normal)).evaluator().score(0.6, x, found);
            assertArrayEquals(expected.values(), found.values(), 1e-10);
        }
    }
}
