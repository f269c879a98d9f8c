package org.eigendrift.engine.law.given;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.Parallel;
import org.eigendrift.api.Purpose;
import org.eigendrift.api.RunContext;
import org.eigendrift.engine.judge.Climb;
import org.eigendrift.engine.judge.HeldoutShares;
import org.eigendrift.engine.judge.ModelJudge;
import org.eigendrift.engine.judge.Stacking;
import org.eigendrift.engine.moment.ExactSums;

/**
 * Fits mixtures of regressions of several sizes and kinds of shares, and mixes those that together describe held-out rows best. Where the
 * prior of the modelled columns is known, regressions of what is given on them are tried too, with the posterior that follows by Bayes's
 * rule. Rows are in units of the columns' deviations.
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

    private final Sample sample;
    private final Walls walls;
    private final Optional<Prior> prior;
    private final RunContext run;
    private final CounterRandom random;
    private final HeldoutShares split;

    /**
     * What was chosen.
     *
     * @param weights of the mixtures; shared
     * @param choices which they are
     * @param parts fitted to all rows
     * @param verdict by what
     * @param heldOut the rows of one fold
     * @param all the rows of all folds
     */
    record Fitted(
            double[] weights,
            List<Choice> choices,
            List<Part> parts,
            ModelJudge.Verdict verdict,
            HeldOut heldOut,
            Judged all) {}

    /**
     * Held-out rows of all folds.
     *
     * @param rows as often as each counts; shared
     * @param nats log-densities of these by the mixture that was chosen, in units of the deviations; shared
     */
    record Judged(int[] rows, double[] nats) {}

    /**
     * What was compared by the rows of one fold.
     *
     * @param rows as often as each counts; shared
     * @param others that were not held out; shared
     * @param nats log-densities of these by the mixture that was chosen, fitted to the others, in units of the deviations; shared
     */
    record HeldOut(int[] rows, int[] others, double[] nats) {}

    /** A mixture, what is pinned of it, and the sums from which it follows. */
    record Part(Pinned pinned, ExactSums sums, Mixture mixture) {}

    /** Regressions of what is modelled, or of what is given on it with the prior. */
    record Choice(boolean bayes, ExpertsFit.Plan plan) {
        @Override
        public String toString() {
            return bayes ? "prior times likelihood by " + plan : plan.toString();
        }
    }

    /**
     * Prepares.
     *
     * @param sample rows in units of the columns' deviations
     * @param walls bounds of the modelled columns in the same units
     * @param prior of the modelled columns in the same units; empty if regressions of what is given are not to be tried
     * @param run seed, threads
     */
    ConditionalFit(Sample sample, Walls walls, Optional<Prior> prior, RunContext run) {
        this.sample = sample;
        this.walls = walls;
        this.prior = prior;
        this.run = run;
        this.random = run.random(Purpose.CONDITIONAL_FIT);
        HeldoutShares folds = HeldoutShares.of(sample.size(), sample.a()[0].length + sample.b()[0].length);
        this.split = sample.size() < FEW ? folds : new HeldoutShares(1, folds.share());
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
        List<Choice> choices =
                IntStream.of(kept).mapToObj(c -> all.get(c).choice()).toList();
        return new Fitted(
                Arrays.stream(kept).mapToDouble(c -> verdict.weights()[c]).toArray(),
                choices,
                fit(choices),
                verdict,
                heldOut(all, verdict),
                judged(all, verdict));
    }

    private Judged judged(List<Candidate> all, ModelJudge.Verdict verdict) {
        int[] rows = IntStream.range(0, split.folds())
                .flatMap(f -> Arrays.stream(out(f)))
                .toArray();
        double[][] nats = all.stream().map(Candidate::nats).toArray(double[][]::new);
        return new Judged(rows, Stacking.logs(nats, verdict.weights()));
    }

    private HeldOut heldOut(List<Candidate> all, ModelJudge.Verdict verdict) {
        int[] rows = out(0);
        double[][] nats =
                all.stream().map(c -> Arrays.copyOf(c.nats(), rows.length)).toArray(double[][]::new);
        int[] others = IntStream.range(0, sample.size())
                .filter(n -> !split.heldOut(0, n))
                .toArray();
        return new HeldOut(rows, others, Stacking.logs(nats, verdict.weights()));
    }

    /** Held-out rows of a fold, each as often as it counts. */
    private int[] out(int fold) {
        return sample.representative(IntStream.range(0, sample.size())
                .filter(n -> split.heldOut(fold, n))
                .toArray());
    }

    /** What is known to be wanted, fitted to all rows. */
    List<Part> fit(List<Choice> choices) {
        Part[] parts = new Part[choices.size()];
        run.parallel().forEach(parts.length, c -> parts[c] = part(choices.get(c)));
        return List.of(parts);
    }

    private Part part(Choice choice) {
        Pinned pinned = new Pinned(choice, fit(choice.plan(), choice.bayes() ? sample.inverse() : sample));
        ExactSums sums = pinned.sums(sample, run);
        return new Part(pinned, sums, pinned.mixture(sums, prior));
    }

    /** One that was compared. */
    private record Candidate(Choice choice, double[] nats) {
        ModelJudge.Scored scored() {
            return new ModelJudge.Scored(choice.toString(), false, nats);
        }

        double mean() {
            return Arrays.stream(nats).average().orElseThrow();
        }
    }

    /** Plans that differ by their sizes alone. */
    private record Family(boolean bayes, boolean local, double firm) {
        Choice of(int groups, int parts) {
            return new Choice(bayes, new ExpertsFit.Plan(groups, parts, local, firm));
        }
    }

    private List<Family> families() {
        List<Family> families = new ArrayList<>();
        for (boolean local : new boolean[] {false, true}) {
            for (double firm : FIRMNESS) {
                families.add(new Family(false, local, firm));
            }
        }
        prior.ifPresent(known -> {
            for (double firm : FIRMNESS) {
                families.add(new Family(true, false, firm));
            }
        });
        return families;
    }

    /** Doubles the number of groups while held-out rows gain, then the parts of the best of few groups and of all. */
    private void climb(Family family, List<Candidate> candidates) {
        Optional<Candidate> best = rise(candidates, 1, 1, family);
        int groups = best.map(b -> b.choice().plan().groups()).orElse(0);
        for (int few = 1; few <= Math.min(FEW_GROUPS, groups); few *= 2) {
            rise(candidates, few, 2, family);
        }
        if (groups > FEW_GROUPS) {
            rise(candidates, groups, 2, family);
        }
    }

    /** The best; empty if no posterior follows from any. */
    private Optional<Candidate> rise(List<Candidate> candidates, int groups, int parts, Family family) {
        Climb climb = new Climb();
        Optional<Candidate> best = Optional.empty();
        int most = Math.min(LARGEST, (int) sample.effective() / ROWS);
        for (int size = parts == 1 ? 1 : groups * parts; size <= most; size *= 2) {
            Choice choice = parts == 1 ? family.of(size, 1) : family.of(groups, size / groups);
            Optional<double[]> nats = heldout(choice);
            if (nats.isEmpty()) {
                break;
            }
            Candidate candidate = new Candidate(choice, nats.get());
            candidates.add(candidate);
            best = best.filter(b -> b.mean() >= candidate.mean()).or(() -> Optional.of(candidate));
            if (!climb.rises(candidate.mean())) {
                break;
            }
        }
        return best;
    }

    /** Log-densities of held-out rows, each by a fit without it and as often as it counts; empty if no posterior follows from one. */
    private Optional<double[]> heldout(Choice choice) {
        double[] nats = new double[0];
        for (int fold = 0; fold < split.folds(); fold++) {
            int f = fold;
            int[] out = out(f);
            int[] in = thinned(IntStream.range(0, sample.size())
                    .filter(n -> !split.heldOut(f, n))
                    .toArray());
            Optional<Mixture> fitted = fit(choice, sample.select(in));
            if (fitted.isEmpty()) {
                return Optional.empty();
            }
            Mixture mixture = fitted.get();
            double[] here = Arrays.stream(out)
                    .mapToDouble(n -> logDensity(mixture, sample.a()[n], sample.b()[n]))
                    .toArray();
            nats = Arrays.copyOf(nats, nats.length + here.length);
            System.arraycopy(here, 0, nats, nats.length - here.length, here.length);
        }
        return Optional.of(nats);
    }

    private double logDensity(Mixture mixture, double[] a, double[] b) {
        double log = mixture.logDensity(a, b);
        return walls.none() || log == Double.NEGATIVE_INFINITY ? log : log - walls.roughLogShare(mixture.at(b));
    }

    private static int[] thinned(int[] rows) {
        int step = (rows.length + MOST - 1) / MOST;
        return IntStream.range(0, (rows.length + step - 1) / step)
                .map(j -> rows[j * step])
                .toArray();
    }

    private Optional<Mixture> fit(Choice choice, Sample rows) {
        return choice.bayes()
                ? Posterior.of(fit(choice.plan(), rows.inverse()), prior.orElseThrow())
                        .map(posterior -> posterior)
                : Optional.of(fit(choice.plan(), rows));
    }

    private Experts fit(ExpertsFit.Plan plan, Sample rows) {
        ExpertsFit first = new ExpertsFit(rows, plan.whole(), run);
        Experts experts = first.improve(first.start(random), STEPS);
        if (plan.parts() == 1) {
            return experts;
        }
        ExpertsFit finer = new ExpertsFit(rows, plan, run);
        return finer.improve(finer.split(experts, random.derive(1)), STEPS);
    }
}
