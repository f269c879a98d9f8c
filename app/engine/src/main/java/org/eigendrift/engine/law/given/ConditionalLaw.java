package org.eigendrift.engine.law.given;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.eigendrift.api.Address;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.InputException;
import org.eigendrift.api.Points;
import org.eigendrift.api.Purpose;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.data.Dataset;
import org.eigendrift.api.data.InMemory;
import org.eigendrift.api.law.Additive;
import org.eigendrift.api.law.Conditional;
import org.eigendrift.api.law.Conditioned;
import org.eigendrift.api.law.Conditioner;
import org.eigendrift.api.law.Decision;
import org.eigendrift.api.law.DrawRequest;
import org.eigendrift.api.law.Draws;
import org.eigendrift.api.law.Evidence;
import org.eigendrift.api.law.Law;
import org.eigendrift.api.law.LawReader;
import org.eigendrift.api.law.LawWriter;
import org.eigendrift.api.law.Provenance;
import org.eigendrift.api.law.Scores;
import org.eigendrift.api.law.StoredLaw;
import org.eigendrift.api.sampler.Outcome;
import org.eigendrift.engine.conditional.Admissible;
import org.eigendrift.engine.conditional.Gaps;
import org.eigendrift.engine.conditional.GivenAccepted;

/**
 * The law of some columns given the others. Its log-density is that of the modelled columns given the rest of the row; of the rest it
 * knows no law, and rows that it draws without evidence have the rest from rows of the fit. Immutable, thread-safe.
 */
public final class ConditionalLaw implements StoredLaw, Conditioned, Additive {
    private static final int CHUNK = 256;

    /** Draws of one row, of which one is to lie between the walls. */
    private static final int TRIES = 100_000;

    private final List<Column> columns;
    private final Regressions regressions;
    private final Kept kept;
    private final Optional<Refit> refit;
    private final Provenance provenance;
    private final Optional<Vicinity> vicinity;
    private final Counts counts;

    /**
     * A law.
     *
     * @param columns the table's columns
     * @param regressions what was fitted
     * @param kept what is given in some rows of the fit
     * @param refit of other rows; empty if no sums were kept
     * @param vicinity where what is given must lie; empty for anywhere
     * @param counts how much a row counts
     * @param provenance how
     */
    ConditionalLaw(
            List<Column> columns,
            Regressions regressions,
            Kept kept,
            Optional<Refit> refit,
            Optional<Vicinity> vicinity,
            Counts counts,
            Provenance provenance) {
        this.columns = List.copyOf(columns);
        this.regressions = regressions;
        this.kept = kept;
        this.refit = refit;
        this.vicinity = vicinity;
        this.counts = counts;
        this.provenance = provenance;
    }

    /** The same law, of which more was decided. */
    ConditionalLaw with(Provenance how) {
        return new ConditionalLaw(columns, regressions, kept, refit, vicinity, counts, how);
    }

    @Override
    public List<Column> columns() {
        return columns;
    }

    @Override
    public Provenance provenance() {
        return provenance;
    }

    @Override
    public int[] given() {
        return regressions.given().clone();
    }

    @Override
    public double[] weights(Points rows) {
        double[] weights = new double[rows.size()];
        Arrays.setAll(weights, n -> {
            try {
                return Math.exp(counts.log(Gaussians.pick(rows.row(n), regressions.open())));
            } catch (InputException e) {
                throw e.within(Address.ofRow(n + 1));
            }
        });
        return weights;
    }

    Kept kept() {
        return kept;
    }

    Counts counts() {
        return counts;
    }

    Regressions regressions() {
        return regressions;
    }

    @Override
    public Scores logDensity(Points x, RunContext run) {
        requireGiven(x);
        IntStream.range(0, x.size()).forEach(n -> {
            try {
                requireNear(x.row(n));
            } catch (InputException e) {
                throw e.within(Address.ofRow(n + 1));
            }
        });
        return Gaps.logDensity(
                columns,
                x,
                whole -> new Scores(whole(whole, run), 0),
                alone -> conditioner(alone).orElseThrow(),
                run);
    }

    void requireGiven(Points x) {
        for (int i : regressions.given()) {
            for (int n = 0; n < x.size(); n++) {
                if (Double.isNaN(x.get(i, n))) {
                    throw InputException.at(
                            Address.ofRow(n + 1).in(columns.get(i).name()),
                            "a gap, expected a value: the model is of " + names(regressions.open()) + " given "
                                    + names(regressions.given()));
                }
            }
        }
    }

    private void requireNear(double[] row) {
        double[] b = Gaussians.pick(row, regressions.given());
        vicinity.filter(near -> !near.holds(b)).ifPresent(near -> {
            throw new InputException(String.format(
                    Locale.ROOT,
                    "what is given lies %.3g deviations from %s, near which the model was fitted to %,d rows that reach "
                            + "%.3g far; fit it near what is asked, or anywhere, without 'near'",
                    near.distance(b),
                    near.words(list(regressions.given())),
                    near.rows(),
                    near.radius()));
        });
    }

    /** What is to be known of all that the law says. */
    private List<String> remarks() {
        return vicinity
                .map(near -> String.format(
                        Locale.ROOT,
                        "the model was fitted to the %,d rows nearest to %s, and is meant for what is near there",
                        near.rows(),
                        near.words(list(regressions.given()))))
                .stream()
                .toList();
    }

    /** The same, and what is asked beyond rows of the fit. */
    List<String> remarks(double[] row) {
        List<String> remarks = new ArrayList<>(remarks());
        remarks.addAll(new Reach(columns, regressions, kept, provenance.rows()).remarks(row));
        return remarks;
    }

    private String names(int[] which) {
        return String.join(", ", list(which));
    }

    private List<String> list(int[] which) {
        return IntStream.of(which).mapToObj(i -> columns.get(i).name()).toList();
    }

    private double[] whole(Points x, RunContext run) {
        double[] nats = new double[x.size()];
        run.parallel().forEach((x.size() + CHUNK - 1) / CHUNK, chunk -> {
            run.checkCancelled();
            for (int n = chunk * CHUNK; n < Math.min(x.size(), (chunk + 1) * CHUNK); n++) {
                nats[n] = regressions.logDensity(x.row(n));
            }
        });
        return nats;
    }

    @Override
    public Draws draw(DrawRequest request, RunContext run) {
        refuseSampler(request);
        return rows(request, run, share -> {
            double[] row = new double[columns.size()];
            double[] given = kept.at(share);
            for (int i = 0; i < given.length; i++) {
                row[regressions.given()[i]] = given[i];
            }
            return new Source(
                    row, regressions.at(given), regressions.open(), regressions.walls(), regressions.coordinates());
        });
    }

    static void refuseSampler(DrawRequest request) {
        if (request.sampler().isPresent()) {
            throw new InputException(
                    "a sampler carries a flow, and the law of columns given others is none: leave out the sampler");
        }
    }

    /**
     * Of what a row is made.
     *
     * @param row its known cells; copied
     * @param law of the open ones
     * @param open which they are
     * @param walls theirs
     * @param coordinates theirs
     */
    record Source(double[] row, Gaussians law, int[] open, Walls walls, Coordinates coordinates) {}

    /** Gives a source for a number in (0, 1). */
    interface Sources {
        Source of(double share);
    }

    /** Draws independent rows: a row that comes to lie beyond a wall is drawn again. */
    Draws rows(DrawRequest request, RunContext run, Sources sources) {
        Points out = Points.zeros(columns.size(), request.count());
        CounterRandom random = run.random(Purpose.CONDITIONAL_DRAWS);
        run.parallel().forEach((request.count() + CHUNK - 1) / CHUNK, chunk -> {
            run.checkCancelled();
            int from = chunk * CHUNK;
            for (int n = from; n < Math.min(from + CHUNK, request.count()); n++) {
                CounterRandom own = random.derive(request.first() + n);
                double[] row = row(sources.of(own.uniform(TRIES, 0)), own);
                for (int i = 0; i < row.length; i++) {
                    out.set(i, n, row[i]);
                }
            }
        });
        return new Draws(out, new Outcome(1, 1, 0), remarks());
    }

    private double[] row(Source source, CounterRandom random) {
        for (int attempt = 0; attempt < TRIES; attempt++) {
            int stream = attempt;
            double[] drawn = source.law().draw(random.uniform(stream, 0), i -> random.normal(stream, i));
            if (source.walls().hold(drawn)) {
                double[] row = source.row().clone();
                for (int i = 0; i < drawn.length; i++) {
                    row[source.open()[i]] = source.coordinates().from(i, drawn[i]);
                }
                return row;
            }
        }
        throw new InputException(
                "none of " + TRIES + " draws of " + names(source.open())
                        + " lies within the columns' bounds: what is given is far from all rows of the fit; ask for what is nearer");
    }

    @Override
    public Optional<Conditioner> conditioner(RunContext run) {
        return Optional.of((evidence, effective) -> given(evidence, run));
    }

    /** Values are exact; ranges and sums of modelled columns are what draws given the values must meet. */
    @Override
    public Conditional given(Evidence evidence, RunContext run) {
        Admissible.require(columns, evidence);
        double[] row = new double[columns.size()];
        Arrays.fill(row, Double.NaN);
        List<Evidence.Condition> values = new ArrayList<>();
        for (Evidence.Condition condition : evidence.conditions()) {
            if (condition instanceof Evidence.Condition.Equal equal) {
                row[equal.column()] = equal.value();
                values.add(condition);
            }
        }
        requireGiven(row);
        requireNear(row);
        Evidence known = new Evidence(values);
        Conditional given = GivenColumns.of(this, known, row);
        boolean all = evidence.conditions().stream()
                .allMatch(c -> values.contains(c)
                        || c instanceof Evidence.Condition.Within within && !Double.isNaN(row[within.column()]));
        return all ? given : GivenAccepted.of(this, Optional.of(given), evidence, run);
    }

    void requireGiven(double[] row) {
        int[] missing = IntStream.of(regressions.given())
                .filter(i -> Double.isNaN(row[i]))
                .toArray();
        if (missing.length > 0) {
            throw new InputException("the model is of " + names(regressions.open()) + " given "
                    + names(regressions.given()) + ", and the condition does not fix " + names(missing) + "; add '"
                    + String.join(
                            " and ",
                            IntStream.of(missing)
                                    .mapToObj(i -> columns.get(i).name() + " = VALUE")
                                    .toList())
                    + "'");
        }
    }

    private Refit refit() {
        return refit.orElseThrow(() -> new InputException(
                vicinity.isPresent()
                        ? "a law of kind 'conditional' that is fitted near one observation follows from the rows nearest to it, which others "
                                + "change, so that it cannot be merged, unlearn rows or be fitted alike; leave out 'near'"
                        : "the model was fitted by a version that kept no sums, so that it cannot be merged, unlearn rows or be fitted "
                                + "alike; fit it again"));
    }

    @Override
    public Statistic statistic() {
        return refit().sums();
    }

    @Override
    public Statistic statistic(Dataset rows, RunContext run) {
        if (!Column.agree(rows.columns(), columns)) {
            throw new InputException("the rows have the columns " + rows.columns() + ", expected " + columns);
        }
        Points all = InMemory.read(rows, Integer.MAX_VALUE);
        double[][] a = Scaling.columns(all, regressions.open());
        double[][] b = Scaling.columns(all, regressions.given());
        return refit().sums(counts.sample(a, b, refit().shift(), regressions.coordinates()), regressions, run);
    }

    @Override
    public ConditionalLaw with(Statistic statistic, RunContext run) {
        RegressionSums sums = (RegressionSums) statistic;
        if (sums.rows() < ConditionalLawProvider.FEWEST) {
            throw new InputException(sums.rows() + " rows, expected at least " + ConditionalLawProvider.FEWEST);
        }
        Refit other = refit().with(sums);
        List<Decision> decisions = new ArrayList<>(provenance.decisions());
        decisions.addAll(sums.decisions());
        return new ConditionalLaw(
                columns,
                regressions.with(other.mixtures(counts.prior().map(p -> p.in(regressions.modelled())))),
                sums.kept(),
                Optional.of(other),
                vicinity,
                counts,
                new Provenance(provenance.kind(), sums.rows(), decisions));
    }

    @Override
    public List<String> differences(Law other) {
        if (!(other instanceof ConditionalLaw law)) {
            return List.of(
                    "law: " + provenance.kind() + " and " + other.provenance().kind());
        }
        List<String> differences = new ArrayList<>();
        differ(differences, "columns", columns, law.columns);
        differ(differences, "given", list(given()), law.list(law.given()));
        differ(differences, "prior and proposal", counts.texts(), law.counts.texts());
        boolean units = regressions.isLike(law.regressions) && refit().isLike(law.refit());
        if (differences.isEmpty() && !units) {
            differences.add("each has regressions of its own; fit the second with '--like' the first");
        }
        return differences;
    }

    private static void differ(List<String> differences, String key, Object own, Object other) {
        if (!own.equals(other)) {
            differences.add(key + ": " + own + " and " + other);
        }
    }

    @Override
    public void write(LawWriter out) {
        regressions.write(out);
        vicinity.ifPresent(near -> near.write(out));
        counts.write(out);
        kept.write(out);
        refit.ifPresent(other -> other.write(out));
    }

    /** What {@link #write} wrote. */
    static ConditionalLaw read(LawReader in) {
        Regressions regressions = Regressions.read(in);
        int width = regressions.given().length;
        Kept kept = Kept.read(in, width);
        Optional<Vicinity> vicinity = Vicinity.isIn(in) ? Optional.of(Vicinity.read(in, width)) : Optional.empty();
        Counts counts = Counts.read(
                in,
                ConditionalLawProvider.names(regressions.open(), in.columns()),
                ConditionalLawProvider.names(regressions.given(), in.columns()));
        return new ConditionalLaw(
                in.columns(), regressions, kept, Refit.read(in, regressions, kept), vicinity, counts, in.provenance());
    }
}
