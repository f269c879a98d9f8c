package org.eigendrift.bases.frame;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.numbers.gamma.Erfc;
import org.eigendrift.api.InputException;
import org.eigendrift.api.Points;
import org.eigendrift.api.State;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.frame.Frame;
import org.eigendrift.bases.marginal.ConditionalDensity;
import org.eigendrift.bases.marginal.DyadicDensity;
import org.eigendrift.bases.marginal.RowSample;

/**
 * A triangular map (Rosenblatt, Annals of Mathematical Statistics 23, 1952): the score of a column becomes the one it has
 * given a column before it, by a {@link Refinement} for each interval of that. Of the columns before it a column takes
 * the one with the greatest evidence, or none. Immutable.
 */
final class Rosenblatt implements Frame {
    /** Numbers that are looked at before a column to depend on is chosen, over all pairs of columns twice: some seconds. */
    private static final int COMPARED = 1 << 21;

    /** A ratio of evidences is larger by chance with probability 1 / 20. */
    private static final double SIGNIFICANT = 20;

    private final List<Column> columns;
    private final Given[] maps;

    /** The map of a column: which column it depends on, and from which score of that on which steps hold. */
    private record Given(int column, double[] starts, double[] scores, Refinement[] steps) {
        static Given of(int column, ConditionalDensity density) {
            double[] starts = density.starts();
            double[] scores =
                    Arrays.stream(starts).map(u -> Refinement.score(u, 1 - u)).toArray();
            return new Given(
                    column,
                    starts,
                    scores,
                    density.densities().stream().map(Refinement::new).toArray(Refinement[]::new));
        }

        Refinement at(double score) {
            int found = Arrays.binarySearch(scores, score);
            return steps[found >= 0 ? found : -found - 2];
        }
    }

    private Rosenblatt(List<Column> columns, Given[] maps) {
        this.columns = List.copyOf(columns);
        this.maps = maps;
    }

    static Rosenblatt fit(List<Column> columns, boolean[] selected, RowSample sample) {
        int dim = columns.size();
        double[][] shares = new double[dim][];
        for (int i = 0; i < dim; i++) {
            shares[i] = selected[i] ? shares(sample.column(i)) : null;
        }
        Given[] maps = new Given[dim];
        for (int i = 1; i < dim; i++) {
            if (selected[i]) {
                maps[i] = given(shares, i);
            }
        }
        return new Rosenblatt(columns, maps);
    }

    private static double[] shares(double[] scores) {
        return Arrays.stream(scores)
                .map(z -> 0.5 * Erfc.value(-z / Math.sqrt(2)))
                .toArray();
    }

    /** The map of a column, null if it shows fine structure with none before it. */
    private static Given given(double[][] shares, int i) {
        int rows = shares[i].length;
        int most = COMPARED / (shares.length * shares.length);
        int stride = (rows + most - 1) / most;
        double[] values = every(stride, shares[i]);
        double enough = StrictMath.log(SIGNIFICANT * i);
        int best = -1;
        Optional<ConditionalDensity.Found> found = Optional.empty();
        for (int j = 0; j < i; j++) {
            if (shares[j] != null) {
                Optional<ConditionalDensity.Found> other = ConditionalDensity.of(every(stride, shares[j]), values);
                double least = found.map(ConditionalDensity.Found::gain).orElse(enough);
                if (other.isPresent() && other.get().gain() > least) {
                    found = other;
                    best = j;
                }
            }
        }
        if (best >= 0 && stride > 1) {
            found = ConditionalDensity.of(shares[best], shares[i]).filter(all -> all.gain() > enough);
        }
        return found.isEmpty() ? null : Given.of(best, found.get().density());
    }

    private static double[] every(int stride, double[] all) {
        double[] some = new double[(all.length + stride - 1) / stride];
        for (int n = 0; n < some.length; n++) {
            some[n] = all[n * stride];
        }
        return some;
    }

    static Rosenblatt restore(List<Column> columns, boolean[] selected, State state) {
        int dim = columns.size();
        double[] given = state.get("given", dim);
        double[] intervals = state.get("intervals", dim);
        double[] interval = state.get("interval_starts");
        List<DyadicDensity> densities = StepDensities.read(state, interval.length);
        Given[] maps = new Given[dim];
        int at = 0;
        for (int i = 0; i < dim; i++) {
            if (given[i] >= 0) {
                int size = (int) intervals[i];
                boolean valid = selected[i] && given[i] < i && size >= 1 && size <= interval.length - at;
                for (int k = at; k < at + size && valid; k++) {
                    valid = k == at ? interval[k] == 0 : interval[k] > interval[k - 1] && interval[k] < 1;
                }
                if (!valid) {
                    throw new InputException("the model file's map of column '"
                            + columns.get(i).name() + "' given another column is damaged");
                }
                double[] starts = Arrays.copyOfRange(interval, at, at + size);
                maps[i] = Given.of((int) given[i], new ConditionalDensity(starts, densities.subList(at, at + size)));
                at += size;
            }
        }
        return new Rosenblatt(columns, maps);
    }

    @Override
    public List<Column> columns() {
        return columns;
    }

    @Override
    public void forward(Points x, Points z, double[] logJacobian) {
        for (int i = 0; i < maps.length; i++) {
            int at = x.offset(i);
            if (maps[i] == null) {
                System.arraycopy(x.values(), at, z.values(), at, x.size());
                continue;
            }
            int given = x.offset(maps[i].column);
            for (int n = 0; n < x.size(); n++) {
                Refinement steps = maps[i].at(x.values()[given + n]);
                double score = x.values()[at + n];
                double image = steps.map(score);
                z.values()[at + n] = image;
                logJacobian[n] += steps.logDerivative(score, image);
            }
        }
    }

    /** In the order of columns, so that what a column depends on is there before it. */
    @Override
    public void inverse(Points z, Points x) {
        for (int i = 0; i < maps.length; i++) {
            int at = x.offset(i);
            if (maps[i] == null) {
                System.arraycopy(z.values(), at, x.values(), at, x.size());
                continue;
            }
            int given = x.offset(maps[i].column);
            for (int n = 0; n < x.size(); n++) {
                x.values()[at + n] = maps[i].at(x.values()[given + n]).invert(z.values()[at + n]);
            }
        }
    }

    @Override
    public State state() {
        double[] given = new double[maps.length];
        double[] intervals = new double[maps.length];
        Numbers interval = new Numbers();
        List<DyadicDensity> densities = new ArrayList<>();
        for (int i = 0; i < maps.length; i++) {
            given[i] = maps[i] == null ? -1 : maps[i].column;
            if (maps[i] != null) {
                intervals[i] = maps[i].steps.length;
                interval.add(maps[i].starts);
                for (Refinement steps : maps[i].steps) {
                    densities.add(steps.steps());
                }
            }
        }
        Map<String, double[]> arrays =
                new HashMap<>(Map.of("given", given, "intervals", intervals, "interval_starts", interval.all()));
        StepDensities.write(densities, arrays);
        return State.of(arrays);
    }
}
