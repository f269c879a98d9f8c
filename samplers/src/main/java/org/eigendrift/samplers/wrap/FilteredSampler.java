package org.eigendrift.samplers.wrap;

import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.eigendrift.api.InputException;
import org.eigendrift.api.Points;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.sampler.BatchSampler;
import org.eigendrift.api.sampler.Sampler;
import org.eigendrift.api.score.AffineProcess;
import org.eigendrift.api.score.DiffusionProcess;
import org.eigendrift.api.score.ScoreModel;

/**
 * A sampler that sees a model whose noise predictions pass a filter. Samplers take one evaluator for each batch, so that a
 * filter's memory is the batch's.
 *
 * @param name name for messages
 * @param sampler the sampler that is wrapped
 * @param filters makes filters for a process, a new one for each batch
 */
record FilteredSampler(String name, Sampler sampler, Function<AffineProcess, Supplier<EpsilonFilter>> filters)
        implements Sampler {
    @Override
    public Optional<String> refusal(DiffusionProcess process) {
        return process.affine().isEmpty() ? Optional.of(refusal(name)) : sampler.refusal(process);
    }

    static String refusal(String name) {
        return name + " needs an affine process (vp, ve, ou, or a fit in the hermite family), this one is not; samplers"
                + " that fit: pf-ode, reverse-sde, predictor-corrector";
    }

    static AffineProcess affine(String name, ScoreModel model) {
        return model.process().affine().orElseThrow(() -> new InputException(refusal(name)));
    }

    @Override
    public BatchSampler prepare(ScoreModel model, RunContext run) {
        AffineProcess process = affine(name, model);
        Supplier<EpsilonFilter> filter = filters.apply(process);
        return sampler.prepare(new Filtered(model, process, filter), run);
    }

    /** The model that the wrapped sampler sees. */
    private record Filtered(ScoreModel model, AffineProcess affine, Supplier<EpsilonFilter> filter)
            implements ScoreModel {
        @Override
        public DiffusionProcess process() {
            return affine;
        }

        @Override
        public Evaluator evaluator() {
            Evaluator inner = model.evaluator();
            EpsilonFilter own = filter.get();
            return new ScoreEvaluator(affine) {
                @Override
                public void score(double t, Points x, Points out) {
                    inner.score(t, x, out);
                    double sigma = affine.sigma(t);
                    scale(out, -sigma);
                    own.apply(t, out);
                    scale(out, -1 / sigma);
                }

                @Override
                public void logRatio(double t, Points x, double[] out) {
                    inner.logRatio(t, x, out);
                }
            };
        }
    }

    static void scale(Points x, double factor) {
        for (int k = 0; k < x.values().length; k++) {
            x.values()[k] *= factor;
        }
    }
}
