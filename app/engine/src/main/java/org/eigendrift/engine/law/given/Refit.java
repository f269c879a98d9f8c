package org.eigendrift.engine.law.given;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.law.LawReader;
import org.eigendrift.api.law.LawWriter;
import org.eigendrift.engine.likelihood.Stored;
import org.eigendrift.engine.moment.ExactSums;

/**
 * Fits mixtures of regressions to other rows as they were fitted once: what was chosen, units and responsibilities are pinned, and sums over rows
 * tell the rest.
 *
 * @param pinned of each mixture
 * @param shift what is added to logarithms of rows' weights
 * @param sums of the rows that were fitted
 */
record Refit(List<Pinned> pinned, double shift, RegressionSums sums) {
    private static final String SHIFT = "weights.shift";
    private static final String PLAN = "plan";
    private static final String BEFORE = "before.";
    private static final String SUMS = "sums";

    static Refit of(List<ConditionalFit.Part> parts, Sample sample, double shift) {
        List<ExactSums> sums = parts.stream().map(ConditionalFit.Part::sums).toList();
        return new Refit(
                parts.stream().map(ConditionalFit.Part::pinned).toList(),
                shift,
                new RegressionSums(sample.size(), sums, Kept.of(sample), ""));
    }

    /** The sums of other rows, in the columns' own units and coordinates. */
    RegressionSums sums(Sample rows, Regressions regressions, RunContext run) {
        Sample scaled = rows.in(regressions.modelled(), regressions.known());
        ExactSums[] all = new ExactSums[pinned.size()];
        run.parallel().forEach(all.length, e -> all[e] = pinned.get(e).sums(scaled, run));
        return new RegressionSums(rows.size(), List.of(all), Kept.of(rows), "fitted like another model");
    }

    Refit with(RegressionSums others) {
        return new Refit(pinned, shift, others);
    }

    /** The mixtures of the sums. */
    List<Mixture> mixtures(Optional<Prior> scaled) {
        List<Mixture> mixtures = new ArrayList<>();
        for (int e = 0; e < pinned.size(); e++) {
            mixtures.add(pinned.get(e).mixture(sums.sums().get(e), scaled));
        }
        return mixtures;
    }

    /** Whether sums of both can be added. */
    boolean isLike(Refit other) {
        return Arrays.equals(numbers(), other.numbers());
    }

    private double[] numbers() {
        return pinned.stream()
                .flatMap(one -> Stream.concat(
                        Stream.of(
                                plan(one.choice()),
                                one.before().logWeights(),
                                Regressions.flat(one.before().maps()),
                                Regressions.flat(one.before().factors())),
                        one.before().places().stream()
                                .flatMap(p -> Stream.of(Regressions.flat(p.means()), Regressions.flat(p.factors())))))
                .reduce(
                        new double[] {shift},
                        (all, more) -> DoubleStream.concat(Arrays.stream(all), Arrays.stream(more))
                                .toArray());
    }

    private static double[] plan(ConditionalFit.Choice choice) {
        ExpertsFit.Plan plan = choice.plan();
        return new double[] {choice.bayes() ? 1 : 0, plan.groups(), plan.parts(), plan.local() ? 1 : 0, plan.firm()};
    }

    void write(LawWriter out) {
        out.doubles(SHIFT, new double[] {shift});
        for (int e = 0; e < pinned.size(); e++) {
            String name = Regressions.name(e);
            out.doubles(name + PLAN, plan(pinned.get(e).choice()));
            Regressions.write(out, name + BEFORE, pinned.get(e).before());
            out.longs(name + SUMS, sums.sums().get(e).limbs());
        }
    }

    /** What {@link #write} wrote; empty in files of former versions, and of laws near one observation. */
    static Optional<Refit> read(LawReader in, Regressions regressions, Kept kept) {
        if (!in.has(SHIFT)) {
            return Optional.empty();
        }
        List<Pinned> pinned = new ArrayList<>();
        List<ExactSums> sums = new ArrayList<>();
        for (int e = 0; e < regressions.mixtures().size(); e++) {
            String name = Regressions.name(e);
            Pinned one = pinned(in, name, regressions);
            long[] limbs = in.longs(name + SUMS);
            if (limbs.length != 2 * one.size()) {
                throw Stored.damaged(name + SUMS, "has " + limbs.length + " numbers, expected " + 2 * one.size());
            }
            pinned.add(one);
            sums.add(ExactSums.ofLimbs(limbs));
        }
        RegressionSums all = new RegressionSums(in.provenance().rows(), sums, kept, "");
        return Optional.of(new Refit(pinned, Stored.numbers(in, SHIFT, 1)[0], all));
    }

    private static Pinned pinned(LawReader in, String name, Regressions regressions) {
        double[] plan = Stored.numbers(in, name + PLAN, 5);
        boolean bayes = plan[0] == 1;
        int open = regressions.open().length;
        int given = regressions.given().length;
        Experts before = Regressions.experts(in, name + BEFORE, bayes ? given : open, bayes ? open : given);
        ExpertsFit.Plan of = new ExpertsFit.Plan((int) plan[1], (int) plan[2], plan[3] == 1, plan[4]);
        boolean fits = of.groups() > 0 && of.size() == before.size();
        if (!fits || of.local() != before.places().isPresent()) {
            throw Stored.damaged(name + PLAN, "is of " + of + ", and there are " + before.size());
        }
        return new Pinned(new ConditionalFit.Choice(bayes, of), before);
    }
}
