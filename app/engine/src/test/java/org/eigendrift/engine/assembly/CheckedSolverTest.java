package org.eigendrift.engine.assembly;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.invoke.MethodHandles;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import org.eigendrift.api.NumericalException;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.linear.LinearSystem;
import org.eigendrift.api.linear.RidgePath;
import org.eigendrift.api.linear.Solution;
import org.eigendrift.api.linear.Solution.Status;
import org.eigendrift.api.linear.Solver;
import org.eigendrift.api.linear.SolverProvider;
import org.eigendrift.api.plugin.Chosen;
import org.eigendrift.api.plugin.OptionSchema;
import org.eigendrift.engine.basis.Families;
import org.eigendrift.engine.basis.ProductBasis;
import org.eigendrift.engine.moment.MomentTable;
import org.eigendrift.engine.report.SolvedTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a solver says of its solution is not taken for true. */
class CheckedSolverTest {
    private static final double TIME = 0.3;
    private static final double RIDGE = 1e-2;

    /** A solver of the tests' own. */
    record Fake(String name, BiFunction<LinearSystem, double[], Solution> solve) implements SolverProvider<Fake.None> {
        /** No options. */
        public record None() {}

        @Override
        public String summary() {
            return "made up";
        }

        @Override
        public OptionSchema<None> options() {
            return OptionSchema.of(MethodHandles.lookup(), None.class);
        }

        @Override
        public Solver create(None options, RunContext context) {
            return solve::apply;
        }

        Chosen<RunContext, Solver> chosen() {
            return new Chosen<>(this, new None());
        }
    }

    /** Conjugate gradients without any finesse, told the truth about itself. */
    private static Solution honest(LinearSystem system, double[] guess) {
        int n = system.rhs().length;
        double[] x = new double[n];
        double[] r = system.rhs().clone();
        double[] p = r.clone();
        double[] q = new double[n];
        for (int k = 0; k < 4 * n && dot(r, r) > 0; k++) {
            system.apply(p, q);
            double before = dot(r, r);
            double step = before / dot(p, q);
            for (int i = 0; i < n; i++) {
                x[i] += step * p[i];
                r[i] -= step * q[i];
            }
            for (int i = 0; i < n; i++) {
                p[i] = r[i] + dot(r, r) / before * p[i];
            }
        }
        return new Solution(x, n, system.relativeResidual(x), Double.NaN, Status.CONVERGED, "");
    }

    private static double dot(double[] x, double[] y) {
        return IntStream.range(0, x.length).mapToDouble(i -> x[i] * y[i]).sum();
    }

    private static Solution claimed(double... x) {
        return new Solution(x, 1, 1e-12, Double.NaN, Status.CONVERGED, "");
    }

    private static Solution wrong(String how, LinearSystem system) {
        int n = system.rhs().length;
        return switch (how) {
            case "null" -> null;
            case "throws" -> throw new IllegalStateException("broken\nin two lines");
            case "links" -> throw new NoSuchMethodError("gone");
            case "no-status" -> new Solution(new double[n], 1, 0, 1, null, "");
            case "no-solution" -> claimed((double[]) null);
            case "short" -> claimed(new double[n - 1]);
            case "zeros" -> claimed(new double[n]);
            case "nan" ->
                claimed(IntStream.range(0, n).mapToDouble(i -> Double.NaN).toArray());
            default -> throw new IllegalArgumentException(how);
        };
    }

    private static Fake fake(String how) {
        return new Fake("fake-" + how, (system, guess) -> wrong(how, system));
    }

    private static final Fake HONEST = new Fake("honest", CheckedSolverTest::honest);

    private record Problem(ProductBasis basis, MomentTable table) {
        static Problem of() {
            List<String> families = List.of("hermite", "cosine");
            ProductBasis basis = Families.complete(Families.coordinates(families, 3), 2);
            return new Problem(basis, AssemblerTest.table(basis, Families.rows(families, 200, 5)));
        }

        TimeSolver.Series series(Fake... solvers) {
            TimeSolver solver = new TimeSolver(
                    table.layout(),
                    basis,
                    Arrays.stream(solvers).map(Fake::chosen).toList(),
                    RunContext.quiet(1));
            return solver.series(table.means(), table.functionMeans(basis));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        null        | returned null
        throws      | threw java.lang.IllegalStateException: broken in two lines
        links       | was built for another version of the api: java.lang.NoSuchMethodError: gone
        no-status   | returned a solution without a status
        no-solution | returned no solution, expected length
        short       | returned a solution of length
        zeros       | it says that it converged to a residual of 1.0e-12, its solution has 1.0
        nan         | its solution holds NaN or infinity, though it says that it converged
        """)
    void aSolverThatIsNotTrueIsNamedAndTheNextOneTried(String how, String words) {
        Problem problem = Problem.of();
        NumericalException alone = assertThrows(
                NumericalException.class, () -> problem.series(fake(how)).solve(TIME, RIDGE, TimePlan.ADAPTIVE));
        assertTrue(alone.getMessage().contains("fake-" + how + ": "), alone.getMessage());
        assertTrue(alone.getMessage().contains(words), alone.getMessage());
        assertTrue(
                alone.getMessage().contains("(solver fake-" + how + ", " + Fake.class.getName()), alone.getMessage());
        assertEquals(1, alone.getMessage().lines().count());

        TimeSolver.Series series = problem.series(fake(how), HONEST);
        assertEquals("honest", series.solve(TIME, RIDGE, TimePlan.ADAPTIVE).solver());
        TimeSolver.Series reference = problem.series(HONEST);
        reference.solve(TIME, RIDGE, TimePlan.ADAPTIVE);
        assertTrue(Arrays.equals(reference.solution(), series.solution()));
        assertTrue(dot(series.solution(), series.solution()) > 0);
    }

    @Test
    void theResidualIsThatOfTheSolution() {
        Problem problem = Problem.of();
        Fake modest = new Fake("modest", (system, guess) -> {
            Solution solution = honest(system, guess);
            solution.x()[0] += 1e-9;
            return claimed(solution.x());
        });
        TimeSolver.Series series = problem.series(modest);
        SolvedTime solve = series.solve(TIME, RIDGE, TimePlan.ADAPTIVE);
        LinearSystem system = series.system(TIME, solve.largestRate()).withShift(RIDGE);
        assertEquals(system.relativeResidual(series.solution()), solve.residual());
        assertNotEquals(1e-12, solve.residual());
    }

    /** Rules that choose a ridge see no solution that is none. */
    @ParameterizedTest
    @ValueSource(strings = {"zeros", "throws", "null", "short"})
    void pathsAreChecked(String how) {
        Problem problem = Problem.of();
        TimeSolver.Series series = problem.series(fake(how));
        LinearSystem system = series.system(TIME, problem.basis().rate(0));
        RidgePath path = RidgePath.solve(series.solver(), system, new double[] {1e-2, 1e-1});
        assertEquals(2, path.solutions().size());
        assertTrue(path.solutions().stream().noneMatch(Solution::converged));
    }

    @Test
    void aListOfTheWrongLengthIsNoSolution() {
        Problem problem = Problem.of();
        Chosen<RunContext, Solver> chosen = HONEST.chosen();
        Solver one = new CheckedSolver(
                new Chosen<>(new One(HONEST), chosen.options()), RunContext.quiet(1), new AtomicBoolean());
        LinearSystem system =
                problem.series(HONEST).system(TIME, problem.basis().rate(0));
        List<Solution> solutions = one.solveAll(List.of(system, system));
        assertEquals(2, solutions.size());
        assertTrue(
                solutions.get(1).detail().startsWith("returned 1 for 2 systems"),
                solutions.get(1).detail());
    }

    /** Solves the first of many. */
    private record One(SolverProvider<Fake.None> of) implements SolverProvider<Fake.None> {
        @Override
        public String name() {
            return "one";
        }

        @Override
        public String summary() {
            return "the first";
        }

        @Override
        public OptionSchema<Fake.None> options() {
            return of.options();
        }

        @Override
        public Solver create(Fake.None options, RunContext context) {
            Solver solver = of.create(options, context);
            return new Solver() {
                @Override
                public Solution solve(LinearSystem system, double[] guess) {
                    return solver.solve(system, guess);
                }

                @Override
                public List<Solution> solveAll(List<LinearSystem> systems) {
                    return List.of(solve(systems.get(0), null));
                }
            };
        }
    }

    /** A wish to stop is none of the solver's faults. */
    @Test
    void cancellationGoesOn() {
        Fake cancelled = new Fake("cancelled", (system, guess) -> {
            throw new CancellationException("interrupted");
        });
        assertThrows(
                CancellationException.class,
                () -> Problem.of().series(cancelled, HONEST).solve(TIME, RIDGE, TimePlan.ADAPTIVE));
    }
}
