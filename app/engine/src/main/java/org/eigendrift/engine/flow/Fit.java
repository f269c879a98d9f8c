package org.eigendrift.engine.flow;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;
import org.eigendrift.api.InputException;
import org.eigendrift.api.NumericalException;
import org.eigendrift.api.Parallel;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.basis.Eigenbasis;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.data.Dataset;
import org.eigendrift.api.data.InMemory;
import org.eigendrift.api.frame.Frame;
import org.eigendrift.api.frame.FrameContext;
import org.eigendrift.api.law.Decision;
import org.eigendrift.api.pass.Passes;
import org.eigendrift.api.pass.Plan;
import org.eigendrift.api.plugin.Chosen;
import org.eigendrift.api.plugin.Nearest;
import org.eigendrift.api.plugin.ProviderLookup;
import org.eigendrift.engine.assembly.TimePlan;
import org.eigendrift.engine.basis.CoordinateBasis;
import org.eigendrift.engine.basis.ProductBasis;
import org.eigendrift.engine.cluster.CandidateMoments;
import org.eigendrift.engine.cluster.ClusterSelection;
import org.eigendrift.engine.cluster.LeadingMoments;
import org.eigendrift.engine.data.FrameChain;
import org.eigendrift.engine.data.FramedDataset;
import org.eigendrift.engine.data.LocalPasses;
import org.eigendrift.engine.data.Ranges;
import org.eigendrift.engine.data.RowCache;
import org.eigendrift.engine.moment.MomentLayout;
import org.eigendrift.engine.moment.MomentTable;
import org.eigendrift.engine.moment.SumLayout;
import org.eigendrift.engine.report.FitReport;
import org.eigendrift.engine.selection.Folds;
import org.eigendrift.engine.settings.BasisOptions;
import org.eigendrift.engine.settings.FamilyChoice;
import org.eigendrift.engine.settings.FitSettings;

/**
 * Fits a model: frames, bases, clusters, moments, then one linear system for each grid time. The rows are read in
 * chunks of fixed size and in order; sums are exact over chunks, so the model does not depend on the number of
 * threads.
 */
public final class Fit {
    private final FitSettings settings;
    private final ProviderLookup providers;
    private final RunContext run;
    private final Map<String, Double> seconds = new LinkedHashMap<>();
    private final List<Decision> decisions = new ArrayList<>();

    private Fit(FitSettings settings, ProviderLookup providers, RunContext run) {
        this.settings = settings;
        this.providers = providers;
        this.run = run;
    }

    /**
     * Fits a model.
     *
     * @param train rows to fit
     * @param settings what the user chose; the rest is chosen here
     * @param providers finds the plugins of automatic choices
     * @param run seed, threads, progress
     * @return the model
     * @throws InputException if rows and settings do not go together
     * @throws org.eigendrift.api.NumericalException if a system cannot be solved
     */
    public static FittedModel of(Dataset train, FitSettings settings, ProviderLookup providers, RunContext run) {
        return new Fit(settings, providers, run).fit(train);
    }

    /**
     * What a fit stands on before moments are summed.
     *
     * @param settings with frames, families, degrees and solver made explicit
     * @param frames fitted to the rows
     * @param framed the rows in frame coordinates
     * @param basis the functions
     */
    record Ground(FitSettings settings, FrameChain frames, Dataset framed, ProductBasis basis) {}

    /** Fits frames and bases, and chooses functions. */
    static Ground ground(Dataset train, FitSettings settings, ProviderLookup providers, RunContext run) {
        return new Fit(settings, providers, run).ground(train);
    }

    private Ground ground(Dataset source) {
        checkColumnNames(source.columns());
        Dataset train = timed("read", () -> RowCache.of(source));
        Parallel parallel = run.parallel();
        return ground(train, parallel);
    }

    private Ground ground(Dataset train, Parallel parallel) {
        Optional<FrameChain> given = settings.frames()
                .map(chosen -> timed("frames", () -> FrameSelection.fit(train, chosen, run, parallel)));
        FamilySelection.Selected families = new FamilySelection(
                        settings, providers, train.columns(), train.rows().orElseThrow())
                .choose(
                        given.map(FrameChain::columns).orElse(train.columns()),
                        given.map(FrameChain::leftNormal).orElse(new int[0]));
        decisions.addAll(families.decisions());
        List<Chosen<FrameContext, Frame>> ofFamilies =
                FrameSelection.of(train.columns(), families.families(), providers);
        List<Chosen<FrameContext, Frame>> chosen = settings.frames().orElse(ofFamilies);
        decisions.add(FrameSelection.decision(chosen, ofFamilies));
        FrameChain frames =
                given.orElseGet(() -> timed("frames", () -> FrameSelection.fit(train, chosen, run, parallel)));
        Dataset framed = timed("frames", () -> cachedView(train, frames));
        List<CoordinateBasis> coordinates = timed("bases", () -> coordinates(framed, families.families(), parallel));
        ProductBasis basis = timed("clusters", () -> select(framed, coordinates, frames.leftNormal(), parallel));
        FitSettings resolved = resolved(train.columns(), chosen, families.families());
        return new Ground(solvable(resolved, basis), frames, framed, basis);
    }

    private FittedModel fit(Dataset source) {
        Ground ground = ground(source);
        ProductBasis basis = ground.basis();
        Parallel parallel = run.parallel();
        FitTimes times = new FitTimes(ground.settings(), basis, run, parallel);
        SumLayout layout = timed("moments", () -> times.layout(ground.framed()));
        Folds folds = timed("moments", () -> inRange(() -> times.sums(ground.framed(), layout)));
        TimePlan plan = timed("selection", () -> times.plan(folds));
        decisions.addAll(times.decisions());
        MomentTable table = folds.all().until(plan.grid().last());
        ThetaSolution solution = timed(
                "solves",
                () -> ThetaSolution.raising(table, basis, plan, ground.settings(), run, parallel, decisions::add));
        FitReport report = new FitReport(
                table.rows(),
                basis.dim(),
                basis.size(),
                basis.matrixNonzeros(),
                table.layout().size(),
                seconds,
                decisions,
                solution.solves());
        return new FittedModel(
                ground.settings(), ground.frames(), basis, table, solution.path(), solution.plan(), report);
    }

    /** Sums of rows in frames that were given: such as leave a column's scale as it is may be the wrong ones. */
    private <T> T inRange(Supplier<T> sums) {
        try {
            return sums.get();
        } catch (NumericalException e) {
            if (settings.frames().isEmpty()) {
                throw e;
            }
            throw InputException.at("frame", e.getMessage() + "; use 'frame: auto', or add the frame 'standardize'");
        }
    }

    private <T> T timed(String stage, Supplier<T> work) {
        long begin = System.nanoTime();
        T result = work.get();
        seconds.merge(stage, (System.nanoTime() - begin) * 1e-9, Double::sum);
        return result;
    }

    private void checkColumnNames(List<Column> columns) {
        List<String> names = columns.stream().map(Column::name).toList();
        for (String name : settings.basis().columns().keySet()) {
            if (!names.contains(name)) {
                throw InputException.at("basis.columns." + name, "there is no such column" + Nearest.hint(name, names));
            }
        }
    }

    private static Dataset cachedView(Dataset train, FrameChain frames) {
        if (frames.frames().isEmpty()) {
            return train;
        }
        Dataset view = FramedDataset.of(train, frames);
        return train instanceof InMemory memory
                ? new InMemory(
                        view.columns(), InMemory.read(view, memory.points().size()))
                : view;
    }

    private List<CoordinateBasis> coordinates(Dataset framed, List<FamilyChoice> families, Parallel parallel) {
        List<Column> columns = framed.columns();
        Ranges ranges = new Ranges(columns);
        List<Plan<Eigenbasis>> bases = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            bases.add(families.get(i).plan(columns.get(i)).ofColumn(i));
        }
        return Plan.read(ranges)
                .map(ranges::wide)
                .with(Plan.all(bases), Fit::coordinates)
                .run(LocalPasses.over(framed, run, parallel));
    }

    private static List<CoordinateBasis> coordinates(List<CoordinateBasis.Range> ranges, List<Eigenbasis> bases) {
        List<CoordinateBasis> coordinates = new ArrayList<>();
        for (int i = 0; i < bases.size(); i++) {
            coordinates.add(new CoordinateBasis(bases.get(i), ranges.get(i)));
        }
        return coordinates;
    }

    /** The smallest and largest value of each coordinate. */
    static List<CoordinateBasis.Range> seen(Dataset framed, RunContext run) {
        return Plan.read(new Ranges(framed.columns())).map(Ranges.Ends::ranges).run(Passes.over(framed, run));
    }

    private ProductBasis select(
            Dataset framed, List<CoordinateBasis> coordinates, int[] leftNormal, Parallel parallel) {
        ClusterSelection selection = new ClusterSelection(
                settings.basis().clusters(),
                framed.columns(),
                coordinates,
                leftNormal,
                candidates -> measure(framed, candidates, parallel),
                () -> LeadingMoments.of(framed, coordinates));
        ProductBasis basis = selection.choose();
        selection.remarks().forEach(line -> decisions.add(Decision.told(line)));
        return basis;
    }

    private CandidateMoments measure(Dataset framed, ProductBasis candidates, Parallel parallel) {
        MomentLayout layout = MomentLayout.ofCandidates(candidates);
        RowSums both = new RowSums(candidates, framed.columns(), layout, 1, true, RowSums.Outside.REFUSE);
        RowSums.Gathered gathered = inRange(() -> RowPass.gather(both, framed, run, parallel));
        MomentTable sums = gathered.table();
        MomentTable squares = gathered.squares();
        double[] means = sums.functionMeans(candidates);
        double[] errors = squares.functionMeans(candidates);
        for (int f = 0; f < errors.length; f++) {
            errors[f] = Math.sqrt(Math.max(0, errors[f] - means[f] * means[f]) / sums.rows());
        }
        return new CandidateMoments(candidates, means, errors, sums.rows());
    }

    /** The settings with the solver named, or the one that suits the matrix; a fallback that is named is kept in either case. */
    private FitSettings solvable(FitSettings resolved, ProductBasis basis) {
        FitSettings solvable = resolved;
        if (resolved.solver().named().isEmpty()) {
            solvable = resolved.with(AutomaticSolver.of(basis, providers).in(resolved.solver()));
        }
        decisions.add(new Decision(
                "solver",
                String.join(
                        ", then ",
                        solvable.solver().inOrder().stream().map(Chosen::name).toList()),
                AutomaticSolver.offers(basis, providers),
                String.format(
                        Locale.ROOT,
                        "%,d functions, %,d entries of the matrix",
                        basis.size(),
                        basis.matrixNonzeros())));
        return solvable;
    }

    /**
     * The settings with frames, families and degrees made explicit. Times and ridges stay as they were given:
     * what is automatic there is chosen again in the same way, bit for bit.
     */
    private FitSettings resolved(
            List<Column> columns, List<Chosen<FrameContext, Frame>> frames, List<FamilyChoice> families) {
        Map<String, FamilyChoice> byColumn = new LinkedHashMap<>();
        for (int i = 0; i < families.size(); i++) {
            byColumn.put(columns.get(i).name(), families.get(i));
        }
        return new FitSettings(
                OptionalInt.of(1),
                settings.density(),
                Optional.of(frames),
                new BasisOptions(
                        settings.basis().standard(), byColumn, settings.basis().clusters()),
                settings.process(),
                settings.solver());
    }
}
