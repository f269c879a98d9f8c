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
 */
record Wording(String label, String meaning) {

    private static final Map<String, Wording> KNOWN = new HashMap<>();

    static {
        say("log_likelihood.heldout", "Held-out log-likelihood", "nats a row, higher is better");
        say("log_likelihood.heldout_standard_error", "… its standard error", "from the number of rows");
        say("log_likelihood.heldout_exact", "… under the exact density", "the best possible mean");
        say("log_likelihood.heldout_gap", "Gap to the exact density", "nats a row, Kullback-Leibler");
        say("log_likelihood.heldout_impossible_rows", "… rows of density 0", "held out");
        say("log_likelihood.heldout_possible", "… of the other rows", "nats a row");
        say("log_likelihood.heldout_possible_gap", "… their gap to the exact density", "nats a row");
        say("log_likelihood.train_impossible_rows", "… rows of density 0", "of training");
        say("log_likelihood.train_possible", "… of the other rows", "nats a row");
        say("log_likelihood.train_possible_gap", "… their gap to the exact density", "nats a row");
        say("log_likelihood.train", "Training log-likelihood", "nats a row");
        say("log_likelihood.train_standard_error", "… its standard error", "from the number of rows");
        say("log_likelihood.train_exact", "… under the exact density", "the best possible mean");
        say("log_likelihood.train_gap", "Gap on training rows", "nats a row");
        say("evidence_bound.heldout", "Held-out evidence bound", "nats a row, closed form");
        say("samples.sliced_wasserstein", "Sliced Wasserstein distance", "in the data’s units");
        say("samples.mmd", "Maximum mean discrepancy", "squared; may fall below 0 by chance");
        say("samples.energy_distance", "Energy distance", "may fall below 0 by chance");
        say("samples.sliced_wasserstein_standardised", "… standardised", "in standard deviations");
        say("samples.mmd_standardised", "… standardised", "of columns in standard deviations");
        say("samples.energy_distance_standardised", "… standardised", "in standard deviations");
        say("samples.second_moment_relative_error", "Second-moment error", "relative");
        say("samples.covariance_relative_error", "Covariance error", "relative");
        say("samples.mean_error", "Mean error", "over the data’s root mean square");
        say("samples.fourth_moment_relative_error", "Fourth-moment error", "relative, standardised");
        say("samples.density", "Density", "samples sit where data is dense");
        say("samples.coverage", "Coverage", "share of data with a sample nearby");
        say("samples.precision", "Precision", "share of samples within the data’s reach");
        say("samples.recall", "Recall", "share of data within the samples’ reach");
        say("samples.nearest_neighbour_ratio", "Nearest-neighbour ratio", "well below 1: copies");
        say("samples.copies", "Near copies of training rows", "share of samples");
        say("samples.c2st_neighbours", "Classifier test, neighbours", "0.5: cannot tell");
        say("samples.c2st_logistic", "Classifier test, logistic", "0.5: cannot tell");
        say("samples.count", "Samples", "");
        say("samples.seconds", "Sampling time", "seconds");
        say("samples.evaluations", "Score evaluations", "for each sample");
        say("energy.mean_samples", "Mean energy of samples", "kT");
        say("energy.mean_reference", "Mean energy of reference", "kT");
        say("energy.w1", "Energy histogram distance", "Wasserstein-1, kT");
        say("importance.ess_fraction", "Effective sample size", "share of the samples");
        say("importance.heldout_ess_fraction", "… seen from the target", "share");
        say("importance.largest_weight", "Largest importance weight", "share of the sum");
        say("importance.log_normaliser", "log Z", "from importance weights");
        say("expectation.ess_fraction", "Effective sample size", "share of all points, with control variates");
        say("expectation.plain_ess_fraction", "… of the samples alone", "share");
        say("expectation.reference_share", "Share of the reference law", "mixed in; bounds the weights");
        say("expectation.control_variates", "Control variates", "");
        say("reconstruction.rows", "Rows reconstructed", "held out, from their observations");
        say("reconstruction.rmse", "Error of the mean", "of what was hidden, in columns’ standard deviations");
        say("reconstruction.gaussian_rmse", "… of a Gaussian’s mean", "given the same observations");
        say("reconstruction.crps", "Ranked probability score", "of the samples, likewise; lower is better");
        say("reconstruction.gaussian_crps", "… of a Gaussian", "given the same observations");
        say("reconstruction.coverage", "Truth within 90 %", "share; 0.9 is right");
        say("reconstruction.psnr", "Peak signal-to-noise ratio", "of the mean, dB; higher is better");
        say("reconstruction.gaussian_psnr", "… of a Gaussian’s mean", "dB");
        say("fit.rows", "Rows fitted", "");
        say("fit.dim", "Coordinates", "");
        say("fit.basis_size", "Basis functions", "");
        say("fit.matrix_nonzeros", "Nonzeros of A(t)", "");
        say("fit.table_size", "Sums over the rows", "");
        say("fit.seconds", "Fitting time", "seconds");
    }

    private static void say(String key, String label, String meaning) {
        KNOWN.put(key, new Wording(label, meaning));
    }

    /** The wording of a figure: ours, or what its metric calls it, or its key. */
    static Wording of(Figure figure) {
        Wording known = KNOWN.get(figure.key());
        if (known != null) {
            return known;
        }
        if (figure.words().isPresent()) {
            return new Wording(
                    figure.words().get().label(), figure.words().get().meaning());
        }
        String words = figure.name().replace('_', ' ');
        return new Wording(
                words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1),
                figure.group().replace('_', ' '));
    }
}
