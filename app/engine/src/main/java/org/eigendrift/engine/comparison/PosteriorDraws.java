package org.eigendrift.engine.comparison;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.eigendrift.api.Address;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.InputException;
import org.eigendrift.api.Points;
import org.eigendrift.api.Purpose;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.law.Conditional;
import org.eigendrift.api.law.Conditioned;
import org.eigendrift.api.law.DrawRequest;
import org.eigendrift.api.law.Evidence;
import org.eigendrift.api.metric.Posteriors;

/** Draws what is modelled given what is known of each of some rows. */
public final class PosteriorDraws {
    /** Rows; shares of them are known to 0.02. */
    private static final int ROWS = 500;

    /** Draws for each. */
    private static final int DRAWS = 99;

    private PosteriorDraws() {}

    /**
     * Draws.
     *
     * @param law the law
     * @param heldout rows that it was not fitted to; of many, some evenly spaced, of rows that do not count alike, as many as
     *     were drawn from the law that is modelled
     * @param run seed, threads, cancellation
     * @return rows and draws; each row's draws depend on the seed and its number alone
     */
    public static Posteriors of(Conditioned law, Points heldout, RunContext run) {
        int[] given = law.given();
        int[] modelled = IntStream.range(0, heldout.dim())
                .filter(i -> Arrays.binarySearch(given, i) < 0)
                .toArray();
        int[] own = drawn(law, heldout, run);
        int count = Math.min(ROWS, own.length);
        Points rows = heldout.select(IntStream.range(0, count)
                .map(n -> own[(int) ((long) n * own.length / count)])
                .toArray());
        Points[] draws = new Points[count];
        double[] nats = new double[count];
        double[][] drawn = new double[count][];
        CounterRandom seeds = run.random(Purpose.CALIBRATION).derive(1);
        run.parallel().forEach(count, n -> {
            run.checkCancelled();
            Points row = rows.select(new int[] {n});
            RunContext alone = run.alone().withSeed(seeds.bits(0, n));
            Evidence known = new Evidence(IntStream.of(given)
                    .<Evidence.Condition>mapToObj(i -> new Evidence.Condition.Equal(i, row.get(i, 0)))
                    .toList());
            Conditional posterior = posterior(law, known, alone, n);
            draws[n] = posterior.draw(DrawRequest.of(DRAWS), alone).rows();
            nats[n] = posterior.logDensity(row, alone).nats()[0];
            drawn[n] = posterior.logDensity(draws[n], alone).nats();
        });
        return new Posteriors(modelled, rows, List.of(draws), nats, drawn);
    }

    /** Rows as if drawn from the law that is modelled: of others each is kept as often as it counts, beside the one that counts most. */
    private static int[] drawn(Conditioned law, Points heldout, RunContext run) {
        double[] weights = law.weights(heldout);
        double most = Arrays.stream(weights).max().orElse(1);
        CounterRandom kept = run.random(Purpose.CALIBRATION).derive(2);
        return IntStream.range(0, heldout.size())
                .filter(n -> weights[n] == most || kept.uniform(0, n) * most < weights[n])
                .toArray();
    }

    private static Conditional posterior(Conditioned law, Evidence known, RunContext run, int n) {
        try {
            return law.given(known, run);
        } catch (InputException e) {
            throw e.within(Address.ofRow(n + 1).at("held-out row", n + 1));
        }
    }
}
