package org.eigendrift.engine.transport;

import java.util.List;
import java.util.Optional;
import org.eigendrift.api.Parallel;
import org.eigendrift.api.Points;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.law.DrawRequest;
import org.eigendrift.api.law.Draws;
import org.eigendrift.api.law.Flowing;
import org.eigendrift.api.law.Provenance;
import org.eigendrift.api.law.Scores;
import org.eigendrift.api.score.ScoreModel;

/**
 * The law of a score model that is known exactly, in the data's own coordinates: it was not fitted, and is in no file.
 *
 * @param scoreModel the score model
 * @param columns of its coordinates
 */
public record ExactLaw(ScoreModel scoreModel, List<Column> columns) implements Flowing {

    @Override
    public Scores logDensity(Points x, RunContext run) {
        Parallel parallel = run.parallel();
        return new FlowLikelihood(scoreModel, FlowLikelihood.TOLERANCE, parallel).of(x);
    }

    @Override
    public Draws draw(DrawRequest request, RunContext run) {
        int first = Math.toIntExact(request.first());
        int all = Math.addExact(first, request.count());
        Draws draws = Sampling.draw(scoreModel, request.sampler().orElse(ControlledFlow.OF_SAMPLES), all, run);
        return draws.withRows(draws.rows().slice(first, all));
    }

    @Override
    public Provenance provenance() {
        return new Provenance("exact", 0, List.of());
    }

    @Override
    public Points toData(Points z) {
        return z;
    }

    @Override
    public Optional<String> otherFlows() {
        return Optional.empty();
    }

    /** True of the flow, but not asked of laws that are known: their own samples are what is tested. */
    @Override
    public boolean drawsHaveDensity() {
        return false;
    }
}
