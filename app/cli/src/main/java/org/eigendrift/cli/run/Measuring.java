package org.eigendrift.cli.run;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.eigendrift.api.InputException;
import org.eigendrift.api.Points;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.law.Conditioner;
import org.eigendrift.api.law.Evidence;
import org.eigendrift.api.law.Law;
import org.eigendrift.engine.guidance.Measurements;

/** Says which open number of each row to measure next. */
final class Measuring {
    private final Law law;
    private final Points rows;
    private final Optional<Evidence> also;
    private final Settings settings;
    private final RowAnswers answers;
    private final int[] open;

    /** Column numbers of the measurements in order, and their deviations before; one array for each row, NaN where there are no more. */
    private final double[][] found;

    /**
     * What counts.
     *
     * @param criterion what makes a measurement worth most
     * @param noise standard deviation of a measurement's noise
     * @param steps how many measurements are planned
     */
    record Settings(Measurements.Criterion criterion, double noise, int steps) {}

    Measuring(Law law, Points rows, Optional<Evidence> also, Settings settings, RunContext run) {
        this.law = law;
        this.rows = rows;
        this.also = also;
        this.settings = settings;
        this.answers = new RowAnswers(law, run);
        this.open = RowAnswers.open(rows);
        this.found = new double[rows.size()][2 * settings.steps()];
        Arrays.stream(found).forEach(row -> Arrays.fill(row, Double.NaN));
        if (open.length == 0) {
            throw new InputException("--data: there is no row with an open cell, so that nothing is left to measure");
        }
    }

    Imputing.Table table() {
        List<String> remarks = answers.ask(
                rows,
                open,
                -1,
                also,
                Imputing.DRAWS,
                Conditioner.FEW,
                (n, known, given, draws) -> found[n] = plan(n, draws));
        List<String> names = law.columns().stream().map(Column::name).toList();
        List<Column> columns = new ArrayList<>();
        columns.add(
                Column.integer("row", 1, Math.max(1, rows.size())).withFormat(new Column.Format("integer", "", "")));
        for (int k = 1; k <= settings.steps(); k++) {
            columns.add(Column.category("measure_" + k, names)
                    .withGaps(true)
                    .withFormat(new Column.Format("category", "", "")));
            columns.add(Column.real("deviation_" + k).withGaps(true).withFormat(new Column.Format("number", "", "")));
        }
        Points out = Points.zeros(columns.size(), open.length);
        for (int k = 0; k < open.length; k++) {
            out.set(0, k, open[k] + 1.0);
            for (int i = 1; i < columns.size(); i++) {
                out.set(i, k, found[open[k]][i - 1]);
            }
        }
        return new Imputing.Table(columns, out, remarks);
    }

    /** The first measurement by the criterion; those after it by the variances that a Gaussian of the draws' covariance would have left. */
    private double[] plan(int n, Points draws) {
        int[] places = IntStream.range(0, rows.dim())
                .filter(i -> Double.isNaN(rows.get(i, n))
                        && !law.columns().get(i).kind().levelled())
                .toArray();
        double[] out = new double[2 * settings.steps()];
        Arrays.fill(out, Double.NaN);
        if (places.length == 0) {
            return out;
        }
        Points numbers = Points.zeros(places.length, draws.size());
        for (int i = 0; i < places.length; i++) {
            for (int k = 0; k < draws.size(); k++) {
                numbers.set(i, k, draws.get(places[i], k));
            }
        }
        if (settings.criterion() != Measurements.Criterion.VARIANCE) {
            double[] worth = Measurements.worth(settings.criterion(), numbers, settings.noise());
            int best = IntStream.range(0, worth.length)
                    .reduce((a, b) -> worth[b] > worth[a] ? b : a)
                    .orElseThrow();
            out[0] = places[best];
            out[1] = Math.sqrt(Measurements.worth(Measurements.Criterion.VARIANCE, numbers, 0)[best]);
            return out;
        }
        int steps = Math.min(settings.steps(), places.length);
        List<Measurements.Step> order = Measurements.greedy(numbers, settings.noise(), steps);
        for (int k = 0; k < steps; k++) {
            out[2 * k] = places[order.get(k).place()];
            out[2 * k + 1] = Math.sqrt(Math.max(0, order.get(k).variance()));
        }
        return out;
    }
}
