package org.eigendrift.engine.conditional;

import org.eigendrift.api.RunContext;
import org.eigendrift.api.law.Certainty;
import org.eigendrift.api.law.DrawRequest;
import org.eigendrift.api.law.Draws;
import org.eigendrift.api.law.Evidence;
import org.eigendrift.api.law.Law;
import org.eigendrift.api.sampler.Outcome;

/** A law of which evidence leaves nothing free. */
final class GivenPoint extends GivenLaw {
    private final Relations relations;

    GivenPoint(Law joint, Evidence evidence, Relations relations, double logDensity) {
        super(joint, evidence, Certainty.exact(logDensity + relations.logVolume(), 0), relations.logVolume());
        this.relations = relations;
    }

    @Override
    public Draws draw(DrawRequest request, RunContext run) {
        return new Draws(
                relations.only(request.count()),
                new Outcome(1, 1, 0),
                certainty().remarks());
    }
}
