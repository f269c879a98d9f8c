package org.eigendrift.samplers.affine;

import org.eigendrift.api.plugin.Chosen;
import org.eigendrift.api.plugin.Option;
import org.eigendrift.api.sampler.GridContext;
import org.eigendrift.api.sampler.TimeGrid;
import org.eigendrift.api.sampler.TimeGridProvider;

/**
 * The options of {@link DpmSolver} and {@link DpmSolverPlusPlus}.
 *
 * @param order order
 * @param method how steps are made up
 * @param steps steps, or evaluations
 * @param grid time grid
 * @param form second-order form
 * @param eta noise
 * @param sNoise factor of the noise
 * @param lowerOrderFinal grids shorter than this end in steps of lower order
 * @param eulerAtFinal whether the last step is of first order in any case
 * @param innerNodes where singlestep evaluates within a step
 * @param innerForm form of the second stage of the third-order singlestep
 * @param rtol relative tolerance
 * @param atol absolute tolerance
 * @param hInit first adaptive step
 * @param theta safety factor
 * @param pcoeff proportional coefficient
 * @param icoeff integral coefficient
 * @param dcoeff derivative coefficient
 * @param acceptSafety least factor at which a step is accepted
 * @param control which points choose adaptive steps
 * @param pilot number of pilot points
 * @param asPublished whether published mistakes are kept
 */
public record DpmOptions(
        @Option(doc = "order of the method", value = "2", min = 1, max = 3)
        int order,

        @Option(
                doc = "multistep: one evaluation a step; singlestep: steps evaluations grouped into steps of the order;"
                        + " singlestep-fixed: steps / order steps of the order; fast: steps evaluations at even steps of"
                        + " lambda, orders 3, .., 3 and the rest; adaptive: steps chosen by the error;"
                        + " adaptive-pid: the same with a PID controller",
                value = "multistep")
        Method method,

        @Option(doc = "number of model evaluations, but for the adaptive methods", value = "20", min = 1)
        int steps,

        @Option(doc = "time grid", value = "log-snr", kind = TimeGridProvider.class)
        Chosen<GridContext, TimeGrid> grid,

        @Option(doc = "how the first difference enters: midpoint or taylor (heun in some codes)", value = "midpoint")
        DpmRule.Form form,

        @Option(
                doc = "noise: 0 for the probability flow, 1 for the reverse stochastic equation; fast and adaptive-pid"
                        + " take ancestral steps with it",
                value = "0",
                min = 0)
        double eta,

        @Option(doc = "factor of the noise", value = "1", min = 0)
        double sNoise,

        @Option(
                doc = "multistep: a grid with fewer steps than this ends in steps of falling order; 0 for never",
                value = "10",
                min = 0)
        int lowerOrderFinal,

        @Option(doc = "multistep: whether the last step is of first order, whatever the number", value = "false")
        boolean eulerAtFinal,

        @Option(
                doc = "singlestep: regrid evaluates where the same kind of grid between the ends of a step would;"
                        + " grid evaluates at the grid's own times",
                value = "regrid")
        InnerNodes innerNodes,

        @Option(doc = "singlestep of order 3: form of the second stage", value = "taylor")
        DpmRule.Form innerForm,

        @Option(doc = "adaptive: relative tolerance", value = "0.05", min = 0)
        double rtol,

        @Option(doc = "adaptive: absolute tolerance", value = "0.0078", min = 0, open = true)
        double atol,

        @Option(doc = "adaptive: first step in lambda", value = "0.05", min = 0, open = true)
        double hInit,

        @Option(doc = "adaptive: safety factor of the step", value = "0.9", min = 0, max = 1, open = true)
        double theta,

        @Option(doc = "adaptive-pid: proportional coefficient", value = "0")
        double pcoeff,

        @Option(doc = "adaptive-pid: integral coefficient", value = "1")
        double icoeff,

        @Option(doc = "adaptive-pid: derivative coefficient", value = "0")
        double dcoeff,

        @Option(doc = "adaptive-pid: least factor at which a step is accepted", value = "0.81", min = 0, max = 1)
        double acceptSafety,

        @Option(
                doc = "adaptive: pilot chooses the steps on points drawn from the prior, and every point takes them;"
                        + " batch chooses them on each batch, as published, so that a point depends on its batch",
                value = "pilot")
        Control control,

        @Option(doc = "adaptive: number of pilot points", value = "256", min = 1)
        int pilot,

        @Option(
                doc = "keep published mistakes: the third-order multistep's second difference without its factor 2, the"
                        + " noisy midpoint form's wrong sign, the adaptive factor in single precision",
                value = "false")
        boolean asPublished) {

    /** How steps are made up. */
    public enum Method {
        /** One evaluation a step. */
        MULTISTEP,
        /** Steps of the order, and one of what is left. */
        SINGLESTEP,
        /** Steps of the order only. */
        SINGLESTEP_FIXED,
        /** Even steps of lambda. */
        FAST,
        /** Steps by the error. */
        ADAPTIVE,
        /** Steps by the error, with a PID controller. */
        ADAPTIVE_PID
    }

    /** Where singlestep evaluates. */
    public enum InnerNodes {
        /** On a grid of the same kind between the ends of the step. */
        REGRID,
        /** At the grid's own times. */
        GRID
    }

    /** Which points choose adaptive steps. */
    public enum Control {
        /** Points drawn from the prior once. */
        PILOT,
        /** The points of each batch. */
        BATCH
    }
}
