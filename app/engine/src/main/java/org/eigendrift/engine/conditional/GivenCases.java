package org.eigendrift.engine.conditional;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.Points;
import org.eigendrift.api.Purpose;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.law.Certainty;
import org.eigendrift.api.law.Conditional;
import org.eigendrift.api.law.DrawRequest;
import org.eigendrift.api.law.Draws;
import org.eigendrift.api.law.Evidence;
import org.eigendrift.api.law.Law;
import org.eigendrift.api.sampler.Outcome;
import org.eigendrift.engine.kernel.LogSum;

/** A law given that a row is of one of several cases: a mixture of the laws given each, by the probabilities of the cases. */
public final class GivenCases extends GivenLaw {
    private final List<Conditional> cases;
    private final double[] shares;

    /**
     * A law of cases.
     *
     * @param joint the law that was asked
     * @param evidence what all cases agree with
     * @param cases the law given each case, at least one; no row is of two
     */
    public GivenCases(Law joint, Evidence evidence, List<Conditional> cases) {
        super(joint, evidence, certainty(cases), 0);
        this.cases = List.copyOf(cases);
        this.shares = shares(cases);
    }

    private static double[] shares(List<Conditional> cases) {
        double[] logs =
                cases.stream().mapToDouble(c -> c.certainty().logProbability()).toArray();
        return LogSum.shares(logs);
    }

    private static Certainty certainty(List<Conditional> cases) {
        double[] shares = shares(cases);
        double log = LogSum.of(
                cases.stream().mapToDouble(c -> c.certainty().logProbability()).toArray());
        double error = 0;
        double perDraw = 0;
        double rHat = 1;
        for (int k = 0; k < shares.length; k++) {
            Certainty own = cases.get(k).certainty();
            error += shares[k] * shares[k] * own.error() * own.error();
            perDraw += shares[k] * shares[k] / own.effectiveSampleSize();
            rHat = shares[k] > 0.01 ? Math.max(rHat, own.rHat()) : rHat;
        }
        return new Certainty(log, Math.sqrt(error), 1 / perDraw, rHat);
    }

    @Override
    public Draws draw(DrawRequest request, RunContext run) {
        CounterRandom random = run.random(Purpose.CONDITION_CASES);
        int all = Math.toIntExact(request.first() + request.count());
        double[] cumulated = shares.clone();
        Arrays.parallelPrefix(cumulated, Double::sum);
        List<List<Integer>> places = new ArrayList<>();
        cases.forEach(c -> places.add(new ArrayList<>()));
        for (int n = 0; n < all; n++) {
            int at = Arrays.binarySearch(cumulated, random.uniform(n, 0) * cumulated[cumulated.length - 1]);
            places.get(Math.min(cumulated.length - 1, at < 0 ? -at - 1 : at)).add(n);
        }
        Points rows = Points.zeros(columns().size(), all);
        List<String> remarks = new ArrayList<>(certainty().remarks());
        for (int k = 0; k < cases.size(); k++) {
            List<Integer> own = places.get(k);
            RunContext derived = run.withSeed(random.bits(k, 1));
            Draws draws = cases.get(k).draw(new DrawRequest(0, own.size(), request.sampler()), derived);
            for (int j = 0; j < own.size(); j++) {
                for (int i = 0; i < rows.dim(); i++) {
                    rows.set(i, own.get(j), draws.rows().get(i, j));
                }
            }
        }
        return new Draws(rows.slice(Math.toIntExact(request.first()), all), new Outcome(1, 1, 0), remarks);
    }
}
