package org.eigendrift.targets.expectation;

import java.lang.invoke.MethodHandles;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.IntStream;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.InputException;
import org.eigendrift.api.Points;
import org.eigendrift.api.Purpose;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.law.Reference;
import org.eigendrift.api.law.Scores;
import org.eigendrift.api.metric.Evaluation;
import org.eigendrift.api.metric.Evaluation.Split;
import org.eigendrift.api.metric.Figure;
import org.eigendrift.api.metric.Metric;
import org.eigendrift.api.metric.MetricProvider;
import org.eigendrift.api.plugin.Option;
import org.eigendrift.api.plugin.OptionSchema;
import org.eigendrift.api.target.LogDensity;
import org.eigendrift.api.target.Target;
import org.eigendrift.targets.expectation.ControlledRatio.Estimate;
import org.eigendrift.targets.expectation.ControlledRatio.Estimates;
import org.eigendrift.targets.expectation.ControlledRatio.Plan;
import org.eigendrift.targets.expression.Formula;

/**
 * Expectations of functions of the columns under a target with a potential or a density, by importance sampling from the model.
 * The proposal is adapted twice: the model is fitted to the target, and a pilot sample chooses the share of the reference law pi
 * that is mixed in, which bounds the weights. Eigenfunctions are control variates: see {@link ControlledRatio}.
 *
 * <p>Figures, for a function named NAME: {@code NAME} with its standard error; {@code NAME_plain}, self-normalised importance
 * sampling of the model's samples alone; {@code NAME_variance_reduction}, the variance of that over ours, each times its number
 * of points, the pilot's included; {@code NAME_rows}, the mean over training rows. Further {@code ess_fraction}, the effective share of the points,
 * {@code plain_ess_fraction}, {@code reference_share} and {@code control_variates}.
 */
public final class Expectation implements MetricProvider<Expectation.Options> {
    private static final String GROUP = "expectation";

    /** Share of the samples that only decide how the others are used. */
    private static final double PILOT = 0.25;

    /** Share of pi in the pilot: among the candidates, so that each of them is within a factor of it. */
    private static final double PILOT_SHARE = 0.2;

    private static final double[] SHARES = {0.02, 0.05, 0.1, 0.2, 0.4, 0.6};

    /** Pilot points for each coefficient that is fitted: with fewer, cross-validation has nothing to compare. */
    private static final int POINTS_PER_CONTROL = 10;

    /** Columns whose means are estimated if no function is given. */
    private static final int MEANS = 8;

    /** Fewest samples of the model from which anything is estimated. */
    private static final int FEWEST = 100;

    /**
     * The options.
     *
     * @param functions pairs of a name and a formula
     * @param controls most control variates
     * @param share share of the reference law
     */
    public record Options(
            @Option(
                    doc =
                            "functions of the columns, each [name, formula]: [[mean_x, \"x\"], [second, \"x^2 + y^2\"]]; [] for the "
                                    + "means of the first eight columns",
                    value = "[]")
            List<List<String>> functions,

            @Option(doc = "most eigenfunctions used as control variates", value = "60", min = 0, max = 1000)
            int controls,

            @Option(
                    doc =
                            "share of points drawn from the process's stationary law; auto: what a pilot sample finds best",
                    value = "auto",
                    min = 0.001,
                    max = 0.9)
            OptionalDouble share) {

        /** Checks the names. */
        public Options {
            Set<String> names = new HashSet<>();
            for (List<String> function : functions) {
                if (function.size() != 2) {
                    throw new InputException("functions: expected [name, formula], found " + function);
                }
                String name = function.get(0);
                if (!name.matches("[a-z][a-z0-9_]*")) {
                    throw new InputException("functions: '" + name
                            + "' cannot name a figure; expected lower-case letters, digits and underscores");
                }
                if (!names.add(name)) {
                    throw new InputException("functions: two are named '" + name + "'");
                }
            }
        }
    }

    /** Creates the provider. */
    public Expectation() {}

    @Override
    public String name() {
        return "expectation";
    }

    @Override
    public String summary() {
        return "expectations of your functions under the target, by importance sampling with control variates";
    }

    @Override
    public OptionSchema<Options> options() {
        return Schema.OPTIONS;
    }

    /** Made when first asked for: a run discovers every provider and uses few. */
    private static final class Schema {
        private static final OptionSchema<Options> OPTIONS = OptionSchema.of(MethodHandles.lookup(), Options.class);
    }

    @Override
    public Metric create(Options options, RunContext context) {
        return evaluation -> evaluate(options, evaluation);
    }

    private static List<Figure> evaluate(Options given, Evaluation evaluation) {
        List<String> variables = Formula.variables(evaluation.target().train().columns());
        Options options =
                given.functions().isEmpty() ? new Options(means(variables), given.controls(), given.share()) : given;
        LogDensity[] wanted = formulas(options, variables);
        Optional<LogDensity> unnormalised = unnormalised(evaluation.target());
        Optional<double[]> logModel = evaluation.sampleLogLikelihood().map(Scores::nats);
        if (unnormalised.isEmpty() || logModel.isEmpty() || evaluation.samples().size() < FEWEST) {
            return List.of();
        }
        List<Figure> figures = new ArrayList<>();
        Optional<Reference> law = evaluation.reference();
        if (law.isPresent()) {
            controlled(options, evaluation, law.get(), logModel.get(), unnormalised.get(), wanted, figures);
        } else {
            Estimates plain = plain(evaluation.samples(), logModel.get(), unnormalised.get(), wanted);
            for (int f = 0; f < wanted.length; f++) {
                Estimate estimate = plain.of()[f];
                figures.add(ours(name(options, f), estimate));
            }
            figures.add(Figure.of(GROUP, "ess_fraction", plain.effectiveShare()));
        }
        evaluation.rows(Split.TRAIN).ifPresent(rows -> {
            for (int f = 0; f < wanted.length; f++) {
                String name = name(options, f);
                figures.add(Figure.of(GROUP, name + "_rows", mean(wanted[f], rows))
                        .called("Mean of " + name + " over training rows", ""));
            }
        });
        return figures;
    }

    private static Figure ours(String name, Estimate estimate) {
        return Figure.of(GROUP, name, estimate.value())
                .withError(estimate.error())
                .called(name, "expectation under the target");
    }

    private static String name(Options options, int f) {
        return options.functions().get(f).get(0);
    }

    private static List<List<String>> means(List<String> variables) {
        return IntStream.range(0, Math.min(MEANS, variables.size()))
                .mapToObj(i -> List.of("mean_" + (i + 1), variables.get(i)))
                .toList();
    }

    private static LogDensity[] formulas(Options options, List<String> variables) {
        return options.functions().stream()
                .map(function -> {
                    Formula formula =
                            Formula.parse(function.get(1), variables, "expectation '" + function.get(0) + "'");
                    return (LogDensity) formula::energy;
                })
                .toArray(LogDensity[]::new);
    }

    private static Optional<LogDensity> unnormalised(Target target) {
        Optional<LogDensity> minusEnergy = target.potential().map(potential -> (x, out) -> {
            potential.energy(x, out);
            for (int n = 0; n < x.size(); n++) {
                out[n] = -out[n];
            }
        });
        return minusEnergy.isPresent() ? minusEnergy : target.density();
    }

    private static void controlled(
            Options options,
            Evaluation evaluation,
            Reference law,
            double[] logModel,
            LogDensity unnormalised,
            LogDensity[] wanted,
            List<Figure> figures) {
        Points samples = evaluation.samples();
        CounterRandom random = evaluation.run().random(Purpose.EXPECTATION);
        int first = (int) (PILOT * samples.size());
        double pilotShare = options.share().orElse(PILOT_SHARE);
        int most = Math.min(Math.min(options.controls(), law.functions()), first / POINTS_PER_CONTROL);
        MixtureSample pilot = MixtureSample.of(
                samples.slice(0, first),
                Arrays.copyOf(logModel, first),
                law,
                draws(first, pilotShare),
                random.derive(1),
                most,
                unnormalised,
                wanted);
        double[] shares = options.share().isPresent() ? new double[] {pilotShare} : SHARES;
        Plan plan = ControlledRatio.plan(pilot, shares, counts(pilot.controls()));
        int rest = samples.size() - first;
        MixtureSample sample = MixtureSample.of(
                samples.slice(first, samples.size()),
                Arrays.copyOfRange(logModel, first, logModel.length),
                law,
                draws(rest, plan.share()),
                random.derive(2),
                Math.max(0, plan.controls() - 1),
                unnormalised,
                wanted);
        Estimates ours = ControlledRatio.controlled(sample, plan);
        Estimates plain = plain(samples, logModel, unnormalised, wanted);
        double points = pilot.size() + sample.size();
        for (int f = 0; f < wanted.length; f++) {
            Estimate mine = ours.of()[f];
            Estimate other = plain.of()[f];
            String name = name(options, f);
            figures.add(ours(name, mine));
            figures.add(Figure.of(GROUP, name + "_plain", other.value())
                    .withError(other.error())
                    .called("… by plain importance sampling", "of the samples alone"));
            if (mine.error() > 0) {
                double ratio = other.error() / mine.error();
                figures.add(Figure.of(GROUP, name + "_variance_reduction", ratio * ratio * samples.size() / points)
                        .called("… variance reduction", "times, at equal cost"));
            }
        }
        figures.add(Figure.of(GROUP, "ess_fraction", ours.effectiveShare()));
        figures.add(Figure.of(GROUP, "plain_ess_fraction", plain.effectiveShare()));
        figures.add(Figure.of(GROUP, "reference_share", plan.share()));
        figures.add(Figure.of(GROUP, "control_variates", plan.controls()));
    }

    /** Numbers of control variates to choose from: none, and from 1 to all, doubling. */
    private static int[] counts(int all) {
        return IntStream.concat(
                        IntStream.concat(IntStream.of(0), IntStream.iterate(1, k -> k < all, k -> 2 * k)),
                        IntStream.of(all))
                .toArray();
    }

    /** Draws of pi beside points of the model so that they make up a share of all. */
    private static int draws(int fromModel, double share) {
        return (int) Math.max(2, Math.round(fromModel * share / (1 - share)));
    }

    private static Estimates plain(Points samples, double[] logModel, LogDensity unnormalised, LogDensity[] wanted) {
        double[] logWeights = new double[samples.size()];
        unnormalised.logDensity(samples, logWeights);
        for (int n = 0; n < logWeights.length; n++) {
            logWeights[n] -= logModel[n];
        }
        double[][] values = new double[wanted.length][samples.size()];
        for (int f = 0; f < wanted.length; f++) {
            wanted[f].logDensity(samples, values[f]);
        }
        return ControlledRatio.plain(values, logWeights);
    }

    private static double mean(LogDensity function, Points rows) {
        double[] values = new double[rows.size()];
        function.logDensity(rows, values);
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum / values.length;
    }
}
