package org.eigendrift.engine.atlas;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.InputException;
import org.eigendrift.api.Points;
import org.eigendrift.api.Purpose;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.data.Dataset;
import org.eigendrift.api.law.Scores;
import org.eigendrift.api.sampler.Outcome;
import org.eigendrift.api.sampler.Sampler;
import org.eigendrift.engine.Fit;
import org.eigendrift.engine.FitReport;
import org.eigendrift.engine.FittedModel;
import org.eigendrift.engine.GibbsFit;
import org.eigendrift.engine.data.RowMean;
import org.eigendrift.engine.gibbs.Coupling;
import org.eigendrift.engine.gibbs.GibbsModel;
import org.eigendrift.engine.gibbs.Proposal;
import org.eigendrift.engine.kernel.Parallel;
import org.eigendrift.engine.model.FlowLikelihood;
import org.eigendrift.engine.model.Sampling;
import org.eigendrift.engine.moment.MomentPass;
import org.eigendrift.engine.moment.MomentTable;

/**
 * A mixture of local models: each chart has a frame, basis and moment table of its own, fitted to its share of the rows.
 * The log-density is the weighted log-sum of the charts', and a sample picks its chart first. A single chart is an
 * ordinary model. Immutable, thread-safe.
 *
 * @param charts at least one, weights summing to 1
 * @param mixture which chart a row belongs to; empty if no chart is local
 * @param gibbs the law of the score at t = 0, mixed with the charts' or instead of them; empty if there is none
 */
public record Atlas(List<Chart> charts, Optional<ChartMixture> mixture, Optional<Gibbs> gibbs) {
    /** The golden section less 1: of all numbers the one whose multiples fill the interval most evenly. */
    private static final double GOLDEN = 0.5 * (Math.sqrt(5) - 1);

    /**
     * Charts whose stationary density is below the largest by this, in nats, are not integrated for a row: what their
     * functions could add is a few nats.
     */
    private static final double FAR = 25;

    /** Of densities that are averaged over draws, where errors of single draws cancel. */
    private static final double PROPOSAL_TOLERANCE = 1e-2;

    /**
     * Where the flow and the Gibbs density share so much of their mass, draws of the one are made draws of the other; where they
     * share less, likelihoods of all draws cost more than walks.
     */
    private static final double KEPT = 0.85;

    /** The stage under which a chart's report tells what all other models took. */
    static final String OTHER_MODELS = "other models";

    /**
     * One local model.
     *
     * @param weight its share, above 0
     * @param component the component of the mixture whose rows it was fitted to; empty for all rows
     * @param model fitted to those rows
     */
    public record Chart(double weight, OptionalInt component, FittedModel model) {}

    /**
     * The Gibbs density, normalised beside the charts' flow.
     *
     * @param weight its share of the law, above 0; the charts have the rest
     * @param model the density
     */
    public record Gibbs(double weight, GibbsModel model) {}

    /**
     * Copies the list.
     *
     * @param charts at least one
     * @param mixture which chart a row belongs to
     * @param gibbs the law of the score at t = 0
     */
    public Atlas {
        charts = List.copyOf(charts);
    }

    /**
     * Charts alone.
     *
     * @param charts at least one
     * @param mixture which chart a row belongs to
     */
    public Atlas(List<Chart> charts, Optional<ChartMixture> mixture) {
        this(charts, mixture, Optional.empty());
    }

    /**
     * An ordinary model.
     *
     * @param model the model of all rows
     * @return an atlas of one chart
     */
    public static Atlas of(FittedModel model) {
        return new Atlas(List.of(new Chart(1, OptionalInt.empty(), model)), Optional.empty());
    }

    /**
     * The columns of the data.
     *
     * @return as in the data set that was fitted
     */
    public List<Column> columns() {
        return charts.get(0).model().columns();
    }

    /**
     * The chart of largest weight.
     *
     * @return the first of them
     */
    public Chart heaviest() {
        Chart heaviest = charts.get(0);
        for (Chart chart : charts) {
            heaviest = chart.weight() > heaviest.weight() ? chart : heaviest;
        }
        return heaviest;
    }

    /**
     * Rows fitted.
     *
     * @return of the data set
     */
    public long rows() {
        long local = 0;
        for (Chart chart : charts) {
            if (chart.component().isEmpty()) {
                return chart.model().table().rows();
            }
            local += chart.model().table().rows();
        }
        return local;
    }

    /**
     * The log-likelihood of rows.
     *
     * @param x rows in the data's coordinates; not modified
     * @param run threads
     * @return nats a row, negative infinity for rows outside every chart's support; and the error of the flow's integration
     *     and of the Gibbs density's constant, each times its share
     */
    public Scores logLikelihood(Points x, RunContext run) {
        if (gibbs.isEmpty()) {
            return flowLikelihood(x, run);
        }
        double weight = gibbs.get().weight();
        GibbsModel model = gibbs.get().model();
        LogSum sum = new LogSum(x.size());
        int[] rows = IntStream.range(0, x.size()).toArray();
        sum.add(rows, model.logDensity(x, run), Math.log(weight));
        double error = weight * model.normaliser().standardError();
        if (weight < 1) {
            Scores flow = flowLikelihood(x, run);
            sum.add(rows, flow.nats(), Math.log1p(-weight));
            error += (1 - weight) * flow.error();
        }
        return new Scores(sum.logs(), error);
    }

    /**
     * The log-likelihood of rows along the charts' probability flows (METHOD 6).
     *
     * @param x rows in the data's coordinates; not modified
     * @param run threads
     * @return nats a row, negative infinity for rows outside every chart's support, and the integration error
     */
    public Scores flowLikelihood(Points x, RunContext run) {
        return flowLikelihood(x, FittedModel::logLikelihood, run);
    }

    /** How a chart's log-likelihoods are integrated. */
    private interface Integration {
        Scores of(FittedModel model, Points x, RunContext run);
    }

    private Scores flowLikelihood(Points x, Integration integration, RunContext run) {
        if (charts.size() == 1) {
            return integration.of(charts.get(0).model(), x, run);
        }
        double[][] reference = new double[charts.size()][];
        double[] largest = new double[x.size()];
        Arrays.fill(largest, Double.NEGATIVE_INFINITY);
        for (int k = 0; k < reference.length; k++) {
            reference[k] = charts.get(k).model().logReference(x);
            for (int n = 0; n < largest.length; n++) {
                reference[k][n] += Math.log(charts.get(k).weight());
                largest[n] = Math.max(largest[n], reference[k][n]);
            }
        }
        LogSum sum = new LogSum(x.size());
        double error = 0;
        for (int k = 0; k < reference.length; k++) {
            run.checkCancelled();
            int[] rows = near(reference[k], largest);
            if (rows.length > 0) {
                Scores own = integration.of(charts.get(k).model(), x.select(rows), run);
                sum.add(rows, own.nats(), Math.log(charts.get(k).weight()));
                error += own.error() * rows.length / x.size();
            }
        }
        return new Scores(sum.logs(), error);
    }

    private static int[] near(double[] reference, double[] largest) {
        int[] rows = new int[reference.length];
        int count = 0;
        for (int n = 0; n < rows.length; n++) {
            if (reference[n] > largest[n] - FAR) {
                rows[count++] = n;
            }
        }
        return Arrays.copyOf(rows, count);
    }

    /** log sum exp of terms that arrive one after the other. */
    private static final class LogSum {
        private final double[] largest;
        private final double[] sum;

        LogSum(int size) {
            largest = new double[size];
            sum = new double[size];
            Arrays.fill(largest, Double.NEGATIVE_INFINITY);
        }

        void add(int[] rows, double[] logs, double shift) {
            for (int j = 0; j < rows.length; j++) {
                int n = rows[j];
                double log = logs[j] + shift;
                if (log > largest[n]) {
                    sum[n] = sum[n] * Math.exp(largest[n] - log) + 1;
                    largest[n] = log;
                } else if (log > Double.NEGATIVE_INFINITY) {
                    sum[n] += Math.exp(log - largest[n]);
                }
            }
        }

        double[] logs() {
            double[] logs = largest.clone();
            for (int n = 0; n < logs.length; n++) {
                logs[n] += Math.log(sum[n] == 0 ? 1 : sum[n]);
            }
            return logs;
        }
    }

    /**
     * Samples of all charts.
     *
     * @param points in the data's coordinates
     * @param outcome what a batch of the heaviest chart cost
     */
    public record Samples(Points points, Outcome outcome) {}

    /**
     * Draws samples. The chart of a point depends on the seed and the point's number alone, and so does its place among
     * the points of its chart: the first points stay the same when more are drawn. Charts have their shares of any number of
     * points to within a few, and starts are even, so that means over samples scatter less than those of independent draws. Points of the
     * Gibbs density are the flow's where the two agree ({@link Coupling}), else the sampler's, carried on by the density's walk. Of
     * the Gibbs density's points the walk's evaluations alone are counted.
     *
     * @param sampler the sampler
     * @param count how many
     * @param run seed, threads, progress
     * @return samples in the data's coordinates
     * @throws InputException if the sampler does not fit a chart's process
     */
    public Samples sample(Sampler sampler, int count, RunContext run) {
        if (gibbs.isEmpty()) {
            return flow(sampler, count, run);
        }
        CounterRandom pick = run.random(Purpose.SAMPLE_GIBBS);
        int[] numbers = IntStream.range(0, count)
                .filter(n -> pick.uniform(n, 0) < gibbs.get().weight())
                .toArray();
        Coupling coupling = coupling(run);
        return numbers.length > 0 && coupling.kept() >= KEPT
                ? coupled(coupling, numbers, sampler, count, run)
                : walked(numbers, sampler, count, run);
    }

    private Coupling coupling(RunContext run) {
        Integration once = (model, x, own) -> model.logLikelihoodOnce(x, PROPOSAL_TOLERANCE, own);
        return new Coupling(gibbs.orElseThrow().model(), proposal(once, run), run);
    }

    private Samples coupled(Coupling coupling, int[] numbers, Sampler sampler, int count, RunContext run) {
        boolean all = numbers.length == count;
        // For no points, too, a sampler that does not fit is refused.
        Samples others = flow(sampler, all ? 0 : count, run);
        Points own = spread(count, run, this::evenDraws).select(numbers);
        coupling.replace(own, numbers);
        return withGibbs(all ? new Samples(own, others.outcome()) : others, numbers, own);
    }

    private Samples walked(int[] numbers, Sampler sampler, int count, RunContext run) {
        Samples flow = flow(sampler, count, run);
        Points own = flow.points().select(numbers);
        gibbs.orElseThrow().model().walk(own, numbers, run);
        return withGibbs(flow, numbers, own);
    }

    /** Samples with points of the Gibbs density in their places. */
    private Samples withGibbs(Samples flow, int[] numbers, Points own) {
        for (int j = 0; j < numbers.length; j++) {
            for (int i = 0; i < own.dim(); i++) {
                flow.points().set(i, numbers[j], own.get(i, j));
            }
        }
        Outcome outcome = flow.outcome();
        int evaluations = gibbs.orElseThrow().model().walk().evaluations();
        return new Samples(
                flow.points(),
                new Outcome(outcome.evaluations() + evaluations, outcome.accepted(), outcome.rejected()));
    }

    private Samples flow(Sampler sampler, int count, RunContext run) {
        if (charts.size() == 1) {
            return draw(charts.get(0), sampler, count, run);
        }
        Outcome[] outcome = {new Outcome(0, 0, 0)};
        Points all = spread(count, run, (k, own, derived) -> {
            Samples samples = draw(charts.get(k), sampler, own, derived);
            outcome[0] = charts.get(k).equals(heaviest()) ? samples.outcome() : outcome[0];
            return samples.points();
        });
        return new Samples(all, outcome[0]);
    }

    /** Draws points of one chart, in the data's coordinates. */
    private interface ChartDraw {
        Points draw(int chart, int count, RunContext run);
    }

    private Points spread(int count, RunContext run, ChartDraw draw) {
        List<List<Integer>> places = pick(count, run.random(Purpose.SAMPLE_CHART));
        Points all = Points.zeros(columns().size(), count);
        for (int k = 0; k < charts.size(); k++) {
            List<Integer> own = places.get(k);
            RunContext derived = run.withSeed(run.random(Purpose.CHART, k).bits(0, 0));
            Points points = draw.draw(k, own.size(), derived);
            for (int j = 0; j < own.size(); j++) {
                for (int i = 0; i < all.dim(); i++) {
                    all.set(i, own.get(j), points.get(i, j));
                }
            }
        }
        return all;
    }

    /**
     * The charts' flow as a law to normalise a Gibbs density beside.
     *
     * @param run threads
     * @return draws and densities of the flow alone
     */
    public Proposal proposal(RunContext run) {
        return proposal((model, x, own) -> model.logLikelihood(x, PROPOSAL_TOLERANCE, own), run);
    }

    private Proposal proposal(Integration integration, RunContext run) {
        return new Proposal() {
            @Override
            public Points draw(CounterRandom random, int count) {
                RunContext seeded = run.withSeed(random.bits(0, 0));
                return spread(count, seeded, Atlas.this::independentDraws);
            }

            @Override
            public double[] logDensity(Points x) {
                return flowLikelihood(x, integration, run).nats();
            }
        };
    }

    private Points independentDraws(int chart, int count, RunContext run) {
        Points starts = Points.zeros(columns().size(), count);
        charts.get(chart).model().scoreModel().process().prior(run.random(Purpose.PRIOR), 0, starts);
        return exactDraws(charts.get(chart).model(), starts, run);
    }

    private Points evenDraws(int chart, int count, RunContext run) {
        Points starts = Points.zeros(columns().size(), count);
        Sampling.starts(charts.get(chart).model().scoreModel().process(), run, 0, starts);
        return exactDraws(charts.get(chart).model(), starts, run);
    }

    private static Points exactDraws(FittedModel model, Points starts, RunContext run) {
        try (Parallel parallel = new Parallel(run.threads())) {
            return model.frames()
                    .inverse(new FlowLikelihood(model.scoreModel(), PROPOSAL_TOLERANCE, parallel).draw(starts));
        }
    }

    private static Samples draw(Chart chart, Sampler sampler, int count, RunContext run) {
        Sampling.Samples samples = Sampling.draw(chart.model().scoreModel(), sampler, count, run);
        return new Samples(chart.model().frames().inverse(samples.points()), samples.outcome());
    }

    /**
     * The numbers of the points of each chart, by multiples of the golden section from a random start: each point's chart is
     * drawn by the weights, and of any run of points every chart has its share to within a few.
     */
    List<List<Integer>> pick(int count, CounterRandom random) {
        List<List<Integer>> places = new ArrayList<>();
        charts.forEach(chart -> places.add(new ArrayList<>()));
        double start = random.uniform(0, 0);
        for (int n = 0; n < count; n++) {
            double left = (start + n * GOLDEN) % 1;
            int k = 0;
            while (k + 1 < charts.size() && left >= charts.get(k).weight()) {
                left -= charts.get(k++).weight();
            }
            places.get(k).add(n);
        }
        return places;
    }

    /**
     * The rows of a chart.
     *
     * @param chart its number
     * @param data rows of the same columns
     * @return those that belong to it
     * @throws InputException if the columns differ
     */
    public Dataset rowsOf(int chart, Dataset data) {
        if (!data.columns().equals(columns())) {
            throw new InputException("the rows have the columns " + data.columns() + ", the model " + columns());
        }
        OptionalInt component = charts.get(chart).component();
        return component.isEmpty() ? data : new ChartRows(data, mixture.orElseThrow(), component.getAsInt());
    }

    /**
     * The atlas of the same charts with other models. Charts of all rows keep their weights; local ones share the rest
     * by their rows. The Gibbs density of other sums is normalised beside the new charts.
     *
     * @param models the model of each chart
     * @param sums what the Gibbs density's sums become, if there is one; its result is shared
     * @param seen gives the Gibbs density the ranges of other rows
     * @param run seed, threads
     * @return a new atlas
     */
    public Atlas withModels(
            List<FittedModel> models, UnaryOperator<MomentTable> sums, UnaryOperator<GibbsModel> seen, RunContext run) {
        Atlas flow = withModels(models);
        return new Atlas(
                flow.charts,
                mixture,
                gibbs.map(g -> new Gibbs(
                        g.weight(),
                        g.model().withTable(sums.apply(g.model().table()), seen, flow.proposal(run), run))));
    }

    Atlas withModels(List<FittedModel> models) {
        double shared = 1;
        double rows = 0;
        for (int k = 0; k < charts.size(); k++) {
            if (charts.get(k).component().isPresent()) {
                rows += models.get(k).table().rows();
            } else {
                shared -= charts.get(k).weight();
            }
        }
        List<Chart> changed = new ArrayList<>();
        for (int k = 0; k < charts.size(); k++) {
            Chart chart = charts.get(k);
            double weight = chart.component().isEmpty()
                    ? chart.weight()
                    : shared * (models.get(k).table().rows() / rows);
            changed.add(new Chart(weight, chart.component(), models.get(k)));
        }
        return new Atlas(changed, mixture);
    }

    /**
     * Fits rows with this atlas's mixture and the frames, bases, clusters, times and ridges of its charts, so that the
     * two can be merged.
     *
     * @param rows rows of the same columns
     * @param run threads, progress
     * @return the atlas
     * @throws InputException if columns differ, a row lies outside its chart's support, or a chart gets too few rows
     * @throws org.eigendrift.api.NumericalException if a system cannot be solved
     */
    public Atlas like(Dataset rows, RunContext run) {
        List<FittedModel> models = new ArrayList<>();
        for (int k = 0; k < charts.size(); k++) {
            int chart = k;
            models.add(inChart(
                    k, () -> Fit.like(rowsOf(chart, rows), charts.get(chart).model(), run)));
        }
        return withModels(
                models,
                table -> GibbsFit.sums(gibbs.orElseThrow().model(), rows, run),
                model -> GibbsFit.trustedIn(model, rows),
                run);
    }

    /**
     * Does something to a chart; a refusal names the chart if there are several.
     *
     * @param chart its number
     * @param work what is done
     * @param <T> type of the result
     * @return the result
     */
    public <T> T inChart(int chart, Supplier<T> work) {
        if (charts.size() == 1) {
            return work.get();
        }
        try {
            return work.get();
        } catch (InputException e) {
            throw new InputException("chart " + (chart + 1) + " of " + charts.size() + ": " + e.getMessage(), e);
        }
    }

    /**
     * The evidence bound of held-out rows (METHOD 7), in the data's coordinates.
     *
     * <p>Let q_a be the density of chart a's reverse stochastic equation, w_a its weight, and r_a(x) the probability with
     * which a row x is given to chart a. As sum_a r_a(x) = 1 and the logarithm is concave (Jensen),
     *
     * <pre>log sum_a w_a q_a(x) = log sum_a r_a(x) [w_a q_a(x) / r_a(x)] &gt;= sum_a r_a(x) [log w_a - log r_a(x) + log q_a(x)],</pre>
     *
     * which is the expectation of log w_a - log r_a(x) + log q_a(x) over the chart a that x is given to. The mean over
     * rows, each in the chart that it was given to, estimates it without bias, and with little noise: where charts
     * overlap, w_a q_a / r_a is about the whole density for each of them. The mean of log q_a over the rows of chart a is
     * bounded from below by the bound of its model, so that with n_a of n rows in chart a
     *
     * <pre>mean log q(x) &gt;= (1/n) sum over rows of [log w_a - log r_a(x)] + sum_a (n_a / n) bound_a(rows of a).</pre>
     *
     * <p>Charts of all rows, and the local ones together, are members of a mixture of weights s_j with bounds B_j of all
     * rows. For any set J of members, of weight S, again by Jensen
     *
     * <pre>mean log q(x) &gt;= log S + (1/S) sum over J of s_j B_j,</pre>
     *
     * of which the largest is taken over the members of largest bounds: one that deems a row impossible costs its weight.
     *
     * @param heldout rows that were not fitted
     * @param run threads
     * @return a lower bound of the mean log-density of the mixture of reverse stochastic equations, in nats a row;
     *     negative infinity if a row lies outside the support of each member
     */
    public double evidenceBound(Dataset heldout, RunContext run) {
        if (charts.size() == 1 && gibbs.isEmpty()) {
            return charts.get(0).model().evidenceBound(heldout, run);
        }
        double density = gibbs.map(g -> RowMean.of(heldout, rows -> g.model().logDensity(rows, run)))
                .orElse(0.0);
        double share = gibbs.map(Gibbs::weight).orElse(0.0);
        if (share == 1) {
            return density;
        }
        record Member(double weight, double bound) {}
        List<Member> members = new ArrayList<>();
        double local = 0;
        for (Chart chart : charts) {
            if (chart.component().isPresent()) {
                local += chart.weight();
            } else {
                members.add(new Member(chart.weight(), chart.model().evidenceBound(heldout, run)));
            }
        }
        if (local > 0) {
            members.add(new Member(local, localBound(heldout, local, run)));
        }
        if (share > 0) {
            members.replaceAll(member -> new Member((1 - share) * member.weight(), member.bound()));
            members.add(new Member(share, density));
        }
        members.sort((a, b) -> Double.compare(b.bound(), a.bound()));
        double best = Double.NEGATIVE_INFINITY;
        double weight = 0;
        double sum = 0;
        for (Member member : members) {
            weight += member.weight();
            sum += member.weight() * member.bound();
            best = Math.max(best, Math.log(weight) + sum / weight);
        }
        return best;
    }

    /** The bound of the local charts alone, whose weights sum to a given number. */
    private double localBound(Dataset heldout, double local, RunContext run) {
        long[] counts = new long[mixture.orElseThrow().size()];
        double[] logs = new double[counts.length];
        share(heldout, counts, logs);
        long rows = Arrays.stream(counts).sum();
        double sum = 0;
        for (int k = 0; k < charts.size(); k++) {
            run.checkCancelled();
            Chart chart = charts.get(k);
            int component = chart.component().orElse(-1);
            if (component >= 0 && counts[component] > 0) {
                double bound = chart.model().evidenceBound(rowsOf(k, heldout), run);
                sum += counts[component] * (Math.log(chart.weight() / local) + bound) - logs[component];
                counts[component] = 0;
            }
        }
        boolean charted = Arrays.stream(counts).allMatch(left -> left == 0);
        return rows == 0 || !charted ? Double.NEGATIVE_INFINITY : sum / rows;
    }

    /** Counts the rows given to each component, and sums the logarithms of the probabilities with which they were. */
    private void share(Dataset data, long[] counts, double[] logs) {
        ChartMixture components = mixture.orElseThrow();
        try (Dataset.Reader reader = data.open()) {
            Points buffer = Points.zeros(data.dim(), MomentPass.CHUNK);
            for (int count = reader.read(buffer); count > 0; count = reader.read(buffer)) {
                Points rows = buffer.slice(0, count);
                double[][] responsibilities = components.responsibilities(rows);
                int[] given = ChartRows.charts(responsibilities, rows);
                for (int n = 0; n < count; n++) {
                    counts[given[n]]++;
                    logs[given[n]] += Math.log(responsibilities[given[n]][n]);
                }
            }
        }
    }

    /**
     * What the fit did, all charts together.
     *
     * @return of a single chart its report; of several, sizes summed, wall times summed unless the heaviest tells those of
     *     all others, choices chart by chart, and the solves of the heaviest
     */
    public FitReport report() {
        FitReport flow = flowReport();
        if (gibbs.isEmpty()) {
            return flow;
        }
        List<String> choices = new ArrayList<>(gibbs.get().model().choices());
        choices.addAll(flow.choices());
        return new FitReport(
                flow.rows(),
                flow.dim(),
                flow.basisSize(),
                flow.matrixNonzeros(),
                flow.tableSize(),
                flow.seconds(),
                List.copyOf(choices),
                flow.solves());
    }

    private FitReport flowReport() {
        if (charts.size() == 1) {
            return charts.get(0).model().report();
        }
        int size = 0;
        long nonzeros = 0;
        int table = 0;
        FitReport heaviest = heaviest().model().report();
        boolean timed = heaviest.seconds().containsKey(OTHER_MODELS);
        Map<String, Double> seconds = new LinkedHashMap<>(timed ? heaviest.seconds() : Map.of());
        List<String> choices = new ArrayList<>();
        for (int k = 0; k < charts.size(); k++) {
            FitReport report = charts.get(k).model().report();
            size += report.basisSize();
            nonzeros += report.matrixNonzeros();
            table += report.tableSize();
            if (!timed) {
                report.seconds().forEach((stage, time) -> seconds.merge(stage, time, Double::sum));
            }
            for (String choice : report.choices()) {
                choices.add("chart " + (k + 1) + ": " + choice);
            }
        }
        return new FitReport(
                rows(), heaviest.dim(), size, nonzeros, table, seconds, List.copyOf(choices), heaviest.solves());
    }
}
