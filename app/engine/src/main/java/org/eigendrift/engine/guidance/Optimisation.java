package org.eigendrift.engine.guidance;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.eigendrift.api.InputException;
import org.eigendrift.api.Points;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.data.InMemory;
import org.eigendrift.api.guidance.Objective;
import org.eigendrift.api.law.Additive;
import org.eigendrift.api.law.Law;

/**
 * Optimisation of an objective f among samples of a law in rounds (Guo, Yuan, Yang, Chen, Wang, 2404.14743): f is linearised at the
 * mean of the samples, and the next are drawn near a higher value of the linear function (algorithm 1); from some round on the law
 * is fitted to what was drawn (algorithm 2).
 *
 * <p>With data N(mu, Sigma), noise s and raise delta the mean of the next samples is mu + Sigma g (delta + g.(x - mu)) / (s^2 + g'Sigma g)
 * as published, whose fixed point maximises f(x) - (lambda / 2) (x - mu)' Sigma^-1 (x - mu) with lambda = s^2 / delta. That
 * iteration need not converge. Here the directions are averaged, m + gamma (g - m), and the target is that at which the mean is mu +
 * Sigma m / lambda: a gradient step of the regularised objective in the metric of Sigma, with gamma found by halving.
 *
 * <p>Once the law is refitted, samples are drawn in proportion to p(x) exp(m.x / lambda), the limit of infinite noise at the same
 * lambda: a target of finite noise would take a share of the variance along m with each round, until nothing moves.
 *
 * <p>Immutable, thread-safe.
 *
 * @param law the law
 * @param objective f, written in the law's columns
 * @param settings how
 * @param drawing draws
 */
public record Optimisation(Law law, Objective objective, Settings settings, Drawing drawing) {
    /** Share of what the slope promises that a step must bring. */
    private static final double ENOUGH = 0.25;

    /** Below this share of the whole step gradient and direction agree to rounding. */
    private static final double SHORTEST = 0x1p-40;

    /**
     * How an objective is optimised.
     *
     * @param rounds rounds after the first samples, at least 1
     * @param raise how far the target lies above what was reached, in units of f, above 0; empty for the standard deviation of f under
     *     the law
     * @param noise how far from the target samples may be, above 0; empty for the same
     * @param published gradients of the last round alone and a constant raise, as published
     * @param refit the first round, from 1, to whose samples the law is fitted; empty for never
     */
    public record Settings(
            int rounds, OptionalDouble raise, OptionalDouble noise, boolean published, OptionalInt refit) {

        /**
         * Checks ranges.
         *
         * @param rounds rounds
         * @param raise raise
         * @param noise noise
         * @param published as published
         * @param refit first round that is fitted to
         * @throws InputException if a number is out of range
         */
        public Settings {
            if (rounds < 1) {
                throw InputException.at("rounds", "expected a whole number of at least 1, found " + rounds);
            }
            positive("raise", raise);
            positive("noise", noise);
            if (refit.isPresent() && (refit.getAsInt() < 1 || refit.getAsInt() > rounds)) {
                throw InputException.at(
                        "refit", "expected a round from 1 to " + rounds + ", found " + refit.getAsInt());
            }
        }

        private static void positive(String key, OptionalDouble value) {
            if (value.isPresent() && !(value.getAsDouble() > 0 && Double.isFinite(value.getAsDouble()))) {
                throw InputException.at(key, "expected a number above 0, found " + value.getAsDouble());
            }
        }
    }

    /**
     * What samples of a round are drawn towards.
     *
     * @param weights of a linear function of the columns; shared, not modified
     * @param target its value; empty for the law p(x) exp(weights . x)
     * @param noise how far from the target, standard deviation
     */
    public record Pull(double[] weights, OptionalDouble target, double noise) {}

    /** Draws samples. */
    @FunctionalInterface
    public interface Drawing {
        /**
         * Draws.
         *
         * @param law the law, the first or a refitted one
         * @param round number of the round; 0 for samples that nothing steers
         * @param pull what steers
         * @return samples in the data's coordinates, and how many of them count
         */
        Drawn draw(Law law, int round, Optional<Pull> pull);
    }

    /**
     * Samples.
     *
     * @param points in the data's coordinates
     * @param effective smallest effective sample size on their way; empty for independent ones
     */
    public record Drawn(Points points, OptionalDouble effective) {}

    /**
     * What came of a round.
     *
     * @param number 0 for the samples that nothing steered
     * @param mean mean of the samples; owned by the receiver
     * @param objective mean of f over the samples
     * @param error its standard error
     * @param atMean f at the mean of the samples
     * @param regularised f at the mean less (lambda / 2) times the squared distance from the law's own mean, in deviations
     * @param logDensity mean log-density of the samples under the law, nats
     * @param effective smallest effective sample size on their way; empty for independent ones
     */
    public record Round(
            int number,
            double[] mean,
            double objective,
            double error,
            double atMean,
            double regularised,
            double logDensity,
            OptionalDouble effective) {}

    /**
     * What came of all.
     *
     * @param rounds every round, that of unguided samples first
     * @param raise the raise
     * @param noise the noise
     * @param points the last samples
     */
    public record Result(List<Round> rounds, double raise, double noise, Points points) {

        /**
         * Weight of the regularisation.
         *
         * @return lambda = noise^2 / raise
         */
        public double weight() {
            return noise * noise / raise;
        }
    }

    /**
     * Optimises.
     *
     * @param run threads, progress
     * @return rounds and samples
     * @throws InputException if f is not finite at a sample, does not vary, or the samples have no covariance
     */
    public Result run(RunContext run) {
        CheckedObjective f = new CheckedObjective(objective);
        if (settings.refit().isPresent() && !(law instanceof Additive)) {
            throw InputException.at(
                    "refit",
                    "a law of kind '" + law.provenance().kind()
                            + "' is no sum over rows, so that it cannot be fitted again; leave it out");
        }
        Drawn drawn = drawing.draw(law, 0, Optional.empty());
        double deviation = deviation(f.values(drawn.points()));
        double noise = settings.noise().orElse(deviation);
        double raise = settings.raise().orElse(deviation);
        if (!(noise > 0 && raise > 0)) {
            throw InputException.at("objective", "has the same value at all samples, so that there is nothing to gain");
        }
        Course course = new Course(f, Ellipsoid.of(law.columns(), drawn.points()), raise, noise, run);
        course.add(drawn);
        for (int k = 1; k <= settings.rounds(); k++) {
            run.checkCancelled();
            drawn = course.next(k);
            course.add(drawn);
            if (settings.refit().isPresent() && k >= settings.refit().getAsInt() && k < settings.rounds()) {
                course.refit(drawn.points());
            }
        }
        return new Result(List.copyOf(course.all), raise, noise, drawn.points());
    }

    static double deviation(double[] values) {
        double mean = Arrays.stream(values).average().orElse(Double.NaN);
        return Math.sqrt(Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum() / (values.length - 1));
    }

    /** The rounds so far, and where they stand. */
    private final class Course {
        private final CheckedObjective f;
        private final Ellipsoid data;
        private final double raise;
        private final double noise;
        private final double weight;
        private final RunContext run;
        private final List<Round> all = new ArrayList<>();
        private Law now = law;
        private Ellipsoid center;
        private double[] direction = new double[law.columns().size()];

        Course(CheckedObjective f, Ellipsoid data, double raise, double noise, RunContext run) {
            this.f = f;
            this.data = data;
            this.center = data;
            this.raise = raise;
            this.noise = noise;
            this.weight = noise * noise / raise;
            this.run = run;
        }

        Drawn next(int round) {
            double[] at = all.get(all.size() - 1).mean();
            Pull pull;
            if (settings.published()) {
                direction = f.gradient(at);
                pull = new Pull(direction, OptionalDouble.of(raise + Ellipsoid.dot(direction, at)), noise);
            } else {
                direction = stepped(f, center, direction, at, weight);
                pull = now == law ? towards(direction, center, weight, noise) : tilt(direction, weight);
            }
            boolean still = Arrays.stream(direction).allMatch(v -> v == 0);
            return drawing.draw(now, round, still ? Optional.empty() : Optional.of(pull));
        }

        /** Fits the law to samples, which become the center. */
        void refit(Points samples) {
            Additive before = (Additive) now;
            now = before.with(before.statistic(new InMemory(law.columns(), samples), run), run);
            center = Ellipsoid.of(law.columns(), samples);
            direction = new double[direction.length];
        }

        void add(Drawn drawn) {
            Points x = drawn.points();
            double[] values = f.values(x);
            double[] mean = new double[x.dim()];
            for (int i = 0; i < mean.length; i++) {
                mean[i] = Arrays.stream(x.column(i)).average().orElseThrow();
            }
            double atMean = f.value(mean);
            all.add(new Round(
                    all.size(),
                    mean,
                    Arrays.stream(values).average().orElseThrow(),
                    deviation(values) / Math.sqrt(drawn.effective().orElse(values.length)),
                    atMean,
                    atMean - 0.5 * weight * data.distance(mean),
                    Arrays.stream(law.logDensity(x, run).nats()).average().orElseThrow(),
                    drawn.effective()));
        }
    }

    /** The next direction: towards the gradient, as far as the regularised objective rises with it. */
    private static double[] stepped(
            CheckedObjective f, Ellipsoid center, double[] direction, double[] at, double weight) {
        double[] gradient = f.gradient(at);
        double[] change = moved(gradient, -1, direction);
        double[] shift = center.times(change);
        double slope = Ellipsoid.dot(change, shift) / weight;
        double now = f.value(at) - 0.5 * center.variance(direction) / weight;
        for (double share = 1; share > SHORTEST; share /= 2) {
            double[] next = moved(direction, share, change);
            double there = f.tried(moved(at, share / weight, shift)) - 0.5 * center.variance(next) / weight;
            if (Double.isFinite(there) && there >= now + ENOUGH * share * slope) {
                return next;
            }
        }
        return direction;
    }

    private static double[] moved(double[] from, double factor, double[] along) {
        double[] out = new double[from.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = from[i] + factor * along[i];
        }
        return out;
    }

    /** The target at which the mean of Gaussian data becomes mu + Sigma m / lambda. */
    private static Pull towards(double[] direction, Ellipsoid center, double weight, double noise) {
        double above = (noise * noise + center.variance(direction)) / weight;
        return new Pull(direction, OptionalDouble.of(Ellipsoid.dot(direction, center.mean()) + above), noise);
    }

    private static Pull tilt(double[] direction, double weight) {
        return new Pull(moved(new double[direction.length], 1 / weight, direction), OptionalDouble.empty(), 0);
    }
}
