package org.eigendrift.cli.run;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.eigendrift.api.Points;
import org.eigendrift.api.Progress;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.data.Dataset;
import org.eigendrift.api.law.Law;
import org.eigendrift.api.law.Scores;
import org.eigendrift.api.output.PointWriter;
import org.eigendrift.engine.check.CheckedLaw;

/** Writes the log-likelihood of every row of a data set, in nats, in memory that does not grow with the rows. */
final class Scoring {
    /** Rows scored at once, for memory's sake: what a row gets does not depend on its part. */
    private static final int PART = 1 << 16;

    private static final List<Column> COLUMNS = List.of(Column.real("log_likelihood"));

    private final Law model;
    private final RunContext context;

    Scoring(Law model, RunContext context) {
        this.model = model;
        this.context = context;
    }

    /**
     * What came out.
     *
     * @param rows rows scored
     * @param mean mean log-likelihood
     * @param error largest integration error of the mean of a part
     */
    record Scored(long rows, double mean, double error) {}

    Scored write(Dataset data, PointWriter writer, Path file) throws IOException {
        long rows = count(data);
        double sum = 0;
        double error = 0;
        try (Dataset.Reader reader = data.open();
                PointWriter.Sink sink = writer.open(file, COLUMNS, rows);
                Progress.Task task = context.progress().begin("score", rows)) {
            Points buffer = Points.zeros(data.dim(), (int) Math.max(1, Math.min(PART, rows)));
            for (int count = reader.read(buffer); count > 0; count = reader.read(buffer)) {
                context.checkCancelled();
                Points part = count == buffer.size() ? buffer : buffer.slice(0, count);
                Scores likelihood = CheckedLaw.logDensity(model, part, context);
                for (double nats : likelihood.nats()) {
                    sum += nats;
                }
                error = Math.max(error, likelihood.error());
                sink.write(Points.wrap(1, count, likelihood.nats()));
                task.advance(count);
            }
        }
        return new Scored(rows, sum / rows, error);
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
