package org.eigendrift.engine.metric;

import java.lang.invoke.MethodHandles;
import java.util.List;
import org.eigendrift.api.Points;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.metric.Metric;
import org.eigendrift.api.metric.MetricProvider;
import org.eigendrift.api.plugin.Option;
import org.eigendrift.api.plugin.OptionSchema;

/**
 * Error of fourth moments: |Q - Q0|_F / |Q0|_F with Q_ij = E[z_i^2 z_j^2] and z the coordinates less the reference's
 * means, over the reference's standard deviations (a constant coordinate stays as it is). Tails and the joint size of
 * coordinates show here, which second moments cannot see.
 */
public final class FourthMoment implements MetricProvider<FourthMoment.Options> {
    private static final OptionSchema<Options> SCHEMA = OptionSchema.of(MethodHandles.lookup(), Options.class);

    /** Creates the provider. */
    public FourthMoment() {}

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
        return "fourth-moment";
    }

    @Override
    public String summary() {
        return "Relative error of the standardised fourth moments against held-out rows";
    }

    @Override
    public OptionSchema<Options> options() {
        return SCHEMA;
    }

    @Override
    public Metric create(Options options, RunContext context) {
        return evaluation -> SampleComparison.of(evaluation, options.rows())
                .map(c -> List.of(c.distance(
                        "fourth_moment_relative_error",
                        FourthMoment::relativeError,
                        c.samples().dim() * (c.samples().dim() + 1) / 2.0)))
                .orElse(List.of());
    }

    static double relativeError(Points x, Points y) {
        double[] means = MomentMatrix.means(y);
        double[] scales = MomentMatrix.deviations(y, means);
        double[] origin = new double[y.dim()];
        return SecondMoment.relativeDistance(
                MomentMatrix.of(squares(x, means, scales), origin), MomentMatrix.of(squares(y, means, scales), origin));
    }

    private static Points squares(Points x, double[] means, double[] scales) {
        Points out = Points.zeros(x.dim(), x.size());
        for (int i = 0; i < x.dim(); i++) {
            int offset = x.offset(i);
            for (int n = 0; n < x.size(); n++) {
                double z = (x.values()[offset + n] - means[i]) / scales[i];
                out.values()[offset + n] = z * z;
            }
        }
        return out;
    }
}
