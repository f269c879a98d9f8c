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
            ConditionalLaw law, Evidence evidence, ConditionalLaw.Source source, double log, double logMass) {
        super(law, evidence, Certainty.exact(log, 0), 0);
        this.law = law;
        this.source = source;
        this.logMass = logMass;
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
        if (all.logMass() == Double.NEGATIVE_INFINITY) {
            throw new InputException(
                    "the condition has no mass within the columns' bounds: what is given is too far from all rows of the fit");
        }
        int[] fixed = IntStream.range(0, open.length)
                .filter(i -> !Double.isNaN(row[open[i]]))
                .toArray();
        if (fixed.length == 0) {
            ConditionalLaw.Source source =
                    new ConditionalLaw.Source(row.clone(), all, open, regressions.walls(), regressions.coordinates());
            // Weighed between the walls.
            return new GivenColumns(law, evidence, source, 0, 0);
        }
        Coordinates own = regressions.coordinates().of(fixed);
        double[] values = own.to(Gaussians.pick(Gaussians.pick(row, open), fixed));
        if (!regressions.walls().of(fixed).hold(values)) {
            throw new InputException(
                    "the condition has no mass: what it says of the modelled columns is beyond the bounds of their prior");
        }
        Gaussians left = all.given(fixed, values);
        int[] rest = IntStream.range(0, open.length)
                .filter(i -> Double.isNaN(row[open[i]]))
                .toArray();
        Walls walls = regressions.walls().of(rest);
        double logMass = left.logMass() + walls.logShare(left);
        if (logMass == Double.NEGATIVE_INFINITY) {
            throw new InputException(
                    "the condition has no mass: what it says of the modelled columns is too far from all rows");
        }
        int[] places = IntStream.of(rest).map(i -> open[i]).toArray();
        ConditionalLaw.Source source = new ConditionalLaw.Source(
                row.clone(), left, places, walls, regressions.coordinates().of(rest));
        return new GivenColumns(law, evidence, source, logMass + own.logJacobian(values), logMass);
    }

    /** As that of all laws given evidence, by the share between the walls that is known. */
    @Override
    public Scores logDensity(Points x, RunContext run) {
        if (IntStream.range(0, x.size()).anyMatch(n -> DoubleStream.of(x.row(n)).anyMatch(Double::isNaN))) {
            return super.logDensity(x, run);
        }
        double[] nats = new double[x.size()];
        for (int n = 0; n < nats.length; n++) {
            double[] u = source.coordinates().to(Gaussians.pick(x.row(n), source.open()));
            boolean possible = evidence().holds(x.row(n)) && source.walls().hold(u);
            nats[n] = possible
                    ? source.law().logDensity(u)
                            - logMass
                            + source.coordinates().logJacobian(u)
                    : Double.NEGATIVE_INFINITY;
        }
        return new Scores(nats, 0);
    }

    @Override
    public Draws draw(DrawRequest request, RunContext run) {
        ConditionalLaw.refuseSampler(request);
        Draws draws = law.rows(request, run, share -> source);
        return new Draws(draws.rows(), draws.outcome(), law.remarks(source.row()));
    }
}
