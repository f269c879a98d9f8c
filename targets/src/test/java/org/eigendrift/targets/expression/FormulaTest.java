package org.eigendrift.targets.expression;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.InputException;
import org.eigendrift.api.Points;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FormulaTest {

    private static double value(String text, double x, double y) {
        double[] out = new double[1];
        Formula.parse(text, List.of("x", "y"), "formula").energy(Points.ofRows(new double[] {x, y}), out);
        return out[0];
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "1 + 2 * 3; 7",
                "(1 + 2) * 3; 9",
                "8 - 4 - 2; 2",
                "16 / 4 / 2; 2",
                "2 ^ 3 ^ 2; 512",
                "-2 ^ 2; -4",
                "2 ^ -1; 0.5",
                "2 * -3; -6",
                "- - 3; 3",
                "+3 - +2; 1",
                "-x ^ 2 * 3; -12",
                ".5e1 + 1E-1; 5.1",
                "x / y * 6; 4",
                "min(x, y) + 10 * max(x, y); 32",
                "sqrt(x + 2) ; 2",
                "abs(x - y); 1",
                "log(e) + cos(pi); 0",
                "log1p(0) + expm1(0) + exp(0); 1",
                "sin(0) + tan(0) + asin(0) + atan(0) + sinh(0) + tanh(0) + cosh(0) + acos(1); 1",
                "sum(i, 1, 4, i); 10",
                "sum(i, 3, 2, i); 0",
                "sum(i, 1, 3, sum(j, 1, i, x * j)); 20",
                "x^2; 4",
                "x^x; 4",
            })
    void evaluates(String text, double expected) {
        assertEquals(expected, value(text, 2, 3), 1e-14 * Math.max(1, Math.abs(expected)), text);
    }

    @Test
    void elementsAreNumberedVariables() {
        List<String> names = IntStream.rangeClosed(1, 5).mapToObj(i -> "x" + i).toList();
        Formula chain = Formula.parse("sum(i, 1, 4, (x[i + 1] - x[i])^2)", names, "formula");
        Points x = Points.ofRows(new double[] {1, 3, 0, 0, 5});
        double[] out = new double[1];
        chain.energy(x, out);
        assertEquals(4 + 9 + 0 + 25, out[0]);
        Points gradient = Points.zeros(5, 1);
        chain.gradient(x, gradient);
        assertArrayEquals(new double[] {-4, 10, -6, -10, 10}, gradient.row(0));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "x +; formula, column 4: found the end, expected a number, a name, '(' or a sign",
                "x y; formula, column 3: found 'y', expected an operator or the end",
                "(x; formula, column 3: found the end, expected ')'",
                "x + sn(y); formula, column 5: unknown function 'sn'; did you mean 'min'?",
                "x + z; formula, column 5: unknown name 'z'; known: x, y, pi, e",
                "sin(x, y); formula, column 1: sin takes 1 argument, found 2",
                "pow(x); formula, column 1: pow takes 2 arguments, found 1",
                "1.2.3; formula, column 1: '1.2.3' is not a number",
                "x[1]; formula, column 1: unknown variable 'x1'; did you mean 'x'? known: x, y",
                "x[y]; formula, column 3: expected a whole number made of numbers and indices of sums",
                "sum(i, 1, x, i); formula, column 11: expected a whole number made of numbers and indices of sums",
                "sum(1, 2, 3, x); formula, column 5: found '1', expected the name of an index",
                "sum(i, 1, 1e9, x * i); formula needs more than 200000 operations",
                "java.lang.Runtime; formula, column 5: found '.', expected an operator or the end",
            })
    void refusesInOneLine(String text, String expected) {
        InputException e = assertThrows(InputException.class, () -> value(text, 1, 1));
        assertEquals(
                expected,
                e.getMessage()
                        .substring(0, Math.min(expected.length(), e.getMessage().length())));
        assertEquals(1, e.getMessage().lines().count());
    }

    @Test
    void refusesHostileNesting() {
        for (String text : List.of("(".repeat(15_000), "-".repeat(15_000) + "x", "2^".repeat(7_000) + "x")) {
            InputException e = assertThrows(InputException.class, () -> value(text, 1, 1));
            assertEquals(true, e.getMessage().contains("nested more than 200 deep"), e.getMessage());
        }
        assertThrows(InputException.class, () -> value("x+".repeat(15_000) + "x", 1, 1));
    }

    @Test
    void blocksDoNotMatter() {
        Formula formula = Formula.parse("exp(-x^2) * y + x / (1 + y^2)", List.of("x", "y"), "formula");
        CounterRandom random = new CounterRandom(1);
        Points x = Points.zeros(2, 200);
        for (int j = 0; j < 400; j++) {
            x.values()[j] = random.normal(j, 0);
        }
        double[] all = new double[200];
        formula.energy(x, all);
        Points gradient = Points.zeros(2, 200);
        formula.gradient(x, gradient);
        for (int n = 0; n < 200; n++) {
            double[] one = new double[1];
            Points slope = Points.zeros(2, 1);
            formula.energy(x.slice(n, n + 1), one);
            formula.gradient(x.slice(n, n + 1), slope);
            assertEquals(one[0], all[n]);
            assertArrayEquals(slope.row(0), gradient.row(n));
        }
    }

    /** A random formula beside a function that computes it without the parser. */
    private record Sample(String text, Function function) {}

    private interface Function {
        double at(double x, double y);
    }

    @Provide
    Arbitrary<Sample> formulas() {
        Arbitrary<Sample> leaves = Arbitraries.oneOf(
                Arbitraries.of(new Sample("x", (x, y) -> x), new Sample("y", (x, y) -> y)),
                Arbitraries.integers().between(1, 9).map(k -> new Sample("0." + k, (x, y) -> k / 10.0)));
        return Arbitraries.recursive(() -> leaves, this::grow, 0, 5);
    }

    private Arbitrary<Sample> grow(Arbitrary<Sample> inner) {
        Arbitrary<Sample> one = Combinators.combine(Arbitraries.integers().between(0, 9), inner)
                .as((kind, a) -> switch (kind) {
                    case 0 -> new Sample("sin(" + a.text + ")", (x, y) -> Math.sin(a.function.at(x, y)));
                    case 1 -> new Sample("cos(" + a.text + ")", (x, y) -> Math.cos(a.function.at(x, y)));
                    case 2 -> new Sample("tanh(" + a.text + ")", (x, y) -> Math.tanh(a.function.at(x, y)));
                    case 3 ->
                        new Sample("exp(-(" + a.text + ")^2)", (x, y) -> {
                            double v = a.function.at(x, y);
                            return Math.exp(-(v * v));
                        });
                    case 4 ->
                        new Sample(
                                "log(1 + (" + a.text + ")^2)",
                                (x, y) -> Math.log(1 + Math.pow(a.function.at(x, y), 2)));
                    case 5 ->
                        new Sample(
                                "sqrt(1 + (" + a.text + ")^2)",
                                (x, y) -> Math.sqrt(1 + Math.pow(a.function.at(x, y), 2)));
                    case 6 -> new Sample("atan(" + a.text + ")", (x, y) -> Math.atan(a.function.at(x, y)));
                    case 7 -> new Sample("-(" + a.text + ")", (x, y) -> -a.function.at(x, y));
                    case 8 ->
                        new Sample("sinh(sin(" + a.text + "))", (x, y) -> Math.sinh(Math.sin(a.function.at(x, y))));
                    default ->
                        new Sample(
                                "(1.5 + cos(" + a.text + "))^0.7",
                                (x, y) -> Math.pow(1.5 + Math.cos(a.function.at(x, y)), 0.7));
                });
        Arbitrary<Sample> two = Combinators.combine(Arbitraries.integers().between(0, 4), inner, inner)
                .as((kind, a, b) -> switch (kind) {
                    case 0 -> new Sample(a.text + " + " + b.text, (x, y) -> a.function.at(x, y) + b.function.at(x, y));
                    case 1 ->
                        new Sample(a.text + " - (" + b.text + ")", (x, y) -> a.function.at(x, y) - b.function.at(x, y));
                    case 2 ->
                        new Sample(
                                "(" + a.text + ") * (" + b.text + ")",
                                (x, y) -> a.function.at(x, y) * b.function.at(x, y));
                    case 3 ->
                        new Sample(
                                "(" + a.text + ") / (2 + sin(" + b.text + "))",
                                (x, y) -> a.function.at(x, y) / (2 + Math.sin(b.function.at(x, y))));
                    default ->
                        new Sample(
                                "(2 + sin(" + a.text + "))^cos(" + b.text + ")",
                                (x, y) -> Math.pow(2 + Math.sin(a.function.at(x, y)), Math.cos(b.function.at(x, y))));
                });
        return Arbitraries.oneOf(one, two);
    }

    /** Values against direct evaluation, gradients against central differences of it. */
    @Property(tries = 400, seed = "77")
    void valueAndGradientOfRandomFormulas(@ForAll("formulas") Sample sample) {
        double x = 0.37;
        double y = -1.21;
        double expected = sample.function.at(x, y);
        double actual = value(sample.text, x, y);
        // The order of rounding may differ; formulas amplify it little.
        assertEquals(expected, actual, 1e-11 * (1 + Math.abs(expected)), sample.text);
        Points gradient = Points.zeros(2, 1);
        Formula.parse(sample.text, List.of("x", "y"), "formula").gradient(Points.ofRows(new double[] {x, y}), gradient);
        double dx = derivative(h -> sample.function.at(x + h, y));
        double dy = derivative(h -> sample.function.at(x, y + h));
        assertEquals(dx, gradient.get(0, 0), 1e-5 * (1 + Math.abs(dx)), sample.text);
        assertEquals(dy, gradient.get(1, 0), 1e-5 * (1 + Math.abs(dy)), sample.text);
    }

    /** Fourth-order central difference. */
    private static double derivative(DoubleUnaryOperator f) {
        double h = 1e-3;
        return (8 * (f.applyAsDouble(h) - f.applyAsDouble(-h)) - (f.applyAsDouble(2 * h) - f.applyAsDouble(-2 * h)))
                / (12 * h);
    }

    @Provide
    Arbitrary<String> noise() {
        return Arbitraries.strings().withChars("xyi0123.e+-*/^()[], sincoumapw").ofMaxLength(60);
    }

    @Property(tries = 2000, seed = "78")
    void anyTextIsReadOrRefused(@ForAll("noise") String text) {
        try {
            value(text, 0.5, 0.5);
        } catch (InputException e) {
            assertEquals(1, e.getMessage().lines().count(), e.getMessage());
        }
    }
}
