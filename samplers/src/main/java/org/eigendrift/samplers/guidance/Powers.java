package org.eigendrift.samplers.guidance;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.eigendrift.api.InputException;
import org.eigendrift.api.Points;
import org.eigendrift.api.guidance.Guidance;
import org.eigendrift.api.guidance.GuidedScoreModel;
import org.eigendrift.api.score.AffineProcess;
import org.eigendrift.api.score.CurvedScoreModel;
import org.eigendrift.api.score.DiffusionProcess;
import org.eigendrift.api.score.ScoreModel;
import org.eigendrift.samplers.wrap.ScoreEvaluator;

/**
 * The law prod_i q_i^{b_i} of models on one process; on the way prod_i q_{i,t}^{b_i}, the product of the noised laws and not the
 * noised product, so that scores add, and particles are needed to be exact.
 *
 * @param name name for messages
 * @param exponents b, that of the guided model first
 * @param others the further models
 */
record Powers(String name, double[] exponents, List<ScoreModel> others) implements Guidance {

    @Override
    public Optional<String> refusal(ScoreModel model) {
        if (model.process().affine().isEmpty()) {
            return Optional.of(
                    name + " needs an affine process: an exact law under vp, ve or ou, or a fit in the hermite family"
                            + " (basis: hermite)");
        }
        for (ScoreModel other : others) {
            if (!same(model.process(), other.process())) {
                return Optional.of(
                        name + " needs models on one process, with as many coordinates and the same (alpha, sigma);"
                                + " fit both in the same frame and family");
            }
        }
        return Optional.empty();
    }

    private static boolean same(DiffusionProcess a, DiffusionProcess b) {
        if (a.dim() != b.dim() || b.affine().isEmpty()) {
            return false;
        }
        AffineProcess p = a.affine().orElseThrow();
        AffineProcess q = b.affine().orElseThrow();
        double middle = 0.5 * (p.earliest() + p.horizon());
        return p.logAlpha(middle) == q.logAlpha(middle) && p.sigma(middle) == q.sigma(middle);
    }

    @Override
    public GuidedScoreModel guide(ScoreModel model) {
        refusal(model).ifPresent(reason -> {
            throw InputException.at("guidance", reason);
        });
        List<ScoreModel> factors = new ArrayList<>(List.of(model));
        factors.addAll(others);
        return new GuidedScoreModel() {
            @Override
            public ScoreModel base() {
                return Guided.base(model);
            }

            @Override
            public boolean proportional() {
                return false;
            }

            @Override
            public Optional<String> weightless() {
                return model instanceof GuidedScoreModel before ? before.weightless() : Optional.empty();
            }

            @Override
            public DiffusionProcess process() {
                return model.process();
            }

            @Override
            public Evaluator evaluator() {
                return new Fields(model, factors, exponents);
            }
        };
    }

    private static final class Fields extends ScoreEvaluator implements GuidedScoreModel.Evaluator {
        private final AffineProcess process;
        private final List<ScoreModel.Evaluator> factors;
        private final ScoreModel.Evaluator base;
        private final double[] exponents;
        private Points field = Points.zeros(1, 0);

        Fields(ScoreModel model, List<ScoreModel> factors, double[] exponents) {
            super(model.process().affine().orElseThrow());
            this.process = model.process().affine().orElseThrow();
            this.factors = factors.stream().map(ScoreModel::evaluator).toList();
            this.base = model instanceof GuidedScoreModel guided ? guided.base().evaluator() : this.factors.get(0);
            this.exponents = exponents;
        }

        @Override
        public void score(double t, Points x, Points out) {
            if (field.size() != x.size() || field.dim() != x.dim()) {
                field = Points.zeros(x.dim(), x.size());
            }
            double[] sum = new double[out.values().length];
            for (int i = 0; i < exponents.length; i++) {
                factors.get(i).score(t, x, field);
                for (int k = 0; k < sum.length; k++) {
                    sum[k] += exponents[i] * field.values()[k];
                }
            }
            System.arraycopy(sum, 0, out.values(), 0, sum.length);
        }

        /** One over the sum of exponents: exact for Gaussians of one covariance, and where exponents are of one model. */
        @Override
        public double noise() {
            double sum = 0;
            for (int i = 0; i < exponents.length; i++) {
                sum += exponents[i]
                        / (factors.get(i) instanceof GuidedScoreModel.Evaluator guided ? guided.noise() : 1);
            }
            return sum > 0 ? 1 / sum : 1;
        }

        @Override
        public boolean bend(double t, Points x, Points direction, Points out) {
            Points product = Points.zeros(x.dim(), x.size());
            Arrays.fill(out.values(), 0);
            for (int i = 0; i < exponents.length; i++) {
                if (factors.get(i) instanceof CurvedScoreModel.Evaluator curved) {
                    curved.curvature(t, x, Collections.singletonList(direction), Collections.singletonList(product));
                } else if (!(factors.get(i) instanceof GuidedScoreModel.Evaluator guided)
                        || !guided.bend(t, x, direction, product)) {
                    return false;
                }
                for (int k = 0; k < out.values().length; k++) {
                    out.values()[k] += exponents[i] * product.values()[k];
                }
            }
            return true;
        }

        @Override
        public void logRatio(double t, Points x, double[] out) {
            base.logRatio(t, x, out);
            double[] twist = new double[x.size()];
            logTwist(t, x, twist);
            for (int n = 0; n < x.size(); n++) {
                out[n] += twist[n];
            }
        }

        @Override
        public void logTwist(double t, Points x, double[] out) {
            double[] reference = new double[x.size()];
            double[] ratio = new double[x.size()];
            process.logReference(x, reference);
            base.logRatio(t, x, ratio);
            double alone = factors.get(0) == base ? exponents[0] : 0;
            for (int n = 0; n < x.size(); n++) {
                out[n] = weighed(alone - 1, ratio[n] + reference[n]);
            }
            for (int i = alone == 0 ? 0 : 1; i < exponents.length; i++) {
                factors.get(i).logRatio(t, x, ratio);
                for (int n = 0; n < x.size(); n++) {
                    out[n] += weighed(exponents[i], ratio[n] + reference[n]);
                }
            }
        }

        /** Where any of the densities is 0 the law has none, whatever the exponents. */
        private static double weighed(double exponent, double log) {
            return log == Double.NEGATIVE_INFINITY ? log : exponent * log;
        }

        @Override
        public void logTarget(Points x, double[] out) {
            logTwist(process.earliest(), x, out);
        }
    }
}
