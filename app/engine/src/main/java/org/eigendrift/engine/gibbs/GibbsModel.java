package org.eigendrift.engine.gibbs;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.eigendrift.api.NumericalException;
import org.eigendrift.api.Parallel;
import org.eigendrift.api.Points;
import org.eigendrift.api.Purpose;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.linear.Solver;
import org.eigendrift.api.plugin.Chosen;
import org.eigendrift.engine.assembly.TimeSolver;
import org.eigendrift.engine.basis.CoordinateBasis;
import org.eigendrift.engine.basis.ProductBasis;
import org.eigendrift.engine.data.FrameChain;
import org.eigendrift.engine.model.SummedModel;
import org.eigendrift.engine.moment.GridLayout;
import org.eigendrift.engine.moment.MomentTable;
import org.eigendrift.engine.settings.FitSettings;

/**
 * The law that the score at t = 0 belongs to,
 *
 * <pre>q(x) = pi(z) exp(h(z) - c(z)) |det dz/dx| / Z,    h = sum_a theta_a phi_a,    z = frame(x),</pre>
 *
 * with theta from A(0) theta = b(0), the system of a flow at t = 0: score matching without noise (Hyv&auml;rinen 2005).
 * Where the data's log-density is a sum of functions of few columns, as a Boltzmann distribution's is, it lies in the
 * span at t = 0 but at no later time, and this law is far closer to the data's than that of the flow. Its constant Z is
 * estimated beside the flow's law; its draws are the flow's, carried on by a {@link HamiltonianWalk}. Immutable, thread-safe.
 *
 * @param settings with frames, families, degrees and solver made explicit
 * @param frames from the data's coordinates to the basis's
 * @param basis the functions
 * @param table the sums of A(0) and m over the rows, a {@link GridLayout} of the one time 0
 * @param ridge rho
 * @param steps how many steps of {@link FisherScoring} theta has gone, the last perhaps in part
 * @param theta their coefficients; shared, not to be modified
 * @param confinement c, which keeps the law where rows were seen
 * @param bounds between which values log pi + h - c is believed
 * @param normaliser log Z
 * @param walk carries draws of the flow to draws of this law
 * @param choices what was chosen and why, a line each
 */
public record GibbsModel(
        FitSettings settings,
        FrameChain frames,
        ProductBasis basis,
        MomentTable table,
        double ridge,
        double steps,
        double[] theta,
        Confinement confinement,
        Bounds bounds,
        Normaliser normaliser,
        HamiltonianWalk walk,
        List<String> choices)
        implements SummedModel {
    /** The one time of the table. */
    public static final double TIME = 0;

    /** Draws of a proposal where walks begin that have no rows to begin at. */
    private static final int MOST_STARTS = 8_192;

    /** Draws are added in blocks until log Z is known to the tolerance. */
    private static final int BLOCK = 1024;

    private static final int MOST_BLOCKS = 4;
    private static final double TOLERANCE = 4e-3;
    private static final int PILOT = 512;

    /** A constant known no better than this, in nats, is no basis for a likelihood. */
    private static final double LARGEST_ERROR = 0.1;

    /**
     * Copies the list.
     *
     * @param settings the settings
     * @param frames the frames
     * @param basis the functions
     * @param table the sums
     * @param ridge rho
     * @param steps of Fisher scoring that theta has gone
     * @param theta the coefficients
     * @param confinement c
     * @param bounds between which values log pi + h - c is believed
     * @param normaliser log Z
     * @param walk the walk
     * @param choices lines for the report
     */
    public GibbsModel {
        choices = List.copyOf(choices);
    }

    /** A constant and a walk that are yet to be found. */
    private static final Normaliser UNKNOWN = new Normaliser(Double.NaN, Double.NaN, 0);

    /**
     * Solves for theta, then normalises beside a proposal.
     *
     * @param settings with frames, families, degrees and solver made explicit
     * @param frames the frames
     * @param basis the functions
     * @param table sums of A(0) over the rows; shared, not to be modified afterwards
     * @param ridge rho
     * @param steps of Fisher scoring to go, the last perhaps in part
     * @param starts points in frame coordinates where its walks begin; asked for only if there is one
     * @param confinement c
     * @param bounds finds the bounds of a potential without any
     * @param choices lines for the report
     * @param proposal a law near the rows'
     * @param run seed, threads
     * @return the model
     * @throws NumericalException if the system cannot be solved or the law not be normalised
     */
    public static GibbsModel of(
            FitSettings settings,
            FrameChain frames,
            ProductBasis basis,
            MomentTable table,
            double ridge,
            double steps,
            Supplier<Points> starts,
            Confinement confinement,
            Function<GibbsEnergy, Bounds> bounds,
            List<String> choices,
            Proposal proposal,
            RunContext run) {
        double[] theta = theta(table, basis, ridge, settings.solver().inOrder(), run);
        Bounds believed = bounds.apply(new GibbsEnergy(basis, theta, confinement, Bounds.NONE));
        if (steps > 0) {
            FisherScoring scoring = new FisherScoring(basis, table.functionMeans(basis), starts.get(), run);
            for (double left = steps; left > 0; left--) {
                double[] step = scoring.step(new GibbsEnergy(basis, theta, confinement, believed));
                theta = stepped(theta, step, Math.min(1, left));
                believed = bounds.apply(new GibbsEnergy(basis, theta, confinement, Bounds.NONE));
            }
        }
        HamiltonianWalk untuned = new HamiltonianWalk(0, 0);
        return new GibbsModel(
                        settings,
                        frames,
                        basis,
                        table,
                        ridge,
                        steps,
                        theta,
                        confinement,
                        believed,
                        UNKNOWN,
                        untuned,
                        choices)
                .normalised(proposal, run);
    }

    /**
     * Part of a step.
     *
     * @param theta from where; not modified
     * @param step the whole of it; not modified
     * @param share how much of it
     * @return a new array
     */
    public static double[] stepped(double[] theta, double[] step, double share) {
        double[] there = new double[theta.length];
        for (int a = 0; a < there.length; a++) {
            there[a] = theta[a] + share * step[a];
        }
        return there;
    }

    /**
     * The solution of the system at t = 0.
     *
     * @param table sums of A(0) for these functions, and perhaps more
     * @param basis the functions
     * @param ridge rho
     * @param solvers the solver and its fallbacks
     * @param run the run
     * @return theta; a new array
     * @throws NumericalException if no solver solves it
     */
    public static double[] theta(
            MomentTable table,
            ProductBasis basis,
            double ridge,
            List<Chosen<RunContext, Solver>> solvers,
            RunContext run) {
        TimeSolver solver = new TimeSolver(table.layout(), basis, solvers, run);
        TimeSolver.Series series = solver.series(table.means(), table.functionMeans(basis));
        series.solve(TIME, ridge, solver.ladder()[0]);
        double[] theta = series.solution();
        for (int a = 0; a < theta.length; a++) {
            theta[a] /= Math.sqrt(basis.rate(a));
        }
        return theta;
    }

    private GibbsEnergy potential() {
        return new GibbsEnergy(basis, theta, confinement, bounds);
    }

    /**
     * The log-density of rows.
     *
     * @param x rows in the data's coordinates; not modified
     * @param run threads
     * @return nats a row, negative infinity for rows outside the support
     */
    public double[] logDensity(Points x, RunContext run) {
        Parallel parallel = run.parallel();
        double[] nats = unnormalised(x, parallel);
        for (int n = 0; n < nats.length; n++) {
            nats[n] -= normaliser.log();
        }
        return nats;
    }

    private double[] unnormalised(Points x, Parallel parallel) {
        double[] logJacobian = new double[x.size()];
        double[] nats = potential().values(frames.forward(x, logJacobian), parallel);
        for (int n = 0; n < nats.length; n++) {
            nats[n] += logJacobian[n];
        }
        return nats;
    }

    /**
     * Carries draws of the flow on to this law.
     *
     * @param x points in the data's coordinates; those outside the support stay where they are; modified
     * @param numbers the number of each point, which alone decides its random numbers; not modified
     * @param run seed, threads
     */
    public void walk(Points x, int[] numbers, RunContext run) {
        Parallel parallel = run.parallel();
        Points z = frames.forward(x, new double[x.size()]);
        int[] inside = inside(z);
        Points walking = z.select(inside);
        confinement.pull(walking);
        int[] own = Arrays.stream(inside).map(n -> numbers[n]).toArray();
        walk.move(potential(), walking, own, run.random(Purpose.GIBBS_WALK), parallel);
        Points moved = frames.inverse(walking);
        for (int j = 0; j < inside.length; j++) {
            for (int i = 0; i < x.dim(); i++) {
                x.set(i, inside[j], moved.get(i, j));
            }
        }
    }

    private int[] inside(Points z) {
        boolean[] outside = potential().new Here().outside(z);
        int[] inside = new int[z.size()];
        int count = 0;
        for (int n = 0; n < inside.length; n++) {
            if (outside.length == 0 || !outside[n]) {
                inside[count++] = n;
            }
        }
        return Arrays.copyOf(inside, count);
    }

    /**
     * The same law of other sums, solved and normalised again; walks of a likelihood step begin at draws of this law.
     *
     * @param sums of A(0) for the same functions; shared, not to be modified afterwards
     * @param seen gives the model the ranges of other rows
     * @param proposal a law near the rows'
     * @param run seed, threads
     * @return the model
     * @throws NumericalException if the system cannot be solved or the law not be normalised
     */
    public GibbsModel withTable(MomentTable sums, UnaryOperator<GibbsModel> seen, Proposal proposal, RunContext run) {
        GibbsModel wider = seen.apply(this);
        // Rows are no longer there; draws of the law of the sums before are as near to that of the new ones.
        Supplier<Points> starts = () -> wider.drawn(proposal.draw(run.random(Purpose.GIBBS_STARTS), MOST_STARTS), run);
        return of(
                settings,
                frames,
                wider.basis,
                sums,
                ridge,
                steps,
                starts,
                wider.confinement,
                p -> bounds,
                choices,
                proposal,
                run);
    }

    /**
     * The same model, its functions trusted and its law not confined also where the rows of another were seen.
     *
     * @param other a model of the same coordinates
     * @return a new model, of the same constant
     */
    public GibbsModel trustedLike(GibbsModel other) {
        ProductBasis wider = basis.trustedIn(
                other.basis.coordinates().stream().map(CoordinateBasis::range).toList());
        return with(wider, confinement.union(other.confinement, wider));
    }

    /**
     * The same model with the functions of wider ranges and another confinement.
     *
     * @param wider the same functions
     * @param other the confinement
     * @return a new model, of the same constant
     */
    public GibbsModel with(ProductBasis wider, Confinement other) {
        return new GibbsModel(
                settings, frames, wider, table, ridge, steps, theta, other, bounds, normaliser, walk, choices);
    }

    private GibbsModel normalised(Proposal proposal, RunContext run) {
        Parallel parallel = run.parallel();
        double[] forward = {};
        double[] backward = {};
        HamiltonianWalk tuned = walk;
        Normaliser found = UNKNOWN;
        for (int block = 0; block < MOST_BLOCKS && !(found.standardError() <= TOLERANCE); block++) {
            run.checkCancelled();
            Points x = proposal.draw(run.random(Purpose.GIBBS_DRAWS).derive(block), BLOCK);
            double[] logWeights = logWeights(x, proposal, parallel);
            forward = joined(forward, logWeights);
            if (block == 0) {
                // Samples begin at plain draws, whose walk is the longer.
                Points pilot = starts(x.slice(0, PILOT));
                tuned = HamiltonianWalk.tuned(potential(), pilot, run.random(Purpose.GIBBS_TUNING), parallel, run);
            }
            double offset = run.random(Purpose.GIBBS_RESAMPLING).uniform(block, 0);
            Points z = starts(x.select(Normaliser.resampled(logWeights, offset)));
            int first = block * BLOCK;
            int[] numbers = IntStream.range(first, first + BLOCK).toArray();
            tuned.move(potential(), z, numbers, run.random(Purpose.GIBBS_WALK).derive(block), parallel);
            backward = joined(backward, logWeights(frames.inverse(z), proposal, parallel));
            // One block alone says too little of its own error.
            found = block == 0 ? UNKNOWN : Normaliser.acceptanceRatio(forward, backward);
        }
        if (!(found.standardError() <= LARGEST_ERROR)) {
            throw new NumericalException("the Gibbs density cannot be normalised: its log-constant is known to "
                    + found.standardError() + " nats only");
        }
        return new GibbsModel(
                settings, frames, basis, table, ridge, steps, theta, confinement, bounds, found, tuned, choices);
    }

    /**
     * Where walks from draws of the flow begin. A draw outside the support gives its place to another, which then walks twice,
     * each time elsewhere.
     */
    private Points starts(Points draws) {
        Points z = frames.forward(draws, new double[draws.size()]);
        int[] inside = inside(z);
        if (inside.length == 0) {
            throw new NumericalException(
                    "the Gibbs density cannot be normalised: no draw of the flow lies in its support");
        }
        int[] places = new int[draws.size()];
        Arrays.setAll(places, n -> inside[n % inside.length]);
        Points starts = z.select(places);
        confinement.pull(starts);
        return starts;
    }

    /** Draws of the proposal, carried on to this law, in frame coordinates. */
    private Points drawn(Points draws, RunContext run) {
        Points z = starts(draws);
        int[] numbers = IntStream.range(0, z.size()).toArray();
        Parallel parallel = run.parallel();
        walk.move(potential(), z, numbers, run.random(Purpose.GIBBS_STARTS), parallel);
        return z;
    }

    private double[] logWeights(Points x, Proposal proposal, Parallel parallel) {
        double[] weights = unnormalised(x, parallel);
        double[] own = proposal.logDensity(x);
        for (int n = 0; n < weights.length; n++) {
            // Outside both supports neither law is; the ratio does not matter there.
            weights[n] = weights[n] == Double.NEGATIVE_INFINITY ? weights[n] : weights[n] - own[n];
        }
        return weights;
    }

    private static double[] joined(double[] first, double[] second) {
        double[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }
}
