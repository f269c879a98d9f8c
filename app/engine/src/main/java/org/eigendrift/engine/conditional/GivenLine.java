package org.eigendrift.engine.conditional;

import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.Points;
import org.eigendrift.api.Purpose;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.law.Certainty;
import org.eigendrift.api.law.DrawRequest;
import org.eigendrift.api.law.Draws;
import org.eigendrift.api.law.Evidence;
import org.eigendrift.api.law.Law;
import org.eigendrift.api.sampler.Outcome;

/** A law of which evidence leaves one column free: its density is integrated, and rows are drawn by quantiles. */
final class GivenLine extends GivenLaw {
    private final Relations relations;
    private final Line line;

    GivenLine(Law joint, Evidence evidence, Relations relations, Line line) {
        super(
                joint,
                evidence,
                Certainty.exact(line.logIntegral() + relations.logVolume(), line.error()),
                relations.logVolume());
        this.relations = relations;
        this.line = line;
    }

    @Override
    public Draws draw(DrawRequest request, RunContext run) {
        CounterRandom random = run.random(Purpose.CONDITION_DRAWS);
        Points u = Points.zeros(1, request.count());
        for (int n = 0; n < request.count(); n++) {
            u.set(0, n, line.quantile(random.uniform(request.first() + n, 0)));
        }
        return new Draws(relations.rows(u), new Outcome(1, 1, 0), certainty().remarks());
    }
}
