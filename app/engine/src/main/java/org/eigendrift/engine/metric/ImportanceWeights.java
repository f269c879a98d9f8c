package org.eigendrift.engine.metric;

import java.lang.invoke.MethodHandles;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eigendrift.api.Points;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.law.Scores;
import org.eigendrift.api.metric.Evaluation;
import org.eigendrift.api.metric.Evaluation.Split;
import org.eigendrift.api.metric.Figure;
import org.eigendrift.api.metric.Figure.Better;
import org.eigendrift.api.metric.Metric;
import org.eigendrift.api.metric.MetricProvider;
import org.eigendrift.api.plugin.OptionSchema;
import org.eigendrift.api.target.LogDensity;
import org.eigendrift.api.target.Target;

/**
 * Importance weights of the model for a target with a potential U (or, without one, a density): log w = -U - log q.
 *
 * <ul>
 *   <li>{@code ess_fraction} = (sum w)^2 / (n sum w^2) over samples of q: the share of samples that count (Kong 1992);
 *       {@code largest_weight} is the share of the largest, near 1 when the estimate hangs on one sample,
 *   <li>{@code log_normaliser} = log of the mean weight, an estimate of log Z with its standard error by the delta
 *       method, sqrt((1 / ess_fraction - 1) / n),
 *   <li>{@code heldout_ess_fraction} = 1 / (mean w mean 1/w) over rows of the target: the same share, seen from the
 *       target's side. It notices regions that q misses, where no sample ever falls.
 * </ul>
 */
public final class ImportanceWeights implements MetricProvider<ImportanceWeights.Options> {
    private static final OptionSchema<Options> SCHEMA = OptionSchema.of(MethodHandles.lookup(), Options.class);
    private static final String GROUP = "importance";

    /** Creates the provider. */
    public ImportanceWeights() {}

    /** No options. */
    public record Options() {}

    @Override
    public String name() {
        return "importance-ess";
    }

    @Override
    public String summary() {
        return "Effective sample size of importance weights p/q, for targets with a potential or a density";
    }

    @Override
    public OptionSchema<Options> options() {
        return SCHEMA;
    }

    @Override
    public Metric create(Options options, RunContext context) {
        return ImportanceWeights::evaluate;
    }

    private static List<Figure> evaluate(Evaluation evaluation) {
        Optional<LogDensity> unnormalised = unnormalised(evaluation.target());
        if (unnormalised.isEmpty()) {
            return List.of();
        }
        List<Figure> figures = new ArrayList<>();
        evaluation
                .sampleLogLikelihood()
                .filter(q -> q.nats().length > 0)
                .ifPresent(q -> addSamples(logWeights(unnormalised.get(), evaluation.samples(), q), figures));
        Optional<Scores> heldout = evaluation.logLikelihood(Split.HELDOUT);
        evaluation
                .rows(Split.HELDOUT)
                .filter(rows -> rows.size() > 0 && heldout.isPresent())
                .ifPresent(rows -> addHeldout(logWeights(unnormalised.get(), rows, heldout.get()), figures));
        return figures;
    }

    /** The target's log-density up to a constant. */
    private static Optional<LogDensity> unnormalised(Target target) {
        Optional<LogDensity> minusEnergy = target.potential().map(potential -> (x, out) -> {
            potential.energy(x, out);
            for (int n = 0; n < x.size(); n++) {
                out[n] = -out[n];
            }
        });
        return minusEnergy.isPresent() ? minusEnergy : target.density();
    }

    private static double[] logWeights(LogDensity target, Points rows, Scores model) {
        double[] log = new double[rows.size()];
        target.logDensity(rows, log);
        for (int n = 0; n < log.length; n++) {
            log[n] -= model.nats()[n];
        }
        return log;
    }

    private static void addSamples(double[] logWeights, List<Figure> figures) {
        int n = logWeights.length;
        double logSum = logSumExp(logWeights, 1);
        double logSquares = logSumExp(logWeights, 2);
        double share = Math.exp(2 * logSum - logSquares) / n;
        double largest = Double.NEGATIVE_INFINITY;
        for (double weight : logWeights) {
            largest = Math.max(largest, weight);
        }
        figures.add(Figure.of(GROUP, "ess_fraction", share).better(Better.MORE));
        figures.add(
                Figure.of(GROUP, "largest_weight", Math.exp(largest - logSum)).better(Better.LESS));
        figures.add(Figure.of(GROUP, "log_normaliser", logSum - Math.log(n))
                .withError(Math.sqrt(Math.max(0, 1 / share - 1) / n))
                .in("nats"));
    }

    private static void addHeldout(double[] logWeights, List<Figure> figures) {
        double logProduct = logSumExp(logWeights, 1) + logSumExp(logWeights, -1) - 2 * Math.log(logWeights.length);
        figures.add(
                Figure.of(GROUP, "heldout_ess_fraction", Math.exp(-logProduct)).better(Better.MORE));
    }

    /** log sum exp(power x), without overflow. */
    static double logSumExp(double[] values, double power) {
        double most = Double.NEGATIVE_INFINITY;
        for (double value : values) {
            most = Math.max(most, power * value);
        }
        if (Double.isInfinite(most)) {
            return most;
        }
        double sum = 0;
        for (double value : values) {
            sum += Math.exp(power * value - most);
        }
        return most + Math.log(sum);
    }
}
