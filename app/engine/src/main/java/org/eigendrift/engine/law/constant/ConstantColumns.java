package org.eigendrift.engine.law.constant;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.eigendrift.api.InputException;
import org.eigendrift.api.Points;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.data.Dataset;
import org.eigendrift.api.law.Conditioner;
import org.eigendrift.api.law.Decision;
import org.eigendrift.api.law.DrawRequest;
import org.eigendrift.api.law.Draws;
import org.eigendrift.api.law.Law;
import org.eigendrift.api.law.Provenance;
import org.eigendrift.api.law.Scores;
import org.eigendrift.api.score.ScoreModel;
import org.eigendrift.engine.flow.Flows;
import org.eigendrift.engine.report.FitReport;

/**
 * A law of the columns that vary, beside columns that have one value: densities are those of the former, and a row with another
 * value in one of the latter has none. Immutable, thread-safe.
 *
 * @param constants all columns, and the values
 * @param law of the columns that vary
 */
public record ConstantColumns(Constants constants, Flows law) implements Flows {
    /** Its name as a kind of law. */
    public static final String KIND = "constant-columns";

    /**
     * Checks that the law is of the columns that vary.
     *
     * @param constants all columns, and the values
     * @param law of the columns that vary
     * @throws InputException if it is not
     */
    public ConstantColumns {
        if (!law.columns().equals(constants.varying())) {
            throw new InputException(
                    "the law's columns are " + law.columns() + ", expected those that vary, " + constants.varying());
        }
    }

    @Override
    public List<Column> columns() {
        return constants.columns();
    }

    @Override
    public Provenance provenance() {
        Provenance own = law.provenance();
        List<Decision> decisions = new ArrayList<>(List.of(Decision.told(constants.line())));
        decisions.addAll(own.decisions());
        return new Provenance(KIND, own.rows(), decisions);
    }

    @Override
    public Scores logDensity(Points x, RunContext run) {
        int[] same = IntStream.range(0, x.size())
                .filter(n -> constants.other(x, n).isEmpty())
                .toArray();
        Scores scores = law.logDensity(constants.without(x.select(same)), run);
        double[] nats = new double[x.size()];
        Arrays.fill(nats, Double.NEGATIVE_INFINITY);
        for (int j = 0; j < same.length; j++) {
            nats[same[j]] = scores.nats()[j];
        }
        return new Scores(nats, scores.error());
    }

    @Override
    public Optional<Conditioner> conditioner(RunContext run) {
        return law.conditioner(run).map(inner -> new AskedBeside(this, inner));
    }

    @Override
    public Draws drawAnywhere(DrawRequest request, RunContext run) {
        Draws draws = law.drawAnywhere(request, run);
        return draws.withRows(constants.with(draws.rows()));
    }

    /** The statistic of the law of the other columns, which knows nothing of the constants. */
    @Override
    public Statistic statistic() {
        return law.statistic();
    }

    @Override
    public Statistic statistic(Dataset rows, RunContext run) {
        return law.statistic(constants.without(rows), run);
    }

    @Override
    public ConstantColumns with(Statistic statistic, RunContext run) {
        Flows other = (Flows) law.with(statistic, run);
        return new ConstantColumns(constants.beside(other.columns()), other);
    }

    @Override
    public List<String> differences(Law other) {
        if (!(other instanceof ConstantColumns with)) {
            return List.of("law: " + KIND + " and " + other.provenance().kind());
        }
        boolean same =
                Column.agree(columns(), with.columns()) && Arrays.equals(constants.values(), with.constants.values());
        return same ? law.differences(with.law) : List.of(constants.line() + " and " + with.constants.line());
    }

    @Override
    public double evidenceBound(Dataset heldout, RunContext run) {
        Points buffer = Points.zeros(columns().size(), 1024);
        try (Dataset.Reader reader = heldout.open()) {
            for (int count = reader.read(buffer); count > 0; count = reader.read(buffer)) {
                if (IntStream.range(0, count)
                        .anyMatch(n -> constants.other(buffer, n).isPresent())) {
                    return Double.NEGATIVE_INFINITY;
                }
            }
        }
        return law.evidenceBound(constants.without(heldout), run);
    }

    @Override
    public Optional<Impossible> impossible(double[] row) {
        Points one = Points.ofRows(row);
        OptionalInt other = constants.other(one, 0);
        return other.isEmpty()
                ? law.impossible(constants.without(one).row(0))
                : Optional.of(new Impossible(
                        List.of(columns().get(other.getAsInt()).name()),
                        constants.difference(other.getAsInt(), row[other.getAsInt()]),
                        "fit rows in which it varies, or leave the column out"));
    }

    @Override
    public ScoreModel scoreModel() {
        return law.scoreModel();
    }

    @Override
    public Points toData(Points z) {
        return constants.with(law.toData(z));
    }

    @Override
    public Optional<String> otherFlows() {
        return law.otherFlows();
    }

    @Override
    public boolean drawsHaveDensity() {
        return law.drawsHaveDensity();
    }

    @Override
    public FitReport report() {
        return law.report();
    }

    @Override
    public List<Share> flows() {
        return law.flows();
    }

    @Override
    public String besideFlows() {
        return law.besideFlows() + ", and " + constants.line();
    }
}
