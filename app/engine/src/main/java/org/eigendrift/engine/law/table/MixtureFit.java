package org.eigendrift.engine.law.table;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.Parallel;
import org.eigendrift.api.RunContext;
import org.eigendrift.engine.kernel.LogSum;

/**
 * Mixtures of trees or of products by expectation maximisation, from rows as first centres, stopped by the likelihood of
 * held-out rows.
 */
final class MixtureFit {
    /** Rounds of products before the first trees. */
    private static final int WARM = 8;
    /** Smallest responsibility that is counted. */
    private static final double LEAST = 1e-5;

    private static final double ENOUGH = 1e-4;
    private static final int PATIENCE = 3;

    private final Codes train;
    private final PairCounts counts;
    private final TreeFit fit;
    private final RunContext run;

    /**
     * Prepares fits.
     *
     * @param train the rows, at least one
     * @param run threads, cancellation
     */
    MixtureFit(Codes train, RunContext run) {
        this.train = train;
        this.counts = new PairCounts(train);
        this.fit = new TreeFit(counts);
        this.run = run;
    }

    /**
     * What to fit.
     *
     * @param components how many, at least 1
     * @param shrinkage rows that a prior frequency stands for
     * @param edges trees, or products
     * @param key of the first centres
     */
    record Plan(int components, double shrinkage, boolean edges, long key) {
        /** The same from other centres. */
        Plan from(int start) {
            return new Plan(components, shrinkage, edges, key + start);
        }
    }

    /**
     * A fit.
     *
     * @param mixture the mixture
     * @param plan how
     * @param rounds after how many rounds it was best
     * @param heldout log-probabilities of the held-out rows; empty if there were none
     */
    record Fitted(TreeMixture mixture, Plan plan, int rounds, double[] heldout) {
        double mean() {
            return Arrays.stream(heldout).sum() / heldout.length;
        }
    }

    /** Fits until held-out rows gain no more, at most so many rounds. */
    Fitted fit(Plan plan, Codes heldout, int most) {
        Parallel parallel = run.parallel();
        double[][] shares = start(plan, parallel);
        Fitted best = null;
        int since = 0;
        for (int round = 1; round <= most && since < PATIENCE; round++) {
            run.checkCancelled();
            TreeMixture mixture = maximise(plan, shares, plan.edges(), parallel);
            double[] logs = mixture.logProbabilities(heldout);
            Fitted now = new Fitted(mixture, plan, round, logs);
            boolean better = best == null || now.mean() > best.mean() + ENOUGH;
            best = better ? now : best;
            since = better ? 0 : since + 1;
            expect(mixture, shares, parallel);
        }
        return best;
    }

    /** Fits so many rounds, without held-out rows. */
    TreeMixture rounds(Plan plan, int rounds) {
        Parallel parallel = run.parallel();
        double[][] shares = start(plan, parallel);
        TreeMixture mixture = maximise(plan, shares, plan.edges(), parallel);
        for (int round = 1; round < rounds; round++) {
            run.checkCancelled();
            expect(mixture, shares, parallel);
            mixture = maximise(plan, shares, plan.edges(), parallel);
        }
        return mixture;
    }

    /** Responsibilities of products around rows, after some rounds. */
    private double[][] start(Plan plan, Parallel parallel) {
        int components = plan.components();
        double[][] shares = new double[components][train.rows()];
        if (components == 1) {
            Arrays.fill(shares[0], 1);
            return shares;
        }
        TreeLaw whole = fit.fit(counts.count(ones(), 0), plan.shrinkage(), false);
        CounterRandom random = new CounterRandom(plan.key()).derive(components);
        int[] centres = IntStream.range(0, train.rows())
                .boxed()
                .sorted(java.util.Comparator.comparingLong(n -> random.bits(0, n)))
                .limit(components)
                .mapToInt(Integer::intValue)
                .toArray();
        List<TreeLaw> around = IntStream.range(0, components)
                .mapToObj(k -> around(whole, centres[k % centres.length]))
                .toList();
        double[] even = new double[components];
        Arrays.fill(even, -Math.log(components));
        TreeMixture mixture = new TreeMixture(even, around);
        for (int round = 0; round < WARM; round++) {
            expect(mixture, shares, parallel);
            mixture = maximise(plan, shares, false, parallel);
        }
        expect(mixture, shares, parallel);
        return shares;
    }

    private double[] ones() {
        double[] ones = new double[train.rows()];
        Arrays.fill(ones, 1);
        return ones;
    }

    /** Half the table's own frequencies, half one row. */
    private TreeLaw around(TreeLaw whole, int row) {
        double[][] tables = new double[train.dim()][];
        for (int j = 0; j < tables.length; j++) {
            tables[j] = whole.tables()[j].clone();
            for (int a = 0; a < tables[j].length; a++) {
                tables[j][a] = Math.log(0.5 * Math.exp(tables[j][a]) + (train.columns()[j][row] == a ? 0.5 : 0));
            }
        }
        return new TreeLaw(whole.order(), whole.parents(), tables, train.levels());
    }

    private TreeMixture maximise(Plan plan, double[][] shares, boolean edges, Parallel parallel) {
        int components = shares.length;
        TreeLaw[] trees = new TreeLaw[components];
        double[] totals = new double[components];
        parallel.forEach(components, k -> {
            trees[k] = fit.fit(counts.count(shares[k], components == 1 ? 0 : LEAST), plan.shrinkage(), edges);
            totals[k] = Arrays.stream(shares[k]).sum();
        });
        double[] weights = new double[components];
        Arrays.setAll(weights, k -> Math.log((totals[k] + 1) / (train.rows() + components)));
        return new TreeMixture(weights, Stream.of(trees).toList());
    }

    private void expect(TreeMixture mixture, double[][] shares, Parallel parallel) {
        int components = shares.length;
        parallel.forEach(components, k -> {
            for (int n = 0; n < train.rows(); n++) {
                shares[k][n] = mixture.logWeights()[k] + mixture.trees().get(k).logProbability(train, n);
            }
        });
        double[] logs = new double[components];
        for (int n = 0; n < train.rows(); n++) {
            for (int k = 0; k < components; k++) {
                logs[k] = shares[k][n];
            }
            double log = LogSum.of(logs);
            for (int k = 0; k < components; k++) {
                shares[k][n] = Math.exp(logs[k] - log);
            }
        }
    }
}
