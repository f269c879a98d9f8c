package org.eigendrift.api.guidance;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.eigendrift.api.InputException;
import org.eigendrift.api.Points;
import org.eigendrift.api.data.Column;

/** Whether an objective's gradient is that of its values. Points at which there is no value say nothing. */
final class ObjectiveCheck {
    /** One point may be at a kink or beside a pole. */
    private static final int FEWEST = 2;

    private ObjectiveCheck() {}

    static Optional<String> fault(List<Column> columns, Objective objective) {
        if (!Probes.fit(columns)) {
            return Optional.empty();
        }
        try {
            return gradient(Probes.in(columns), objective);
        } catch (InputException e) {
            // Not defined at points that no one has asked for.
            return Optional.empty();
        }
    }

    private static Optional<String> gradient(Probes probes, Objective objective) {
        double[] ahead = new double[Probes.COUNT];
        double[] behind = new double[Probes.COUNT];
        Points gradient = Points.zeros(probes.x().dim(), Probes.COUNT);
        objective.value(probes.moved(1), ahead);
        objective.value(probes.moved(-1), behind);
        objective.gradient(probes.x().copy(), gradient);
        int looked = 0;
        int off = 0;
        Optional<String> fault = Optional.empty();
        for (int n = 0; n < Probes.COUNT; n++) {
            double expected = Probes.slope(ahead[n], behind[n]);
            double slope = 0;
            for (int i = 0; i < gradient.dim(); i++) {
                slope += gradient.get(i, n) * probes.direction().get(i, n);
            }
            if (Double.isFinite(expected)) {
                looked++;
                if (!Double.isFinite(slope) || Probes.differ(slope, expected, ahead[n])) {
                    off++;
                    fault = Optional.of(String.format(
                            Locale.ROOT,
                            "is wrong: the objective's gradient gives the slope %.6g along a direction, and differences of its"
                                    + " values %.6g",
                            slope,
                            expected));
                }
            }
        }
        return looked >= FEWEST && off == looked ? fault : Optional.empty();
    }
}
