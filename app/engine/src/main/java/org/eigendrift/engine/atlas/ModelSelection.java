package org.eigendrift.engine.atlas;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.function.IntPredicate;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.InputException;
import org.eigendrift.api.NumericalException;
import org.eigendrift.api.Points;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.data.Dataset;
import org.eigendrift.api.data.InMemory;
import org.eigendrift.api.law.Gate;
import org.eigendrift.engine.FlowLaw;
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

    /** From so many numbers on, one fold tells enough. */
    private static final int MANY_NUMBERS = 20_000;

    private static final int FEW_FOLDS = 5;
    private static final int HELDOUT_ROWS = 2_000;

    /** Marginals matter most where columns are few. */
    private static final int FEW_COLUMNS = 16;

    /** Rows for each column and chart below which a chart's covariance is noise. */
    private static final int ROWS_PER_COLUMN = 2;

    /**
     * Nats a column that charts may gain on the normal mixture that cuts them; where the mixture falls short of a model of
     * all rows by more, charts are not fitted. Measured gains are up to 0.03.
     */
    private static final double CHART_GAIN = 0.05;

    /** Nats a column by which an evidence bound may fall short of a model's likelihood. Measured: up to 0.05. */
    private static final double HOPELESS = 0.25;

    /** Of many columns, whose pairs make a fit dear, one row in so many is enough to see that it is hopeless by twice as much. */
    private static final int FEW_ROWS = 4;

    /** Larger tables are compared by their first rows. */
    private static final int COMPARED_ROWS = 50_000;

    /** A model that carries less of the held-out rows is left out. */
    static final double LIGHT = 0.03;

    /** Nats by which a mixture of models must beat the best of them, for each model more. */
    static final double WORTH = 5e-4;

    private static final CounterRandom FOLDS = new CounterRandom(0xF01D);

    private final AtlasFit fit;
    private final RunContext run;
    private final List<String> remarks = new ArrayList<>();
    private final List<Candidate> candidates = new ArrayList<>();
    private final List<double[]> compared = new ArrayList<>();
    /** Of each candidate the atlas of the first split. */
    private final List<FlowLaw> first = new ArrayList<>();

    private Optional<GibbsLaw> density = Optional.empty();

    private RuntimeException refusal;
    /** Held-out log-likelihood of the best normal mixture. */
    private double mixtureNats = Double.NEGATIVE_INFINITY;

    ModelSelection(AtlasFit fit, RunContext run) {
        this.fit = fit;
        this.run = run;
    }

    List<String> remarks() {
        return remarks;
    }

    /** The Gibbs density beside the chosen flow, if it is worth its place. */
    Optional<GibbsLaw> density() {
        return density;
    }

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
        boolean promising = mixtureNats > best() - CHART_GAIN * data.dim();
        climb(promising ? mixtures : mixtures.subList(0, 1), splits);
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
            if (candidates.isEmpty()) {
                throw refusal;
            }
            double[][] nats = compared.toArray(new double[0][]);
            double[] weights = weights(nats);
            GibbsSelection gibbs = fit.gibbs();
            Optional<GibbsSelection.Worthy> worthy = Optional.empty();
            if (fit.mayBeGibbs(data, splits.size())) {
                FlowLaw flow = mixed(first.stream().map(Optional::of).toList(), weights);
                double[] logs = Stacking.logs(nats, weights);
                Split first = splits.get(0);
                worthy = gibbs.decide(first, flow, Arrays.copyOf(logs, first.heldout.size()));
            }
            if (worthy.isPresent() && worthy.get().weight() == 1) {
                // The flow is a proposal, no more: the best of the models does.
                weights = Stacking.only(nats.length, best(nats, c -> true));
            }
            List<Optional<FlowLaw>> members = members(data, weights);
            if (members.size() == weights.length) {
                FlowLaw flow = mixed(members, weights);
                density = worthy.flatMap(w -> gibbs.with(w, flow, data));
                say(weights);
                remarks.addAll(gibbs.remarks());
                return flow;
            }
            // What could be fitted to most rows but not to all is no choice.
            candidates.remove(members.size());
            compared.remove(members.size());
            first.remove(members.size());
        }
    }

    /** The candidates that have weight, fitted to all rows, up to the first that cannot be. */
    private List<Optional<FlowLaw>> members(Dataset data, double[] weights) {
        List<Optional<FlowLaw>> members = new ArrayList<>();
        for (int c = 0; c < weights.length; c++) {
            Optional<FlowLaw> member = Optional.empty();
            if (weights[c] > 0) {
                // Charts of all rows are those that were compared, improved.
                member = fitted(candidates.get(c), data, cut(first.get(c)));
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
            remarks.add(candidate.name + ": cannot be fitted (" + e.getMessage() + ")");
            refusal = refusal == null ? e : refusal;
            return Optional.empty();
        }
    }

    private static boolean scored(Column column) {
        return column.kind() == Column.Kind.REAL || column.kind() == Column.Kind.POSITIVE;
    }

    private List<Split> splits(Dataset data) {
        List<Column> columns = data.columns();
        Points rows = InMemory.read(data, COMPARED_ROWS);
        int folds = (long) rows.size() * rows.dim() >= MANY_NUMBERS ? 1 : FEW_FOLDS;
        int share = folds == 1 ? Math.max(FEW_FOLDS, rows.size() / HELDOUT_ROWS) : folds;
        List<Split> splits = new ArrayList<>();
        for (int fold = 0; fold < folds; fold++) {
            List<Integer> train = new ArrayList<>();
            List<Integer> heldout = new ArrayList<>();
            for (int n = 0; n < rows.size(); n++) {
                boolean held = Math.floorMod(FOLDS.bits(0, n), share) == fold;
                (held ? heldout : train).add(n);
            }
            splits.add(new Split(new InMemory(columns, take(rows, train)), take(rows, heldout)));
        }
        return splits;
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

    /** The largest held-out mean so far. */
    private double best() {
        return compared.stream()
                .mapToDouble(nats -> Arrays.stream(nats).average().orElseThrow())
                .max()
                .orElse(Double.NEGATIVE_INFINITY);
    }

    /**
     * Compares numbers of charts downwards from the last, every other one first, then those beside the best.
     *
     * @param mixtures of every number of charts, in every split
     */
    private void climb(List<List<ChartMixture>> mixtures, List<Split> splits) {
        int last = mixtures.size() - 1;
        int best = last;
        double most = compareCharts(last, mixtures, splits);
        for (int s = last - 2; s >= 0; s -= 2) {
            double here = compareCharts(s, mixtures, splits);
            if (here <= most) {
                break;
            }
            most = here;
            best = s;
        }
        for (int s : best == last ? new int[] {best - 1} : new int[] {best - 1, best + 1}) {
            if (s >= 0) {
                compareCharts(s, mixtures, splits);
            }
        }
    }

    private double compareCharts(int s, List<List<ChartMixture>> mixtures, List<Split> splits) {
        return compare(charts(SIZES[s]), splits, mixtures.get(s));
    }

    /** Of numbers of charts up to the one whose mixture describes held-out rows best, the mixtures in every split. */
    private List<List<ChartMixture>> mixtures(List<Split> splits) {
        Split first = splits.get(0);
        int most = first.train.points().size() / (ROWS_PER_COLUMN * (first.train.dim() + 2));
        List<List<ChartMixture>> tried = new ArrayList<>();
        double best = Double.NEGATIVE_INFINITY;
        int chosen = 0;
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
            mixtureNats = Math.max(mixtureNats, mean);
            if (mean > best) {
                best = mean;
                chosen = tried.size() - 1;
            } else if (tried.size() - 1 - chosen >= 2) {
                break;
            }
        }
        return tried.subList(0, chosen + 1);
    }

    /**
     * Adds a candidate with the log-likelihoods of held-out rows, whose mean is returned.
     *
     * @param mixtures that begin to cut the rows of every split; none for a candidate that does not cut them
     */
    private double compare(Candidate candidate, List<Split> splits, List<ChartMixture> mixtures) {
        double[] all = {};
        FlowLaw kept = null;
        for (int s = 0; s < splits.size(); s++) {
            Split split = splits.get(s);
            Optional<FlowLaw> atlas =
                    fitted(candidate, split.train, candidate.cut ? Optional.of(mixtures.get(s)) : Optional.empty());
            if (atlas.isEmpty()) {
                return Double.NEGATIVE_INFINITY;
            }
            if (kept == null && hopeless(candidate, atlas.get(), split)) {
                return Double.NEGATIVE_INFINITY;
            }
            kept = kept == null ? atlas.get() : kept;
            double[] nats = atlas.get().logDensity(split.heldout, run).nats();
            int at = all.length;
            all = Arrays.copyOf(all, at + nats.length);
            System.arraycopy(nats, 0, all, at, nats.length);
        }
        double mean = Arrays.stream(all).average().orElseThrow();
        remarks.add(String.format(Locale.ROOT, "%s: %.4f nats a held-out row", candidate.name, mean));
        candidates.add(candidate);
        compared.add(all);
        first.add(kept);
        return mean;
    }

    /**
     * Whether the evidence bound of a model of all rows lies so far below the best normal mixture that its likelihoods,
     * which are dear where a model is bad, are not worth computing.
     */
    private boolean hopeless(Candidate candidate, FlowLaw atlas, Split split) {
        return !candidate.cut && hopeless(candidate, atlas, split, HOPELESS);
    }

    /** The same of a fit to some of the rows; where they are too few for one, all of them shall tell. */
    private boolean hopelessOfFewRows(Candidate candidate, Split split) {
        Points rows = split.train.points();
        InMemory few = new InMemory(split.train.columns(), rows.slice(0, rows.size() / FEW_ROWS));
        try {
            return hopeless(candidate, candidate.fit.fit(few, Optional.empty()), split, 2 * HOPELESS);
        } catch (InputException | NumericalException e) {
            return false;
        }
    }

    private boolean hopeless(Candidate candidate, FlowLaw atlas, Split split, double margin) {
        if (mixtureNats == Double.NEGATIVE_INFINITY || split.train.dim() <= 2) {
            return false;
        }
        double bound = atlas.evidenceBound(new InMemory(split.train.columns(), split.heldout), run);
        // Rows outside the support cost the bound everything, the likelihood of a mixture next to nothing.
        boolean hopeless = bound > Double.NEGATIVE_INFINITY && bound < mixtureNats - margin * split.train.dim();
        if (hopeless) {
            remarks.add(String.format(
                    Locale.ROOT,
                    "%s: left out, its evidence bound of %.4f nats lies far below the %.4f of a normal mixture",
                    candidate.name,
                    bound,
                    mixtureNats));
        }
        return hopeless;
    }

    /** Weights of the mixture of candidates that describes held-out rows best, most of them 0. */
    private double[] weights(double[][] nats) {
        int best = best(nats, c -> true);
        int bestCut = best(nats, c -> candidates.get(c).cut);
        double[] weights = new double[nats.length];
        for (int c = 0; c < nats.length; c++) {
            // An atlas has one way to cut the rows.
            weights[c] = candidates.get(c).cut && c != bestCut ? 0 : 1.0 / nats.length;
        }
        weights = Stacking.weights(nats, weights);
        int kept = 0;
        for (int c = 0; c < weights.length; c++) {
            weights[c] = weights[c] < LIGHT ? 0 : weights[c];
            kept += weights[c] > 0 ? 1 : 0;
        }
        weights = Stacking.weights(nats, weights);
        double single = Stacking.mean(nats, Stacking.only(nats.length, best));
        double gain = Stacking.mean(nats, weights) - single;
        if (kept > 1 && gain < WORTH * (kept - 1)) {
            weights = Stacking.only(nats.length, best);
        }
        return weights;
    }

    private void say(double[] weights) {
        for (int c = 0; c < weights.length; c++) {
            if (weights[c] > 0) {
                remarks.add(String.format(
                        Locale.ROOT,
                        "chosen: %s%s",
                        candidates.get(c).name,
                        weights[c] < 1 ? ", weight " + Math.round(100 * weights[c]) + " %" : ""));
            }
        }
    }

    private static int best(double[][] nats, IntPredicate eligible) {
        int best = -1;
        for (int c = 0; c < nats.length; c++) {
            if (eligible.test(c)
                    && (best < 0
                            || Stacking.mean(nats, Stacking.only(nats.length, c))
                                    > Stacking.mean(nats, Stacking.only(nats.length, best)))) {
                best = c;
            }
        }
        return best;
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
