package org.eigendrift.engine.metric;

import java.lang.invoke.MethodHandles;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.eigendrift.api.Points;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.metric.Evaluation;
import org.eigendrift.api.metric.Evaluation.Split;
import org.eigendrift.api.metric.Figure;
import org.eigendrift.api.metric.Figure.Better;
import org.eigendrift.api.metric.Metric;
import org.eigendrift.api.metric.MetricProvider;
import org.eigendrift.api.plugin.Option;
import org.eigendrift.api.plugin.OptionSchema;
import org.eigendrift.api.target.Potential;

/**
 * Energies U of samples and reference rows of a Boltzmann distribution p = exp(-U) / Z: both means with their
 * standard errors, and the Wasserstein-1 distance of the two laws of U, in units of kT. No figures for targets
 * without a potential.
 */
public final class BoltzmannEnergy implements MetricProvider<BoltzmannEnergy.Options> {
    private static final OptionSchema<Options> SCHEMA = OptionSchema.of(MethodHandles.lookup(), Options.class);
    private static final String GROUP = "energy";

    /** Creates the provider. */
    public BoltzmannEnergy() {}

    /**
     * Options.
     *
     * @param rows most rows to compare
     */
    public record Options(
            @Option(doc = "Most rows to compare", value = "10000", min = 2)
            int rows) {}

    @Override
    public String name() {
        return "energy";
    }

    @Override
    public String summary() {
        return "Mean energies of samples and held-out rows, and the distance of their energy histograms";
    }

    @Override
    public OptionSchema<Options> options() {
        return SCHEMA;
    }

    @Override
    public Metric create(Options options, RunContext context) {
        return evaluation -> evaluation
                .target()
                .potential()
                .map(potential -> figures(evaluation, potential, options.rows()))
                .orElse(List.of());
    }

    private static List<Figure> figures(Evaluation evaluation, Potential potential, int rows) {
        Optional<double[]> train = energies(evaluation, Split.TRAIN, potential, rows);
        Optional<double[]> heldout = energies(evaluation, Split.HELDOUT, potential, rows);
        Optional<double[]> reference = heldout.isPresent() ? heldout : train;
        if (reference.isEmpty() || evaluation.samples().size() == 0) {
            return List.of();
        }
        double[] samples = energies(potential, evaluation.samples(), rows);
        List<Figure> figures = new ArrayList<>();
        figures.add(mean("mean_samples", samples));
        figures.add(mean("mean_reference", reference.get()));
        Figure distance = Figure.of(GROUP, "w1", Quantiles.wasserstein1(samples, reference.get()))
                .better(Better.LESS)
                .in("kT");
        if (heldout.isEmpty() || train.isEmpty()) {
            figures.add(distance);
            return figures;
        }
        double[] standIns = first(train.get(), samples.length);
        Figure floored = distance.withFloor(Quantiles.wasserstein1(standIns, heldout.get()));
        // Sorting takes some twenty comparisons a value.
        int divisions = Resplits.affordable(20.0 * (standIns.length + heldout.get().length));
        figures.add(divisions == 0 ? floored : Resplits.interval(floored, resplit(standIns, heldout.get(), divisions)));
        return figures;
    }

    private static double[] resplit(double[] a, double[] b, int divisions) {
        Resplits resplits = new Resplits(a.length, b.length, divisions);
        Points pool = Resplits.pool(Points.wrap(1, a.length, a), Points.wrap(1, b.length, b));
        double[] values = new double[divisions];
        for (int split = 0; split < values.length; split++) {
            values[split] = Quantiles.wasserstein1(
                    resplits.rows(pool, split, true).values(),
                    resplits.rows(pool, split, false).values());
        }
        return values;
    }

    private static double[] first(double[] values, int count) {
        return values.length <= count ? values : Arrays.copyOf(values, count);
    }

    private static Optional<double[]> energies(Evaluation evaluation, Split split, Potential potential, int rows) {
        return evaluation.rows(split).filter(r -> r.size() > 0).map(r -> energies(potential, r, rows));
    }

    private static double[] energies(Potential potential, Points points, int rows) {
        Points first = SampleComparison.first(points, rows);
        double[] energies = new double[first.size()];
        potential.energy(first, energies);
        return energies;
    }

    private static Figure mean(String name, double[] values) {
        Mean mean = Mean.of(values);
        return Figure.of(GROUP, name, mean.value()).withError(mean.error()).in("kT");
    }
}
