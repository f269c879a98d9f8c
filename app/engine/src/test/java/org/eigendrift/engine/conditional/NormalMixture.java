package org.eigendrift.engine.conditional;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.Points;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.law.Conditioner;
import org.eigendrift.api.law.DrawRequest;
import org.eigendrift.api.law.Draws;
import org.eigendrift.api.law.Law;
import org.eigendrift.api.law.Provenance;
import org.eigendrift.api.law.Scores;
import org.eigendrift.api.sampler.Outcome;
import org.eigendrift.engine.kernel.LogSum;
import org.eigendrift.engine.kernel.LowerTriangle;

/** Normal laws with weights: whatever it is asked has a closed form. */
record NormalMixture(double[] weights, double[][] means, double[][] covariances) implements Law {
    /** Of integrals, in nats: the density is exact. */
    static final double TOLERANCE = 1e-5;

    /** Three columns: one wide law, and one narrow one beside it. */
    static NormalMixture ofThree() {
        return new NormalMixture(new double[] {0.7, 0.3}, new double[][] {{0, 1, -1}, {3, -2, 2}}, new double[][] {
            {2, 0.8, -0.5, 0.8, 1, 0.2, -0.5, 0.2, 1.5}, {0.3, -0.1, 0, -0.1, 0.2, 0.05, 0, 0.05, 0.4}
        });
    }

    int dim() {
        return means[0].length;
    }

    @Override
    public List<Column> columns() {
        return IntStream.range(0, dim())
                .mapToObj(i -> Column.real("x" + (i + 1)))
                .toList();
    }

    static double logNormal(double[] x, double[] mean, double[] covariance) {
        int d = x.length;
        double[] factor = covariance.clone();
        LowerTriangle.factor(factor, d);
        double[] off = new double[d];
        double[] solved = new double[d];
        double log = -0.5 * d * Math.log(2 * Math.PI);
        for (int i = 0; i < d; i++) {
            off[i] = x[i] - mean[i];
            solved[i] = off[i];
            log -= Math.log(factor[i * d + i]);
        }
        LowerTriangle.solve(factor, d, solved);
        for (int i = 0; i < d; i++) {
            log -= 0.5 * off[i] * solved[i];
        }
        return log;
    }

    @Override
    public Scores logDensity(Points x, RunContext run) {
        return Gaps.logDensity(
                columns(), x, this::whole, alone -> conditioner(alone).orElseThrow(), run);
    }

    private Scores whole(Points x) {
        double[] nats = new double[x.size()];
        for (int n = 0; n < nats.length; n++) {
            double[] logs = new double[weights.length];
            for (int k = 0; k < logs.length; k++) {
                logs[k] = Math.log(weights[k]) + logNormal(x.row(n), means[k], covariances[k]);
            }
            nats[n] = LogSum.of(logs);
        }
        return new Scores(nats, 0);
    }

    @Override
    public Draws draw(DrawRequest request, RunContext run) {
        CounterRandom random = run.random(1);
        Points out = Points.zeros(dim(), request.count());
        for (int n = 0; n < request.count(); n++) {
            long row = request.first() + n;
            int k = random.uniform(row, 0) < weights[0] ? 0 : weights.length - 1;
            double[] factor = covariances[k].clone();
            LowerTriangle.factor(factor, dim());
            for (int i = 0; i < dim(); i++) {
                double value = means[k][i];
                for (int j = 0; j <= i; j++) {
                    value += factor[i * dim() + j] * random.normal(row, j);
                }
                out.set(i, n, value);
            }
        }
        return new Draws(out, new Outcome(1, 1, 0));
    }

    /** A conditioner that is told a sketch, and counts the rows of which the density is asked. */
    Conditioner conditioner(Density sketch, AtomicLong asked, RunContext run) {
        Density counted = (x, with) -> {
            asked.addAndGet(x.size());
            return whole(x).nats();
        };
        return new Conditioning(this, counted, Optional.of(sketch), TOLERANCE, run);
    }

    @Override
    public Optional<Conditioner> conditioner(RunContext run) {
        return Optional.of(new Conditioning(this, (x, with) -> whole(x).nats(), Optional.empty(), TOLERANCE, run));
    }

    @Override
    public Provenance provenance() {
        return new Provenance("normal-mixture", 0, List.of());
    }
}
