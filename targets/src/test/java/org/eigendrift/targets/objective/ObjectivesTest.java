package org.eigendrift.targets.objective;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.InputException;
import org.eigendrift.api.Points;
import org.eigendrift.api.catalog.Catalog;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.guidance.Objective;
import org.eigendrift.api.guidance.ObjectiveProvider;
import org.eigendrift.api.plugin.Choices;
import org.eigendrift.api.plugin.Problem;
import org.eigendrift.contract.ObjectiveContract;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Formulas and fitted properties beside what they stand for. */
class ObjectivesTest {
    private static final List<Column> COLUMNS = List.of(Column.real("a"), Column.real("b"));

    @TempDir
    static Path directory;

    private static Objective objective(Map<String, ?> block, List<Column> columns) {
        List<Problem> problems = new ArrayList<>();
        return Choices.bind(
                        ObjectiveProvider.KIND,
                        block,
                        "type",
                        "objective",
                        directory,
                        Catalog.discover(List.of()),
                        problems::add)
                .orElseThrow(() -> new InputException(problems.toString()))
                .create(columns);
    }

    private static double[] row(int n) {
        CounterRandom random = new CounterRandom(5);
        return new double[] {3 + 2 * random.normal(n, 0), 0.01 * random.normal(n, 1)};
    }

    /** A table of a, b and y. */
    private static Objective property(String file, int rows, ToDoubleFunction<double[]> y, Object... more) {
        StringBuilder text = new StringBuilder("b,y,a\n");
        for (int n = 0; n < rows; n++) {
            double[] x = row(n);
            text.append(x[1] + "," + y.applyAsDouble(x) + "," + x[0] + "\n");
        }
        try {
            Files.writeString(directory.resolve(file), text);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        Map<String, Object> block = new java.util.HashMap<>(
                Map.of("type", "property", "rows", Map.of("type", "csv", "path", file, "holdout", 0), "column", "y"));
        for (int i = 0; i < more.length; i += 2) {
            block.put((String) more[i], more[i + 1]);
        }
        return objective(block, COLUMNS);
    }

    private static double bowl(double[] x) {
        return 1 - (x[0] - 2) * (x[0] - 2) + 50 * x[0] * x[1] - 300 * x[1] * x[1];
    }

    @Nested
    class Expression extends ObjectiveContract {
        @Override
        protected Objective objective() {
            return ObjectivesTest.objective(
                    Map.of("type", "expression", "formula", "-(a - 1)^2 + sin(b) * exp(a / 3)"), COLUMNS);
        }

        @Override
        protected int dim() {
            return 2;
        }
    }

    @Nested
    class Property extends ObjectiveContract {
        @Override
        protected Objective objective() {
            return property("contract.csv", 100, ObjectivesTest::bowl);
        }

        @Override
        protected int dim() {
            return 2;
        }
    }

    @Nested
    class LinearProperty extends ObjectiveContract {
        @Override
        protected Objective objective() {
            return property("linear.csv", 100, ObjectivesTest::bowl, "degree", 1);
        }

        @Override
        protected int dim() {
            return 2;
        }
    }

    private static double value(Objective objective, double... x) {
        double[] out = new double[1];
        objective.value(Points.ofRows(x), out);
        return out[0];
    }

    @Test
    void aFormulaIsItsValueAndNamesColumnsThatAreNoNames() {
        Objective objective = objective(
                Map.of("type", "expression", "formula", "2 * x1 - y"),
                List.of(Column.real("bill length (mm)"), Column.real("y")));
        assertEquals(5, value(objective, 3, 1));
    }

    @Test
    void wrongFormulasAreToldInALine() {
        String unknown = assertThrows(
                        InputException.class,
                        () -> objective(Map.of("type", "expression", "formula", "a + c"), COLUMNS))
                .getMessage();
        assertTrue(unknown.startsWith("expression.formula, column 5: unknown name 'c'"), unknown);
        String constant = assertThrows(
                        InputException.class,
                        () -> objective(Map.of("type", "expression", "formula", "2 + pi"), COLUMNS))
                .getMessage();
        assertEquals("expression.formula: expected a formula of a, b; found the number 2 + pi", constant);
    }

    /** Without noise the smallest ridge wins, 1e-12 of the mean eigenvalue, and the function comes back. */
    @Test
    void aQuadraticPropertyComesBack() {
        Objective objective = property("exact.csv", 60, ObjectivesTest::bowl);
        for (int n = 200; n < 210; n++) {
            double[] x = row(n);
            assertEquals(bowl(x), value(objective, x), 1e-6 * (1 + Math.abs(bowl(x))));
        }
    }

    /** With noise of deviation 1 on 400 rows a coefficient's standard error is 1 / 20 of a feature; six coefficients. */
    @Test
    void aNoisyPropertyIsFittedToItsNoise() {
        CounterRandom noise = new CounterRandom(6);
        int[] next = {0};
        Objective objective = property("noisy.csv", 400, x -> bowl(x) + noise.normal(next[0]++, 0));
        double square = 0;
        for (int n = 1000; n < 1400; n++) {
            double[] x = row(n);
            square += Math.pow(bowl(x) - value(objective, x), 2) / 400;
        }
        // The expected square error is 6 / 400; four times that.
        assertTrue(square < 0.06, "mean square error " + square);
    }

    /** Leave-one-out errors in closed form are those of as many fits without a row; centring is each fit's own. */
    @Test
    void leaveOneOutErrorsAreThoseOfFitsWithoutTheRow() {
        int rows = 12;
        double weight = 0.3;
        CounterRandom random = new CounterRandom(8);
        double[][] x = new double[rows][];
        double[] y = new double[rows];
        for (int n = 0; n < rows; n++) {
            x[n] = new double[] {random.normal(n, 0), random.normal(n, 1)};
            y[n] = x[n][0] - 0.5 * x[n][1] + 0.4 * random.normal(n, 2);
        }
        Points features = Points.ofRows(x);
        for (int i = 0; i < 2; i++) {
            double mean = 0;
            for (int n = 0; n < rows; n++) {
                mean += features.get(i, n) / rows;
            }
            for (int n = 0; n < rows; n++) {
                features.set(i, n, features.get(i, n) - mean);
            }
        }
        double expected = 0;
        for (int left = 0; left < rows; left++) {
            double miss = y[left] - without(features, y, left, weight);
            expected += miss * miss / rows;
        }
        Ridge ridge = Ridge.of(features, y, OptionalDouble.of(weight));
        assertEquals(expected, ridge.error(), 1e-12 * expected);
        assertTrue(Ridge.of(features, y, OptionalDouble.empty()).error() <= ridge.error());
        double mean = java.util.Arrays.stream(y).average().orElseThrow();
        assertArrayEquals(new double[] {mean}, new double[] {ridge.mean()}, 1e-15);
    }

    /** Prediction of a row from the others: minimiser of the sum of squares plus rows * weight * |b|^2, the intercept free. */
    private static double without(Points x, double[] y, int left, double weight) {
        double[][] a = new double[3][4];
        for (int n = 0; n < y.length; n++) {
            if (n != left) {
                double[] row = {1, x.get(0, n), x.get(1, n)};
                for (int i = 0; i < 3; i++) {
                    for (int j = 0; j < 3; j++) {
                        a[i][j] += row[i] * row[j];
                    }
                    a[i][3] += row[i] * y[n];
                }
            }
        }
        a[1][1] += y.length * weight;
        a[2][2] += y.length * weight;
        for (int p = 0; p < 3; p++) {
            for (int i = 0; i < 3; i++) {
                double factor = i == p ? 0 : a[i][p] / a[p][p];
                for (int j = p; j < 4; j++) {
                    a[i][j] -= factor * a[p][j];
                }
            }
        }
        return a[0][3] / a[0][0] + a[1][3] / a[1][1] * x.get(0, left) + a[2][3] / a[2][2] * x.get(1, left);
    }

    @Test
    void propertiesThatCannotBeFittedAreRefused() {
        CounterRandom noise = new CounterRandom(9);
        int[] next = {0};
        refused(
                "property.column: 'y' is not predicted by the model's columns",
                () -> property("noise.csv", 200, x -> noise.normal(next[0]++, 0)));
        refused(
                "property.rows: 7 complete rows are too few for 5 coefficients",
                () -> property("few.csv", 7, ObjectivesTest::bowl));
        refused(
                "property.rows: there is no column 'z'",
                () -> property("z.csv", 50, ObjectivesTest::bowl, "column", "z"));
        refused(
                "property.column: 'a' is a column of the model",
                () -> property("a.csv", 50, ObjectivesTest::bowl, "column", "a"));
    }

    private static void refused(String expected, org.junit.jupiter.api.function.Executable work) {
        String message = assertThrows(InputException.class, work).getMessage();
        assertTrue(message.startsWith(expected), message);
    }
}
