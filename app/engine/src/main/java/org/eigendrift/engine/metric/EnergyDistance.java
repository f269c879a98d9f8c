package org.eigendrift.engine.metric;

import java.lang.invoke.MethodHandles;
import java.util.ArrayList;
import java.util.List;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.metric.Figure;
import org.eigendrift.api.metric.Metric;
import org.eigendrift.api.metric.MetricProvider;
import org.eigendrift.api.plugin.Option;
import org.eigendrift.api.plugin.OptionSchema;

/**
 * Energy distance (Szekely and Rizzo, "Energy statistics: a class of statistics based on distances", 2013): 2 E|X - Y|
 * - E|X - X'| - E|Y - Y'|, estimated without bias, so it may fall below 0 by chance. In the data's units;
 * where columns have unlike scales, {@code energy_distance_standardised} is in units of standard deviations.
 */
public final class EnergyDistance implements MetricProvider<EnergyDistance.Options> {
    private static final OptionSchema<Options> SCHEMA = OptionSchema.of(MethodHandles.lookup(), Options.class);

    /** Creates the provider. */
    public EnergyDistance() {}

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
        return "energy-distance";
    }

    @Override
    public String summary() {
        return "Energy distance between samples and held-out rows";
    }

    @Override
    public OptionSchema<Options> options() {
        return SCHEMA;
    }

    @Override
    public Metric create(Options options, RunContext context) {
        return evaluation -> SampleComparison.of(evaluation, options.rows())
                .map(c -> {
                    PairStatistic statistic = new PairStatistic(
                            square -> -Math.sqrt(square), evaluation.run().threads());
                    List<Figure> figures = new ArrayList<>(List.of(statistic.figure("energy_distance", c)));
                    c.standardised()
                            .ifPresent(s -> figures.add(
                                    statistic.figure("energy_distance" + SampleComparison.STANDARDISED, s)));
                    return figures;
                })
                .orElse(List.of());
    }
}
