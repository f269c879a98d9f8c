package org.eigendrift.engine.atlas;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.function.Function;
import org.eigendrift.api.InputException;
import org.eigendrift.api.Parallel;
import org.eigendrift.api.Points;
import org.eigendrift.api.Progress;
import org.eigendrift.api.Purpose;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.basis.BasisUse;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.data.Dataset;
import org.eigendrift.api.data.InMemory;
import org.eigendrift.api.frame.Frame;
import org.eigendrift.api.frame.FrameContext;
import org.eigendrift.api.law.Decision;
import org.eigendrift.api.plugin.Chosen;
import org.eigendrift.api.plugin.ProviderLookup;
import org.eigendrift.engine.data.RowCache;
import org.eigendrift.engine.flow.Fit;
import org.eigendrift.engine.flow.FittedModel;
import org.eigendrift.engine.flow.FlowLaw;
import org.eigendrift.engine.flow.Flows;
import org.eigendrift.engine.flow.GibbsFit;
import org.eigendrift.engine.gibbs.GibbsModel;
import org.eigendrift.engine.gibbs.Proposal;
import org.eigendrift.engine.judge.Judged;
import org.eigendrift.engine.law.constant.ConstantColumns;
import org.eigendrift.engine.law.constant.Constants;
import org.eigendrift.engine.law.gibbs.GibbsLaw;
import org.eigendrift.engine.law.mixture.Member;
import org.eigendrift.engine.law.mixture.Mixture;
import org.eigendrift.engine.offer.Offers;
import org.eigendrift.engine.report.FitReport;
import org.eigendrift.engine.settings.Density;
import org.eigendrift.engine.settings.FamilyChoice;
import org.eigendrift.engine.settings.FitSettings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fits an atlas: a mixture cuts the rows into charts, each of which gets a model of its own, in a frame that makes its
 * rows uncorrelated. Where {@code components} is left to the fit, models of all rows and atlases of several sizes are
 * compared by the exact log-likelihood of held-out rows, see {@link ModelSelection}.
 */
public final class AtlasFit {
    /** Rows that the mixture is fitted to, at most. */
    private static final int MIXTURE_ROWS = 100_000;

    private static final int FEWEST_ROWS = 8;

    private static final int MOST_STEPS = 100;

    /** Rows' worth of shrinkage of a component's covariance: enough to keep it regular. */
    private static final double PRIOR = 1;

    private static final Logger LOG = LoggerFactory.getLogger(AtlasFit.class);

    private final FitSettings settings;
    private final ProviderLookup providers;
    private final RunContext run;
    private final ChartFrames frames;

    private AtlasFit(FitSettings settings, ProviderLookup providers, RunContext run) {
        this.settings = settings;
        this.providers = providers;
        this.run = run;
        this.frames = new ChartFrames(providers);
    }

    /**
     * Fits.
     *
     * @param train rows to fit
     * @param settings what the user chose; the rest is chosen here
     * @param providers finds the plugins of automatic choices
     * @param run seed, threads, progress
     * @return a flow, a mixture of charts, or a Gibbs density beside either; beside columns that have one value a law of those
     *     that vary
     * @throws org.eigendrift.api.InputException if rows and settings do not go together
     * @throws org.eigendrift.api.NumericalException if a system cannot be solved
     */
    public static Flows of(Dataset train, FitSettings settings, ProviderLookup providers, RunContext run) {
        Dataset rows = RowCache.of(train);
        requireEnough(rows, settings);
        Constants constants = Constants.in(rows, run);
        if (constants.isEmpty()) {
            return new AtlasFit(settings, providers, run).fit(rows);
        }
        FitSettings varying = settings.ofColumns(constants.varying());
        return new ConstantColumns(constants, new AtlasFit(varying, providers, run).fit(constants.without(rows)));
    }

    private static void requireEnough(Dataset rows, FitSettings settings) {
        long count = rows.rows().orElseThrow();
        if (count < (settings.choosesModel() ? FEWEST_ROWS : FittedModel.FEWEST_ROWS)) {
            throw InputException.at(
                    "target",
                    "too few rows: " + count + " to fit, expected at least " + FEWEST_ROWS
                            + "; give it more, or hold none out (holdout: 0)");
        }
    }

    private Flows fit(Dataset train) {
        long begin = System.nanoTime();
        if (settings.choosesModel() || settings.density() == Density.GIBBS) {
            ModelSelection selection = new ModelSelection(fits(), run);
            FlowLaw flow = settings.choosesModel() ? selection.choose(train) : selection.withGibbs(train, this::asked);
            List<Decision> decisions = new ArrayList<>(fewer(flow));
            decisions.addAll(selection.decisions());
            FlowLaw told = reported(flow, decisions, selection.seconds(), (System.nanoTime() - begin) * 1e-9);
            return selection
                    .density()
                    .<Flows>map(d -> new GibbsLaw(d.weight(), d.model(), told))
                    .orElse(told);
        }
        FlowLaw atlas = asked(train);
        if (atlas instanceof FittedModel) {
            return atlas;
        }
        FlowLaw told = reported(atlas, fewer(atlas), Map.of(), (System.nanoTime() - begin) * 1e-9);
        return told instanceof Mixture mixture && mixture.members().size() == 1 ? mixture.heaviest() : told;
    }

    /** What is said where a user named more charts than there are. */
    private List<Decision> fewer(FlowLaw law) {
        int asked = settings.components().orElse(1);
        int left = law instanceof Mixture mixture ? mixture.members().size() : 1;
        if (left >= asked) {
            return List.of();
        }
        String reason = "of the " + asked + " charts that were asked for " + left + (left == 1 ? " is" : " are")
                + " left: rows of a chart in which a column has a single value, or which are too few, go to its neighbours";
        LOG.warn("components: {}", reason);
        return List.of(new Decision(Judged.CHARTS, String.valueOf(left), List.of(), reason));
    }

    /** What is chosen among. */
    private ModelFits fits() {
        return new ModelFits() {
            @Override
            public FlowLaw table(Dataset train) {
                return AtlasFit.this.table(train);
            }

            @Override
            public FlowLaw normalScores(Dataset train) {
                return AtlasFit.this.normalScores(train);
            }

            @Override
            public FlowLaw whitened(Dataset train) {
                return AtlasFit.this.whitened(train);
            }

            @Override
            public FlowLaw charts(Dataset train, ChartMixture start) {
                return AtlasFit.this.charts(train, start);
            }

            @Override
            public FlowLaw normal(Dataset train) {
                return AtlasFit.this.normal(train);
            }

            @Override
            public ChartMixture mixture(
                    Points rows, List<Column> columns, int components, int steps, Optional<ChartMixture> before) {
                return AtlasFit.this.mixture(rows, columns, components, steps, before);
            }

            @Override
            public GibbsSelection gibbs() {
                return AtlasFit.this.gibbs();
            }

            @Override
            public boolean mayBeGibbs(Dataset data, int folds) {
                return AtlasFit.this.mayBeGibbs(data, folds);
            }
        };
    }

    /** The kind of model that was asked for. */
    private FlowLaw asked(Dataset train) {
        int components = settings.components().orElse(1);
        return components == 1 ? table(train) : charts(train, components);
    }

    /** One model of all rows in the columns' own coordinates. */
    FittedModel table(Dataset train) {
        return Fit.of(train, settings.ofChart(settings.frames()), providers, run);
    }

    /** Decides on a Gibbs density of the columns in the coordinates of the user's frames, or their own. */
    GibbsSelection gibbs() {
        GibbsFit fit = new GibbsFit(settings.ofChart(settings.frames()), providers, run);
        DensityFits fits = new DensityFits() {
            @Override
            public GibbsFit.Choice choose(
                    Dataset train, Points heldout, Proposal proposal, Consumer<Decision> decisions) {
                return fit.choose(train, heldout, proposal, decisions);
            }

            @Override
            public GibbsModel fit(Dataset train, GibbsFit.Choice choice, Proposal proposal) {
                return fit.fit(train, choice, proposal);
            }
        };
        return new GibbsSelection(fits, settings.density() == Density.GIBBS, run);
    }

    /**
     * Two columns are left to the flow, whose functions are all there are; and of small tables, compared in several folds, there
     * are too few rows held out to tell.
     */
    boolean mayBeGibbs(Dataset data, int folds) {
        return settings.density() == Density.GIBBS
                || settings.density() == Density.AUTO && data.dim() > 2 && folds == 1;
    }

    /** One model of all rows whose columns are brought to the normal law one by one, or given one another. */
    FittedModel normalScores(Dataset train) {
        List<Chosen<FrameContext, Frame>> scores = frames.normalScores(train.columns());
        return Fit.of(train, settings.ofChart(Optional.of(scores)), providers, run);
    }

    /** One model of all rows in uncorrelated coordinates. */
    FittedModel whitened(Dataset train) {
        return Fit.of(train, uncorrelated(train), providers, run);
    }

    private FitSettings uncorrelated(Dataset train) {
        Points rows = InMemory.read(train, MIXTURE_ROWS);
        ChartCoordinates coordinates = ChartCoordinates.of(train.columns(), rows, Optional.empty(), frames);
        return chartSettings(train.columns(), coordinates);
    }

    /**
     * One normal law, given by means and by the correlations that the frame takes the rows to have. Angles have no such law and keep the
     * family that is found for them.
     */
    FittedModel normal(Dataset train) {
        Map<String, FamilyChoice> families = new LinkedHashMap<>();
        for (Column column : train.columns()) {
            if (column.kind() != Column.Kind.ANGLE) {
                BasisUse use = new BasisUse.Normal(Column.real(column.name()));
                families.put(
                        column.name(),
                        new FamilyChoice(Optional.of(Offers.of(use, providers).best()), OptionalInt.of(1)));
            }
        }
        return Fit.of(train, uncorrelated(train).withSingles(families), providers, run);
    }

    /** An atlas of so many charts, or fewer if some find no rows. */
    private Mixture charts(Dataset train, int components) {
        Points rows = InMemory.read(train, MIXTURE_ROWS);
        ChartMixture mixture = mixture(rows, train.columns(), components, MOST_STEPS, Optional.empty());
        if (!mixture.coordinates().knees().isEmpty()) {
            mixture = mixture(rows, train.columns(), components, MOST_STEPS, Optional.of(mixture));
        }
        return cut(train, mixture);
    }

    /** An atlas whose rows are cut by a mixture like another one. */
    Mixture charts(Dataset train, ChartMixture start) {
        ChartMixture mixture = maximisation(
                start.coordinates(), InMemory.read(train, MIXTURE_ROWS), em -> em.improve(start, MOST_STEPS));
        return cut(train, mixture);
    }

    /**
     * A mixture that cuts rows.
     *
     * @param before another one of the rows, for whose components coordinates are chosen, if there is one
     */
    ChartMixture mixture(Points rows, List<Column> columns, int components, int steps, Optional<ChartMixture> before) {
        return maximisation(
                ChartCoordinates.of(columns, rows, before, frames),
                rows,
                em -> em.fit(components, steps, run.random(Purpose.MIXTURE)));
    }

    private ChartMixture maximisation(
            ChartCoordinates coordinates, Points rows, Function<ExpectationMaximisation, ChartMixture> task) {
        Parallel parallel = run.parallel();
        return task.apply(new ExpectationMaximisation(coordinates, coordinates.of(rows), PRIOR, run, parallel));
    }

    /** Charts in which a column has one value go to their neighbours, the smallest first: the data's column has others. */
    private Mixture cut(Dataset train, ChartMixture fitted) {
        ChartMixture mixture = fitted;
        OptionalInt flat = ChartRows.flattest(ChartRows.split(train, mixture, run));
        while (mixture.size() > 1 && flat.isPresent()) {
            mixture = mixture.without(flat.getAsInt());
            flat = ChartRows.flattest(ChartRows.split(train, mixture, run));
        }
        return charted(train, mixture);
    }

    private Mixture charted(Dataset train, ChartMixture mixture) {
        FitSettings chart = chartSettings(train.columns(), mixture.coordinates());
        List<Dataset> rows = ChartRows.split(train, mixture, run);
        FittedModel[] models = new FittedModel[mixture.size()];
        RunContext one = run.alone();
        Parallel parallel = run.parallel();
        try (Progress.Task task = run.progress().begin("charts", models.length)) {
            parallel.forEach(models.length, k -> {
                models[k] = Fit.of(rows.get(k), chart, providers, one);
                task.advance(1);
            });
        }
        double total =
                Arrays.stream(models).mapToLong(model -> model.table().rows()).sum();
        List<Member> charts = new ArrayList<>();
        for (int k = 0; k < models.length; k++) {
            charts.add(new Member(models[k].table().rows() / total, OptionalInt.of(k), models[k]));
        }
        return new Mixture(charts, Optional.of(mixture));
    }

    private FitSettings chartSettings(List<Column> columns, ChartCoordinates coordinates) {
        return settings.ofChart(
                settings.frames().or(() -> Optional.of(frames.uncorrelated(columns, coordinates.knees()))));
    }

    /** The law, its heaviest flow reporting what was chosen and how long everything took. */
    private static FlowLaw reported(FlowLaw law, List<Decision> own, Map<String, Double> compared, double seconds) {
        FitReport report = law.heaviest().report();
        List<Decision> decisions = new ArrayList<>(own);
        decisions.addAll(report.decisions());
        Map<String, Double> stages = new LinkedHashMap<>(report.seconds());
        compared.forEach((name, spent) -> stages.put("comparison: " + name, spent));
        double ofStages =
                stages.values().stream().mapToDouble(Double::doubleValue).sum();
        stages.put(Mixture.OTHER_MODELS, Math.max(0, seconds - ofStages));
        return law.withReport(new FitReport(
                report.rows(),
                report.dim(),
                report.basisSize(),
                report.matrixNonzeros(),
                report.tableSize(),
                stages,
                decisions,
                report.solves()));
    }
}
