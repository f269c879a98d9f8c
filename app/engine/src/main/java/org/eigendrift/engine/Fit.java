package org.eigendrift.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.eigendrift.api.InputException;
import org.eigendrift.api.NumericalException;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.basis.BasisContext;
import org.eigendrift.api.basis.BasisFamily;
import org.eigendrift.api.basis.BasisUse;
import org.eigendrift.api.basis.Eigenbasis;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.data.Dataset;
import org.eigendrift.api.data.InMemory;
import org.eigendrift.api.frame.Frame;
import org.eigendrift.api.frame.FrameContext;
import org.eigendrift.api.frame.FrameProvider;
import org.eigendrift.api.linear.RidgeRule;
import org.eigendrift.api.pass.Passes;
import org.eigendrift.api.pass.Plan;
import org.eigendrift.api.plugin.Choices;
import org.eigendrift.api.plugin.Chosen;
import org.eigendrift.api.plugin.Nearest;
import org.eigendrift.api.plugin.Provider;
import org.eigendrift.api.plugin.ProviderLookup;
import org.eigendrift.api.sampler.TimeGrid;
import org.eigendrift.engine.assembly.MomentCosts;
import org.eigendrift.engine.assembly.TimePlan;
import org.eigendrift.engine.assembly.TimeSolver;
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
import org.eigendrift.engine.kernel.Parallel;
import org.eigendrift.engine.moment.GridLayout;
import org.eigendrift.engine.moment.MomentLayout;
import org.eigendrift.engine.moment.MomentPass;
import org.eigendrift.engine.moment.MomentTable;
import org.eigendrift.engine.moment.SumLayout;
import org.eigendrift.engine.moment.SumPass;
import org.eigendrift.engine.offer.Offers;
import org.eigendrift.engine.selection.Folds;
import org.eigendrift.engine.selection.Horizon;
import org.eigendrift.engine.selection.RuledRidges;
import org.eigendrift.engine.selection.TimeScale;
import org.eigendrift.engine.selection.TimeSelection;
import org.eigendrift.engine.settings.FamilyChoice;
import org.eigendrift.engine.settings.FitSettings;
import org.eigendrift.engine.settings.ProcessOptions;

/**
 * Fits a model: frames, bases, clusters, moments, then one linear system for each grid time. The rows are read in
 * chunks of fixed size and in order; sums are exact over chunks, so the model does not depend on the number of
 * threads.
 */
public final class Fit {
    /** A ridge that was chosen is raised by this where the matrix of all rows is indefinite with it. */
    private static final double RAISE = Math.sqrt(10);

    private static final long MANY_ROWS = 20_000;

    private final FitSettings settings;
    private final ProviderLookup providers;
    private final RunContext run;
    private final Map<String, Double> seconds = new LinkedHashMap<>();
    private final List<String> choices = new ArrayList<>();
    private FitSettings solving;

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
     * Fits rows with the frames, bases, clusters, times and ridges of another model, so that the two can be merged.
     * Functions are trusted where either the rows or the other model's were seen.
     *
     * @param rows rows of the same columns
     * @param model the other model
     * @param run threads, progress
     * @return the model
     * @throws InputException if columns differ, a row lies outside the other model's support, or there are too few
     * @throws org.eigendrift.api.NumericalException if a system cannot be solved
     */
    public static FittedModel like(Dataset rows, FittedModel model, RunContext run) {
        MomentTable moments = model.moments(rows, run);
        List<CoordinateBasis.Range> ranges = seen(new FramedDataset(rows, model.frames()), run);
        return model.withMoments(moments, List.of("fitted like another model"), run)
                .trustedIn(ranges);
    }

    /**
     * What a fit stands on before moments are summed.
     *
     * @param settings with frames, families, degrees and solver made explicit
     * @param frames fitted to the rows
     * @param framed the rows in frame coordinates
     * @param basis the functions
     * @param choices what was chosen so far, a line each
     */
    record Ground(FitSettings settings, FrameChain frames, Dataset framed, ProductBasis basis, List<String> choices) {}

    /** Fits frames and bases, and chooses functions. */
    static Ground ground(Dataset train, FitSettings settings, ProviderLookup providers, RunContext run) {
        return new Fit(settings, providers, run).ground(train);
    }

    private Ground ground(Dataset source) {
        checkColumnNames(source.columns());
        Dataset train = timed("read", () -> RowCache.of(source));
        try (Parallel parallel = new Parallel(run.threads())) {
            return ground(train, parallel);
        }
    }

    private Ground ground(Dataset train, Parallel parallel) {
        Optional<FrameChain> given =
                settings.frames().map(chosen -> timed("frames", () -> frames(train, chosen, parallel)));
        List<FamilyChoice> families =
                families(train, given.map(FrameChain::columns).orElse(train.columns()));
        given.ifPresent(chain -> leaveNormal(chain.leftNormal(), chain.columns(), families));
        List<Chosen<FrameContext, Frame>> frameChoices =
                settings.frames().orElseGet(() -> automaticFrames(train.columns(), families));
        describe(train, families, frameChoices);
        FrameChain frames = given.orElseGet(() -> timed("frames", () -> frames(train, frameChoices, parallel)));
        Dataset framed = timed("frames", () -> cachedView(train, frames));
        List<CoordinateBasis> coordinates = timed("bases", () -> coordinates(framed, families, parallel));
        ProductBasis basis = timed("clusters", () -> select(framed, coordinates, frames.leftNormal(), parallel));
        chooseSolver(basis);
        return new Ground(resolved(train, frameChoices, families), frames, framed, basis, choices);
    }

    private FittedModel fit(Dataset source) {
        Ground ground = ground(source);
        ProductBasis basis = ground.basis();
        try (Parallel parallel = new Parallel(run.threads())) {
            SumLayout layout = timed("moments", () -> layout(ground.framed(), basis, parallel));
            Folds folds = timed("moments", () -> moments(ground.framed(), layout, parallel));
            TimePlan plan = timed("selection", () -> plan(folds, basis, parallel));
            MomentTable table = folds.all().until(plan.grid().last());
            ThetaSolution solution = timed("solves", () -> solve(table, basis, plan, parallel));
            FitReport report = new FitReport(
                    table.rows(),
                    basis.dim(),
                    basis.size(),
                    basis.matrixNonzeros(),
                    table.layout().size(),
                    seconds,
                    List.copyOf(choices),
                    solution.solves());
            return new FittedModel(
                    ground.settings(), ground.frames(), basis, table, solution.path(), solution.plan(), report);
        }
    }

    /**
     * Ridges are chosen at coarse times and for most of the rows; between those times, the truncated products of numerical
     * eigenfunctions may leave the matrix a little less definite. Ridges that the user gave stay.
     */
    private ThetaSolution solve(MomentTable table, ProductBasis basis, TimePlan plan, Parallel parallel) {
        TimePlan here = plan;
        while (true) {
            try {
                return ThetaSolution.of(table, basis, here, solving.solvers(), run, parallel);
            } catch (NumericalException e) {
                double smallest = Arrays.stream(here.ridges()).min().orElseThrow();
                if (settings.solve().ridge().fixed().isPresent() || smallest >= 1) {
                    throw e;
                }
                here = here.withRidges(Arrays.stream(here.ridges())
                        .map(ridge -> Math.min(1, RAISE * ridge))
                        .toArray());
                choices.add(String.format(
                        Locale.ROOT,
                        "ridges raised, the smallest to %.2g: with smaller ones a system of all rows could not be solved",
                        Math.min(1, RAISE * smallest)));
            }
        }
    }

    private <T> T timed(String stage, java.util.function.Supplier<T> work) {
        long begin = System.nanoTime();
        T result = work.get();
        seconds.merge(stage, (System.nanoTime() - begin) * 1e-9, Double::sum);
        return result;
    }

    private void checkColumnNames(List<Column> columns) {
        List<String> names = columns.stream().map(Column::name).toList();
        for (String name : settings.columns().keySet()) {
            if (!names.contains(name)) {
                throw InputException.at("basis.columns." + name, "there is no such column" + Nearest.hint(name, names));
            }
        }
    }

    private Dataset cachedView(Dataset train, FrameChain frames) {
        if (frames.frames().isEmpty()) {
            return train;
        }
        Dataset view = new FramedDataset(train, frames);
        return train instanceof InMemory memory
                ? new InMemory(
                        view.columns(), InMemory.read(view, memory.points().size()))
                : view;
    }

    /**
     * The family and degree of every column, with defaults filled in.
     *
     * @param framed the columns after the frames, where those are given; frames that are chosen here follow the families
     */
    private List<FamilyChoice> families(Dataset train, List<Column> framed) {
        List<FamilyChoice> families = new ArrayList<>();
        for (int i = 0; i < framed.size(); i++) {
            Column column = framed.get(i);
            FamilyChoice chosen = settings.columns()
                    .getOrDefault(train.columns().get(i).name(), FamilyChoice.AUTO)
                    .orElse(settings.basis());
            families.add(chosen.orElse(new FamilyChoice(
                    chosen.family().or(() -> Optional.of(automaticFamily(column, train))),
                    OptionalInt.of(automaticDegree(column, train)))));
        }
        return families;
    }

    /** The one function of these coordinates is in no cluster: their law is the stationary one. */
    private void leaveNormal(int[] coordinates, List<Column> framed, List<FamilyChoice> families) {
        for (int i : coordinates) {
            BasisUse use = new BasisUse.Normal(framed.get(i));
            families.set(
                    i, new FamilyChoice(Optional.of(Offers.of(use, providers).best()), OptionalInt.of(1)));
        }
        if (coordinates.length > 0) {
            choices.add("components left to the normal law: " + coordinates.length);
        }
    }

    /** The same lines whether a choice was given or made here: a resolved configuration must yield the same file. */
    private void describe(Dataset train, List<FamilyChoice> families, List<Chosen<FrameContext, Frame>> frames) {
        Map<String, List<String>> byFamily = new LinkedHashMap<>();
        for (int i = 0; i < families.size(); i++) {
            FamilyChoice choice = families.get(i);
            String family = choice.family().orElseThrow().name() + " of degree "
                    + choice.degree().getAsInt();
            byFamily.computeIfAbsent(family, f -> new ArrayList<>())
                    .add(train.columns().get(i).name());
        }
        byFamily.forEach((family, columns) -> choices.add(family + ": " + String.join(", ", columns)));
        choices.add(
                frames.isEmpty()
                        ? "no frame"
                        : "frames: "
                                + String.join(
                                        ", ", frames.stream().map(Fit::shown).toList()));
    }

    /** The name, and the options that differ from what they are by default. */
    private static String shown(Chosen<?, ?> chosen) {
        Map<String, Object> options = Choices.changed(chosen);
        return chosen.name() + (options.isEmpty() ? "" : " " + options);
    }

    private Chosen<BasisContext, Eigenbasis> automaticFamily(Column column, Dataset train) {
        BasisUse use = new BasisUse.Found(
                column, settings.frames().isPresent(), train.dim(), train.rows().orElseThrow());
        return Offers.of(use, providers).best();
    }

    private int automaticDegree(Column column, Dataset train) {
        long rows = train.rows().orElseThrow();
        int dim = train.dim();
        if (dim == 1) {
            return (int) Math.max(4, Math.min(40, rows / 20));
        }
        if (dim == 2 && settings.frames().isEmpty()) {
            // Angles have two functions a degree.
            int most = column.kind() == Column.Kind.ANGLE ? 20 : 40;
            return (int) Math.max(4, Math.min(most, Math.sqrt(rows / 30.0)));
        }
        return rows < 1000 ? 3 : 5;
    }

    private FrameChain frames(Dataset train, List<Chosen<FrameContext, Frame>> chosen, Parallel parallel) {
        List<Frame> fitted = new ArrayList<>();
        for (Chosen<FrameContext, Frame> choice : chosen) {
            Dataset view = new FramedDataset(train, new FrameChain(train.columns(), fitted));
            fitted.add(FrameChain.plan(choice, view.columns()).run(new LocalPasses(view, run, parallel)));
        }
        return new FrameChain(train.columns(), fitted);
    }

    /** For each frame that families ask for, one instance over their columns. */
    private List<Chosen<FrameContext, Frame>> automaticFrames(List<Column> columns, List<FamilyChoice> families) {
        Map<String, List<String>> byFrame = new LinkedHashMap<>();
        for (int i = 0; i < columns.size(); i++) {
            BasisFamily<?> family =
                    (BasisFamily<?>) families.get(i).family().orElseThrow().provider();
            String name = columns.get(i).name();
            family.frame()
                    .ifPresent(frame -> byFrame.computeIfAbsent(frame, f -> new ArrayList<>())
                            .add(name));
        }
        List<Chosen<FrameContext, Frame>> frames = new ArrayList<>();
        byFrame.forEach((frame, names) -> {
            Provider<?, ?, ?> provider = providers.find(FrameProvider.class, frame);
            frames.add(restricted(provider, names));
        });
        return frames;
    }

    @SuppressWarnings("unchecked")
    private static Chosen<FrameContext, Frame> restricted(Provider<?, ?, ?> provider, List<String> names) {
        return new Chosen<>(
                (Provider<?, FrameContext, Frame>) provider, provider.options().of(Map.of("columns", names)));
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
                .run(new LocalPasses(framed, run, parallel));
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
                settings.clusters(),
                framed.columns(),
                coordinates,
                leftNormal,
                candidates -> measure(framed, candidates, parallel),
                () -> LeadingMoments.of(framed, coordinates));
        ProductBasis basis = selection.choose();
        choices.addAll(selection.remarks());
        return basis;
    }

    private CandidateMoments measure(Dataset framed, ProductBasis candidates, Parallel parallel) {
        MomentLayout layout = MomentLayout.ofCandidates(candidates);
        MomentTable sums = new MomentTable(layout);
        MomentTable squares = new MomentTable(layout);
        SumPass ofValues = new MomentPass(layout);
        SumPass ofSquares = new MomentPass(layout, MomentPass.Sum.SQUARES);
        SumPass both = (rows, table, tasks) -> {
            ofValues.add(rows, table, tasks);
            ofSquares.add(rows, squares, tasks);
        };
        new RowPass(candidates, run).fill(both, framed, sums, RowPass.Outside.REFUSE, parallel);
        double[] means = sums.functionMeans(candidates);
        double[] errors = squares.functionMeans(candidates);
        for (int f = 0; f < errors.length; f++) {
            errors[f] = Math.sqrt(Math.max(0, errors[f] - means[f] * means[f]) / sums.rows());
        }
        return new CandidateMoments(candidates, means, errors, sums.rows());
    }

    /**
     * What is summed over the rows. The times of a grid must be known before: the horizon from moments of the functions
     * alone, and the earliest from the resolution of the basis, unless they are given.
     */
    private SumLayout layout(Dataset framed, ProductBasis basis, Parallel parallel) {
        ProcessOptions process = settings.process();
        MomentLayout table = new MomentLayout(basis);
        double earliest = process.earliest().orElse(TimeScale.resolution(basis));
        double longest = Math.max(process.horizon().orElse(Horizon.LONGEST), 2 * earliest);
        MomentCosts costs = MomentCosts.of(
                table, TimeScale.grid(longest, earliest, process.times()).times());
        boolean grid = process.moments() == ProcessOptions.Moments.AUTO
                ? costs.gridIsCheaper()
                : process.moments() == ProcessOptions.Moments.GRID;
        choices.add(grid ? costs.gridLine() : costs.tableLine());
        if (!grid) {
            return table;
        }
        MomentTable functions = new MomentTable(MomentLayout.ofCandidates(basis));
        new RowPass(basis, run).fill(functions.layout().pass(), framed, functions, RowPass.Outside.REFUSE, parallel);
        double horizon = checkedHorizon(basis, functions);
        return new GridLayout(
                basis, TimeScale.grid(horizon, earliest, process.times()).times());
    }

    /** Few rows are validated fold by fold; of many, one fold says enough. */
    private Folds moments(Dataset framed, SumLayout layout, Parallel parallel) {
        boolean many = framed.rows().orElseThrow() > MANY_ROWS;
        MomentTable rest = new MomentTable(layout);
        List<MomentTable> tables = new ArrayList<>();
        for (int fold = 0; fold < RowPass.FOLDS; fold++) {
            tables.add(many && fold > 0 ? rest : new MomentTable(layout));
        }
        new RowPass(layout.basis(), run).fillFolds(layout.pass(), framed, tables, RowPass.Outside.REFUSE, parallel);
        Folds folds = new Folds(many ? tables.subList(0, 1) : tables, rest);
        if (folds.all().rows() < 2) {
            throw InputException.at(
                    "target",
                    "expected at least 2 rows to fit, found " + folds.all().rows());
        }
        return folds;
    }

    private TimePlan plan(Folds folds, ProductBasis basis, Parallel parallel) {
        ProcessOptions process = settings.process();
        OptionalDouble ridge = settings.solve().ridge().fixed();
        TimeScale scale = scale(folds.all());
        boolean given = ridge.isPresent() && process.earliest().isPresent();
        if (given || folds.count() == 0) {
            double earliest = process.earliest().orElse(0.01 * scale.coarse().first());
            return TimePlan.constant(scale.until(earliest), ridge.orElse(1));
        }
        TimeSolver solver = new TimeSolver(folds.all().layout(), basis, solving.solvers(), run);
        TimeSelection selection = new TimeSelection(folds, basis, solver, parallel);
        TimePlan plan = selection.choose(scale, ridge, process.earliest().isPresent());
        choices.addAll(selection.remarks());
        return ruled(plan, folds, basis, solver, parallel);
    }

    /** The times that the sums leave to choose. */
    private TimeScale scale(MomentTable table) {
        ProcessOptions process = settings.process();
        ProductBasis basis = table.layout().basis();
        return table.layout()
                .onlyTimes()
                .map(times -> TimeScale.of(TimeGrid.of(times)))
                .orElseGet(() -> TimeScale.any(
                        checkedHorizon(basis, table),
                        process.earliest().orElse(TimeScale.resolution(basis)),
                        process.times()));
    }

    /** The horizon that was given or follows from moments, which must lie after a time that was given. */
    private double checkedHorizon(ProductBasis basis, MomentTable table) {
        ProcessOptions process = settings.process();
        double horizon = process.horizon().isPresent()
                ? process.horizon().getAsDouble()
                : horizon(basis, table.functionMeans(basis));
        if (process.earliest().isPresent() && !(process.earliest().getAsDouble() < horizon)) {
            throw InputException.at(
                    "process.earliest", process.earliest().getAsDouble() + " must lie before the horizon " + horizon);
        }
        return horizon;
    }

    /** The plan with the ridges of the rule that the user named, if one was named. */
    private TimePlan ruled(TimePlan plan, Folds folds, ProductBasis basis, TimeSolver solver, Parallel parallel) {
        Optional<Chosen<RunContext, RidgeRule>> rule = settings.solve().ridge().rule();
        if (rule.isEmpty()) {
            return plan;
        }
        RuledRidges ridges = new RuledRidges(rule.get(), folds, basis, solver, run);
        TimePlan chosen = ridges.choose(plan, parallel);
        choices.add(ridges.remark());
        return chosen;
    }

    private double horizon(ProductBasis basis, double[] functionMeans) {
        double[] rates = new double[basis.size()];
        Arrays.setAll(rates, basis::rate);
        Horizon horizon = Horizon.of(rates, functionMeans);
        choices.add(horizon.line());
        return horizon.time();
    }

    /** The solver named, or the one that suits the matrix; a fallback that is named is kept in either case. */
    private void chooseSolver(ProductBasis basis) {
        solving = settings;
        if (settings.solver().isEmpty()) {
            AutomaticSolver automatic = AutomaticSolver.of(basis, providers);
            solving = settings.withSolver(automatic.first(), automatic.fallback());
        }
        choices.add(String.format(
                Locale.ROOT,
                "solver: %s (%,d functions, %,d entries of the matrix)",
                String.join(
                        ", then ", solving.solvers().stream().map(Chosen::name).toList()),
                basis.size(),
                basis.matrixNonzeros()));
    }

    /**
     * The settings with frames, families, degrees and solver made explicit. Times and ridges stay as they were given:
     * what is automatic there is chosen again in the same way, bit for bit.
     */
    private FitSettings resolved(Dataset train, List<Chosen<FrameContext, Frame>> frames, List<FamilyChoice> families) {
        Map<String, FamilyChoice> columns = new LinkedHashMap<>();
        for (int i = 0; i < families.size(); i++) {
            columns.put(train.columns().get(i).name(), families.get(i));
        }
        return new FitSettings(
                OptionalInt.of(1),
                settings.density(),
                Optional.of(frames),
                settings.basis(),
                columns,
                settings.clusters(),
                settings.process(),
                solving.solver(),
                solving.solve());
    }
}
