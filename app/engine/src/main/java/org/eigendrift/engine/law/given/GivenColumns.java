package org.eigendrift.engine.law.given;

import java.util.stream.IntStream;
import org.eigendrift.api.InputException;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.law.Certainty;
import org.eigendrift.api.law.Conditional;
import org.eigendrift.api.law.DrawRequest;
import org.eigendrift.api.law.Draws;
import org.eigendrift.api.law.Evidence;
import org.eigendrift.engine.conditional.GivenLaw;

/** Modelled columns given all others, and perhaps values of some modelled ones: exact. Immutable, thread-safe. */
final class GivenColumns extends GivenLaw {
    private final ConditionalLaw law;
    private final ConditionalLaw.Source source;

    private GivenColumns(ConditionalLaw law, Evidence evidence, ConditionalLaw.Source source, double log) {
        super(law, evidence, Certainty.exact(log, 0), 0);
        this.law = law;
        this.source = source;
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
            return new GivenColumns(law, evidence, source, 0);
        }
        Gaussians left = all.given(fixed, Gaussians.pick(Gaussians.pick(row, open), fixed));
        int[] rest = IntStream.range(0, open.length)
                .filter(i -> Double.isNaN(row[open[i]]))
                .toArray();
        Walls walls = regressions.walls().of(rest);
        double log = left.logMass() + share(walls, left) - share;
        if (log == Double.NEGATIVE_INFINITY) {
            throw new InputException(
                    "the condition has no mass: what it says of the modelled columns is too far from all rows");
        }
        int[] places = IntStream.of(rest).map(i -> open[i]).toArray();
        ConditionalLaw.Source source = new ConditionalLaw.Source(row.clone(), left, places, walls);
        return new GivenColumns(law, evidence, source, log);
    }

    private static double share(Walls walls, Gaussians law) {
        double share = walls.logShare(law);
        if (share == Double.NEGATIVE_INFINITY) {
            throw new InputException(
                    "the condition has no mass within the columns' bounds: what is given is too far from all rows of the fit");
        }
        return share;
    }

    @Override
    public Draws draw(DrawRequest request, RunContext run) {
        ConditionalLaw.refuseSampler(request);
        return law.rows(request, run, 0, share -> source);
    }
}
