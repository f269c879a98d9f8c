package org.eigendrift.engine.law.given;

import java.util.Arrays;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.Points;
import org.eigendrift.engine.conditional.Proposal;
import org.eigendrift.engine.kernel.LogSum;

/**
 * Where modelled columns are looked for: where regressions say, more widely, and with a small weight around all rows. Immutable, thread-safe.
 */
final class Around implements Proposal {
    /** How much wider than the regressions' laws: their tails may be too light. */
    private static final double WIDER = 1.25;

    /** Weight of the law around all rows. */
    private static final double ALL = 0.2;

    private final Gaussians law;
    private final Coordinates coordinates;

    /**
     * A proposal.
     *
     * @param regressions what they say
     * @param b of this
     */
    Around(Regressions regressions, double[] b) {
        Gaussians here = regressions.at(b);
        int dim = here.dim();
        int size = here.size() + 1;
        double[] logs = new double[size];
        double[][] means = Arrays.copyOf(here.means(), size);
        double[][] factors = new double[size][];
        double mass = here.logMass();
        for (int k = 0; k < here.size(); k++) {
            logs[k] = Math.log1p(-ALL) + here.logWeights()[k] - mass;
            factors[k] = Arrays.stream(here.factors()[k]).map(f -> WIDER * f).toArray();
        }
        Scaling all = regressions.modelled();
        logs[size - 1] = Math.log(ALL);
        means[size - 1] = all.center();
        factors[size - 1] = new double[dim * dim];
        for (int i = 0; i < dim; i++) {
            factors[size - 1][i * dim + i] = WIDER * all.scale()[i];
        }
        if (mass == Double.NEGATIVE_INFINITY) {
            Arrays.fill(logs, 0, size - 1, Double.NEGATIVE_INFINITY);
            logs[size - 1] = 0;
        }
        this.law = new Gaussians(logs, means, factors);
        this.coordinates = regressions.coordinates();
    }

    @Override
    public Points draw(CounterRandom random, long first, int count) {
        int dim = law.dim();
        Points out = Points.zeros(dim, count);
        for (int n = 0; n < count; n++) {
            long stream = first + n;
            double[] u = law.draw(random.uniform(stream, 0), i -> random.normal(stream, 1L + i));
            for (int i = 0; i < dim; i++) {
                out.set(i, n, coordinates.from(i, u[i]));
            }
        }
        return out;
    }

    @Override
    public double[] logDensity(Points x) {
        double[] out = new double[x.size()];
        Arrays.setAll(out, n -> {
            double[] u = coordinates.to(x.row(n));
            // A logarithm of a number below 0 is none.
            return Arrays.stream(u).allMatch(Double::isFinite)
                    ? law.logDensity(u) + coordinates.logJacobian(u)
                    : Double.NEGATIVE_INFINITY;
        });
        return out;
    }

    /** Of the whole mixture, in the columns themselves. */
    @Override
    public double[] deviations() {
        int dim = law.dim();
        double[] out = new double[dim];
        double total = LogSum.of(law.logWeights());
        for (int i = 0; i < dim; i++) {
            double mean = 0;
            double squares = 0;
            for (int k = 0; k < law.size(); k++) {
                double weight = Math.exp(law.logWeights()[k] - total);
                double variance = 0;
                for (int j = 0; j <= i; j++) {
                    variance += law.factors()[k][i * dim + j] * law.factors()[k][i * dim + j];
                }
                mean += weight * law.means()[k][i];
                squares += weight * (variance + law.means()[k][i] * law.means()[k][i]);
            }
            double deviation = Math.sqrt(Math.max(0, squares - mean * mean));
            out[i] = deviation * coordinates.bends().get(i).slope(mean);
        }
        return out;
    }
}
