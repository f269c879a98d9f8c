package org.eigendrift.engine.metric;

import java.lang.invoke.MethodHandles;
import java.util.ArrayList;
import java.util.List;
import org.eigendrift.api.NumericalException;
import org.eigendrift.api.Points;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.metric.Figure;
import org.eigendrift.api.metric.Metric;
import org.eigendrift.api.metric.MetricProvider;
import org.eigendrift.api.plugin.Option;
import org.eigendrift.api.plugin.OptionSchema;

/**
 * Squared maximum mean discrepancy, the unbiased estimate (Gretton, Borgwardt, Rasch, Schoelkopf, Smola, "A kernel
 * two-sample test", JMLR 2012, Lemma 6): mean k(x, x') + mean k(y, y') - 2 mean k(x, y) over different rows, with
 * k(x, y) = exp(-|x - y|^2 / (2 m^2)) and m^2 the median squared distance between reference rows. About 0, possibly
 * negative, when both come from one law. Where columns have unlike scales, {@code mmd_standardised} is the same in units
 * of the reference's standard deviations.
 */
public final class MaximumMeanDiscrepancy implements MetricProvider<MaximumMeanDiscrepancy.Options> {
    private static final OptionSchema<Options> SCHEMA = OptionSchema.of(MethodHandles.lookup(), Options.class);

    /** Creates the provider. */
    public MaximumMeanDiscrepancy() {}

    /**
     * Options.
     *
     * @param rows most rows to compare
     */
    public record Options(
            @Option(doc = "Most rows to compare; the work grows with the square", value = "2000", min = 2, max = 50_000)
            int rows) {}

    @Override
    public String name() {
        return "mmd";
    }

    @Override
    public String summary() {
        return "Squared maximum mean discrepancy of samples and held-out rows, Gaussian kernel, median bandwidth";
    }

    @Override
    public OptionSchema<Options> options() {
        return SCHEMA;
    }

    @Override
    public Metric create(Options options, RunContext context) {
        return evaluation -> SampleComparison.of(evaluation, options.rows())
                .map(c -> {
                    int threads = evaluation.run().threads();
                    List<Figure> figures = new ArrayList<>(List.of(figure("mmd", c, threads)));
                    c.standardised()
                            .ifPresent(s -> figures.add(figure("mmd" + SampleComparison.STANDARDISED, s, threads)));
                    return figures;
                })
                .orElse(List.of());
    }

    private static Figure figure(String name, SampleComparison comparison, int threads) {
        double rate = -0.5 / medianSquaredDistance(comparison.reference());
        return new PairStatistic(square -> Math.exp(rate * square), threads).figure(name, comparison);
    }

    /** The median over all pairs; their mean where most rows are equal and the median is 0. */
    static double medianSquaredDistance(Points y) {
        int n = y.size();
        double[] all = new double[n * (n - 1) / 2];
        double[] row = new double[n];
        double sum = 0;
        int at = 0;
        for (int k = 0; k + 1 < n; k++) {
            SquaredDistances.fill(y, k, y, k + 1, row);
            System.arraycopy(row, 0, all, at, n - k - 1);
            at += n - k - 1;
        }
        for (double square : all) {
            sum += square;
        }
        double median = Quantiles.median(all);
        if (median > 0) {
            return median;
        }
        if (sum > 0) {
            return sum / all.length;
        }
        throw new NumericalException("mmd: all " + n + " reference rows are equal, so the kernel has no bandwidth");
    }
}
