package org.eigendrift.engine.law.given;

import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.eigendrift.api.InputException;
import org.eigendrift.api.Points;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.law.Certainty;
import org.eigendrift.api.law.Conditional;
import org.eigendrift.api.law.DrawRequest;
import org.eigendrift.api.law.Draws;
import org.eigendrift.api.law.Evidence;
import org.eigendrift.api.law.Scores;
import org.eigendrift.engine.conditional.GivenLaw;

/** Modelled columns given all others, and perhaps values of some modelled ones: exact. Immutable, thread-safe. */
final class GivenColumns extends GivenLaw {
    private final ConditionalLaw law;
    private final ConditionalLaw.Source source;

    /** What the source weighs between the walls. */
    private final double logMass;

    private GivenColumns(
            ConditionalLaw law, Evidence evidence, ConditionalLaw.Source source, double log, double logShare) {
        super(law, evidence, Certainty.exact(log, 0), 0);
        this.law = law;
        this.source = source;
        this.logMass = source.law().logMass() + logShare;
    }

    /**
     * The law given values.
     *
     * @param law the law
     * @param evidence the values
     * @param row the same, NaN where a cell is open
     */
    static Conditional of(ConditionalLaw law, Evidence evidence, double[] row) {
        Regressions regressions = law.regressions();
        int[] open = regressions.open();
        Gaussians all = regressions.at(Gaussians.pick(row, regressions.given()));
        double share = share(regressions.walls(), all);
        int[] fixed = IntStream.range(0, open.length)
                .filter(i -> !Double.isNaN(row[open[i]]))
                .toArray();
        if (fixed.length == 0) {
            ConditionalLaw.Source source = new ConditionalLaw.Source(row.clone(), all, open, regressions.walls());
            return new GivenColumns(law, evidence, source, 0, share);
        }
        Gaussians left = all.given(fixed, Gaussians.pick(Gaussians.pick(row, open), fixed));
        int[] rest = IntStream.range(0, open.length)
                .filter(i -> Double.isNaN(row[open[i]]))
                .toArray();
        Walls walls = regressions.walls().of(rest);
        double logShare = share(walls, left);
        double log = left.logMass() + logShare - share;
        if (log == Double.NEGATIVE_INFINITY) {
            throw new InputException(
                    "the condition has no mass: what it says of the modelled columns is too far from all rows");
        }
        int[] places = IntStream.of(rest).map(i -> open[i]).toArray();
        ConditionalLaw.Source source = new ConditionalLaw.Source(row.clone(), left, places, walls);
        return new GivenColumns(law, evidence, source, log, logShare);
    }

    private static double share(Walls walls, Gaussians law) {
        double share = walls.logShare(law);
        if (share == Double.NEGATIVE_INFINITY) {
            throw new InputException(
                    "the condition has no mass within the columns' bounds: what is given is too far from all rows of the fit");
        }
        return share;
    }

    /** As that of all laws given evidence, by the share between the walls that is known. */
    @Override
    public Scores logDensity(Points x, RunContext run) {
        if (IntStream.range(0, x.size()).anyMatch(n -> DoubleStream.of(x.row(n)).anyMatch(Double::isNaN))) {
            return super.logDensity(x, run);
        }
        double[] nats = new double[x.size()];
        for (int n = 0; n < nats.length; n++) {
            double[] open = Gaussians.pick(x.row(n), source.open());
            boolean possible = evidence().holds(x.row(n)) && source.walls().hold(open);
            nats[n] = possible ? source.law().logDensity(open) - logMass : Double.NEGATIVE_INFINITY;
        }
        return new Scores(nats, 0);
    }

    @Override
    public Draws draw(DrawRequest request, RunContext run) {
        ConditionalLaw.refuseSampler(request);
        return law.rows(request, run, share -> source);
    }
}
