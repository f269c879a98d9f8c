package org.eigendrift.engine.law.gibbs;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.Points;
import org.eigendrift.api.Purpose;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.data.Dataset;
import org.eigendrift.api.law.Conditioner;
import org.eigendrift.api.law.Decision;
import org.eigendrift.api.law.DrawRequest;
import org.eigendrift.api.law.Draws;
import org.eigendrift.api.law.Law;
import org.eigendrift.api.law.Provenance;
import org.eigendrift.api.law.Reference;
import org.eigendrift.api.law.Referenced;
import org.eigendrift.api.law.Scores;
import org.eigendrift.api.sampler.Outcome;
import org.eigendrift.api.sampler.Sampler;
import org.eigendrift.api.score.ScoreModel;
import org.eigendrift.engine.conditional.Conditioning;
import org.eigendrift.engine.conditional.Gaps;
import org.eigendrift.engine.data.RowMean;
import org.eigendrift.engine.flow.FlowLaw;
import org.eigendrift.engine.flow.Flows;
import org.eigendrift.engine.flow.FlowsReference;
import org.eigendrift.engine.flow.GibbsFit;
import org.eigendrift.engine.flow.MixedBound;
import org.eigendrift.engine.gibbs.Coupling;
import org.eigendrift.engine.gibbs.GibbsModel;
import org.eigendrift.engine.kernel.LogSum;
import org.eigendrift.engine.model.ModelDifference;
import org.eigendrift.engine.report.FitReport;
import org.eigendrift.engine.settings.Density;
import org.eigendrift.engine.transport.FlowLikelihood;

/**
 * A Gibbs density and the flow beside which it was normalised: the density has a share of the law, mostly all of it, and the
 * flow the rest. Draws of the density are the flow's, replaced or carried on. Immutable, thread-safe.
 *
 * @param weight the density's share, above 0, at most 1
 * @param model the density
 * @param flow the law it was normalised beside
 */
public record GibbsLaw(double weight, GibbsModel model, FlowLaw flow) implements Flows, Referenced {
    /** Its name as a kind of law. */
    public static final String KIND = "gibbs";

    /**
     * Where the flow and the density share so much of their mass, draws of the one are made draws of the other; where they
     * share less, likelihoods of all draws cost more than walks.
     */
    private static final double KEPT = 0.85;

    @Override
    public List<Column> columns() {
        return flow.columns();
    }

    @Override
    public Provenance provenance() {
        return new Provenance(KIND, flow.provenance().rows(), report().decisions());
    }

    /**
     * The error is that of the flow's integration and of the density's constant, each times its share; of rows with gaps that of
     * their marginal density.
     */
    @Override
    public Scores logDensity(Points x, RunContext run) {
        return Gaps.logDensity(
                columns(),
                x,
                rows -> whole(rows, FlowLaw.Accuracy.FULL, run),
                alone -> conditioner(alone).orElseThrow(),
                run);
    }

    @Override
    public Optional<Conditioner> conditioner(RunContext run) {
        return Optional.of(new Conditioning(
                this,
                (rows, with) -> whole(rows, FlowLaw.Accuracy.ALONE, with).nats(),
                sketch(run),
                FlowLikelihood.OF_INTEGRALS,
                run));
    }

    @Override
    public Optional<org.eigendrift.engine.conditional.Density> sketch(RunContext run) {
        return weight == 1
                ? Optional.empty()
                : flow.sketch(run).map(rough -> (rows, with) -> {
                    LogSum sum = new LogSum(rows.size());
                    int[] all = IntStream.range(0, rows.size()).toArray();
                    sum.add(all, model.logDensity(rows, with), Math.log(weight));
                    sum.add(all, rough.of(rows, with), Math.log1p(-weight));
                    return sum.logs();
                });
    }

    private Scores whole(Points x, FlowLaw.Accuracy accuracy, RunContext run) {
        LogSum sum = new LogSum(x.size());
        int[] rows = IntStream.range(0, x.size()).toArray();
        sum.add(rows, model.logDensity(x, run), Math.log(weight));
        double error = weight * model.normaliser().standardError();
        if (weight < 1) {
            Scores own = flow.logDensity(x, accuracy, run);
            sum.add(rows, own.nats(), Math.log1p(-weight));
            error += (1 - weight) * own.error();
        }
        return new Scores(sum.logs(), error);
    }

    /**
     * Draws rows. Those of the density are the flow's where the two agree ({@link Coupling}), else the sampler's, carried on by
     * the density's walk. Of the density's rows the walk's evaluations alone are counted.
     */
    @Override
    public Draws drawAnywhere(DrawRequest request, RunContext run) {
        int first = Math.toIntExact(request.first());
        int count = Math.addExact(first, request.count());
        CounterRandom pick = run.random(Purpose.SAMPLE_GIBBS);
        int[] numbers = IntStream.range(0, count)
                .filter(n -> pick.uniform(n, 0) < weight)
                .toArray();
        Coupling coupling = new Coupling(model, flow.proposal(FlowLaw.Accuracy.ALONE, run), run);
        Draws draws = numbers.length > 0 && coupling.kept() >= KEPT
                ? coupled(coupling, numbers, request.sampler(), count, run)
                : walked(numbers, request.sampler(), count, run);
        return first == 0 ? draws : draws.withRows(draws.rows().slice(first, count));
    }

    private Draws coupled(Coupling coupling, int[] numbers, Optional<Sampler> sampler, int count, RunContext run) {
        boolean all = numbers.length == count;
        // For no points, too, a sampler that does not fit is refused.
        Draws others = flow.drawAnywhere(new DrawRequest(0, all ? 0 : count, sampler), run);
        Points own = flow.draw(FlowLaw.Starts.EVEN, count, run).select(numbers);
        coupling.replace(own, numbers);
        return withOwn(all ? others.withRows(own) : others, numbers, own);
    }

    private Draws walked(int[] numbers, Optional<Sampler> sampler, int count, RunContext run) {
        Draws draws = flow.drawAnywhere(new DrawRequest(0, count, sampler), run);
        Points own = draws.rows().select(numbers);
        model.walk(own, numbers, run);
        return withOwn(draws, numbers, own);
    }

    /** Draws with rows of the density in their places. */
    private Draws withOwn(Draws draws, int[] numbers, Points own) {
        for (int j = 0; j < numbers.length; j++) {
            for (int i = 0; i < own.dim(); i++) {
                draws.rows().set(i, numbers[j], own.get(i, j));
            }
        }
        Outcome outcome = draws.outcome();
        int evaluations = model.walk().evaluations();
        return new Draws(
                draws.rows(),
                new Outcome(outcome.evaluations() + evaluations, outcome.accepted(), outcome.rejected()),
                draws.remarks());
    }

    @Override
    public Statistic statistic() {
        return new GibbsStatistic(flow.statistic(), model.table(), other -> other.trustedLike(model));
    }

    @Override
    public Statistic statistic(Dataset rows, RunContext run) {
        Statistic ofFlow = flow.statistic(rows, run);
        return new GibbsStatistic(ofFlow, GibbsFit.sums(model, rows, run), other -> GibbsFit.trustedIn(other, rows));
    }

    /** The density of other sums is normalised beside the flow of other sums. */
    @Override
    public GibbsLaw with(Statistic statistic, RunContext run) {
        GibbsStatistic sums = (GibbsStatistic) statistic;
        FlowLaw other = (FlowLaw) flow.with(sums.flow(), run);
        return new GibbsLaw(
                weight,
                model.withTable(sums.table(), sums.seen(), other.proposal(FlowLaw.Accuracy.AVERAGED, run), run),
                other);
    }

    @Override
    public List<String> differences(Law other) {
        if (!(other instanceof GibbsLaw law)) {
            return List.of("law: " + KIND + " and " + other.provenance().kind());
        }
        List<String> keys = new ArrayList<>(flow.differences(law.flow));
        if (keys.isEmpty()) {
            for (String difference : ModelDifference.of(model, law.model)) {
                keys.add("gibbs: " + difference);
            }
        }
        if (keys.isEmpty()) {
            ModelDifference.state(
                    "gibbs: confinement.",
                    model.confinement().scale(),
                    law.model.confinement().scale(),
                    keys);
        }
        return keys;
    }

    /** Of the density the mean log-density itself, mixed with the bounds of the flow's parts. */
    @Override
    public double evidenceBound(Dataset heldout, RunContext run) {
        double density = RowMean.of(heldout, rows -> model.logDensity(rows, run));
        if (weight == 1) {
            return density;
        }
        List<MixedBound> parts = new ArrayList<>();
        for (MixedBound part : flow.bounds(heldout, run)) {
            parts.add(new MixedBound((1 - weight) * part.weight(), part.bound()));
        }
        parts.add(new MixedBound(weight, density));
        return MixedBound.best(parts);
    }

    @Override
    public ScoreModel scoreModel() {
        return flow.scoreModel();
    }

    @Override
    public Points toData(Points z) {
        return flow.toData(z);
    }

    @Override
    public Optional<String> otherFlows() {
        return flow.otherFlows().or(() -> Optional.of(Density.WALKS_ON));
    }

    /** A walk ends near the density, not exactly at it. */
    @Override
    public boolean drawsHaveDensity() {
        return false;
    }

    @Override
    public Optional<Reference> reference(RunContext run) {
        return Optional.of(new FlowsReference(flows(), x -> logDensity(x, run), run));
    }

    @Override
    public Optional<Impossible> impossible(double[] row) {
        return flow.impossible(row);
    }

    @Override
    public List<Share> flows() {
        return flow.flows();
    }

    @Override
    public String besideFlows() {
        return ", and a Gibbs density of "
                + String.format(java.util.Locale.ROOT, "%,d", model.basis().size()) + " functions, "
                + (weight == 1 ? "which takes the flow's place" : Math.round(100 * weight) + " % of the law");
    }

    @Override
    public FitReport report() {
        FitReport own = flow.report();
        List<Decision> decisions =
                new ArrayList<>(model.choices().stream().map(Decision::told).toList());
        decisions.addAll(own.decisions());
        return new FitReport(
                own.rows(),
                own.dim(),
                own.basisSize(),
                own.matrixNonzeros(),
                own.tableSize(),
                own.seconds(),
                decisions,
                own.solves());
    }
}
