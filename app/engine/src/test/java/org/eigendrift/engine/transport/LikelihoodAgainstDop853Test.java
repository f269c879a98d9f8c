package org.eigendrift.engine.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.Domain;
import org.eigendrift.api.Parallel;
import org.eigendrift.api.Points;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.basis.Eigenbasis;
import org.eigendrift.api.catalog.Catalog;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.data.InMemory;
import org.eigendrift.api.plugin.Choices;
import org.eigendrift.api.sampler.InvertibleSampler;
import org.eigendrift.api.sampler.Noise;
import org.eigendrift.api.sampler.SamplerProvider;
import org.eigendrift.api.sampler.StepObserver;
import org.eigendrift.api.score.AffineProcess;
import org.eigendrift.api.score.DiffusionProcess;
import org.eigendrift.api.score.ScoreModel;
import org.eigendrift.engine.flow.Fit;
import org.eigendrift.engine.flow.FittedModel;
import org.eigendrift.engine.settings.FitSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Log-likelihoods against the adaptive Dormand-Prince method of order 8 at rtol 1e-10, for a fitted model of every
 * kind of process. The rate of the log-density rides along as one more coordinate of the flow.
 */
class LikelihoodAgainstDop853Test {
    private static final Catalog CATALOG = Catalog.discover(List.of());
    private static final RunContext RUN = RunContext.quiet(3);

    static Stream<Arguments> processes() {
        return Stream.of(
                Arguments.of("hermite", Column.real("x")),
                Arguments.of("cosine", Column.bounded("x", -1, 2)),
                Arguments.of("jacobi", Column.bounded("x", -1, 2)),
                Arguments.of("fourier", Column.angle("x", 0, 2 * Math.PI)),
                Arguments.of("laguerre", Column.positive("x")),
                Arguments.of("mean-field", Column.real("x")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("processes")
    void agrees(String family, Column column) {
        Points rows = rows(column, 600);
        FittedModel fitted =
                Fit.of(new InMemory(List.of(column, Column.real("y")), rows), settings(family), CATALOG, RUN);
        ScoreModel model = fitted.scoreModel();
        Points z = fitted.frames().forward(rows.slice(0, 20), new double[20]);

        double[] ours;
        Parallel parallel = new Parallel(1);
        ours = new FlowLikelihood(model, 1e-9, parallel).of(z).nats();
        double[] reference = alongDop853(model, z);

        for (int n = 0; n < ours.length; n++) {
            // Ours is converged to 1e-9 in the mean; functions of mean-field have kinks of 1e-9 between elements, and a
            // row may be a hundred times worse than the mean.
            assertEquals(reference[n], ours[n], 1e-6, "row " + n);
        }
    }

    /**
     * Rows about and beyond the end of the core of the mean-field coordinate: finite, continuous at the end, and far out
     * falling with the distance like the exponential tail of pi.
     */
    @ParameterizedTest(name = "{0}")
    @EnumSource(
            value = Column.Kind.class,
            names = {"REAL", "POSITIVE"})
    void agreesBeyondTheCore(Column.Kind kind) {
        Column column = kind == Column.Kind.REAL ? Column.real("x") : Column.positive("x");
        Points rows = rows(column, 600);
        FittedModel fitted =
                Fit.of(new InMemory(List.of(column, Column.real("y")), rows), settings("mean-field"), CATALOG, RUN);
        ScoreModel model = fitted.scoreModel();
        Eigenbasis basis = fitted.basis().coordinate(0).basis();
        double end = basis.core().upper();
        double width = end - basis.core().lower();
        double[] beyond = {-0.2, -1e-9, 1e-9, 0.01, 0.1, 2, 10, 1000};
        Points z = Points.zeros(2, beyond.length);
        for (int n = 0; n < beyond.length; n++) {
            z.set(0, n, end + beyond[n] * width);
            z.set(1, n, 0.7);
        }
        double[] ours;
        Parallel parallel = new Parallel(1);
        ours = new FlowLikelihood(model, 1e-9, parallel).of(z).nats();
        double[] reference = alongDop853(model, z);
        for (int n = 0; n < ours.length; n++) {
            // As above; the density itself reaches 1e4 nats, of which rounding and rtol leave 1e-11.
            assertEquals(reference[n], ours[n], 1e-6 + 1e-11 * Math.abs(reference[n]), "row " + n);
        }
        // Within 2e-9 of a width, densities of a few hundred nats a width.
        assertEquals(ours[1], ours[2], 1e-5, "across the end");
        double rate = -basis.logDensityDerivative(end + width);
        assertTrue(rate > 0);
        for (int n = 6; n < ours.length; n++) {
            double fall = rate * width * (beyond[n] - beyond[n - 1]);
            // Two widths out functions are level to tanh 20, that is 1e-17.
            assertEquals(fall, ours[n - 1] - ours[n], 1e-7 + 1e-11 * fall, "the tail's slope up to row " + n);
        }
    }

    /** Tails so heavy that the coordinate is stretched: lengths differ by a factor of thousands between bulk and tails. */
    @Test
    void agreesWhereTailsAreHeavy() {
        Points rows = rows(Column.real("x"), 600);
        for (int n = 0; n < rows.size(); n++) {
            rows.set(0, n, Math.sinh(4 * rows.get(0, n)));
        }
        FittedModel fitted = Fit.of(
                new InMemory(List.of(Column.real("x"), Column.real("y")), rows), settings("mean-field"), CATALOG, RUN);
        assertTrue(fitted.basis().coordinate(0).basis().diffusion(1e6) > 1e9, "the coordinate is stretched");
        ScoreModel model = fitted.scoreModel();
        Points z = fitted.frames().forward(rows.slice(0, 20), new double[20]);
        double[] ours;
        Parallel parallel = new Parallel(1);
        ours = new FlowLikelihood(model, 1e-9, parallel).of(z).nats();
        double[] reference = alongDop853(model, z);
        for (int n = 0; n < ours.length; n++) {
            assertEquals(reference[n], ours[n], 1e-5, "row " + n + " at " + rows.get(0, n));
        }
    }

    private static FitSettings settings(String family) {
        return FitSettings.of(
                Map.of(
                        "frame",
                        List.of(Map.of("type", "standardize", "columns", List.of("y"))),
                        "basis",
                        Map.of("family", "hermite", "degree", 3, "columns", Map.of("x", Map.of("family", family))),
                        "process",
                        Map.of("earliest", 0.05, "times", 25),
                        "solver",
                        Map.of("type", "cholesky", "ridge", 1e-2)),
                CATALOG);
    }

    /** x in the middle of its column's domain, y drawn with x. */
    private static Points rows(Column column, int count) {
        CounterRandom random = new CounterRandom(8);
        Points rows = Points.zeros(2, count);
        for (int n = 0; n < count; n++) {
            double u = random.uniform(n, 0);
            double x = switch (column.kind()) {
                case REAL -> random.normal(n, 2);
                case POSITIVE -> 0.2 - 2 * Math.log(u);
                default -> column.lower() + (column.upper() - column.lower()) * (0.1 + 0.6 * u);
            };
            rows.set(0, n, x);
            rows.set(1, n, 0.4 * Math.sin(x) + random.normal(n, 4));
        }
        return rows;
    }

    private static double[] alongDop853(ScoreModel model, Points z) {
        InvertibleSampler sampler = (InvertibleSampler) Choices.bind(
                        SamplerProvider.KIND,
                        Map.of("type", "pf-ode", "method", "dop853", "rtol", 1e-10, "atol", 1e-10),
                        "type",
                        "sampler",
                        Path.of(""),
                        CATALOG,
                        problem -> {
                            throw new AssertionError(problem);
                        })
                .orElseThrow()
                .create(RUN);
        int d = z.dim();
        Points state = Points.zeros(d + 1, z.size());
        System.arraycopy(z.values(), 0, state.values(), 0, z.values().length);
        sampler.inverse(new WithRate(model), RUN).run(state, Noise.of(new CounterRandom(1), 0), StepObserver.NONE);
        Points end = Points.wrap(d, z.size(), Arrays.copyOf(state.values(), d * z.size()));
        double[] nats = new double[z.size()];
        double[] prior = new double[z.size()];
        double[] reference = new double[z.size()];
        model.process().logReference(z, nats);
        model.process().logPrior(end, prior);
        model.process().logReference(end, reference);
        for (int n = 0; n < nats.length; n++) {
            nats[n] += prior[n] - reference[n] - state.get(d, n);
        }
        return nats;
    }

    /** The flow with one more coordinate whose forward velocity is the rate of the log-density. */
    private record WithRate(ScoreModel model) implements ScoreModel {
        @Override
        public DiffusionProcess process() {
            return new Extended(model.process());
        }

        @Override
        public Evaluator evaluator() {
            Evaluator inner = model.evaluator();
            return new Evaluator() {
                @Override
                public void score(double t, Points x, Points out) {
                    throw new AssertionError("a flow needs no score");
                }

                @Override
                public void velocity(double t, Points x, Points out) {
                    int d = x.dim() - 1;
                    Points z = Points.wrap(d, x.size(), Arrays.copyOf(x.values(), d * x.size()));
                    Points v = Points.zeros(d, x.size());
                    double[] rate = new double[x.size()];
                    inner.velocityAndRate(t, z, v, rate);
                    System.arraycopy(v.values(), 0, out.values(), 0, v.values().length);
                    for (int n = 0; n < rate.length; n++) {
                        out.set(d, n, -rate[n]);
                    }
                }

                @Override
                public void velocityAndRate(double t, Points x, Points out, double[] rate) {
                    throw new AssertionError("the rate rides along already");
                }

                @Override
                public void logRatio(double t, Points x, double[] out) {
                    throw new AssertionError("a flow needs no ratio");
                }
            };
        }
    }

    /** The process with one more coordinate, on the line. */
    private record Extended(DiffusionProcess process) implements DiffusionProcess {
        @Override
        public int dim() {
            return process.dim() + 1;
        }

        @Override
        public double horizon() {
            return process.horizon();
        }

        @Override
        public double earliest() {
            return process.earliest();
        }

        @Override
        public Domain domain(int coordinate) {
            return coordinate < process.dim() ? process.domain(coordinate) : new Domain.Line();
        }

        @Override
        public void drift(double t, Points x, Points out) {
            throw new AssertionError("a flow needs no drift");
        }

        @Override
        public void diffusion(double t, Points x, Points out) {
            throw new AssertionError("a flow needs no noise");
        }

        @Override
        public void prior(CounterRandom random, long first, Points out) {
            Points inner = Points.zeros(process.dim(), out.size());
            process.prior(random, first, inner);
            System.arraycopy(inner.values(), 0, out.values(), 0, inner.values().length);
        }

        @Override
        public void logPrior(Points x, double[] out) {
            throw new AssertionError("not asked");
        }

        @Override
        public void logReference(Points x, double[] out) {
            throw new AssertionError("not asked");
        }

        @Override
        public Optional<AffineProcess> affine() {
            return Optional.empty();
        }
    }
}
