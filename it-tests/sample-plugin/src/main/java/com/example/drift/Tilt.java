package com.example.drift;

import java.lang.invoke.MethodHandles;
import java.util.Arrays;
import java.util.Optional;
import org.eigendrift.api.InputException;
import org.eigendrift.api.Points;
import org.eigendrift.api.guidance.Guidance;
import org.eigendrift.api.guidance.GuidanceContext;
import org.eigendrift.api.guidance.GuidanceProvider;
import org.eigendrift.api.guidance.GuidedScoreModel;
import org.eigendrift.api.guidance.Operator;
import org.eigendrift.api.plugin.Option;
import org.eigendrift.api.plugin.OptionSchema;
import org.eigendrift.api.score.AffineProcess;
import org.eigendrift.api.score.DiffusionProcess;
import org.eigendrift.api.score.ScoreModel;

/** The law p(x) exp(slope (x_1 + ... + x_d)), by the twist slope alpha_t (x_1 + ... + x_d): plain, for particles to mend. */
public final class Tilt implements GuidanceProvider<Tilt.Options> {
    private static final OptionSchema<Options> SCHEMA = OptionSchema.of(MethodHandles.lookup(), Options.class);

    /**
     * Options.
     *
     * @param slope nats
     */
    public record Options(
            @Option(doc = "Nats for each unit of the sum of a row", value = "1")
            double slope) {}

    /** Creates the provider. */
    public Tilt() {}

    @Override
    public String name() {
        return "tilt";
    }

    @Override
    public String summary() {
        return "towards rows of larger or smaller sums";
    }

    @Override
    public OptionSchema<Options> options() {
        return SCHEMA;
    }

    @Override
    public Guidance create(Options options, GuidanceContext context) {
        return new Guidance() {
            @Override
            public Optional<String> refusal(ScoreModel model) {
                return model.process().affine().isPresent()
                        ? Optional.empty()
                        : Optional.of("tilt needs an affine process; use the basis hermite, without a frame");
            }

            @Override
            public boolean partwise() {
                return true;
            }

            @Override
            public GuidedScoreModel guide(ScoreModel model) {
                return new Tilted(model, context.data(), options.slope());
            }
        };
    }

    private record Tilted(ScoreModel model, Optional<Operator> data, double slope) implements GuidedScoreModel {
        @Override
        public ScoreModel base() {
            return model instanceof GuidedScoreModel guided ? guided.base() : model;
        }

        @Override
        public DiffusionProcess process() {
            return model.process();
        }

        @Override
        public Evaluator evaluator() {
            return new Fields(model.evaluator(), process(), data, slope);
        }
    }

    /** Sums are of the data's columns, which frames and charts map to the model's coordinates. */
    private record Fields(ScoreModel.Evaluator before, DiffusionProcess process, Optional<Operator> data, double slope)
            implements GuidedScoreModel.Evaluator {
        private double pull(double t) {
            AffineProcess affine = process.affine().orElseThrow();
            return slope * affine.alpha(t);
        }

        private void addSums(double factor, Points x, double[] out) {
            Points rows = x;
            if (data.isPresent()) {
                rows = Points.zeros(data.get().outputs(), x.size());
                data.get().apply(x, rows);
            }
            for (int n = 0; n < rows.size(); n++) {
                for (int i = 0; i < rows.dim(); i++) {
                    out[n] += factor * rows.get(i, n);
                }
            }
        }

        /** The gradient of a row's sum. */
        private Points slopes(Points x) {
            Points slopes = Points.zeros(x.dim(), x.size());
            if (data.isPresent()) {
                Points ones = Points.zeros(data.get().outputs(), x.size());
                Arrays.fill(ones.values(), 1);
                data.get().adjoint(x, ones, slopes);
            } else {
                Arrays.fill(slopes.values(), 1);
            }
            return slopes;
        }

        @Override
        public void score(double t, Points x, Points out) {
            before.score(t, x, out);
            Points slopes = slopes(x);
            for (int k = 0; k < out.values().length; k++) {
                out.values()[k] += pull(t) * slopes.values()[k];
            }
        }

        /** What is added to the score moves points at half the squared noise. */
        @Override
        public void velocity(double t, Points x, Points out) {
            before.velocity(t, x, out);
            Points slopes = slopes(x);
            Points half = Points.zeros(x.dim(), x.size());
            process.diffusion(t, x, half);
            for (int k = 0; k < out.values().length; k++) {
                out.values()[k] += half.values()[k] * pull(t) * slopes.values()[k];
            }
        }

        /** The twist is made up: what the flow leads to is nearly the tilted law, and no density is known of it. */
        @Override
        public void velocityAndRate(double t, Points x, Points out, double[] rate) {
            throw new InputException("a tilted law has no exact density; leave out log-likelihood");
        }

        @Override
        public void logTwist(double t, Points x, double[] out) {
            if (before instanceof GuidedScoreModel.Evaluator guided) {
                guided.logTwist(t, x, out);
            } else {
                Arrays.fill(out, 0, x.size(), 0);
            }
            addSums(pull(t), x, out);
        }

        @Override
        public void logTarget(Points x, double[] out) {
            if (before instanceof GuidedScoreModel.Evaluator guided) {
                guided.logTarget(x, out);
            } else {
                Arrays.fill(out, 0, x.size(), 0);
            }
            addSums(slope, x, out);
        }

        @Override
        public void logRatio(double t, Points x, double[] out) {
            before.logRatio(t, x, out);
            addSums(pull(t), x, out);
        }
    }
}
