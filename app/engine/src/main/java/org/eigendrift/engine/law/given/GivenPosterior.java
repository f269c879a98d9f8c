package org.eigendrift.engine.law.given;

import java.util.ArrayList;
import java.util.List;
import org.eigendrift.api.Points;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.law.Certainty;
import org.eigendrift.api.law.Conditional;
import org.eigendrift.api.law.DrawRequest;
import org.eigendrift.api.law.Draws;
import org.eigendrift.api.law.Scores;
import org.eigendrift.engine.conditional.GivenLaw;

/** Modelled columns given all others, and perhaps more: prior times likelihood. Immutable, thread-safe. */
final class GivenPosterior extends GivenLaw {
    private final Conditional all;
    private final List<String> told;

    /**
     * The law given evidence.
     *
     * @param law the law
     * @param all prior times likelihood given the evidence
     * @param given how likely what is given is by them: the law knows no law of it, so that this counts as 1
     * @param told what is to be known of draws
     */
    GivenPosterior(PosteriorLaw law, Conditional all, Certainty given, List<String> told) {
        super(law, all.evidence(), beyond(all.certainty(), given), 0);
        this.all = all;
        this.told = told;
    }

    private static Certainty beyond(Certainty all, Certainty given) {
        double left = all.logProbability() - given.logProbability();
        double error = left == 0 ? 0 : Math.hypot(all.error(), given.error());
        return new Certainty(left, error, all.effectiveSampleSize(), all.rHat());
    }

    @Override
    public Scores logDensity(Points x, RunContext run) {
        return all.logDensity(x, run);
    }

    @Override
    public Draws draw(DrawRequest request, RunContext run) {
        ConditionalLaw.refuseSampler(request);
        Draws draws = all.draw(request, run);
        List<String> remarks = new ArrayList<>(draws.remarks());
        remarks.addAll(told);
        return new Draws(draws.rows(), draws.outcome(), remarks);
    }
}
