package org.eigendrift.engine.law.table;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.Parallel;
import org.eigendrift.api.Points;
import org.eigendrift.api.Purpose;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.law.Decision;
import org.eigendrift.api.law.Provenance;
import org.eigendrift.engine.kernel.LogSum;

/** Fits the law of a table, without anything that is trained: counts, least squares, and choices by held-out rows. */
public final class TableFit {
    /** Name of the kind of law. */
    public static final String KIND = "table";

    private static final int CELLS = 256;
    /** Tables with fewer rows are held out in five parts, others in one. */
    private static final int SMALL = 4_000;

    /** Tables with fewer rows have kernels around all of them, whose cost is their square; others at the ends of columns. */
    private static final int FEW = 2_000;

    private static final int PARTS = 5;
    private static final double SHARE = 0.15;
    private static final int MOST = 8_000;
    private static final int ROUNDS = 30;
    /** Mixtures whose mean is taken, where a mixture has so large a share beside the chain that it is worth their time. */
    private static final int STARTS = 4;

    private static final double LARGE = 0.1;
    /** Parts of the law with a smaller share are left out. */
    private static final double LIGHT = 0.02;
    /** Nats of each column beyond some that held-out rows may lose to more draws near rows, those that lose. */
    private static final double NEARNESS = 0.03;

    private static final int SOME = 5;
    /** Draws far from what was seen remain. */
    private static final double NEAREST = 0.9;
    /** Splits by which kernels are chosen. */
    private static final int JUDGING = 2;

    private static final List<String> NAMES = List.of("chain", "mixture", "kernels around rows", "narrow kernels");
    /** Place of narrow kernels among the parts that are weighed. */
    private static final int NARROW = TableParts.PARTS;

    private final List<Column> columns;
    private final CellScale.Spec[] specs;
    private final RunContext run;

    /**
     * Prepares a fit.
     *
     * @param columns the columns
     * @param specs what is known of each
     * @param run seed, threads, cancellation
     */
    TableFit(List<Column> columns, List<CellScale.Spec> specs, RunContext run) {
        this.columns = List.copyOf(columns);
        this.specs = specs.toArray(CellScale.Spec[]::new);
        this.run = run;
    }

    /**
     * Fits.
     *
     * @param rows the table; not modified
     * @return the law
     */
    TableLaw fit(Points rows) {
        return fit(rows, IntStream.range(0, rows.size()).toArray());
    }

    /**
     * Fits.
     *
     * @param rows the table; not modified
     * @param seen the rows of which no cell was drawn: kernels stand around these alone
     * @return the law
     */
    TableLaw fit(Points rows, int[] seen) {
        CounterRandom random = run.random(Purpose.TABLE_FIT);
        GapEnds gaps = GapEnds.of(rows, numbers());
        int[] order = gaps.behind(new FixedColumns(rows).behind(order(rows)));
        CellScale[] scales = new CellScale[order.length];
        int[][] cells = new int[order.length][];
        for (int k = 0; k < order.length; k++) {
            double[] values = rows.column(order[k]);
            scales[k] =
                    CellScale.of(specs[order[k]], values, CELLS, gaps.values().getOrDefault(order[k], Set.of()));
            double[] extremes = CellScale.extremes(values);
            CellScale scale = scales[k];
            cells[k] = Arrays.stream(values)
                    .mapToInt(v -> scale.fitted(v, extremes[0], extremes[1]))
                    .toArray();
        }
        Coded coded = new Coded(scales);
        List<int[]> folds = folds(rows.size(), random.derive(0));
        Relation[] relations = new Relation[order.length];
        Arrays.setAll(relations, k -> Relation.find(coded, cells, k));
        EndKernels ends = new EndKernels(coded, relations, rows.size());
        int[][] others = ends.without(cells);
        ChainFit.Fitted chain = new ChainFit(coded, relations, run, random.derive(1)).fit(others, folds);
        Groups groups = Groups.of(coded, relations);
        Mixed single = mixture(groups, others, folds, random.bits(2, 0));
        Mixed mixed = counts(chain.heldout(), single) ? started(single, groups, others, folds) : single;
        Optional<Around> around = rows.size() < FEW && isNearlyWhole(rows.size(), seen)
                ? Optional.of(kernels(coded, relations, cells, seen, folds))
                : Optional.empty();
        List<double[]> heldout = new ArrayList<>(List.of(chain.heldout(), mixed.heldout()));
        around.ifPresent(kernels -> heldout.addAll(kernels.heldout));
        double[] weights = nearer(heldout, shares(heldout), NEARNESS * Math.max(0, order.length - SOME));
        double[] shares = Arrays.copyOf(weights, TableParts.PARTS);
        shares[TableParts.KERNELS] += weights[NARROW];
        Kernels kernels = shares[TableParts.KERNELS] > 0
                ? around.orElseThrow().kernels(weights[NARROW] / shares[TableParts.KERNELS])
                : null;
        List<Decision> decisions = new ArrayList<>(toldGaps(order, relations));
        moved(order, chain.laws()).ifPresent(decisions::add);
        decisions.add(parts(heldout, mixed, weights));
        if (ends.size() > 0) {
            kernels = ends.kernels(cells);
            double share = (double) ends.size() / rows.size();
            Arrays.setAll(shares, part -> (1 - share) * shares[part] + (part == TableParts.KERNELS ? share : 0));
            decisions.add(ends(ends.size(), rows.size()));
        }
        TableParts parts = new TableParts(order, coded, chain.laws(), groups, mixed.mixture(), kernels, shares);
        return new TableLaw(columns, parts, new Provenance(KIND, rows.size(), decisions));
    }

    private List<Decision> toldGaps(int[] order, Relation[] relations) {
        return IntStream.range(0, order.length)
                .filter(k -> relations[k] != null && relations[k].ofGaps())
                .mapToObj(k -> new Decision(
                        "gaps of " + columns.get(order[k]).name(),
                        "where " + columns.get(order[relations[k].column()]).name() + " tells them",
                        List.of(),
                        "in all rows, and in all draws"))
                .toList();
    }

    private Optional<Decision> moved(int[] order, ColumnLaw[] laws) {
        String names = Arrays.stream(laws)
                .filter(law -> law.shift() != null)
                .map(law -> columns.get(order[law.column()]).name())
                .collect(Collectors.joining(", "));
        return names.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new Decision(
                                "columns moved by a regression of ranks",
                                names,
                                List.of(),
                                "held-out rows rank otherwise under the law of such a column than they should, as the columns before it tell"));
    }

    private static Decision ends(int ends, int rows) {
        return new Decision(
                "ends of columns",
                "one row in " + rows + " at each of " + ends,
                List.of(),
                "where fewer than twelve rows have an end, so that a drawn table of as many rows has it; near the rows nearest to it");
    }

    /** How kernels stand around all rows, and held-out rows by kernels around others, wide and perhaps narrow. */
    private record Around(KernelFit fit, KernelFit.Shape shape, List<double[]> heldout) {
        Kernels kernels(double narrow) {
            return fit.fit(shape, narrow);
        }
    }

    /**
     * Rows seen whole may be of another law than the rest, for which values are not seen may depend on others: kernels around them stand
     * for all where they leave out fewer rows than a share of so many scatters by, half their root.
     */
    private static boolean isNearlyWhole(int rows, int[] seen) {
        return rows - seen.length <= Math.sqrt(rows) / 2;
    }

    private Around kernels(Coded coded, Relation[] relations, int[][] cells, int[] seen, List<int[]> folds) {
        List<int[][]> heldout = folds.stream().map(f -> Coded.select(cells, f)).toList();
        KernelFit[] fits = new KernelFit[folds.size()];
        Parallel parallel = run.parallel();
        parallel.forEach(fits.length, f -> {
            run.checkCancelled();
            fits[f] = new KernelFit(coded, relations, Coded.select(cells, without(seen, folds.get(f))));
        });
        KernelFit.Shape shape = KernelFit.choose(Arrays.asList(fits).subList(0, JUDGING), heldout);
        double[][][] logs = new double[fits[0].hasNarrow(shape) ? 2 : 1][folds.size()][];
        parallel.forEach(fits.length, f -> {
            run.checkCancelled();
            for (int narrow = 0; narrow < logs.length; narrow++) {
                logs[narrow][f] = fits[f].fit(shape, narrow).logProbabilities(heldout.get(f));
            }
        });
        return new Around(
                new KernelFit(coded, relations, Coded.select(cells, seen)),
                shape,
                Arrays.stream(logs)
                        .map(all -> Arrays.stream(all)
                                .flatMapToDouble(Arrays::stream)
                                .toArray())
                        .toList());
    }

    private boolean[] numbers() {
        boolean[] numbers = new boolean[specs.length];
        for (int j = 0; j < numbers.length; j++) {
            numbers[j] = specs[j].levels() == 0;
        }
        return numbers;
    }

    /** Levels first, those with the fewest before others; numbers in the order of the table. */
    private int[] order(Points rows) {
        long[] keys = new long[specs.length];
        for (int j = 0; j < specs.length; j++) {
            long distinct = Arrays.stream(rows.column(j)).distinct().count();
            keys[j] = specs[j].levels() > 0 || distinct <= 2 ? distinct : Integer.MAX_VALUE;
        }
        return IntStream.range(0, specs.length)
                .boxed()
                .sorted(Comparator.comparingLong(j -> keys[j]))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    private static List<int[]> folds(int rows, CounterRandom random) {
        int[] shuffled = IntStream.range(0, rows)
                .boxed()
                .sorted(Comparator.comparingLong((Integer n) -> random.bits(0, n)))
                .mapToInt(Integer::intValue)
                .toArray();
        List<int[]> folds = new ArrayList<>();
        if (rows >= SMALL) {
            folds.add(sorted(Arrays.copyOf(shuffled, (int) Math.min(MOST, SHARE * rows))));
        } else {
            for (int f = 0; f < PARTS; f++) {
                int from = (int) ((long) rows * f / PARTS);
                int to = (int) ((long) rows * (f + 1) / PARTS);
                folds.add(sorted(Arrays.copyOfRange(shuffled, from, to)));
            }
        }
        return folds;
    }

    private static int[] sorted(int[] rows) {
        Arrays.sort(rows);
        return rows;
    }

    /** The mixture that is best, and held-out rows by it and by simpler ones. */
    private record Mixed(
            TreeMixture mixture, MixtureFit.Plan plan, double[] heldout, double[] independent, double[] products) {}

    private Mixed mixture(Groups groups, int[][] cells, List<int[]> folds, long key) {
        int rows = cells[0].length;
        Codes codes = groups.codes(cells);
        Codes rest = codes.select(without(rows, folds.get(0)));
        Codes first = codes.select(folds.get(0));
        MixtureFit fit = new MixtureFit(rest, run);
        List<MixtureFit.Fitted> tried = plans(rows, key).stream()
                .map(plan -> fit.fit(plan, first, ROUNDS))
                .toList();
        MixtureFit.Fitted best = best(tried);
        double[] heldout = heldout(best, groups, cells, codes, folds);
        MixtureFit.Fitted products =
                best(tried.stream().filter(fitted -> !fitted.plan().edges()).toList());
        TreeMixture all = new MixtureFit(codes, run).rounds(best.plan(), best.rounds());
        return new Mixed(
                all,
                best.plan(),
                heldout,
                heldout(tried.get(INDEPENDENT), groups, cells, codes, folds),
                products == best ? heldout : heldout(products, groups, cells, codes, folds));
    }

    /** Whether a mixture has a large share beside the chain. */
    private static boolean counts(double[] chain, Mixed mixed) {
        return mixed.plan().components() > 1 && shares(List.of(chain, mixed.heldout()))[TableParts.MIXTURE] > LARGE;
    }

    /** The mean of mixtures that start from other rows. Each ends elsewhere: what they do not say alike is chance. */
    private Mixed started(Mixed first, Groups groups, int[][] cells, List<int[]> folds) {
        Codes codes = groups.codes(cells);
        Codes heldout = codes.select(folds.get(0));
        MixtureFit rest = new MixtureFit(codes.select(without(cells[0].length, folds.get(0))), run);
        MixtureFit whole = new MixtureFit(codes, run);
        List<TreeMixture> all = new ArrayList<>(List.of(first.mixture()));
        List<double[]> logs = new ArrayList<>(List.of(first.heldout()));
        for (int start = 1; start < STARTS; start++) {
            MixtureFit.Fitted fitted = rest.fit(first.plan().from(start), heldout, ROUNDS);
            all.add(whole.rounds(fitted.plan(), fitted.rounds()));
            logs.add(heldout(fitted, groups, cells, codes, folds));
        }
        double[] means = new double[first.heldout().length];
        Arrays.setAll(
                means, n -> LogSum.of(logs.stream().mapToDouble(log -> log[n]).toArray()) - Math.log(logs.size()));
        return new Mixed(TreeMixture.mean(all), first.plan(), means, first.independent(), first.products());
    }

    private static MixtureFit.Fitted best(List<MixtureFit.Fitted> tried) {
        MixtureFit.Fitted best = tried.get(0);
        for (MixtureFit.Fitted now : tried) {
            best = now.mean() > best.mean() ? now : best;
        }
        return best;
    }

    /** Log-probabilities of all held-out rows, by mixtures of the rows without them. */
    private double[] heldout(MixtureFit.Fitted fitted, Groups groups, int[][] cells, Codes codes, List<int[]> folds) {
        double[] out = new double[folds.stream().mapToInt(f -> f.length).sum()];
        int at = 0;
        for (int f = 0; f < folds.size(); f++) {
            TreeMixture mixture = f == 0
                    ? fitted.mixture()
                    : new MixtureFit(codes.select(without(cells[0].length, folds.get(f))), run)
                            .rounds(fitted.plan(), fitted.rounds());
            for (int n : folds.get(f)) {
                out[at++] = mixture.logProbability(codes, n) + groups.logWithin(cells, n);
            }
        }
        return out;
    }

    /** Place among plans of one product: columns that are independent. */
    private static final int INDEPENDENT = 0;

    private static List<MixtureFit.Plan> plans(int rows, long key) {
        List<MixtureFit.Plan> plans = new ArrayList<>();
        plans.add(new MixtureFit.Plan(1, 1, false, key));
        plans.add(new MixtureFit.Plan(1, 3, true, key));
        for (int components : new int[] {4, 12, 40}) {
            if (components * 20 <= rows) {
                plans.add(new MixtureFit.Plan(components, 3, false, key));
                plans.add(new MixtureFit.Plan(components, 5, true, key));
            }
        }
        return plans;
    }

    private static int[] without(int rows, int[] fold) {
        return without(IntStream.range(0, rows).toArray(), fold);
    }

    private static int[] without(int[] rows, int[] fold) {
        BitSet out = new BitSet();
        Arrays.stream(fold).forEach(out::set);
        return Arrays.stream(rows).filter(n -> !out.get(n)).toArray();
    }

    /** The shares that are best for held-out rows. */
    private static double[] shares(List<double[]> heldout) {
        double[][] parts = new double[heldout.size()][heldout.get(0).length];
        for (int n = 0; n < parts[0].length; n++) {
            int row = n;
            double most = heldout.stream().mapToDouble(part -> part[row]).max().orElseThrow();
            for (int part = 0; part < parts.length; part++) {
                parts[part][n] = most > Double.NEGATIVE_INFINITY ? Math.exp(heldout.get(part)[n] - most) : 1;
            }
        }
        return Arrays.copyOf(SparseStacking.weights(parts, LIGHT), TableParts.PARTS + 1);
    }

    /**
     * Shares with more of the narrow kernels. What is likeliest is wide where columns are many and rows few, so draws lie off what was
     * seen in every column a little; most may lie near it at the price of the logarithm of the others' share.
     */
    static double[] nearer(List<double[]> heldout, double[] shares, double price) {
        if (heldout.size() <= NARROW) {
            return shares;
        }
        double low = 0;
        double high = NEAREST;
        for (int step = 0; step < 20; step++) {
            double share = (low + high) / 2;
            boolean worth = paid(heldout, shares, with(shares, share)) <= price;
            low = worth ? share : low;
            high = worth ? high : share;
        }
        return low < LIGHT ? shares : with(shares, low);
    }

    private static double[] with(double[] shares, double narrow) {
        double[] out = shares.clone();
        Arrays.setAll(out, part -> (1 - narrow) * out[part] + (part == NARROW ? narrow : 0));
        return out;
    }

    /** What rows lose on average by other shares; the gains of some do not pay for what the others lose. */
    private static double paid(List<double[]> heldout, double[] before, double[] after) {
        return IntStream.range(0, heldout.get(0).length)
                .mapToDouble(n -> LogSum.of(logs(heldout, before, n)) - LogSum.of(logs(heldout, after, n)))
                .map(loss -> Math.max(0, loss))
                .average()
                .orElseThrow();
    }

    private static double[] logs(List<double[]> heldout, double[] shares, int n) {
        double[] logs = new double[heldout.size()];
        Arrays.setAll(
                logs,
                part -> shares[part] > 0 ? Math.log(shares[part]) + heldout.get(part)[n] : Double.NEGATIVE_INFINITY);
        return logs;
    }

    private static Decision parts(List<double[]> heldout, Mixed mixed, double[] shares) {
        double[] all = new double[heldout.get(0).length];
        Arrays.setAll(all, n -> LogSum.of(logs(heldout, shares, n)));
        List<Decision.Alternative> alternatives = new ArrayList<>();
        List<String> chosen = new ArrayList<>();
        for (int part = 0; part < heldout.size(); part++) {
            alternatives.add(alternative(NAMES.get(part), heldout.get(part), all));
            if (shares[part] > 0) {
                chosen.add(NAMES.get(part) + " " + Math.round(100 * shares[part]) + " %");
            }
        }
        alternatives.add(alternative("all, by their shares", all, all));
        alternatives.add(alternative("independent columns", mixed.independent(), all));
        alternatives.add(alternative("mixture of products", mixed.products(), all));
        String kind = mixed.plan().edges() ? "trees" : "products";
        String reason = "log-probabilities of cells of held-out rows; "
                + mixed.mixture().trees().size() + " " + kind + " in the mixture";
        return new Decision("parts", String.join(", ", chosen), alternatives, reason);
    }

    private static Decision.Alternative alternative(String name, double[] logs, double[] best) {
        double mean = Arrays.stream(logs).average().orElse(Double.NaN);
        double difference = 0;
        double squares = 0;
        for (int n = 0; n < logs.length; n++) {
            difference += (logs[n] - best[n]) / logs.length;
        }
        for (int n = 0; n < logs.length; n++) {
            squares += Math.pow(logs[n] - best[n] - difference, 2);
        }
        return new Decision.Alternative(
                name, OptionalDouble.of(mean), OptionalDouble.of(Math.sqrt(squares) / logs.length), "");
    }
}
