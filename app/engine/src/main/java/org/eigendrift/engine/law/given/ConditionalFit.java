package org.eigendrift.engine.law.given;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.Parallel;
import org.eigendrift.api.Purpose;
import org.eigendrift.api.RunContext;
import org.eigendrift.engine.judge.Climb;
import org.eigendrift.engine.judge.HeldoutShares;
import org.eigendrift.engine.judge.ModelJudge;

/**
 * Fits mixtures of regressions of several sizes and kinds of shares, and mixes those that together describe held-out rows best. Rows are
 * in units of the columns' deviations.
 */
final class ConditionalFit {
    private static final int STEPS = 40;

    /** Of fewer rows all are held out once, of more a fifth, or some thousand. */
    private static final int FEW = 800;

    /** Rows to which what is compared is fitted. What is chosen is fitted to all. */
    private static final int MOST = 5_000;

    private static final int LARGEST = 64;

    /** Rows that a regression needs at least. */
    private static final int ROWS = 15;

    /** Rows' worth of shrinkage of covariances, for each column. */
    private static final double[] FIRMNESS = {0.05, 2};

    /** Groups whose parts are tried even where more are better. */
    private static final int FEW_GROUPS = 4;

    private final double[][] a;
    private final double[][] b;
    private final RunContext run;
    private final CounterRandom random;
    private final HeldoutShares split;

    /** What was chosen. */
    record Fitted(double[] weights, List<ExpertsFit.Plan> plans, List<Experts> experts, ModelJudge.Verdict verdict) {}

    ConditionalFit(double[][] a, double[][] b, RunContext run) {
        this.a = a;
        this.b = b;
        this.run = run;
        this.random = run.random(Purpose.CONDITIONAL_FIT);
        HeldoutShares folds = HeldoutShares.of(a.length, a[0].length + b[0].length);
        this.split = a.length < FEW ? folds : new HeldoutShares(1, folds.share());
    }

    Fitted fit() {
        List<Family> families = families();
        List<List<Candidate>> found = new ArrayList<>();
        families.forEach(f -> found.add(new ArrayList<>()));
        Parallel parallel = run.parallel();
        parallel.forEach(families.size(), f -> climb(families.get(f), found.get(f)));
        List<Candidate> all = found.stream().flatMap(List::stream).toList();
        ModelJudge.Verdict verdict =
                ModelJudge.judge(all.stream().map(Candidate::scored).toList());
        int[] kept = IntStream.range(0, all.size())
                .filter(c -> verdict.weights()[c] > 0)
                .toArray();
        List<ExpertsFit.Plan> plans =
                IntStream.of(kept).mapToObj(c -> all.get(c).plan()).toList();
        return new Fitted(
                Arrays.stream(kept).mapToDouble(c -> verdict.weights()[c]).toArray(), plans, fit(plans), verdict);
    }

    /** What is known to be wanted, fitted to all rows. */
    List<Experts> fit(List<ExpertsFit.Plan> plans) {
        Experts[] experts = new Experts[plans.size()];
        run.parallel().forEach(plans.size(), c -> experts[c] = fit(plans.get(c), a, b));
        return List.of(experts);
    }

    /** One that was compared. */
    private record Candidate(ExpertsFit.Plan plan, double[] nats) {
        ModelJudge.Scored scored() {
            return new ModelJudge.Scored(plan.toString(), false, nats);
        }

        double mean() {
            return Arrays.stream(nats).average().orElseThrow();
        }
    }

    /** Plans that differ by their sizes alone. */
    private record Family(boolean local, double firm) {}

    private static List<Family> families() {
        List<Family> families = new ArrayList<>();
        for (boolean local : new boolean[] {false, true}) {
            for (double firm : FIRMNESS) {
                families.add(new Family(local, firm));
            }
        }
        return families;
    }

    /** Doubles the number of groups while held-out rows gain, then the parts of the best of few groups and of all. */
    private void climb(Family family, List<Candidate> candidates) {
        Candidate best = rise(candidates, 1, 1, family);
        double groups = best.plan().groups();
        for (int few = 1; few <= Math.min(FEW_GROUPS, groups); few *= 2) {
            rise(candidates, few, 2, family);
        }
        if (groups > FEW_GROUPS) {
            rise(candidates, (int) groups, 2, family);
        }
    }

    private Candidate rise(List<Candidate> candidates, int groups, int parts, Family family) {
        Climb climb = new Climb();
        Candidate best = null;
        int most = Math.min(LARGEST, a.length / ROWS);
        for (int size = parts == 1 ? 1 : groups * parts; size <= most; size *= 2) {
            ExpertsFit.Plan plan = parts == 1
                    ? new ExpertsFit.Plan(size, 1, family.local(), family.firm())
                    : new ExpertsFit.Plan(groups, size / groups, family.local(), family.firm());
            Candidate candidate = new Candidate(plan, heldout(plan));
            candidates.add(candidate);
            best = best == null || candidate.mean() > best.mean() ? candidate : best;
            if (!climb.rises(candidate.mean())) {
                break;
            }
        }
        return best;
    }

    /** Log-densities of held-out rows, each by a fit without it. */
    private double[] heldout(ExpertsFit.Plan plan) {
        double[] nats = new double[0];
        for (int fold = 0; fold < split.folds(); fold++) {
            int f = fold;
            int[] out = IntStream.range(0, a.length)
                    .filter(n -> split.heldOut(f, n))
                    .toArray();
            int[] in = thinned(IntStream.range(0, a.length)
                    .filter(n -> !split.heldOut(f, n))
                    .toArray());
            Experts experts = fit(plan, select(a, in), select(b, in));
            double[] here = Arrays.stream(out)
                    .mapToDouble(n -> experts.logDensity(a[n], b[n]))
                    .toArray();
            nats = Arrays.copyOf(nats, nats.length + here.length);
            System.arraycopy(here, 0, nats, nats.length - here.length, here.length);
        }
        return nats;
    }

    private static int[] thinned(int[] rows) {
        int step = (rows.length + MOST - 1) / MOST;
        return IntStream.range(0, (rows.length + step - 1) / step)
                .map(j -> rows[j * step])
                .toArray();
    }

    private Experts fit(ExpertsFit.Plan plan, double[][] some, double[][] given) {
        ExpertsFit.Plan whole = plan.whole();
        ExpertsFit first = new ExpertsFit(some, given, whole, run);
        Experts experts = first.improve(first.start(random), STEPS);
        if (plan.parts() == 1) {
            return experts;
        }
        ExpertsFit finer = new ExpertsFit(some, given, plan, run);
        return finer.improve(finer.split(experts, random.derive(1)), STEPS);
    }

    private static double[][] select(double[][] rows, int[] which) {
        return Arrays.stream(which).mapToObj(n -> rows[n]).toArray(double[][]::new);
    }
}
