package org.eigendrift.engine.metric;

import java.lang.invoke.MethodHandles;
import java.util.List;
import org.eigendrift.api.Points;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.metric.Figure;
import org.eigendrift.api.metric.Metric;
import org.eigendrift.api.metric.MetricProvider;
import org.eigendrift.api.plugin.Option;
import org.eigendrift.api.plugin.OptionSchema;

/**
 * Errors of the first two moments. With S = X'X / n of the samples and S0 of the reference:
 * {@code second_moment_relative_error} = |S - S0|_F / |S0|_F, {@code covariance_relative_error} the same of the
 * covariance matrices, {@code mean_error} = |mean - mean0| / sqrt(E|x0|^2).
 */
public final class SecondMoment implements MetricProvider<SecondMoment.Options> {
    private static final OptionSchema<Options> SCHEMA = OptionSchema.of(MethodHandles.lookup(), Options.class);

    /** Creates the provider. */
    public SecondMoment() {}

    /**
     * Options.
     *
     * @param rows most rows to compare
     */
    public record Options(
            @Option(doc = "Most rows to compare; no more than two million numbers", value = "10000", min = 2)
            int rows) {}

    @Override
    public String name() {
        return "second-moment";
    }

    @Override
    public String summary() {
        return "Relative errors of second-moment matrix, covariance and mean against held-out rows";
    }

    @Override
    public OptionSchema<Options> options() {
        return SCHEMA;
    }

    @Override
    public Metric create(Options options, RunContext context) {
        return evaluation -> SampleComparison.of(evaluation, options.rows())
                .map(SecondMoment::figures)
                .orElse(List.of());
    }

    private static List<Figure> figures(SampleComparison comparison) {
        int d = comparison.samples().dim();
        double products = d * (d + 1) / 2.0;
        return List.of(
                comparison.distance("second_moment_relative_error", SecondMoment::relativeError, products),
                comparison.distance("covariance_relative_error", SecondMoment::covarianceError, products),
                comparison.distance("mean_error", SecondMoment::meanError, d));
    }

    static double relativeError(Points x, Points y) {
        return relativeDistance(MomentMatrix.of(x, new double[x.dim()]), MomentMatrix.of(y, new double[y.dim()]));
    }

    static double covarianceError(Points x, Points y) {
        double[] s = MomentMatrix.of(x, MomentMatrix.means(x));
        double[] s0 = MomentMatrix.of(y, MomentMatrix.means(y));
        // The unbiased covariances: only the ratio of the factors n / (n - 1) matters.
        double factor = (double) x.size() / (x.size() - 1) * (y.size() - 1) / y.size();
        for (int k = 0; k < s.length; k++) {
            s[k] *= factor;
        }
        return relativeDistance(s, s0);
    }

    static double meanError(Points x, Points y) {
        double[] mean = MomentMatrix.means(x);
        double[] mean0 = MomentMatrix.means(y);
        double distance = 0;
        for (int i = 0; i < mean.length; i++) {
            distance += (mean[i] - mean0[i]) * (mean[i] - mean0[i]);
        }
        double square = 0;
        for (double value : y.values()) {
            square += value * value;
        }
        return Math.sqrt(distance / (square / y.size()));
    }

    /** |s - s0|_F / |s0|_F. */
    static double relativeDistance(double[] s, double[] s0) {
        double difference = 0;
        double norm = 0;
        for (int k = 0; k < s.length; k++) {
            difference += (s[k] - s0[k]) * (s[k] - s0[k]);
            norm += s0[k] * s0[k];
        }
        return Math.sqrt(difference / norm);
    }
}
