package org.eigendrift.engine.flow;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eigendrift.api.InputException;
import org.eigendrift.api.Parallel;
import org.eigendrift.api.Points;
import org.eigendrift.api.Purpose;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.data.Dataset;
import org.eigendrift.api.law.Additive;
import org.eigendrift.api.law.Decision;
import org.eigendrift.api.law.DrawRequest;
import org.eigendrift.api.law.Draws;
import org.eigendrift.api.law.Law;
import org.eigendrift.api.law.Provenance;
import org.eigendrift.api.law.Reference;
import org.eigendrift.api.law.Scores;
import org.eigendrift.api.sampler.Sampler;
import org.eigendrift.api.sampler.TimeGrid;
import org.eigendrift.api.score.DiffusionProcess;
import org.eigendrift.api.score.ScoreModel;
import org.eigendrift.engine.assembly.Assembler;
import org.eigendrift.engine.assembly.HeldoutBound;
import org.eigendrift.engine.assembly.TimePlan;
import org.eigendrift.engine.basis.CoordinateBasis;
import org.eigendrift.engine.basis.ProductBasis;
import org.eigendrift.engine.conditional.Density;
import org.eigendrift.engine.data.FrameChain;
import org.eigendrift.engine.data.FramedDataset;
import org.eigendrift.engine.data.RowMean;
import org.eigendrift.engine.model.EigenScoreModel;
import org.eigendrift.engine.model.ModelDifference;
import org.eigendrift.engine.model.SummedModel;
import org.eigendrift.engine.model.ThetaPath;
import org.eigendrift.engine.moment.MomentTable;
import org.eigendrift.engine.report.FitReport;
import org.eigendrift.engine.settings.FitSettings;
import org.eigendrift.engine.transport.ControlledFlow;
import org.eigendrift.engine.transport.FlowLikelihood;
import org.eigendrift.engine.transport.Sampling;

/**
 * A fitted model: frames, basis, moment table and theta along the times. Immutable, thread-safe.
 *
 * @param settings the settings, with everything that was left to the fit resolved
 * @param frames from the data's coordinates to the basis's
 * @param basis the functions
 * @param table the sufficient statistic
 * @param path theta along the times
 * @param plan times, ridges and sizes as theta was solved for: with these theta of other sums is solved again
 * @param report what the fit did: nothing is computed from it
 */
public record FittedModel(
        FitSettings settings,
        FrameChain frames,
        ProductBasis basis,
        MomentTable table,
        ThetaPath path,
        TimePlan plan,
        FitReport report)
        implements SummedModel, FlowLaw {

    /** Its name as a kind of law. */
    public static final String KIND = "flow";

    /** Steps of the evidence bound where theta is held: its integrand is smooth there, and small. */
    private static final int HELD_STEPS = 8;

    /** Tolerance of densities that are averaged over draws. */
    private static final double AVERAGED_TOLERANCE = 1e-2;

    /** Fewest rows that can be fitted. */
    public static final int FEWEST_ROWS = 2;

    @Override
    public ScoreModel scoreModel() {
        return new EigenScoreModel(basis, path);
    }

    @Override
    public List<Column> columns() {
        return frames.dataColumns();
    }

    @Override
    public Provenance provenance() {
        return new Provenance(KIND, table.rows(), report.decisions());
    }

    @Override
    public List<Share> flows() {
        return List.of(new Share(1, this));
    }

    @Override
    public Points toData(Points z) {
        return frames.inverse(z);
    }

    @Override
    public Optional<String> otherFlows() {
        return Optional.empty();
    }

    @Override
    public Optional<Reference> reference(RunContext run) {
        return Optional.of(new ReferenceLaw(this, run));
    }

    @Override
    public Scores logDensity(Points x, Accuracy accuracy, RunContext run) {
        return switch (accuracy) {
            case FULL -> logLikelihood(x, run);
            case AVERAGED -> logLikelihood(x, AVERAGED_TOLERANCE, run);
            case ALONE -> logLikelihoodOnce(x, FlowLikelihood.TOLERANCE, run);
        };
    }

    @Override
    public Optional<Density> sketch(RunContext run) {
        return Optional.of(Expansion.of(this, run));
    }

    @Override
    public Points draw(Starts starts, int count, RunContext run) {
        Points z = Points.zeros(frames.dataColumns().size(), count);
        DiffusionProcess process = scoreModel().process();
        if (starts == Starts.EVEN) {
            Sampling.starts(process, run, 0, z);
        } else {
            process.prior(run.random(Purpose.PRIOR), 0, z);
        }
        Parallel parallel = run.parallel();
        return frames.inverse(new FlowLikelihood(scoreModel(), AVERAGED_TOLERANCE, parallel).draw(z));
    }

    @Override
    public Draws drawAnywhere(DrawRequest request, RunContext run) {
        int first = Math.toIntExact(request.first());
        int all = Math.addExact(first, request.count());
        Sampler sampler = request.sampler().orElse(ControlledFlow.OF_SAMPLES);
        Draws inner = Sampling.draw(scoreModel(), sampler, all, run);
        return inner.withRows(frames.inverse(inner.rows().slice(first, all)));
    }

    @Override
    public Additive.Statistic statistic() {
        return new FlowStatistic(
                table,
                basis.coordinates().stream().map(CoordinateBasis::range).toList(),
                columns().stream().map(Column::observed).toList(),
                "");
    }

    @Override
    public Additive.Statistic statistic(Dataset rows, RunContext run) {
        MomentTable moments = moments(rows, run);
        List<CoordinateBasis.Range> ranges = Fit.seen(FramedDataset.of(rows, frames), run);
        List<Column.Span> observed =
                rows.columns().stream().map(Column::observed).toList();
        return new FlowStatistic(moments, ranges, observed, "fitted like another model");
    }

    @Override
    public FittedModel with(Additive.Statistic statistic, RunContext run) {
        FlowStatistic sums = (FlowStatistic) statistic;
        return withMoments(sums.table(), sums.remarks(), run)
                .trustedIn(sums.ranges())
                .observing(sums.observed());
    }

    @Override
    public List<String> differences(Law other) {
        return other instanceof FittedModel model
                ? ModelDifference.of(this, model)
                : List.of("law: " + KIND + " and " + other.provenance().kind());
    }

    @Override
    public List<MixedBound> bounds(Dataset heldout, RunContext run) {
        return List.of(new MixedBound(1, evidenceBound(heldout, run)));
    }

    /**
     * The log-likelihood of rows along the probability flow (docs/method.md, 7).
     *
     * @param x rows in the data's coordinates; not modified
     * @param run threads
     * @return nats a row, negative infinity for rows outside the model's support, and the integration error
     */
    public Scores logLikelihood(Points x, RunContext run) {
        return logLikelihood(x, FlowLikelihood.TOLERANCE, run);
    }

    /**
     * The log-likelihood of rows along the probability flow, to a tolerance.
     *
     * @param x rows in the data's coordinates; not modified
     * @param tolerance largest absolute change of a row's log-likelihood, in nats, on tightening its integration
     * @param run threads
     * @return nats a row, negative infinity for rows outside the model's support, and the integration error
     */
    public Scores logLikelihood(Points x, double tolerance, RunContext run) {
        double[] logJacobian = new double[x.size()];
        Points z = frames.forward(x, logJacobian);
        Parallel parallel = run.parallel();
        Scores inner = new FlowLikelihood(scoreModel(), tolerance, parallel).of(z);
        add(logJacobian, inner.nats());
        return inner;
    }

    /**
     * The log-likelihood of rows by one integration: what a row gets depends on no other.
     *
     * @param x rows in the data's coordinates; not modified
     * @param tolerance about the error of a row, in nats
     * @param run threads
     * @return nats a row, negative infinity for rows outside the model's support, and NaN for the error, which is not
     *     estimated
     */
    public Scores logLikelihoodOnce(Points x, double tolerance, RunContext run) {
        double[] nats = new double[x.size()];
        Points z = frames.forward(x, nats);
        Parallel parallel = run.parallel();
        add(new FlowLikelihood(scoreModel(), tolerance, parallel).once(z), nats);
        return new Scores(nats, Double.NaN);
    }

    private static void add(double[] from, double[] to) {
        for (int n = 0; n < to.length; n++) {
            to[n] += from[n];
        }
    }

    @Override
    public double[] logReference(Points x) {
        double[] logJacobian = new double[x.size()];
        double[] reference = new double[x.size()];
        scoreModel().process().logReference(frames.forward(x, logJacobian), reference);
        for (int n = 0; n < reference.length; n++) {
            reference[n] += logJacobian[n];
        }
        return reference;
    }

    /**
     * The moments of rows, in this model's coordinates and for its functions.
     *
     * @param rows rows of the same columns
     * @param run threads, progress
     * @return a table that can be added to this model's
     * @throws InputException if the columns differ, or a row lies outside the model's support
     */
    public MomentTable moments(Dataset rows, RunContext run) {
        return RowPass.sums(this, rows, run);
    }

    /**
     * The model of other moments, with this one's frames, functions and settings: theta is solved for at the same
     * times, with the same ridges and sizes.
     *
     * @param moments a table of this model's functions, of at least {@link #FEWEST_ROWS} rows; shared, not to be
     *     modified afterwards
     * @param remarks lines to add to the report's decisions
     * @param run threads, progress
     * @return a new model
     * @throws InputException if there are too few rows
     * @throws org.eigendrift.api.NumericalException if a system cannot be solved
     */
    public FittedModel withMoments(MomentTable moments, List<String> remarks, RunContext run) {
        if (moments.rows() < FEWEST_ROWS) {
            throw new InputException("expected at least " + FEWEST_ROWS + " rows to fit, found " + moments.rows());
        }
        long begin = System.nanoTime();
        ThetaSolution solution;
        Parallel parallel = run.parallel();
        solution = ThetaSolution.of(moments, basis, plan, settings.solver().inOrder(), run, parallel);
        List<Decision> decisions = new ArrayList<>(report.decisions());
        decisions.addAll(remarks.stream().map(Decision::told).toList());
        FitReport changed = new FitReport(
                moments.rows(),
                report.dim(),
                report.basisSize(),
                report.matrixNonzeros(),
                report.tableSize(),
                Map.of("solves", (System.nanoTime() - begin) * 1e-9),
                decisions,
                solution.solves());
        return new FittedModel(settings, frames, basis, moments, solution.path(), solution.plan(), changed);
    }

    /**
     * The model of more rows, with this one's frames, functions, times and ridges.
     *
     * @param rows rows of the same columns, within this model's support
     * @param run threads, progress
     * @return a new model
     * @throws InputException if a row lies outside the support
     */
    public FittedModel with(Dataset rows, RunContext run) {
        MomentTable sum = table.copy();
        sum.add(moments(rows, run));
        return withMoments(sum, List.of(), run).trustedIn(Fit.seen(FramedDataset.of(rows, frames), run));
    }

    @Override
    public FittedModel withReport(FitReport changed) {
        return new FittedModel(settings, frames, basis, table, path, plan, changed);
    }

    /**
     * The same model, its functions trusted also where other rows were seen.
     *
     * @param ranges for each coordinate where
     * @return a new model
     */
    public FittedModel trustedIn(List<CoordinateBasis.Range> ranges) {
        return new FittedModel(settings, frames, basis.trustedIn(ranges), table, path, plan, report);
    }

    private FittedModel observing(List<Column.Span> observed) {
        return new FittedModel(settings, frames.observing(observed), basis, table, path, plan, report);
    }

    @Override
    public double evidenceBound(Dataset heldout, RunContext run) {
        Parallel parallel = run.parallel();
        RowSums sums = new RowSums(basis, frames.columns(), table.layout(), 1, false, RowSums.Outside.SKIP);
        RowSums.Gathered gathered = RowPass.gather(sums, FramedDataset.of(heldout, frames), run, parallel);
        MomentTable held = gathered.table();
        if (gathered.skipped() > 0 || held.rows() == 0) {
            return Double.NEGATIVE_INFINITY;
        }
        Assembler assembler = new Assembler(table.layout(), basis);
        double[][] scaled = new double[path.grid().steps() + 1][];
        for (int j = 0; j < scaled.length; j++) {
            scaled[j] = assembler.scaled(path.at(j));
        }
        double bound = RowMean.of(heldout, this::logReference)
                + HeldoutBound.integral(
                        assembler, held.means(), held.functionMeans(basis), path.grid(), scaled, parallel);
        if (path.end() < path.grid().last()) {
            TimeGrid below = TimeGrid.geometric(path.grid().last(), path.end(), HELD_STEPS);
            double[][] same = new double[HELD_STEPS + 1][];
            Arrays.fill(same, scaled[scaled.length - 1]);
            bound += HeldoutBound.integral(assembler, held.means(), held.functionMeans(basis), below, same, parallel);
        }
        return bound;
    }

    @Override
    public Optional<FitSettings> chosen() {
        return Optional.of(settings);
    }
}
