package org.eigendrift.contract;

import java.util.List;
import java.util.Optional;
import org.eigendrift.api.Points;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.data.Dataset;
import org.eigendrift.api.data.InMemory;
import org.eigendrift.api.law.Scores;
import org.eigendrift.api.metric.Evaluation;
import org.eigendrift.api.target.LogDensity;
import org.eigendrift.api.target.Potential;
import org.eigendrift.api.target.Target;

/**
 * An evaluation whose parts are all given: for testing metrics without a model.
 *
 * @param samples the samples
 * @param train training rows
 * @param heldoutRows held-out rows, if any
 * @param columns one for each coordinate
 * @param model the model's log-density, if likelihoods are to be had
 * @param exact the target's density, if it is to be known
 * @param energy the target's potential, if there is one
 * @param bound the evidence bound, if there is one
 * @param run seed and threads
 */
public record GivenEvaluation(
        Points samples,
        Points train,
        Optional<Points> heldoutRows,
        List<Column> columns,
        Optional<LogDensity> model,
        Optional<LogDensity> exact,
        Optional<Potential> energy,
        Optional<Double> bound,
        RunContext run)
        implements Evaluation {

    /** Integration error that {@link #logLikelihood} states, in nats. */
    public static final double INTEGRATION_ERROR = 0.001953125;

    /**
     * An evaluation of samples alone: no likelihoods, density, potential or bound.
     *
     * @param samples the samples
     * @param train training rows
     * @param heldout held-out rows, or null
     * @return the evaluation, columns real
     */
    public static GivenEvaluation of(Points samples, Points train, Points heldout) {
        return new GivenEvaluation(
                samples,
                train,
                Optional.ofNullable(heldout),
                InMemory.of(train).columns(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                RunContext.quiet(1));
    }

    /**
     * The same with other rows.
     *
     * @param newSamples the samples
     * @param newTrain training rows
     * @param newHeldout held-out rows
     * @return a new evaluation
     */
    public GivenEvaluation withRows(Points newSamples, Points newTrain, Points newHeldout) {
        return new GivenEvaluation(
                newSamples, newTrain, Optional.of(newHeldout), columns, model, exact, energy, bound, run);
    }

    /**
     * The same with another run.
     *
     * @param newRun seed and threads
     * @return a new evaluation
     */
    public GivenEvaluation withRun(RunContext newRun) {
        return new GivenEvaluation(samples, train, heldoutRows, columns, model, exact, energy, bound, newRun);
    }

    /**
     * The same with other columns.
     *
     * @param newColumns one for each coordinate
     * @return a new evaluation
     */
    public GivenEvaluation withColumns(List<Column> newColumns) {
        return new GivenEvaluation(samples, train, heldoutRows, newColumns, model, exact, energy, bound, run);
    }

    /**
     * The same with likelihoods of the model.
     *
     * @param density the model's log-density
     * @return a new evaluation
     */
    public GivenEvaluation withModel(LogDensity density) {
        return new GivenEvaluation(
                samples, train, heldoutRows, columns, Optional.of(density), exact, energy, bound, run);
    }

    /**
     * The same with a target whose density is known.
     *
     * @param density the target's log-density
     * @return a new evaluation
     */
    public GivenEvaluation withExact(LogDensity density) {
        return new GivenEvaluation(
                samples, train, heldoutRows, columns, model, Optional.of(density), energy, bound, run);
    }

    /**
     * The same with a Boltzmann target.
     *
     * @param potential the target's potential
     * @return a new evaluation
     */
    public GivenEvaluation withEnergy(Potential potential) {
        return new GivenEvaluation(
                samples, train, heldoutRows, columns, model, exact, Optional.of(potential), bound, run);
    }

    /**
     * The same with an evidence bound.
     *
     * @param nats the bound
     * @return a new evaluation
     */
    public GivenEvaluation withBound(double nats) {
        return new GivenEvaluation(samples, train, heldoutRows, columns, model, exact, energy, Optional.of(nats), run);
    }

    /**
     * The same without held-out rows and bound.
     *
     * @return a new evaluation
     */
    public GivenEvaluation withoutHeldout() {
        return new GivenEvaluation(
                samples, train, Optional.empty(), columns, model, exact, energy, Optional.empty(), run);
    }

    @Override
    public Optional<Points> rows(Split split) {
        return split == Split.TRAIN ? Optional.of(train) : heldoutRows;
    }

    @Override
    public Optional<Scores> logLikelihood(Split split) {
        return rows(split).flatMap(this::likelihood);
    }

    @Override
    public Optional<Scores> sampleLogLikelihood() {
        return likelihood(samples);
    }

    private Optional<Scores> likelihood(Points points) {
        return model.map(density -> {
            double[] nats = new double[points.size()];
            density.logDensity(points, nats);
            return new Scores(nats, INTEGRATION_ERROR);
        });
    }

    @Override
    public Optional<Double> evidenceBound() {
        return bound;
    }

    @Override
    public Target target() {
        return new Target() {
            @Override
            public Dataset train() {
                return new InMemory(columns, train);
            }

            @Override
            public Optional<Dataset> heldout() {
                return heldoutRows.map(points -> new InMemory(columns, points));
            }

            @Override
            public Optional<LogDensity> density() {
                return exact;
            }

            @Override
            public Optional<Potential> potential() {
                return energy;
            }
        };
    }
}
