package org.eigendrift.engine.atlas;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.function.Supplier;
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
import org.eigendrift.engine.judge.Race;
import org.eigendrift.engine.judge.Stacking;
import org.eigendrift.engine.law.gibbs.GibbsLaw;
import org.eigendrift.engine.law.mixture.Member;
import org.eigendrift.engine.law.mixture.Mixture;

/**
 * Chooses between one model in the columns' own coordinates, one of their normal scores, one in uncorrelated coordinates,
 * atlases, and of tables of few rows one normal law, by the exact log-likelihood of held-out rows; several are mixed where that is better
 * than the best of them ("stacking", Smyth and Wolpert, Machine Learning 36, 1999). The number of charts is first narrowed down by the likelihood of the mixture that
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

    /** Rows for each column below which one normal law is compared: of 61 public tables it was the better law for up to 8. */
    private static final int NORMAL_ROWS_PER_COLUMN = 20;

    /** Where a fit is dear one row in so many is enough to see that it is hopeless. */
    private static final int FEW_ROWS = 4;

    /** Of so many columns the model in their own coordinates has functions of all of them together, and the more the more rows. */
    private static final int DEAR_COLUMNS = 2;

    /** Larger tables are compared by their first rows. */
    private static final int COMPARED_ROWS = 50_000;

    private final ModelFits fit;
    private final RunContext run;
    private final List<Decision> decisions = new ArrayList<>();
    private final Map<String, Double> seconds = new LinkedHashMap<>();
    private final List<Compared> compared = new ArrayList<>();
    private final List<Compared> outrun = new ArrayList<>();
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

    /** What each kind of model that was tried took, fits and likelihoods together, in seconds of wall time. */
    Map<String, Double> seconds() {
        return seconds;
    }

    /**
     * What was compared.
     *
     * @param candidate how it is fitted
     * @param cuts that begin to cut the rows of every split; none for a candidate that does not cut them
     * @param scored its scores so far
     * @param first the atlas of the first split
     */
    private record Compared(Candidate candidate, List<ChartMixture> cuts, ModelJudge.Scored scored, FlowLaw first) {
        Compared and(double[] more) {
            return new Compared(candidate, cuts, scored.and(more), first);
        }
    }

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
        if (data.dim() == DEAR_COLUMNS && splits.size() == 1) {
            compareCharts(mixtures.size() - 1, splits, mixtures);
            if (keepsUp(table, splits.get(0))) {
                compare(table, splits, List.of());
            }
        } else {
            compareWhole(table, data, splits);
            double best =
                    compared.stream().mapToDouble(c -> c.scored.mean()).max().orElse(Double.NEGATIVE_INFINITY);
            compareCharts(hopelessness.chartsPromise(best) ? mixtures.size() - 1 : 0, splits, mixtures);
        }
        if (data.rows().orElseThrow() < (long) NORMAL_ROWS_PER_COLUMN * data.dim()) {
            // Rows may be too few for more.
            compare(new Candidate("one normal law", false, (d, cut) -> fit.normal(d)), splits, List.of(), false);
        }
        race(splits);
        return best(data, splits);
    }

    /** Models of all rows in coordinates that do not need a mixture. */
    private void compareWhole(Candidate table, Dataset data, List<Split> splits) {
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
    }

    private void compareCharts(int last, List<Split> splits, List<List<ChartMixture>> mixtures) {
        Climb.down(last, s -> compare(charts(SIZES[s]), splits, mixtures.get(s)));
    }

    /**
     * Whether a model that is dear is not left behind by the best so far where both are fitted to few of the rows. What cannot be fitted
     * to few may be fitted to all of them.
     */
    private boolean keepsUp(Candidate candidate, Split split) {
        Optional<Compared> best = compared.stream().max(Comparator.comparingDouble(c -> c.scored.mean()));
        return timed(candidate, () -> {
            try {
                return best.isEmpty() || keepsUp(candidate, best.get(), split);
            } catch (InputException | NumericalException e) {
                return true;
            }
        });
    }

    private boolean keepsUp(Candidate candidate, Compared best, Split split) {
        ModelJudge.Scored one = ofFewRows(candidate, Optional.empty(), split);
        ModelJudge.Scored other = ofFewRows(best.candidate, cut(best.first), split);
        Optional<Race.Lost> lost = Race.lost(List.of(other, one)).stream()
                .filter(l -> l.place() == 1)
                .findFirst();
        lost.ifPresent(l -> {
            decisions.add(l.decision("fitted to a quarter of the rows, "));
            hopeless.add(new Hopeless(candidate, one.mean()));
        });
        return lost.isEmpty();
    }

    private ModelJudge.Scored ofFewRows(Candidate candidate, Optional<ChartMixture> cut, Split split) {
        FlowLaw law = candidate.fit.fit(few(split), cut);
        return new ModelJudge.Scored(
                candidate.name,
                candidate.cut,
                law.logDensity(split.heldout, run).nats());
    }

    private static InMemory few(Split split) {
        Points rows = split.train.points();
        return new InMemory(split.train.columns(), rows.slice(0, rows.size() / FEW_ROWS));
    }

    /** The other splits, one after the other, for those that may still win or be part of what wins. */
    private void race(List<Split> splits) {
        leaveBehind();
        for (int s = 1; s < splits.size() && compared.size() > 1; s++) {
            for (Compared one : List.copyOf(compared)) {
                int place = compared.indexOf(one);
                Optional<Compared> further = further(one, splits.get(s), s);
                compared.remove(place);
                further.ifPresent(f -> compared.add(place, f));
            }
            leaveBehind();
        }
    }

    private void leaveBehind() {
        List<ModelJudge.Scored> scored = compared.stream().map(Compared::scored).toList();
        List<Race.Lost> lost = Race.lost(scored);
        lost.forEach(one -> decisions.add(one.decision()));
        for (int k = lost.size() - 1; k >= 0; k--) {
            outrun.add(compared.remove(lost.get(k).place()));
        }
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

    /** Where nothing else could be fitted, the best of what was left behind is, then what was thought hopeless, the least so first. */
    private void compareTheHopeless(List<Split> splits) {
        if (compared.isEmpty() && !outrun.isEmpty()) {
            Compared best = outrun.stream()
                    .max(Comparator.comparingDouble(c -> c.scored.mean()))
                    .orElseThrow();
            outrun.remove(best);
            compared.add(best);
            decisions.add(allTheSame(best.candidate));
        }
        while (compared.isEmpty() && !hopeless.isEmpty()) {
            Hopeless least = hopeless.stream()
                    .max(Comparator.comparingDouble(Hopeless::bound))
                    .orElseThrow();
            hopeless.remove(least);
            decisions.add(allTheSame(least.candidate));
            compare(least.candidate, splits, List.of(), false);
        }
        if (compared.isEmpty()) {
            throw refusal;
        }
    }

    private static Decision allTheSame(Candidate candidate) {
        return new Decision(Judged.HOPELESS, candidate.name, List.of(), "for no other model is left");
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
        List<Double> ofFirst = new ArrayList<>();
        Climb rise = new Climb();
        for (int size : SIZES) {
            if (size > Math.max(1, most)) {
                break;
            }
            double[] means = new double[splits.size()];
            List<ChartMixture> mixtures = new ArrayList<>();
            for (int s = 0; s < splits.size(); s++) {
                Split split = splits.get(s);
                Optional<ChartMixture> before = tried.isEmpty()
                        ? Optional.empty()
                        : Optional.of(tried.get(tried.size() - 1).get(s));
                ChartMixture mixture =
                        fit.mixture(split.train.points(), split.train.columns(), size, FEW_STEPS, before);
                ChartCoordinates coordinates = mixture.coordinates();
                means[s] = mixture.meanLogDensity(coordinates.of(split.heldout))
                        + coordinates.meanLogJacobian(split.heldout);
                mixtures.add(mixture);
            }
            tried.add(mixtures);
            ofFirst.add(means[0]);
            if (!rise.rises(Arrays.stream(means).sum() / means.length)) {
                break;
            }
        }
        // What is called hopeless is so by the rows of the first split.
        hopelessness = new Hopelessness(ofFirst.get(rise.chosen()), first.train.dim());
        decisions.add(
                rise.decision(
                        Judged.CHARTS,
                        s -> "up to " + SIZES[s],
                        "a mixture of so many normal laws describes held-out rows best; models of charts are compared to there"));
        return tried.subList(0, rise.chosen() + 1);
    }

    /**
     * Adds a candidate with the log-likelihoods of the first split's held-out rows, whose mean is returned.
     *
     * @param cuts that begin to cut the rows of every split; none for a candidate that does not cut them
     */
    private double compare(Candidate candidate, List<Split> splits, List<ChartMixture> cuts) {
        return compare(candidate, splits, cuts, !candidate.cut);
    }

    /** The same; only if there is hope for it, where that is asked for. */
    private double compare(Candidate candidate, List<Split> splits, List<ChartMixture> cuts, boolean ifHopeful) {
        return timed(candidate, () -> {
            Split first = splits.get(0);
            Optional<FlowLaw> atlas = fitted(candidate, first.train, cut(candidate, cuts, 0));
            if (atlas.isEmpty() || ifHopeful && hopeless(candidate, atlas.get(), first, 1)) {
                return Double.NEGATIVE_INFINITY;
            }
            double[] nats = atlas.get().logDensity(first.heldout, run).nats();
            ModelJudge.Scored scored = new ModelJudge.Scored(candidate.name, candidate.cut, nats);
            compared.add(new Compared(candidate, cuts, scored, atlas.get()));
            return scored.mean();
        });
    }

    /** With the scores of another split; nothing if it cannot be fitted there. */
    private Optional<Compared> further(Compared one, Split split, int s) {
        return timed(
                one.candidate,
                () -> fitted(one.candidate, split.train, cut(one.candidate, one.cuts, s))
                        .map(atlas ->
                                one.and(atlas.logDensity(split.heldout, run).nats())));
    }

    private static Optional<ChartMixture> cut(Candidate candidate, List<ChartMixture> cuts, int s) {
        return candidate.cut ? Optional.of(cuts.get(s)) : Optional.empty();
    }

    private <T> T timed(Candidate candidate, Supplier<T> work) {
        long begin = System.nanoTime();
        T result = work.get();
        seconds.merge(candidate.name, (System.nanoTime() - begin) * 1e-9, Double::sum);
        return result;
    }

    /** Whether a fit to some of the rows is hopeless; where they are too few for one, all of them shall tell. */
    private boolean hopelessOfFewRows(Candidate candidate, Split split) {
        try {
            return hopeless(candidate, candidate.fit.fit(few(split), Optional.empty()), split, 2);
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
