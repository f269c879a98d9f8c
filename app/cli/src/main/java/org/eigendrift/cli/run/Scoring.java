package org.eigendrift.cli.run;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.eigendrift.api.Points;
import org.eigendrift.api.Progress;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.data.Dataset;
import org.eigendrift.api.law.Commensurate;
import org.eigendrift.api.law.Law;
import org.eigendrift.api.law.Scores;
import org.eigendrift.api.output.PointWriter;
import org.eigendrift.engine.Eigendrift;
import org.eigendrift.engine.check.CheckedLaw;
import org.eigendrift.engine.report.ImpossibleRows;

/** Writes the log-likelihood or the rarity of every row of a data set, in nats, in memory that does not grow with the rows. */
final class Scoring {
    /** Rows scored at once, for memory's sake: what a row gets does not depend on its part. */
    private static final int PART = 1 << 16;

    private final Law model;
    private final Set<Integer> open;
    private final boolean rarity;
    private final boolean drop;
    private final RunContext context;

    /**
     * Prepares.
     *
     * @param model the model
     * @param open numbers of columns that the rows do not have
     * @param rarity whether to write how rare rows are instead, which compares rows of different kinds
     * @param drop whether rows that lack a value get no number, but a line all the same
     * @param context the run
     */
    Scoring(Law model, Set<Integer> open, boolean rarity, boolean drop, RunContext context) {
        this.model = model;
        this.open = Set.copyOf(open);
        this.rarity = rarity;
        this.drop = drop;
        this.context = context;
    }

    /**
     * What came out.
     *
     * @param rows rows scored
     * @param mean mean of what was written of rows that are possible, NaN if none is
     * @param error largest integration error of the mean of a part
     * @param impossible rows whose log-density is negative infinity
     * @param without what is to be said of rows that got no number
     */
    record Scored(long rows, double mean, double error, ImpossibleRows impossible, Optional<String> without) {}

    Scored write(Dataset data, PointWriter writer, Path file) throws IOException {
        long rows = count(data);
        Gaps gaps = new Gaps();
        ImpossibleRows impossible = new ImpossibleRows(model);
        long scored = 0;
        double sum = 0;
        double error = 0;
        try (Dataset.Reader reader = data.open();
                PointWriter.Sink sink =
                        writer.open(file, List.of(Column.real(rarity ? "rarity" : "log_likelihood")), rows);
                Progress.Task task = progress(rows).begin("score", rows)) {
            Points buffer = Points.zeros(data.dim(), (int) Math.max(1, Math.min(PART, rows)));
            for (int count = reader.read(buffer); count > 0; count = reader.read(buffer)) {
                context.checkCancelled();
                Points part = count == buffer.size() ? buffer : buffer.slice(0, count);
                int[] chosen = IntStream.range(0, count)
                        .filter(n -> !drop || gaps.add(part, n))
                        .toArray();
                Scores likelihood = chosen.length == 0 ? new Scores(new double[0], 0) : logDensity(part.select(chosen));
                double[] nats = rarity ? rarity(part.select(chosen), likelihood.nats()) : likelihood.nats();
                double[] lines = spread(nats, chosen, count);
                impossible.add(part, spread(likelihood.nats(), chosen, count));
                sum += Arrays.stream(nats).filter(Double::isFinite).sum();
                scored += chosen.length;
                error = Math.max(error, likelihood.error());
                sink.write(Points.wrap(1, count, lines));
                task.advance(count);
            }
        }
        return new Scored(scored, sum / (scored - impossible.count()), error, impossible, gaps.sentence("get NaN"));
    }

    private Scores logDensity(Points rows) {
        return open.isEmpty()
                ? CheckedLaw.logDensity(model, rows, context)
                : Eigendrift.logDensity(model, rows, open, context);
    }

    /** Numbers of some rows at their places, NaN between. */
    private static double[] spread(double[] some, int[] places, int count) {
        double[] all = new double[count];
        Arrays.fill(all, Double.NaN);
        for (int j = 0; j < places.length; j++) {
            all[places[j]] = some[j];
        }
        return all;
    }

    /** The less dense the rarer, in units that do not differ between rows. */
    private double[] rarity(Points rows, double[] logDensity) {
        double[] common = model instanceof Commensurate law ? law.commensurate(rows) : new double[logDensity.length];
        double[] out = new double[logDensity.length];
        Arrays.setAll(out, n -> -logDensity[n] - (logDensity[n] == Double.NEGATIVE_INFINITY ? 0 : common[n]));
        return out;
    }

    /** Of a single part the law tells more, as rows with gaps take long; only one bar is shown. */
    private Progress progress(long rows) {
        return rows > PART ? context.progress() : Progress.NONE;
    }

    /** Writers want to know the number of rows beforehand. */
    private static long count(Dataset data) {
        if (data.rows().isPresent()) {
            return data.rows().getAsLong();
        }
        long rows = 0;
        try (Dataset.Reader reader = data.open()) {
            Points buffer = Points.zeros(data.dim(), 4096);
            for (int count = reader.read(buffer); count > 0; count = reader.read(buffer)) {
                rows += count;
            }
        }
        return rows;
    }
}
