package org.eigendrift.engine.flow;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.eigendrift.api.InputException;
import org.eigendrift.api.Points;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.data.Dataset;
import org.eigendrift.api.law.Additive;
import org.eigendrift.api.law.Decision;
import org.eigendrift.api.law.DrawRequest;
import org.eigendrift.api.law.Draws;
import org.eigendrift.api.law.Law;
import org.eigendrift.api.law.Provenance;
import org.eigendrift.api.law.Reference;
import org.eigendrift.api.law.Scores;
import org.eigendrift.api.sampler.Outcome;
import org.eigendrift.engine.report.FitReport;

/**
 * A law of which everything is told: its densities are functions of a row, its draws have its mark in the first column and their
 * number in the last, and its statistic is a number of rows. It remembers the rows that it was asked about. The table that it was fitted
 * to may be any.
 *
 * @param name kind, and its only decision
 * @param columns its columns
 * @param rows rows that it was fitted to
 * @param nats the log-density
 * @param reference the log-density of its stationary law
 * @param error of log-densities
 * @param bound its evidence bound
 * @param mark of its draws
 * @param told its report
 * @param asked rows whose densities were asked for
 */
public record KnownFlow(
        String name,
        List<Column> columns,
        long rows,
        ToDoubleFunction<double[]> nats,
        ToDoubleFunction<double[]> reference,
        double error,
        double bound,
        double mark,
        FitReport told,
        List<double[]> asked)
        implements FlowLaw {

    /** A law of so many real columns, the same as its stationary law. */
    public static KnownFlow of(String name, int dim, ToDoubleFunction<double[]> nats) {
        List<Column> columns = new ArrayList<>();
        for (int i = 1; i <= dim; i++) {
            columns.add(Column.real("x" + i));
        }
        return new KnownFlow(name, columns, 100, nats, nats, 0, 0, 0, report(name), new ArrayList<>());
    }

    /** A report with a decision of that name. */
    public static FitReport report(String name) {
        return new FitReport(
                100, 1, 10, 100, 20, java.util.Map.of("solve", 1.0), List.of(Decision.told(name)), List.of());
    }

    public KnownFlow withRows(long other) {
        return new KnownFlow(name, columns, other, nats, reference, error, bound, mark, told, asked);
    }

    public KnownFlow withColumns(List<Column> other) {
        return new KnownFlow(name, other, rows, nats, reference, error, bound, mark, told, asked);
    }

    public KnownFlow withReference(ToDoubleFunction<double[]> other) {
        return new KnownFlow(name, columns, rows, nats, other, error, bound, mark, told, asked);
    }

    public KnownFlow withError(double other) {
        return new KnownFlow(name, columns, rows, nats, reference, other, bound, mark, told, asked);
    }

    public KnownFlow withBound(double other) {
        return new KnownFlow(name, columns, rows, nats, reference, error, other, mark, told, asked);
    }

    public KnownFlow withMark(double other) {
        return new KnownFlow(name, columns, rows, nats, reference, error, bound, other, told, asked);
    }

    /** A number of rows. */
    public record Count(long rows) implements Additive.Statistic {
        @Override
        public Count plus(List<? extends Additive.Statistic> others) {
            return new Count(
                    rows + others.stream().mapToLong(o -> ((Count) o).rows).sum());
        }

        @Override
        public Count minus(Additive.Statistic part) {
            if (((Count) part).rows > rows) {
                throw new InputException("more rows than there are");
            }
            return new Count(rows - ((Count) part).rows);
        }
    }

    @Override
    public Scores logDensity(Points x, Accuracy accuracy, RunContext run) {
        double[] logs = new double[x.size()];
        for (int n = 0; n < logs.length; n++) {
            asked.add(x.row(n));
            logs[n] = nats.applyAsDouble(x.row(n));
        }
        return new Scores(logs, error);
    }

    @Override
    public double[] logReference(Points x) {
        double[] logs = new double[x.size()];
        for (int n = 0; n < logs.length; n++) {
            logs[n] = reference.applyAsDouble(x.row(n));
        }
        return logs;
    }

    private Points drawn(long first, int count) {
        Points rows = Points.zeros(columns.size(), count);
        for (int n = 0; n < count; n++) {
            rows.set(columns.size() - 1, n, first + n);
            rows.set(0, n, mark);
        }
        return rows;
    }

    @Override
    public Points draw(Starts starts, int count, RunContext run) {
        return drawn(0, count);
    }

    @Override
    public Draws drawAnywhere(DrawRequest request, RunContext run) {
        return new Draws(
                drawn(request.first(), request.count()), new Outcome((int) mark, 0, 0), List.of("drawn by " + name));
    }

    @Override
    public List<MixedBound> bounds(Dataset heldout, RunContext run) {
        return List.of(new MixedBound(1, bound));
    }

    @Override
    public FlowLaw withReport(FitReport report) {
        return new KnownFlow(name, columns, rows, nats, reference, error, bound, mark, report, asked);
    }

    @Override
    public FitReport report() {
        return told;
    }

    @Override
    public List<Share> flows() {
        return List.of();
    }

    @Override
    public Optional<String> otherFlows() {
        return Optional.empty();
    }

    @Override
    public Provenance provenance() {
        return new Provenance(name, rows, told.decisions());
    }

    @Override
    public Optional<Reference> reference(RunContext run) {
        return Optional.empty();
    }

    @Override
    public Statistic statistic() {
        return new Count(rows);
    }

    @Override
    public Statistic statistic(Dataset data, RunContext run) {
        long count = 0;
        try (Dataset.Reader reader = data.open()) {
            Points buffer = Points.zeros(data.dim(), 3);
            for (int read = reader.read(buffer); read > 0; read = reader.read(buffer)) {
                count += read;
            }
        }
        return new Count(count);
    }

    @Override
    public KnownFlow with(Statistic statistic, RunContext run) {
        if (((Count) statistic).rows == 0) {
            throw new InputException("no rows are left");
        }
        return withRows(((Count) statistic).rows);
    }

    @Override
    public List<String> differences(Law other) {
        return other.provenance().kind().equals(name) ? List.of() : List.of("name");
    }
}
