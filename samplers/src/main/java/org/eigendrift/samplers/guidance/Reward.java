package org.eigendrift.samplers.guidance;

import java.lang.invoke.MethodHandles;
import java.util.Arrays;
import java.util.List;
import org.eigendrift.api.Points;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.guidance.Guidance;
import org.eigendrift.api.guidance.GuidanceContext;
import org.eigendrift.api.guidance.GuidanceProvider;
import org.eigendrift.api.guidance.Objective;
import org.eigendrift.api.guidance.ObjectiveProvider;
import org.eigendrift.api.guidance.Operator;
import org.eigendrift.api.metric.Figure;
import org.eigendrift.api.plugin.Chosen;
import org.eigendrift.api.plugin.Option;
import org.eigendrift.api.plugin.OptionSchema;

/**
 * A reward: the law p(x) exp(weight f(x)). The score gains weight J grad f(x_0), the gradient of weight f at the denoised estimate;
 * exact for Gaussian data and linear f.
 */
public final class Reward implements GuidanceProvider<Reward.Options> {
    private static final OptionSchema<Options> SCHEMA = OptionSchema.of(MethodHandles.lookup(), Options.class);

    /** Creates the provider. */
    public Reward() {}

    /**
     * The options.
     *
     * @param objective f
     * @param weight weight
     */
    public record Options(
            @Option(doc = "the objective f, written in the data's columns", kind = ObjectiveProvider.class)
            Chosen<List<Column>, Objective> objective,

            @Option(doc = "nats for each unit of f; negative for less of it", value = "1", min = -1e100, max = 1e100)
            double weight) {}

    @Override
    public String name() {
        return "reward";
    }

    @Override
    public String summary() {
        return "objective as a reward, the law p(x) exp(weight f(x))";
    }

    @Override
    public OptionSchema<Options> options() {
        return SCHEMA;
    }

    @Override
    public Guidance create(Options options, GuidanceContext context) {
        Operator objective = ObjectiveOperator.of(name(), options.objective, context);
        return new Guided(name(), true, (model, process) -> new Tilting(objective, options.weight));
    }

    private record Tilting(Operator objective, double weight) implements Steering {
        @Override
        public void steer(Tweedie tweedie, Points score) {
            Points w = Points.zeros(1, score.size());
            Arrays.fill(w.values(), weight);
            Points g = Points.zeros(score.dim(), score.size());
            objective.adjoint(tweedie.estimate(), w, g);
            Points pulled = tweedie.jacobian(g);
            for (int k = 0; k < pulled.values().length; k++) {
                score.values()[k] += pulled.values()[k];
            }
        }

        @Override
        public void logTwist(Tweedie tweedie, double[] out) {
            scaled(tweedie.estimate(), out);
        }

        @Override
        public void logTarget(Tweedie tweedie, double[] out) {
            scaled(tweedie.x(), out);
        }

        @Override
        public List<Figure> figures(Points x) {
            double sum = 0;
            for (double value : values(x).values()) {
                sum += value;
            }
            return List.of(Figure.of("guidance", "objective", sum / x.size()));
        }

        private Points values(Points x) {
            Points values = Points.zeros(1, x.size());
            objective.apply(x, values);
            return values;
        }

        private void scaled(Points x, double[] out) {
            Points values = values(x);
            for (int n = 0; n < x.size(); n++) {
                out[n] = weight * values.get(0, n);
            }
        }
    }
}
