package org.eigendrift.engine.law.given;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.InputException;
import org.eigendrift.api.Points;
import org.eigendrift.api.Purpose;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.data.Dataset;
import org.eigendrift.api.law.Additive;
import org.eigendrift.api.law.Certainty;
import org.eigendrift.api.law.Conditional;
import org.eigendrift.api.law.Conditioned;
import org.eigendrift.api.law.Conditioner;
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
import org.eigendrift.engine.conditional.Conditioning;
import org.eigendrift.engine.conditional.Gaps;
import org.eigendrift.engine.conditional.Proposal;
import org.eigendrift.engine.likelihood.CurvedRegression;
import org.eigendrift.engine.likelihood.Stored;

/**
 * The law of modelled columns given the others by Bayes's rule: a known prior times a curved normal likelihood of what is given. Nothing of it
 * is a mixture of normal laws, so answers are particles', or an integral where one column is modelled; regressions say where to look.
 * Immutable, thread-safe.
 */
public final class PosteriorLaw implements StoredLaw, Conditioned, Additive {
    private static final int CHUNK = 256;
    private static final String KNOWN = "likelihood.known";

    /** Integrals of one column are found to so many nats. */
    private static final double TOLERANCE = 1e-4;

    private final ConditionalLaw beside;
    private final Prior prior;
    private final Known known;
    private final CurvedRegression likelihood;
    private final Provenance provenance;

    /**
     * A law.
     *
     * @param beside regressions of the same columns; with a prior
     * @param known coordinates and units of what is given
     * @param likelihood of it in these, given modelled columns in units of the regressions
     * @param provenance how
     */
    PosteriorLaw(ConditionalLaw beside, Known known, CurvedRegression likelihood, Provenance provenance) {
        this.beside = beside;
        this.prior = beside.counts().prior().orElseThrow();
        this.known = known;
        this.likelihood = likelihood;
        this.provenance = provenance;
    }

    @Override
    public List<Column> columns() {
        return beside.columns();
    }

    @Override
    public Provenance provenance() {
        return provenance;
    }

    @Override
    public int[] given() {
        return beside.given();
    }

    @Override
    public double[] weights(Points rows) {
        return beside.weights(rows);
    }

    @Override
    public Scores logDensity(Points x, RunContext run) {
        beside.requireGiven(x);
        return Gaps.logDensity(
                columns(),
                x,
                whole -> whole(whole, run),
                alone -> conditioner(alone).orElseThrow(),
                run);
    }

    private Scores whole(Points x, RunContext run) {
        double[] nats = joint(x, run);
        double[] errors = new double[nats.length];
        Conditioning conditioning = conditioning(run.alone());
        run.parallel().forEach(nats.length, n -> {
            run.checkCancelled();
            if (nats[n] > Double.NEGATIVE_INFINITY) {
                Certainty evidence =
                        conditioning.given(given(x.row(n)), Conditioner.FEW).certainty();
                nats[n] -= evidence.logProbability();
                errors[n] = evidence.error();
            }
        });
        return new Scores(nats, Arrays.stream(errors).average().orElse(0));
    }

    /** Prior times likelihood. */
    private double[] joint(Points x, RunContext run) {
        double[] nats = new double[x.size()];
        run.parallel().forEach((nats.length + CHUNK - 1) / CHUNK, chunk -> {
            CurvedRegression.Place place = likelihood.place();
            for (int n = chunk * CHUNK; n < Math.min(nats.length, (chunk + 1) * CHUNK); n++) {
                nats[n] = joint(x.row(n), place);
            }
        });
        return nats;
    }

    private double joint(double[] row, CurvedRegression.Place place) {
        Regressions regressions = beside.regressions();
        double[] u = regressions.coordinates().to(Gaussians.pick(row, regressions.open()));
        if (!regressions.walls().hold(u)) {
            return Double.NEGATIVE_INFINITY;
        }
        double[] b = known.coordinates().to(Gaussians.pick(row, regressions.given()));
        return prior.logDensity(u)
                + regressions.coordinates().logJacobian(u)
                + place.logDensity(regressions.modelled().to(u), known.units().to(b))
                + known.logJacobian(b);
    }

    /** Prior times likelihood as a law of whole rows, for integrals over the modelled columns: these lie where the prior has them. */
    private final class Joint implements Law {
        private final List<Column> columns = bounded();

        @Override
        public List<Column> columns() {
            return columns;
        }

        @Override
        public Scores logDensity(Points x, RunContext run) {
            return new Scores(joint(x, run), 0);
        }

        @Override
        public Draws draw(DrawRequest request, RunContext run) {
            return beside.draw(request, run);
        }

        @Override
        public Optional<Conditioner> conditioner(RunContext run) {
            return Optional.of(conditioning(run));
        }

        @Override
        public Provenance provenance() {
            return provenance;
        }
    }

    private List<Column> bounded() {
        Regressions regressions = beside.regressions();
        List<Column> columns = new ArrayList<>(columns());
        for (int i = 0; i < regressions.open().length; i++) {
            double lower = regressions.coordinates().from(i, regressions.walls().lower()[i]);
            double upper = regressions.coordinates().from(i, regressions.walls().upper()[i]);
            Column own = columns.get(regressions.open()[i]);
            if (lower > own.lower() || upper < own.upper()) {
                // Only that of a logarithm leaves the upper end open.
                columns.set(
                        regressions.open()[i],
                        upper == Double.POSITIVE_INFINITY
                                ? Column.positive(own.name())
                                : Column.bounded(own.name(), lower, upper));
            }
        }
        return columns;
    }

    private Conditioning conditioning(RunContext run) {
        return new Conditioning(new Joint(), this::joint, TOLERANCE, this::proposal, run);
    }

    /** Regressions know where to look as long as no modelled column is fixed, alone or in a sum. */
    private Optional<Proposal> proposal(Evidence evidence) {
        double[] row = values(evidence);
        int[] given = given();
        boolean free = evidence.conditions().stream()
                .allMatch(c -> c instanceof Evidence.Condition.Within
                        || c instanceof Evidence.Condition.Equal equal
                                && Arrays.binarySearch(given, equal.column()) >= 0);
        boolean all = IntStream.of(given).noneMatch(i -> Double.isNaN(row[i]));
        return free && all
                ? Optional.of(new Around(beside.regressions(), Gaussians.pick(row, given)))
                : Optional.empty();
    }

    private double[] values(Evidence evidence) {
        double[] row = new double[columns().size()];
        Arrays.fill(row, Double.NaN);
        for (Evidence.Condition condition : evidence.conditions()) {
            if (condition instanceof Evidence.Condition.Equal equal) {
                row[equal.column()] = equal.value();
            }
        }
        return row;
    }

    private Evidence given(double[] row) {
        return new Evidence(IntStream.of(given())
                .<Evidence.Condition>mapToObj(i -> new Evidence.Condition.Equal(i, row[i]))
                .toList());
    }

    @Override
    public Optional<Conditioner> conditioner(RunContext run) {
        Conditioning conditioning = conditioning(run);
        return Optional.of((evidence, effective) -> {
            double[] row = values(evidence);
            beside.requireGiven(row);
            Evidence known = given(row);
            Conditional all = conditioning.given(evidence, effective);
            Certainty given = evidence.conditions().size() == known.conditions().size()
                    ? all.certainty()
                    : conditioning.given(known, effective).certainty();
            return new GivenPosterior(this, all, given, beside.remarks(row));
        });
    }

    /**
     * Draws rows. What is given is that of rows of the fit; rows that have it in common are drawn from the same particles.
     */
    @Override
    public Draws draw(DrawRequest request, RunContext run) {
        ConditionalLaw.refuseSampler(request);
        CounterRandom random = run.random(Purpose.CONDITIONAL_DRAWS);
        Map<Integer, int[]> places = new TreeMap<>();
        for (int n = 0; n < request.count(); n++) {
            int at = beside.kept().place(random.derive(request.first() + n).uniform(0, 0));
            places.merge(at, new int[] {n}, PosteriorLaw::both);
        }
        List<Map.Entry<Integer, int[]>> all = List.copyOf(places.entrySet());
        Points out = Points.zeros(columns().size(), request.count());
        Conditioning conditioning = conditioning(run.alone());
        run.parallel().forEach(all.size(), k -> {
            run.checkCancelled();
            double[] row = new double[columns().size()];
            double[] b = beside.kept().rows()[all.get(k).getKey()];
            for (int i = 0; i < b.length; i++) {
                row[given()[i]] = b[i];
            }
            Conditional posterior = conditioning.given(given(row), Conditioner.FEW);
            for (int n : all.get(k).getValue()) {
                double share = random.derive(request.first() + n).uniform(0, 1);
                DrawRequest one = new DrawRequest((long) (share * Conditioner.FEW), 1, Optional.empty());
                out.paste(n, posterior.draw(one, run.alone()).rows());
            }
        });
        return new Draws(out, new Outcome(1, 1, 0), List.of());
    }

    private static int[] both(int[] some, int[] others) {
        return IntStream.concat(IntStream.of(some), IntStream.of(others)).toArray();
    }

    private static InputException noSum() {
        return new InputException(
                "the likelihood beside its prior is found in steps and is no sum over rows, so that the model cannot be merged, unlearn rows or "
                        + "be fitted alike; fit it again with 'likelihood: none' in the block 'law', which keeps regressions");
    }

    @Override
    public Statistic statistic() {
        throw noSum();
    }

    @Override
    public Statistic statistic(Dataset rows, RunContext run) {
        throw noSum();
    }

    @Override
    public Additive with(Statistic statistic, RunContext run) {
        throw noSum();
    }

    @Override
    public List<String> differences(Law other) {
        throw noSum();
    }

    @Override
    public void write(LawWriter out) {
        beside.write(out);
        known.write(out, KNOWN);
        likelihood.write(out);
    }

    /** Whether a file has one. */
    static boolean isIn(LawReader in) {
        return CurvedRegression.isIn(in);
    }

    /** What {@link #write} wrote. */
    static PosteriorLaw read(LawReader in) {
        ConditionalLaw beside = ConditionalLaw.read(in);
        if (beside.counts().prior().isEmpty()) {
            throw Stored.damaged("prior", "is missing beside a likelihood");
        }
        Regressions regressions = beside.regressions();
        CurvedRegression likelihood = CurvedRegression.read(in, regressions.open().length, regressions.given().length);
        // Files of former versions have it in units of the regressions.
        Known known =
                in.has(KNOWN + ".center") ? Known.read(in, KNOWN, regressions.given().length) : regressions.known();
        return new PosteriorLaw(beside, known, likelihood, in.provenance());
    }
}
