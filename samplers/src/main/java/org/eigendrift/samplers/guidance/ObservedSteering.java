package org.eigendrift.samplers.guidance;

import java.util.List;
import java.util.Optional;
import org.eigendrift.api.InputException;
import org.eigendrift.api.Points;
import org.eigendrift.api.metric.Figure;
import org.eigendrift.api.score.CurvedScoreModel;

/** A steering by an observation. Whatever the method, particles are weighed by the moment-matched likelihood on the way. */
abstract class ObservedSteering implements Steering {
    private final Observation observation;
    private final GaussianLikelihood likelihood;

    ObservedSteering(Observation observation) {
        this.observation = observation;
        this.likelihood = new GaussianLikelihood(observation);
    }

    Observation observation() {
        return observation;
    }

    GaussianLikelihood likelihood() {
        return likelihood;
    }

    @Override
    public void twist(Tweedie tweedie, Points score) {
        weigh(tweedie);
        likelihood.addGradient(score);
    }

    @Override
    public void logTwist(Tweedie tweedie, double[] out) {
        weigh(tweedie);
        likelihood.logLikelihood(out);
    }

    private void weigh(Tweedie tweedie) {
        if (!(tweedie.evaluator() instanceof CurvedScoreModel.Evaluator)) {
            throw InputException.at(
                    "guidance",
                    "particles are weighed by the exact covariance of data given noise, which needs a"
                            + " model whose Hessian is known");
        }
        likelihood.at(tweedie);
    }

    @Override
    public void logTarget(Tweedie tweedie, double[] out) {
        observation.logLikelihood(tweedie.x(), out);
    }

    @Override
    public Optional<String> weightless() {
        return observation.deviation() > 0
                ? Optional.empty()
                : Optional.of(
                        "an observation without noise leaves no particle a weight, as no sample meets it to the last digit;"
                                + " give it some (noise: 1e-3), guide along a sampler (sampler: reverse-sde), or where columns"
                                + " are known as they are ask with --where");
    }

    @Override
    public void curve(Tweedie tweedie, Points direction, Points product) {
        likelihood.at(tweedie);
        likelihood.addCurvature(direction, product);
    }

    @Override
    public List<Figure> figures(Points x) {
        return observation.misfit(x);
    }

    /** score += factor_n J A'^T w, factor one for each point. */
    void addPulledBack(Tweedie tweedie, Points w, double[] factor, Points score) {
        Points pulled = tweedie.jacobian(observation.adjoint(tweedie.estimate(), w));
        for (int i = 0; i < score.dim(); i++) {
            int at = score.offset(i);
            for (int n = 0; n < score.size(); n++) {
                score.values()[at + n] += factor[n] * pulled.values()[at + n];
            }
        }
    }
}
