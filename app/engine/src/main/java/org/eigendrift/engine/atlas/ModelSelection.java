package org.eigendrift.engine.atlas;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import org.eigendrift.api.InputException;
import org.eigendrift.api.NumericalException;
import org.eigendrift.api.Points;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.data.Dataset;
import org.eigendrift.api.data.InMemory;
import org.eigendrift.api.law.Decision;
import org.eigendrift.api.law.Gate;
import org.eigendrift.engine.flow.FlowLaw;
import org.eigendrift.engine.judge.Climb;
import org.eigendrift.engine.judge.HeldoutShares;
import org.eigendrift.engine.judge.Hopelessness;
import org.eigendrift.engine.judge.Judged;
import org.eigendrift.engine.judge.ModelJudge;
import org.eigendrift.engine.judge.Stacking;
import org.eigendrift.engine.law.gibbs.GibbsLaw;
import org.eigendrift.engine.law.mixture.Member;
import org.eigendrift.engine.law.mixture.Mixture;

/**
 * Chooses between one model in the columns' own coordinates, one of their normal scores, one in uncorrelated coordinates,
 * and atlases, by the exact log-likelihood of held-out rows; several are mixed where that is better than the best of them ("stacking", Smyth and
 * Wolpert, Machine Learning 36, 1999). The number of charts is first narrowed down by the likelihood of the mixture that
 * cuts the rows, which costs next to nothing.
 */
final class ModelSelection {
    private static final int[] SIZES = {1, 2, 3, 5, 8, 12, 20, 30, 50, 80};

    /** Steps of a mixture that is only compared. */
    private static final int FEW_STEPS = 30;

    /** Marginals matter most where columns are few. */
    private static final int FEW_COLUMNS = 16;

    /** Rows for each column and chart below which a chart's covariance is noise. */
    private static final int ROWS_PER_COLUMN = 2;

    /** Of many columns, whose pairs make a fit dear, one row in so many is enough to see that it is hopeless by twice as much. */
    private static final int FEW_ROWS = 4;

    /** Larger tables are compared by their first rows. */
    private static final int COMPARED_ROWS = 50_000;

    private final ModelFits fit;
    private final RunContext run;
    private final List<Decision> decisions = new ArrayList<>();
    private final List<Compared> compared = new ArrayList<>();
    private final List<Hopeless> hopeless = new ArrayList<>();
    private Optional<GibbsLaw> density = Optional.empty();
    private RuntimeException refusal;
    private Hopelessness hopelessness = new Hopelessness(Double.NEGATIVE_INFINITY, 0);

    ModelSelection(ModelFits fit, RunContext run) {
        this.fit = fit;
        this.run = run;
    }

    /** What was chosen, and what was left out. */
    List<Decision> decisions() {
        return decisions;
    }

    /** The Gibbs density beside the chosen flow, if it is worth its place. */
    Optional<GibbsLaw> density() {
        return density;
    }

    /** What was compared: the scores, how it is fitted, and the atlas of the first split. */
    private record Compared(Candidate candidate, ModelJudge.Scored scored, FlowLaw first) {}

    /** What was not, because its evidence bound is so low. */
    private record Hopeless(Candidate candidate, double bound) {}

    /** A kind of model, and whether it cuts rows into charts first. */
    private record Candidate(String name, boolean cut, Kind fit) {}

    /** How a kind of model is fitted. */
    private interface Kind {
        /**
         * Fits.
         *
         * @param data rows
         * @param cut where the cutting of rows into charts begins; without meaning to kinds that do not cut
         */
        FlowLaw fit(Dataset data, Optional<ChartMixture> cut);
    }

    /** Rows to fit and rows to compare by. */
    record Split(InMemory train, Points heldout) {}

    /** Chooses among all kinds of models. */
    FlowLaw choose(Dataset data) {
        if (data.dim() > FEW_COLUMNS && data.rows().orElseThrow() <= data.dim()) {
            decisions.add(
                    new Decision(
                            Judged.MODEL,
                            charts(1).name,
                            List.of(),
                            data.dim() + " columns of " + data.rows().orElseThrow()
                                    + " rows: rows are too few to compare models by; the frame shrinks what they say of pairs"));
            return fit.whitened(data);
        }
        List<Split> splits = splits(data);
        List<List<ChartMixture>> mixtures = mixtures(splits);
        Candidate table = new Candidate("one model in the columns' coordinates", false, (d, cut) -> fit.table(d));
        if (data.dim() <= FEW_COLUMNS || !hopelessOfFewRows(table, splits.get(0))) {
            compare(table, splits, List.of());
        }
        if (data.dim() > 2
                && data.dim() <= FEW_COLUMNS
                && data.columns().stream().allMatch(ModelSelection::scored)) {
            compare(
                    new Candidate("one model of normal scores", false, (d, cut) -> fit.normalScores(d)),
                    splits,
                    List.of());
        }
        double best = compared.stream().mapToDouble(c -> c.scored.mean()).max().orElse(Double.NEGATIVE_INFINITY);
        int last = hopelessness.chartsPromise(best) ? mixtures.size() - 1 : 0;
        Climb.down(last, s -> compare(charts(SIZES[s]), splits, mixtures.get(s)));
        return best(data, splits);
    }

    /** The one kind of model that was asked for, with a Gibbs density. */
    FlowLaw withGibbs(Dataset data, Function<Dataset, FlowLaw> asked) {
        List<Split> splits = splits(data);
        compare(new Candidate("the model that was asked for", false, (d, cut) -> asked.apply(d)), splits, List.of());
        return best(data, splits);
    }

    private FlowLaw best(Dataset data, List<Split> splits) {
        while (true) {
            compareTheHopeless(splits);
            List<ModelJudge.Scored> scored =
                    compared.stream().map(Compared::scored).toList();
            ModelJudge.Verdict verdict = ModelJudge.judge(scored);
            GibbsSelection gibbs = fit.gibbs();
            Optional<GibbsSelection.Worthy> worthy = worthy(gibbs, data, splits, verdict.weights());
            if (worthy.isPresent() && worthy.get().weight() == 1) {
                // The flow is a proposal, no more: the best of the models does.
                verdict = ModelJudge.single(scored);
            }
            double[] weights = verdict.weights();
            List<Optional<FlowLaw>> members = members(data, weights);
            if (members.size() == weights.length) {
                FlowLaw flow = mixed(members, weights);
                density = worthy.flatMap(w -> gibbs.with(w, flow, data));
                decisions.add(verdict.decision());
                decisions.add(verdict.stacking());
                decisions.addAll(gibbs.decisions());
                return flow;
            }
            // What could be fitted to most rows but not to all is no choice.
            compared.remove(members.size());
        }
    }

    /** Where nothing else could be fitted, what was thought hopeless is fitted all the same, the least hopeless first. */
    private void compareTheHopeless(List<Split> splits) {
        while (compared.isEmpty() && !hopeless.isEmpty()) {
            Hopeless least = hopeless.stream()
                    .max(Comparator.comparingDouble(Hopeless::bound))
                    .orElseThrow();
            hopeless.remove(least);
            decisions.add(new Decision(Judged.HOPELESS, least.candidate.name, List.of(), "for no other model is left"));
            compare(least.candidate, splits, List.of(), false);
        }
        if (compared.isEmpty()) {
            throw refusal;
        }
    }

    private Optional<GibbsSelection.Worthy> worthy(
            GibbsSelection gibbs, Dataset data, List<Split> splits, double[] weights) {
        if (!fit.mayBeGibbs(data, splits.size())) {
            return Optional.empty();
        }
        FlowLaw flow = mixed(compared.stream().map(c -> Optional.of(c.first)).toList(), weights);
        double[][] nats = compared.stream().map(c -> c.scored.nats()).toArray(double[][]::new);
        Split first = splits.get(0);
        return gibbs.decide(first, flow, Arrays.copyOf(Stacking.logs(nats, weights), first.heldout.size()));
    }

    /** The candidates that have weight, fitted to all rows, up to the first that cannot be. */
    private List<Optional<FlowLaw>> members(Dataset data, double[] weights) {
        List<Optional<FlowLaw>> members = new ArrayList<>();
        for (int c = 0; c < weights.length; c++) {
            Optional<FlowLaw> member = Optional.empty();
            if (weights[c] > 0) {
                // Charts of all rows are those that were compared, improved.
                member = fitted(compared.get(c).candidate, data, cut(compared.get(c).first));
                if (member.isEmpty()) {
                    break;
                }
            }
            members.add(member);
        }
        return members;
    }

    /** Fits; rows that a kind of model does not suit speak against that kind, and the report says why. */
    private Optional<FlowLaw> fitted(Candidate candidate, Dataset rows, Optional<ChartMixture> cut) {
        try {
            return Optional.of(candidate.fit.fit(rows, cut));
        } catch (InputException | NumericalException e) {
            decisions.add(
                    new Decision(Judged.LEFT_OUT, candidate.name, List.of(), "it cannot be fitted: " + e.getMessage()));
            refusal = refusal == null ? e : refusal;
            return Optional.empty();
        }
    }

    private static boolean scored(Column column) {
        return column.kind() == Column.Kind.REAL || column.kind() == Column.Kind.POSITIVE;
    }

    private List<Split> splits(Dataset data) {
        Points rows = InMemory.read(data, COMPARED_ROWS);
        HeldoutShares shares = HeldoutShares.of(rows.size(), rows.dim());
        List<Split> splits = new ArrayList<>();
        for (int fold = 0; fold < shares.folds(); fold++) {
            List<Integer> train = new ArrayList<>();
            List<Integer> heldout = new ArrayList<>();
            for (int n = 0; n < rows.size(); n++) {
                (shares.heldOut(fold, n) ? heldout : train).add(n);
            }
            keepVarying(rows, train, heldout);
            if (!heldout.isEmpty()) {
                splits.add(new Split(new InMemory(data.columns(), take(rows, train)), take(rows, heldout)));
            }
        }
        return splits;
    }

    /** What varies in the data varies in the rows that are fitted: the first row that alone differs from them is one of them. */
    private static void keepVarying(Points rows, List<Integer> train, List<Integer> heldout) {
        for (int i = 0; i < rows.dim(); i++) {
            int column = i;
            double one = rows.get(column, train.isEmpty() ? heldout.get(0) : train.get(0));
            if (train.stream().allMatch(n -> rows.get(column, n) == one)) {
                Optional<Integer> other =
                        heldout.stream().filter(n -> rows.get(column, n) != one).findFirst();
                other.ifPresent(n -> {
                    heldout.remove(n);
                    train.add(n);
                });
            }
        }
    }

    private static Points take(Points rows, List<Integer> places) {
        Points taken = Points.zeros(rows.dim(), places.size());
        for (int i = 0; i < rows.dim(); i++) {
            for (int n = 0; n < places.size(); n++) {
                taken.set(i, n, rows.get(i, places.get(n)));
            }
        }
        return taken;
    }

    private Candidate charts(int size) {
        return size == 1
                ? new Candidate("one model in uncorrelated coordinates", false, (d, cut) -> fit.whitened(d))
                : new Candidate(size + " charts", true, (d, cut) -> fit.charts(d, cut.orElseThrow()));
    }

    /** Of numbers of charts up to the one whose mixture describes held-out rows best, the mixtures in every split. */
    private List<List<ChartMixture>> mixtures(List<Split> splits) {
        Split first = splits.get(0);
        int most = first.train.points().size() / (ROWS_PER_COLUMN * (first.train.dim() + 2));
        List<List<ChartMixture>> tried = new ArrayList<>();
        Climb rise = new Climb();
        for (int size : SIZES) {
            if (size > Math.max(1, most)) {
                break;
            }
            double mean = 0;
            List<ChartMixture> mixtures = new ArrayList<>();
            for (int s = 0; s < splits.size(); s++) {
                Split split = splits.get(s);
                Optional<ChartMixture> before = tried.isEmpty()
                        ? Optional.empty()
                        : Optional.of(tried.get(tried.size() - 1).get(s));
                ChartMixture mixture =
                        fit.mixture(split.train.points(), split.train.columns(), size, FEW_STEPS, before);
                ChartCoordinates coordinates = mixture.coordinates();
                mean += (mixture.meanLogDensity(coordinates.of(split.heldout))
                                + coordinates.meanLogJacobian(split.heldout))
                        / splits.size();
                mixtures.add(mixture);
            }
            tried.add(mixtures);
            if (!rise.rises(mean)) {
                break;
            }
        }
        hopelessness = new Hopelessness(rise.best(), first.train.dim());
        decisions.add(
                rise.decision(
                        Judged.CHARTS,
                        s -> "up to " + SIZES[s],
                        "a mixture of so many normal laws describes held-out rows best; models of charts are compared to there"));
        return tried.subList(0, rise.chosen() + 1);
    }

    /**
     * Adds a candidate with the log-likelihoods of held-out rows, whose mean is returned.
     *
     * @param mixtures that begin to cut the rows of every split; none for a candidate that does not cut them
     */
    private double compare(Candidate candidate, List<Split> splits, List<ChartMixture> mixtures) {
        return compare(candidate, splits, mixtures, !candidate.cut);
    }

    /** The same; only if there is hope for it, where that is asked for. */
    private double compare(Candidate candidate, List<Split> splits, List<ChartMixture> mixtures, boolean ifHopeful) {
        double[] all = {};
        FlowLaw kept = null;
        for (int s = 0; s < splits.size(); s++) {
            Split split = splits.get(s);
            Optional<FlowLaw> atlas =
                    fitted(candidate, split.train, candidate.cut ? Optional.of(mixtures.get(s)) : Optional.empty());
            if (atlas.isEmpty() || kept == null && ifHopeful && hopeless(candidate, atlas.get(), split, 1)) {
                return Double.NEGATIVE_INFINITY;
            }
            kept = kept == null ? atlas.get() : kept;
            double[] nats = atlas.get().logDensity(split.heldout, run).nats();
            int at = all.length;
            all = Arrays.copyOf(all, at + nats.length);
            System.arraycopy(nats, 0, all, at, nats.length);
        }
        ModelJudge.Scored scored = new ModelJudge.Scored(candidate.name, candidate.cut, all);
        compared.add(new Compared(candidate, scored, kept));
        return scored.mean();
    }

    /** Whether a fit to some of the rows is hopeless; where they are too few for one, all of them shall tell. */
    private boolean hopelessOfFewRows(Candidate candidate, Split split) {
        Points rows = split.train.points();
        InMemory few = new InMemory(split.train.columns(), rows.slice(0, rows.size() / FEW_ROWS));
        try {
            return hopeless(candidate, candidate.fit.fit(few, Optional.empty()), split, 2);
        } catch (InputException | NumericalException e) {
            return false;
        }
    }

    private boolean hopeless(Candidate candidate, FlowLaw atlas, Split split, double margins) {
        if (!hopelessness.tells()) {
            return false;
        }
        double bound = atlas.evidenceBound(new InMemory(split.train.columns(), split.heldout), run);
        if (!hopelessness.of(bound, margins)) {
            return false;
        }
        decisions.add(hopelessness.decision(candidate.name, bound));
        hopeless.add(new Hopeless(candidate, bound));
        return true;
    }

    /** All charts of the members that have weight, of which at most one is cut. */
    private static FlowLaw mixed(List<Optional<FlowLaw>> members, double[] weights) {
        List<Member> charts = new ArrayList<>();
        Optional<Gate> gate = Optional.empty();
        for (int m = 0; m < weights.length; m++) {
            if (weights[m] > 0) {
                FlowLaw law = members.get(m).orElseThrow();
                for (Member chart : members(law)) {
                    charts.add(new Member(weights[m] * chart.weight(), chart.cell(), chart.law()));
                }
                gate = gate.or(() -> gate(law));
            }
        }
        boolean one = charts.size() == 1 && charts.get(0).law() instanceof FlowLaw;
        return one ? (FlowLaw) charts.get(0).law() : new Mixture(charts, gate);
    }

    private static List<Member> members(FlowLaw law) {
        return law instanceof Mixture mixture ? mixture.members() : List.of(new Member(1, OptionalInt.empty(), law));
    }

    private static Optional<Gate> gate(FlowLaw law) {
        return law instanceof Mixture mixture ? mixture.gate() : Optional.empty();
    }

    private static Optional<ChartMixture> cut(FlowLaw law) {
        return gate(law).filter(ChartMixture.class::isInstance).map(ChartMixture.class::cast);
    }
}
