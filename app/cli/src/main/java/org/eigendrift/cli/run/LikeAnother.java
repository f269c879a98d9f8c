package org.eigendrift.cli.run;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.eigendrift.api.Points;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.data.Dataset;
import org.eigendrift.api.data.InMemory;
import org.eigendrift.api.law.DrawRequest;
import org.eigendrift.api.law.Law;
import org.eigendrift.engine.check.CheckedLaw;

/** Tells where a model with the frames, times and ridges of another does not come up to its own rows. */
final class LikeAnother {
    /** Draws, whose means are off by a fortieth of a deviation. */
    private static final int DRAWS = 2_000;

    /** The first rows tell enough. */
    private static final int ROWS = 50_000;

    /** Standard errors of a difference of means, which chance exceeds in one column of two million. */
    private static final double ERRORS = 5;

    private LikeAnother() {}

    /**
     * Compares means of rows and draws.
     *
     * @param law the model of the rows
     * @param rows its rows
     * @param run the run
     * @return a sentence, or empty if no mean is off beyond its scatter
     */
    static Optional<String> remark(Law law, Dataset rows, RunContext run) {
        Points own = InMemory.read(rows, ROWS);
        Points draws = CheckedLaw.draw(law, DrawRequest.of(DRAWS), run).rows();
        List<String> off = new ArrayList<>();
        for (int i = 0; i < draws.dim(); i++) {
            Column column = law.columns().get(i);
            double wanted = mean(own.column(i));
            double found = mean(draws.column(i));
            double variance = mean(Arrays.stream(own.column(i))
                    .map(x -> (x - wanted) * (x - wanted))
                    .toArray());
            double error = Math.sqrt(variance * (1.0 / DRAWS + 1.0 / own.size()));
            if (column.kind() != Column.Kind.ANGLE && Math.abs(found - wanted) > ERRORS * error) {
                off.add(String.format(
                        Locale.ROOT,
                        "'%s' has a mean of %.4g in the rows and of %.4g in draws",
                        column.name(),
                        wanted,
                        found));
            }
        }
        return off.isEmpty()
                ? Optional.empty()
                : Optional.of(String.join(", ", off)
                        + ": times and ridges of the other model, chosen for its rows, do not let this one follow its own, nor a merged one;"
                        + " begin with a model of rows of both, or fit all rows at once");
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).average().orElseThrow();
    }
}
