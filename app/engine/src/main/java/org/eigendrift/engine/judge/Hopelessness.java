package org.eigendrift.engine.judge;

import java.util.List;
import java.util.Locale;
import org.eigendrift.api.law.Decision;

/**
 * Whether the evidence bound of a model of all rows lies so far below the log-likelihood of the best normal mixture that
 * the model's own likelihoods, which are dear where a model is bad, are not worth computing.
 *
 * @param mixtureNats log-likelihood of the best normal mixture, nats a row; negative infinity if none is known
 * @param dim columns
 */
public record Hopelessness(double mixtureNats, int dim) {
    /** Nats a column by which an evidence bound may fall short of a model's likelihood. Measured: up to 0.05. */
    private static final double MARGIN = 0.25;

    /**
     * Nats a column that charts may gain on the normal mixture that cuts them; where the mixture falls short of a model of
     * all rows by more, charts are not fitted. Measured gains are up to 0.03.
     */
    private static final double CHART_GAIN = 0.05;

    /** Of so few columns a model of all rows is cheap, whatever it is worth. */
    private static final int CHEAP_COLUMNS = 2;

    /**
     * Whether there is anything to judge by, and it pays.
     *
     * @return false if no model can be called hopeless
     */
    public boolean tells() {
        return mixtureNats > Double.NEGATIVE_INFINITY && dim > CHEAP_COLUMNS;
    }

    /**
     * Whether a model is hopeless.
     *
     * @param bound its evidence bound; that of rows outside the support, negative infinity, tells nothing, for it costs
     *     the bound everything and the likelihood of a mixture next to nothing
     * @param margins how many margins the bound may lie below
     * @return true if its likelihoods are not worth computing
     */
    public boolean of(double bound, double margins) {
        return tells() && bound > Double.NEGATIVE_INFINITY && bound < mixtureNats - margins * MARGIN * dim;
    }

    /**
     * Whether charts are worth fitting.
     *
     * @param best log-likelihood of the best model of all rows, negative infinity if there is none
     * @return true if charts may be better
     */
    public boolean chartsPromise(double best) {
        return mixtureNats > best - CHART_GAIN * dim;
    }

    /**
     * Why a model was left out.
     *
     * @param name the model
     * @param bound its evidence bound
     * @return that it was left out
     */
    public Decision decision(String name, double bound) {
        return new Decision(
                Judged.LEFT_OUT,
                name,
                List.of(
                        Decision.Alternative.of(name, bound, Double.NaN),
                        Decision.Alternative.of("a normal mixture", mixtureNats, Double.NaN)),
                String.format(
                        Locale.ROOT,
                        "its evidence bound of %.4f nats lies far below the %.4f of a normal mixture",
                        bound,
                        mixtureNats));
    }
}
