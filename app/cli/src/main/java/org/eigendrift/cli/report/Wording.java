package org.eigendrift.cli.report;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.eigendrift.api.metric.Figure;

/**
 * How a figure is named to a reader.
 *
 * @param label its name
 * @param meaning one phrase, possibly empty
 * @param better which way is good
 */
record Wording(String label, String meaning, Better better) {

    /** Which way is good. */
    enum Better {
        /** A distance. */
        LOWER,
        /** A score. */
        HIGHER,
        /** Ideally what training rows have. */
        NEAR_FLOOR,
        /** A classifier's accuracy, ideally that of chance. */
        CHANCE,
        /** Not a matter of good or bad. */
        NEITHER
    }

    private static final Map<String, Wording> KNOWN = new HashMap<>();

    static {
        say("log_likelihood.heldout", "Held-out log-likelihood", "nats a row, higher is better", Better.NEITHER);
        say("log_likelihood.heldout_standard_error", "… its standard error", "from the number of rows", Better.NEITHER);
        say("log_likelihood.heldout_exact", "… under the exact density", "the best possible mean", Better.NEITHER);
        say("log_likelihood.heldout_gap", "Gap to the exact density", "nats a row, Kullback-Leibler", Better.NEITHER);
        say("log_likelihood.heldout_impossible_rows", "… rows of density 0", "held out", Better.NEITHER);
        say("log_likelihood.train_impossible_rows", "… rows of density 0", "of training", Better.NEITHER);
        say("log_likelihood.train", "Training log-likelihood", "nats a row", Better.NEITHER);
        say("log_likelihood.train_standard_error", "… its standard error", "from the number of rows", Better.NEITHER);
        say("log_likelihood.train_exact", "… under the exact density", "the best possible mean", Better.NEITHER);
        say("log_likelihood.train_gap", "Gap on training rows", "nats a row", Better.NEITHER);
        say("evidence_bound.heldout", "Held-out evidence bound", "nats a row, closed form", Better.NEITHER);
        say("samples.sliced_wasserstein", "Sliced Wasserstein distance", "in the data’s units", Better.LOWER);
        say("samples.mmd", "Maximum mean discrepancy", "squared; may fall below 0 by chance", Better.LOWER);
        say("samples.energy_distance", "Energy distance", "may fall below 0 by chance", Better.LOWER);
        say("samples.sliced_wasserstein_standardised", "… standardised", "in standard deviations", Better.LOWER);
        say("samples.mmd_standardised", "… standardised", "of columns in standard deviations", Better.LOWER);
        say("samples.energy_distance_standardised", "… standardised", "in standard deviations", Better.LOWER);
        say("samples.second_moment_relative_error", "Second-moment error", "relative", Better.LOWER);
        say("samples.covariance_relative_error", "Covariance error", "relative", Better.LOWER);
        say("samples.mean_error", "Mean error", "over the data’s root mean square", Better.LOWER);
        say("samples.fourth_moment_relative_error", "Fourth-moment error", "relative, standardised", Better.LOWER);
        say("samples.density", "Density", "samples sit where data is dense", Better.HIGHER);
        say("samples.coverage", "Coverage", "share of data with a sample nearby", Better.HIGHER);
        say("samples.precision", "Precision", "share of samples within the data’s reach", Better.HIGHER);
        say("samples.recall", "Recall", "share of data within the samples’ reach", Better.HIGHER);
        say("samples.nearest_neighbour_ratio", "Nearest-neighbour ratio", "well below 1: copies", Better.NEAR_FLOOR);
        say("samples.copies", "Near copies of training rows", "share of samples", Better.LOWER);
        say("samples.c2st_neighbours", "Classifier test, neighbours", "0.5: cannot tell", Better.CHANCE);
        say("samples.c2st_logistic", "Classifier test, logistic", "0.5: cannot tell", Better.CHANCE);
        say("samples.count", "Samples", "", Better.NEITHER);
        say("samples.seconds", "Sampling time", "seconds", Better.NEITHER);
        say("samples.evaluations", "Score evaluations", "for each sample", Better.NEITHER);
        say("energy.mean_samples", "Mean energy of samples", "kT", Better.NEITHER);
        say("energy.mean_reference", "Mean energy of reference", "kT", Better.NEITHER);
        say("energy.w1", "Energy histogram distance", "Wasserstein-1, kT", Better.LOWER);
        say("importance.ess_fraction", "Effective sample size", "share of the samples", Better.NEITHER);
        say("importance.heldout_ess_fraction", "… seen from the target", "share", Better.NEITHER);
        say("importance.largest_weight", "Largest importance weight", "share of the sum", Better.NEITHER);
        say("importance.log_normaliser", "log Z", "from importance weights", Better.NEITHER);
        say(
                "expectation.ess_fraction",
                "Effective sample size",
                "share of all points, with control variates",
                Better.NEITHER);
        say("expectation.plain_ess_fraction", "… of the samples alone", "share", Better.NEITHER);
        say(
                "expectation.reference_share",
                "Share of the reference law",
                "mixed in; bounds the weights",
                Better.NEITHER);
        say("expectation.control_variates", "Control variates", "", Better.NEITHER);
        say("fit.rows", "Rows fitted", "", Better.NEITHER);
        say("fit.dim", "Coordinates", "", Better.NEITHER);
        say("fit.basis_size", "Basis functions", "", Better.NEITHER);
        say("fit.matrix_nonzeros", "Nonzeros of A(t)", "", Better.NEITHER);
        say("fit.table_size", "Sums over the rows", "", Better.NEITHER);
        say("fit.seconds", "Fitting time", "seconds", Better.NEITHER);
    }

    private static void say(String key, String label, String meaning, Better better) {
        KNOWN.put(key, new Wording(label, meaning, better));
    }

    /** The wording of a figure; one that a plugin brought is named by its key and taken for a distance. */
    static Wording of(Figure figure) {
        Wording known = KNOWN.get(figure.group() + "." + figure.name());
        if (known != null) {
            return known;
        }
        if (figure.group().equals("expectation")) {
            return expectation(figure.name());
        }
        String words = figure.name().replace('_', ' ');
        return new Wording(
                words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1),
                figure.group().replace('_', ' '),
                Better.LOWER);
    }

    /** An expectation has the name its user gave it, and endings of ours. */
    private static Wording expectation(String name) {
        if (name.endsWith("_variance_reduction")) {
            return new Wording("… variance reduction", "times, at equal cost", Better.NEITHER);
        }
        if (name.endsWith("_plain")) {
            return new Wording("… by plain importance sampling", "of the samples alone", Better.NEITHER);
        }
        if (name.endsWith("_rows")) {
            String of = name.substring(0, name.length() - "_rows".length());
            return new Wording("Mean of " + of + " over training rows", "", Better.NEITHER);
        }
        return new Wording(name, "expectation under the target", Better.NEITHER);
    }
}
