package org.eigendrift.contract;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.InputException;
import org.eigendrift.api.Points;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.basis.BasisFamily;
import org.eigendrift.api.basis.Eigenbasis;
import org.eigendrift.api.catalog.Catalog;
import org.eigendrift.api.column.ColumnType;
import org.eigendrift.api.column.ColumnTypeProvider;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.data.Dataset;
import org.eigendrift.api.data.InMemory;
import org.eigendrift.api.frame.FrameProvider;
import org.eigendrift.api.guidance.Guidance;
import org.eigendrift.api.guidance.GuidanceContext;
import org.eigendrift.api.guidance.Objective;
import org.eigendrift.api.guidance.Operator;
import org.eigendrift.api.law.Gate;
import org.eigendrift.api.law.GateProvider;
import org.eigendrift.api.law.Law;
import org.eigendrift.api.law.LawContext;
import org.eigendrift.api.law.LawProvider;
import org.eigendrift.api.law.StoredLaw;
import org.eigendrift.api.linear.DenseSymmetric;
import org.eigendrift.api.linear.LinearSystem;
import org.eigendrift.api.linear.Preconditioner;
import org.eigendrift.api.linear.ProductKernel;
import org.eigendrift.api.linear.RidgeRule;
import org.eigendrift.api.linear.RowSampler;
import org.eigendrift.api.linear.Solver;
import org.eigendrift.api.metric.Metric;
import org.eigendrift.api.metric.MetricProvider;
import org.eigendrift.api.output.PointWriter;
import org.eigendrift.api.plugin.Choices;
import org.eigendrift.api.plugin.Chosen;
import org.eigendrift.api.plugin.PluginException;
import org.eigendrift.api.sampler.GridContext;
import org.eigendrift.api.sampler.Sampler;
import org.eigendrift.api.sampler.TimeGrid;
import org.eigendrift.api.score.AffineProcess;
import org.eigendrift.api.score.DiffusionProcess;
import org.eigendrift.api.score.ScoreModel;
import org.eigendrift.api.target.Simulator;
import org.eigendrift.api.target.Target;
import org.junit.jupiter.api.TestInstance;
import org.opentest4j.TestAbortedException;

/**
 * The contracts of what {@link Inspection} is given, on the calling thread. Methods that are overridden without being tests are rules
 * about what a kind leaves open, which only a plugin's own test can know.
 */
final class Inspected {
    static final ThreadLocal<Chosen<?, ?>> CHOSEN = new ThreadLocal<>();

    /** Of numbers that a family computes by itself. */
    private static final double NUMERICAL = 1e-5;

    private static final int ROWS = 200;
    private static final RunContext RUN = RunContext.quiet(1);
    private static final List<Column> PLANE = List.of(Column.real("x"), Column.real("y"));

    private Inspected() {}

    @SuppressWarnings("unchecked") // each class is used for the kind that Inspection has it for
    private static <C, T> Chosen<C, T> chosen() {
        return (Chosen<C, T>) CHOSEN.get();
    }

    /** A provider that created nothing, or what is wrong at first sight: its rules are not looked at, and why is told. */
    static final class Refused extends TestAbortedException {
        private static final long serialVersionUID = 1L;

        Refused(String why, RuntimeException refusal) {
            super(why, refusal);
        }
    }

    private static <C, T> T create(C context) {
        Chosen<C, T> chosen = chosen();
        try {
            return chosen.create(context);
        } catch (InputException e) {
            String options = Choices.changed(chosen).isEmpty() ? "its defaults" : "these options";
            throw new Refused("could not be created with " + options + ": " + e.getMessage(), e);
        } catch (PluginException e) {
            throw new Refused(e.getMessage(), e);
        }
    }

    /** For contracts that create for themselves: where the first is refused, no rule is looked at. */
    private static <C, T> Chosen<C, T> creatable(C context) {
        Inspected.<C, T>create(context);
        return chosen();
    }

    private static ScoreModel exact() {
        return new ExactGaussian(new OrnsteinUhlenbeck(2, 0.01), 1, 0.5);
    }

    /** Normal numbers, mapped into the column. */
    private static void fill(Column column, Points rows, int i) {
        for (int n = 0; n < rows.size(); n++) {
            double normal = new CounterRandom(7).normal(n, i);
            double unit = 1 / (1 + Math.exp(-normal));
            rows.set(
                    i,
                    n,
                    switch (column.kind()) {
                        case POSITIVE -> Math.exp(normal);
                        case BOUNDED, ANGLE -> column.lower() + (column.upper() - column.lower()) * unit;
                        default -> normal;
                    });
        }
    }

    static final class Basis extends BasisFamilyContract<Record> {
        @Override
        @SuppressWarnings("unchecked") // options() are of the type that the family takes
        protected BasisFamily<Record> family() {
            return (BasisFamily<Record>) CHOSEN.get().provider();
        }

        @Override
        protected Record options() {
            return CHOSEN.get().options();
        }

        @Override
        protected Dataset data() {
            Column column = List.of(
                            Column.real("x"),
                            Column.bounded("x", 0, 3),
                            Column.positive("x"),
                            Column.angle("x", 0, 2 * Math.PI))
                    .stream()
                    .filter(c -> family().accepts(c.kind()))
                    .findFirst()
                    .orElseThrow(() -> new TestAbortedException("it accepts no column"));
            Points rows = Points.zeros(1, ROWS);
            fill(column, rows, 0);
            return new InMemory(List.of(column), rows);
        }

        @Override
        protected int[] degrees() {
            return new int[] {1, 5, 12};
        }

        @Override
        protected double tolerance(Eigenbasis basis) {
            return NUMERICAL;
        }

        @Override
        protected double energyTolerance(Eigenbasis basis) {
            return Math.sqrt(NUMERICAL);
        }

        @Override
        protected double strongTolerance(Eigenbasis basis) {
            return Math.sqrt(NUMERICAL);
        }

        @Override
        protected double differenceTolerance(Eigenbasis basis) {
            return NUMERICAL;
        }
    }

    static final class Frames extends FrameContract<Record> {
        @Override
        @SuppressWarnings("unchecked") // options() are of the type that the frame takes
        protected FrameProvider<Record> provider() {
            return (FrameProvider<Record>) CHOSEN.get().provider();
        }

        @Override
        protected Record options() {
            return CHOSEN.get().options();
        }

        @Override
        protected Dataset data() {
            Points rows = Points.zeros(2, ROWS);
            fill(PLANE.get(0), rows, 0);
            fill(PLANE.get(1), rows, 1);
            for (int n = 0; n < ROWS; n++) {
                rows.set(1, n, 0.5 * rows.get(0, n) + 3 * rows.get(1, n));
            }
            return InMemory.of(rows);
        }

        @Override
        protected double inverseTolerance() {
            return NUMERICAL;
        }
    }

    static final class Solvers extends SolverContract {
        @Override
        protected Chosen<RunContext, Solver> solver() {
            return creatable(RUN);
        }

        @Override
        public void takesOrRefusesOperators() {}

        @Override
        public void refusesIndefiniteSystems() {}

        @Override
        public void isHonestAboutSingularSystems() {}
    }

    static final class Preconditioners extends PreconditionerContract {
        @Override
        protected Chosen<LinearSystem, Preconditioner> preconditioner() {
            return creatable(new LinearSystem(new DenseSymmetric(1, new double[] {1}), 0, new double[] {1}, 0.5));
        }

        @Override
        public void takesOrRefusesOperators() {}
    }

    static final class Ridges extends RidgeRuleContract {
        @Override
        protected Chosen<RunContext, RidgeRule> rule() {
            return creatable(RUN);
        }
    }

    static final class Processes extends ProcessContract {
        @Override
        protected AffineProcess process() {
            return create(2);
        }

        @Override
        protected double tolerance() {
            return NUMERICAL;
        }
    }

    static final class Samplers extends SamplerContract {
        @Override
        protected Sampler sampler() {
            Sampler sampler = create(RUN);
            sampler.refusal(exact().process()).ifPresent(reason -> {
                throw new TestAbortedException(reason);
            });
            return sampler;
        }

        @Override
        protected ScoreModel model() {
            return exact();
        }
    }

    static final class Kernels extends ProductKernelContract {
        @Override
        protected ProductKernel kernel() {
            return create(RunContext.quiet(1));
        }
    }

    static final class Grids extends TimeGridContract {
        @Override
        protected TimeGrid create(GridContext context) {
            return Inspected.create(context);
        }

        @Override
        protected DiffusionProcess process() {
            return new OrnsteinUhlenbeck(2, 0.01);
        }
    }

    static final class Operators extends OperatorContract {
        @Override
        protected Operator operator() {
            return create(PLANE);
        }
    }

    static final class Objectives extends ObjectiveContract {
        @Override
        protected Objective objective() {
            return create(PLANE);
        }

        @Override
        protected int dim() {
            return PLANE.size();
        }
    }

    static final class Guidances extends GuidanceContract {
        @Override
        protected Guidance guidance() {
            Guidance guidance = create(new GuidanceContext(PLANE, RUN));
            guidance.refusal(exact()).ifPresent(reason -> {
                throw new TestAbortedException(reason);
            });
            return guidance;
        }

        @Override
        protected ScoreModel model() {
            return MODEL;
        }

        /** One instance: guided models are asked for the very one. */
        private static final ScoreModel MODEL = exact();
    }

    static final class Targets extends TargetContract {
        @Override
        protected Target target() {
            return create(RUN);
        }
    }

    static final class Simulators extends SimulatorContract {
        @Override
        protected Simulator simulator() {
            return create(RUN);
        }
    }

    /** Normal rows in the plane, the second coordinate as far from the first as it is wide. */
    private static Dataset plane() {
        Points rows = Points.zeros(2, ROWS);
        for (int i = 0; i < 2; i++) {
            fill(PLANE.get(i), rows, i);
        }
        for (int n = 0; n < ROWS; n++) {
            rows.set(1, n, rows.get(1, n) + rows.get(0, n));
        }
        return new InMemory(PLANE, rows);
    }

    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    static final class Laws extends LawContract {
        private Law fitted;

        @Override
        protected Law law() {
            if (fitted == null) {
                fitted = create(new LawContext(plane(), Catalog.discover(List.of()), RUN));
            }
            return fitted;
        }

        @Override
        protected Optional<LawProvider<?>> provider() {
            return law() instanceof StoredLaw
                    ? Optional.of((LawProvider<?>) CHOSEN.get().provider())
                    : Optional.empty();
        }
    }

    static final class Gates extends GateContract {
        @Override
        protected Gate gate() {
            return create(new LawContext(plane(), Catalog.discover(List.of()), RUN));
        }

        @Override
        protected Points rows() {
            return InMemory.read(plane(), ROWS);
        }

        @Override
        protected List<Column> columns() {
            return PLANE;
        }

        @Override
        protected Optional<GateProvider<?>> provider() {
            return Optional.of((GateProvider<?>) CHOSEN.get().provider());
        }
    }

    static final class RowSamplers extends RowSamplerContract {
        @Override
        protected RowSampler sampler() {
            return create(RUN);
        }
    }

    static final class Metrics extends MetricContract {
        @Override
        protected MetricProvider<?> provider() {
            Inspected.<RunContext, Metric>create(RUN);
            return (MetricProvider<?>) CHOSEN.get().provider();
        }

        @Override
        protected Metric metric(RunContext run) {
            return create(run);
        }

        @Override
        public void hasNoFloorWithoutHeldoutRows() {}
    }

    static final class ColumnTypes extends ColumnTypeContract {
        @Override
        protected ColumnType type() {
            return create(RUN);
        }

        @Override
        protected String name() {
            return CHOSEN.get().name();
        }

        @Override
        protected List<List<String>> columns() {
            return List.of(((ColumnTypeProvider<?>) CHOSEN.get().provider()).examples());
        }
    }

    static final class Writers extends WriterContract {
        @Override
        protected PointWriter writer() {
            return create(RUN);
        }

        @Override
        protected Points read(Path file, int dim) throws IOException {
            throw new TestAbortedException("only its own test can read it");
        }

        @Override
        void whatIsWrittenReadsBackBitForBit() {}

        @Override
        void oneRowAndOneColumnWork() {}
    }
}
