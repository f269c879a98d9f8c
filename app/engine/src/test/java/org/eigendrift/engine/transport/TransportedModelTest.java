package org.eigendrift.engine.transport;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.Points;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.data.InMemory;
import org.eigendrift.api.score.CurvedScoreModel;
import org.eigendrift.api.score.ScoreModel;
import org.eigendrift.engine.basis.Families;
import org.eigendrift.engine.flow.Fit;
import org.eigendrift.engine.settings.FitSettings;
import org.junit.jupiter.api.Test;

/** The density with which the flow of a fit brings points, beside its likelihood, a closed form and the flow's own divergence. */
class TransportedModelTest {
    private static final double CORRELATION = 0.8;
    private static final Points ROWS = rows(2000);

    private static Points rows(int count) {
        CounterRandom random = new CounterRandom(4);
        Points rows = Points.zeros(2, count);
        for (int n = 0; n < count; n++) {
            double x = random.normal(n, 0);
            rows.set(0, n, x);
            rows.set(1, n, CORRELATION * x + Math.sqrt(1 - CORRELATION * CORRELATION) * random.normal(n, 1));
        }
        return rows;
    }

    private static CurvedScoreModel fit(int degree) {
        FitSettings settings = FitSettings.of(
                Map.of(
                        "frame", List.of(Map.of("type", "standardize")),
                        "basis", Map.of("family", "hermite", "degree", degree, "clusters", Map.of("select", "all")),
                        "process", Map.of("earliest", 1e-2),
                        "solver", Map.of("ridge", 1e-9)),
                Families.CATALOG);
        return (CurvedScoreModel) Fit.of(InMemory.of(ROWS), settings, Families.CATALOG, RunContext.quiet(1))
                .scoreModel();
    }

    private static double[] log(ScoreModel model, double t, Points x) {
        double[] out = new double[x.size()];
        double[] reference = new double[x.size()];
        model.evaluator().logRatio(t, x, out);
        model.process().logReference(x, reference);
        for (int n = 0; n < out.length; n++) {
            out[n] += reference[n];
        }
        return out;
    }

    /** At the earliest time it is the likelihood of a row, which another class integrates to 1e-3 nats by halving steps. */
    @Test
    void atTheEarliestTimeItIsTheLikelihood() {
        CurvedScoreModel model = fit(8);
        Points x = ROWS.slice(0, 200);
        double[] expected = new FlowLikelihood(model, 1e-3, RunContext.quiet(1).parallel())
                .of(x)
                .nats();
        double[] found = log(new TransportedModel(model), model.process().earliest(), x);
        // Some ten steps of at most a hundredth each; they hardly add up.
        assertArrayEquals(expected, found, 0.05);
    }

    /** A fit of degree 2 is Gaussian at every time: in standardized coordinates of mean 0, variances 1 and the rows' correlation times alpha^2. */
    @Test
    void ofAGaussianItIsTheClosedFormAtEveryTime() {
        CurvedScoreModel model = fit(2);
        Points x = ROWS.slice(0, 100);
        double r = correlation();
        for (double t : new double[] {0.01, 0.1, 0.7, 2}) {
            double c = Math.exp(-2 * t) * r;
            double[] found = log(new TransportedModel(model), t, x);
            for (int n = 0; n < x.size(); n++) {
                double u = x.get(0, n);
                double v = x.get(1, n);
                double square = (u * u - 2 * c * u * v + v * v) / (1 - c * c);
                double expected = -Math.log(2 * Math.PI) - 0.5 * Math.log(1 - c * c) - 0.5 * square;
                // Of theta between times of its grid, and steps.
                assertEquals(expected, found[n], 0.02 + 2e-3 * square, "t = " + t + ", point " + n);
            }
        }
    }

    private static double correlation() {
        double[] mean = new double[2];
        for (int i = 0; i < 2; i++) {
            mean[i] = Arrays.stream(ROWS.column(i)).average().orElseThrow();
        }
        double[] sums = new double[3];
        for (int n = 0; n < ROWS.size(); n++) {
            double u = ROWS.get(0, n) - mean[0];
            double v = ROWS.get(1, n) - mean[1];
            sums[0] += u * u;
            sums[1] += u * v;
            sums[2] += v * v;
        }
        return sums[1] / Math.sqrt(sums[0] * sums[2]);
    }

    /** What a point gets depends on no other, and scores are those of the model. */
    @Test
    void pointsAreAlone() {
        CurvedScoreModel model = fit(8);
        TransportedModel transported = new TransportedModel(model);
        double[] all = log(transported, 0.05, ROWS.slice(0, 50));
        for (int n = 0; n < 50; n++) {
            assertEquals(all[n], log(transported, 0.05, ROWS.slice(n, n + 1))[0], 0, "point " + n);
        }
        Points a = Points.zeros(2, 50);
        Points b = Points.zeros(2, 50);
        model.evaluator().score(0.1, ROWS.slice(0, 50), a);
        transported.evaluator().score(0.1, ROWS.slice(0, 50), b);
        assertArrayEquals(a.values(), b.values());
        assertTrue(transported.process() == model.process());
    }
}
