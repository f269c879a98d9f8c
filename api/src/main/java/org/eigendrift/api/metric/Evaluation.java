package org.eigendrift.api.metric;

import java.util.Optional;
import org.eigendrift.api.Points;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.law.Reference;
import org.eigendrift.api.law.Scores;
import org.eigendrift.api.target.Target;

/**
 * What a metric may look at. Batches and likelihoods are copies, the caller's own; likelihoods and bounds are computed when first
 * asked for.
 */
public interface Evaluation {

    /** Which rows. */
    enum Split {
        /** The rows that were fitted. */
        TRAIN,
        /** The rows kept apart. */
        HELDOUT
    }

    /**
     * The model's samples.
     *
     * @return samples in the data's coordinates
     */
    Points samples();

    /**
     * Data rows.
     *
     * @param split which
     * @return the first rows, at most 10,000; empty if there are no held-out rows
     */
    Optional<Points> rows(Split split);

    /**
     * The model's log-likelihood of {@link #rows}.
     *
     * @param split which
     * @return nats for each row in the data's coordinates, with the integration error; empty if there are no rows
     */
    Optional<Scores> logLikelihood(Split split);

    /**
     * The log-density of {@link #samples} under the law they were drawn from: importance weights need it.
     *
     * @return nats for each sample in the data's coordinates; empty if that law's density is not known, as for samples
     *     of a reverse SDE
     */
    default Optional<Scores> sampleLogLikelihood() {
        return Optional.empty();
    }

    /**
     * The law from which the model's flow starts, with functions whose mean under it is known: control variates.
     *
     * @return the law; empty if the model has none of which this is known
     */
    default Optional<Reference> reference() {
        return Optional.empty();
    }

    /**
     * The held-out evidence bound (docs/method.md, 8).
     *
     * @return mean nats a row, in the data's coordinates; empty if there are no held-out rows
     */
    Optional<Double> evidenceBound();

    /**
     * Held-out rows beside draws given them, of a law of some columns given the others.
     *
     * @return some hundred rows; empty if the law is no such one, or there are no held-out rows
     */
    default Optional<Posteriors> posteriors() {
        return Optional.empty();
    }

    /**
     * The target.
     *
     * @return the target, with its exact density or potential if it has one
     */
    Target target();

    /**
     * The run.
     *
     * @return seed, threads, progress
     */
    RunContext run();
}
