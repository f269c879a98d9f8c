package org.eigendrift.engine.conditional;

import java.util.Arrays;
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

/** A law given evidence that particles stand for: its first rows are theirs, others walk on from them. */
final class GivenParticles extends GivenLaw {
    /** From a particle to another row, in times of what it takes to come some way. */
    private static final int FAR = 6;

    /** Leads from particle to particle: odd, so that all particles come before any comes again, and far, as neighbours are kin. */
    private static final int STRIDE = 633;

    private final Relations relations;
    private final Annealing.Found found;
    private final Steps steps;

    /**
     * A law of particles.
     *
     * @param joint the law
     * @param evidence what was known
     * @param relations the same
     * @param found particles, a power of 2 of them
     * @param steps go on from them
     */
    GivenParticles(Law joint, Evidence evidence, Relations relations, Annealing.Found found, Steps steps) {
        super(
                joint,
                evidence,
                new Certainty(
                        found.logIntegral() + relations.logVolume(), found.error(), found.effective(), found.rHat()),
                relations.logVolume());
        this.relations = relations;
        this.found = found;
        this.steps = steps;
    }

    @Override
    public Draws draw(DrawRequest request, RunContext run) {
        Points particles = found.particles().u();
        int[] places = new int[request.count()];
        for (int n = 0; n < places.length; n++) {
            places[n] = (int) ((request.first() + n) % particles.size() * STRIDE % particles.size());
        }
        Points u = particles.select(places);
        int sweeps = FAR * steps.sweeps();
        int walking = (int) Math.max(0, Math.min(particles.size() - request.first(), places.length));
        if (walking < places.length) {
            Steps.Places at = found.particles().select(Arrays.copyOfRange(places, walking, places.length));
            CounterRandom random = run.random(Purpose.CONDITION_DRAWS);
            for (int s = 0; s < sweeps; s++) {
                run.checkCancelled();
                steps.sweep(at, 1, found.scale(), particles, random.derive(s), request.first() + walking);
            }
            u.paste(walking, at.u());
        }
        int evaluations = walking < places.length ? sweeps : 1;
        return new Draws(
                relations.rows(u), new Outcome(evaluations, 1, 0), certainty().remarks());
    }
}
