package org.eigendrift.engine.guidance;

import java.util.List;
import java.util.stream.IntStream;
import org.eigendrift.api.Points;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.data.Dataset;
import org.eigendrift.api.data.InMemory;
import org.eigendrift.api.law.Additive;
import org.eigendrift.api.law.DrawRequest;
import org.eigendrift.api.law.Draws;
import org.eigendrift.api.law.Law;
import org.eigendrift.api.law.Provenance;
import org.eigendrift.api.law.Scores;
import org.eigendrift.engine.kernel.LowerTriangle;

/** The normal law of mean and covariance of rows, whose samples have that mean and covariance exactly: 2 d of them, on an ellipsoid. */
record GaussianRows(double[] mean, double[] covariance) implements Additive {

    /** Rows of mean mu and covariance L L': mu + sqrt(d) L_i and mu - sqrt(d) L_i for each column of L. */
    static Points sigmaPoints(double[] mean, double[] covariance) {
        int d = mean.length;
        double[] l = covariance.clone();
        LowerTriangle.factor(l, d);
        Points out = Points.zeros(d, 2 * d);
        for (int k = 0; k < d; k++) {
            for (int i = 0; i < d; i++) {
                double step = i < k ? 0 : Math.sqrt(d) * l[i * d + k];
                out.set(i, 2 * k, mean[i] + step);
                out.set(i, 2 * k + 1, mean[i] - step);
            }
        }
        return out;
    }

    /** Samples of the law times N(target; weights . x, noise^2), or exp(weights . x) without a target. */
    static Optimisation.Drawn draw(Law law, int round, java.util.Optional<Optimisation.Pull> pull) {
        GaussianRows gaussian = (GaussianRows) law;
        double[] mean = gaussian.mean.clone();
        double[] covariance = gaussian.covariance.clone();
        int d = mean.length;
        if (pull.isPresent()) {
            double[] g = pull.get().weights();
            double[] along = new double[d];
            double variance = 0;
            double at = 0;
            for (int i = 0; i < d; i++) {
                for (int j = 0; j < d; j++) {
                    along[i] += covariance[i * d + j] * g[j];
                }
                variance += g[i] * along[i];
                at += g[i] * mean[i];
            }
            boolean tilted = pull.get().target().isEmpty();
            double total = pull.get().noise() * pull.get().noise() + variance;
            double step = tilted ? 1 : (pull.get().target().getAsDouble() - at) / total;
            for (int i = 0; i < d; i++) {
                mean[i] += step * along[i];
                for (int j = 0; j < d && !tilted; j++) {
                    covariance[i * d + j] -= along[i] * along[j] / total;
                }
            }
        }
        return new Optimisation.Drawn(sigmaPoints(mean, covariance), java.util.OptionalDouble.empty());
    }

    private record Rows(double[] mean, double[] covariance) implements Statistic {
        @Override
        public Statistic plus(List<? extends Statistic> others) {
            throw new AssertionError("a fit to samples merges and removes no rows");
        }

        @Override
        public Statistic minus(Statistic part) {
            throw new AssertionError("a fit to samples merges and removes no rows");
        }
    }

    @Override
    public List<Column> columns() {
        return IntStream.rangeClosed(1, mean.length)
                .mapToObj(i -> Column.real("x" + i))
                .toList();
    }

    @Override
    public Statistic statistic() {
        return new Rows(mean, covariance);
    }

    @Override
    public Statistic statistic(Dataset rows, RunContext run) {
        Points x = InMemory.read(rows, Integer.MAX_VALUE);
        int d = x.dim();
        double[] found = new double[d];
        double[] products = new double[d * d];
        for (int n = 0; n < x.size(); n++) {
            for (int i = 0; i < d; i++) {
                found[i] += x.get(i, n) / x.size();
            }
        }
        for (int n = 0; n < x.size(); n++) {
            for (int i = 0; i < d; i++) {
                for (int j = 0; j < d; j++) {
                    products[i * d + j] += (x.get(i, n) - found[i]) * (x.get(j, n) - found[j]) / x.size();
                }
            }
        }
        return new Rows(found, products);
    }

    @Override
    public Additive with(Statistic statistic, RunContext run) {
        Rows rows = (Rows) statistic;
        return new GaussianRows(rows.mean, rows.covariance);
    }

    @Override
    public List<String> differences(Law other) {
        return List.of();
    }

    @Override
    public Scores logDensity(Points x, RunContext run) {
        int d = mean.length;
        double[] inverse = LowerTriangle.inverseOfSymmetric(covariance, d);
        double[] nats = new double[x.size()];
        for (int n = 0; n < x.size(); n++) {
            for (int i = 0; i < d; i++) {
                for (int j = 0; j < d; j++) {
                    nats[n] -= 0.5 * (x.get(i, n) - mean[i]) * inverse[i * d + j] * (x.get(j, n) - mean[j]);
                }
            }
        }
        return new Scores(nats, 0);
    }

    @Override
    public Draws draw(DrawRequest request, RunContext run) {
        throw new AssertionError("a fit to samples merges and removes no rows");
    }

    @Override
    public Provenance provenance() {
        return new Provenance("gaussian", 0, List.of());
    }
}
