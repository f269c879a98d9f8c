package org.eigendrift.engine.basis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.Domain;
import org.eigendrift.api.basis.Eigenbasis;
import org.eigendrift.api.plugin.PluginException;
import org.junit.jupiter.api.Test;

/** Where the functions of a coordinate are trusted. */
class CoordinateBasisTest {
    private static final int ROWS = 100;

    /**
     * The lower tail reaches to -1e5, the core to -1e16: two parts in a hundred of the core's width, cut off at its upper end, once left
     * nothing of the bulk, and all functions were those of a single point.
     */
    @Test
    void theBulkIsTrustedHoweverSkewedTheTailsAre() {
        double[] rows = rows();
        CoordinateBasis coordinate = new CoordinateBasis(
                Families.eigenbasis("mean-field", 4, rows.clone()), new CoordinateBasis.Range(rows[0], rows[99]));
        assertTrue(coordinate.trusted().lower() <= rows[1], coordinate.trusted() + ", rows from " + rows[1]);
        assertTrue(coordinate.trusted().upper() >= rows[98], coordinate.trusted() + ", rows to " + rows[98]);
    }

    /** Sorted: Cauchy's law above its median, its square below. */
    private static double[] rows() {
        CounterRandom random = new CounterRandom(7);
        double[] rows = new double[ROWS];
        for (int n = 0; n < ROWS; n++) {
            double cauchy = Math.tan(Math.PI * (random.uniform(n, 0) - 0.5));
            rows[n] = cauchy < 0 ? -cauchy * cauchy : cauchy;
        }
        Arrays.sort(rows);
        return rows;
    }

    private static final List<String> FAMILIES =
            List.of("hermite", "laguerre", "jacobi", "mean-field", "cosine", "fourier");

    /** Of 40 rows of the family's own, trusted between their fourth and their fourth from the end. */
    private static List<CoordinateBasis> coordinates() {
        List<CoordinateBasis> coordinates = new ArrayList<>();
        for (int i = 0; i < FAMILIES.size(); i++) {
            double[] rows = Families.rows(FAMILIES, 40, 12).column(i);
            Arrays.sort(rows);
            coordinates.add(new CoordinateBasis(
                    Families.eigenbasis(FAMILIES.get(i), 3, rows.clone()),
                    new CoordinateBasis.Range(rows[3], rows[36])));
        }
        return coordinates;
    }

    /** Places in the domain or, where it has no end, within thrice the trusted width about it. */
    private static double[] places(CoordinateBasis coordinate) {
        Domain domain = coordinate.basis().domain();
        double width = coordinate.range().upper() - coordinate.range().lower();
        double wide = Double.isFinite(width) ? 3 * width : 1;
        double from = Math.max(domain.lower(), Math.max(-1e3, coordinate.range().lower() - wide));
        double to = Math.min(domain.upper(), Math.min(1e3, coordinate.range().upper() + wide));
        double[] places = new double[61];
        Arrays.setAll(places, n -> from + (n + 0.5) / 61 * (to - from));
        return places;
    }

    /** What is trusted is left as it is; beyond, functions are those of a point that goes no further than a tenth of the width. */
    @Test
    void pointsBeyondTheRowsAreHeldNearThem() {
        int beyond = 0;
        for (CoordinateBasis coordinate : coordinates()) {
            CoordinateBasis.Range trusted = coordinate.trusted();
            double margin = 0.1 * (trusted.upper() - trusted.lower());
            double before = Double.NEGATIVE_INFINITY;
            for (double x : places(coordinate)) {
                double held = coordinate.saturate(x);
                assertTrue(held >= before, "in order");
                before = held;
                if (x >= trusted.lower() && x <= trusted.upper()) {
                    assertEquals(x, held);
                    assertEquals(1, coordinate.saturationSlope(x));
                    assertEquals(0, coordinate.saturationCurvature(x));
                } else {
                    beyond++;
                    double end = x > trusted.upper() ? trusted.upper() : trusted.lower();
                    assertTrue(Math.abs(held - end) < Math.abs(x - end), "nearer than it was");
                    assertTrue(Math.abs(held - end) <= margin * (1 + 1e-12), "within the margin");
                    assertTrue(coordinate.basis().core().contains(held)
                            || coordinate.basis().domain().contains(held));
                }
            }
        }
        assertTrue(beyond > 50, beyond + " places beyond what is trusted");
    }

    /** Slope and curvature are differences: of steps h off by h^2 / 6 of the third derivative, and by rounding over h. */
    @Test
    void slopesAndCurvaturesAreDifferences() {
        for (CoordinateBasis coordinate : coordinates()) {
            CoordinateBasis.Range trusted = coordinate.trusted();
            double width = trusted.upper() - trusted.lower();
            double h = 1e-5 * (Double.isFinite(width) ? width : 1);
            for (double x : places(coordinate)) {
                if (Math.abs(x - trusted.lower()) > h && Math.abs(x - trusted.upper()) > h) {
                    double slope = (coordinate.saturate(x + h) - coordinate.saturate(x - h)) / (2 * h);
                    assertEquals(slope, coordinate.saturationSlope(x), 1e-6);
                    double curvature =
                            (coordinate.saturationSlope(x + h) - coordinate.saturationSlope(x - h)) / (2 * h);
                    // A curvature is at most 0.77 over the margin of a tenth of the width.
                    assertEquals(curvature, coordinate.saturationCurvature(x), 1e-5 * 10 / (1e5 * h));
                }
            }
        }
    }

    /** Functions are of use as long as they have not decayed by e^-60; the first never does. */
    @Test
    void termsAreThoseThatHaveNotDecayed() {
        for (CoordinateBasis coordinate : coordinates()) {
            assertEquals(1, coordinate.rate(1), 1e-15, "times are counted in those of the slowest function");
            assertEquals(1 / coordinate.basis().eigenvalue(1), coordinate.timeScale());
            for (double t : new double[] {0, 1, 10, 30, 60, 61, 1e9}) {
                int expected = 1;
                for (int k = 1; k < coordinate.tableSize(); k++) {
                    expected += coordinate.rate(k) * t <= 60 ? 1 : 0;
                }
                assertEquals(expected, coordinate.termsAt(t), "t = " + t);
            }
        }
    }

    @Test
    void aUnionOfRangesHoldsBoth() {
        CoordinateBasis.Range one = new CoordinateBasis.Range(-1, 2);
        assertEquals(new CoordinateBasis.Range(-3, 2), one.union(new CoordinateBasis.Range(-3, 1)));
        assertEquals(new CoordinateBasis.Range(-1, 5), one.union(new CoordinateBasis.Range(3, 5)));
        assertEquals(CoordinateBasis.Range.ALL, one.union(CoordinateBasis.Range.ALL));
    }

    /** A basis of which nothing is known but where it lives, its median and that function k decays at the rate 2 k. */
    private static Eigenbasis known(Domain domain, Domain core, double median) {
        return (Eigenbasis) Proxy.newProxyInstance(
                CoordinateBasisTest.class.getClassLoader(),
                new Class<?>[] {Eigenbasis.class},
                (self, method, arguments) -> switch (method.getName()) {
                    case "domain" -> domain;
                    case "core" -> core;
                    case "quantile" -> median;
                    case "eigenvalue" -> 2.0 * (int) arguments[0];
                    case "tableSize" -> 4;
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }

    /** Hermite's polynomials, of which phi_2 is not finite beyond a place, and of which derivatives are not beyond another. */
    private static CoordinateBasis holed(double values, double slopes) {
        Eigenbasis right = Families.eigenbasis("hermite", 3, new double[0]);
        return new CoordinateBasis((Eigenbasis) Proxy.newProxyInstance(
                CoordinateBasisTest.class.getClassLoader(),
                new Class<?>[] {Eigenbasis.class},
                (self, method, arguments) -> {
                    Object result = method.invoke(right, arguments);
                    for (int which = 4; arguments != null && which < arguments.length; which++) {
                        double[] x = (double[]) arguments[1];
                        for (int n = 0; n < x.length; n++) {
                            if (x[n] > (which == 4 ? values : slopes)) {
                                ((double[]) arguments[which])[2 * x.length + n] = Double.NaN;
                            }
                        }
                    }
                    return result;
                }));
    }

    /** Of 15 numbers, the last is beside the blocks of four that are looked at together. */
    @Test
    void functionsThatAreNotFiniteAreTheBasissFaultWhereRowsMayBe() {
        double[] x = {-1, 0, 1, 2, 3};
        double[] out = new double[15];
        double[] slopes = new double[15];
        holed(3, 3).valuesAndDerivatives(3, x, 0, 5, out, slopes);
        assertTrue(assertThrows(PluginException.class, () -> holed(2.5, 9).values(3, x, 0, 5, out))
                .getMessage()
                .contains(") is wrong: at x = 3.00000, phi_2 is NaN; expected a finite number"));
        assertTrue(
                assertThrows(PluginException.class, () -> holed(9, 1.5).valuesAndDerivatives(3, x, 0, 5, out, slopes))
                        .getMessage()
                        .contains(") is wrong: at x = 2.00000, the derivative of phi_2 is NaN; expected"));
    }

    /** Rows are at most 6.0 of the normal law's deviations away, with a probability of one in 1e9. */
    @Test
    void farOutsideTheyAreNot() {
        double[] out = new double[3];
        holed(6.1, 9).values(3, new double[] {6.2}, 0, 1, out);
        assertTrue(Double.isNaN(out[2]));
    }

    private static CoordinateBasis coordinate(Domain domain, double median, double lower, double upper) {
        return new CoordinateBasis(
                known(domain, new Domain.Interval(0, 10), median), new CoordinateBasis.Range(lower, upper));
    }

    /** Of a core from 0 to 10 all but two hundredths at its ends, and no more than the rows reach; a tenth more is held. */
    @Test
    void whatIsTrustedOfACoreByHand() {
        Domain line = new Domain.Line();
        CoordinateBasis wide = coordinate(line, 5, -100, 100);
        assertEquals(0.2, wide.trusted().lower(), 1e-15);
        assertEquals(9.8, wide.trusted().upper(), 1e-15);
        assertEquals(0, wide.saturate(-1e9), 1e-14);
        assertEquals(10, wide.saturate(1e9), 1e-14);
        CoordinateBasis narrow = coordinate(line, 5, 3, 4);
        assertEquals(new CoordinateBasis.Range(3, 4), narrow.trusted());
        assertEquals(2.9, narrow.saturate(-1e9), 1e-14);
        assertEquals(4.1, narrow.saturate(1e9), 1e-14);
        // A quarter of the way to the median at most.
        assertEquals(0.1, coordinate(line, 0.4, -100, 100).trusted().lower(), 1e-15);
        assertEquals(9.8, coordinate(line, 0.4, -100, 100).trusted().upper(), 1e-15);
        assertEquals(0.2, coordinate(line, 9.6, -100, 100).trusted().lower(), 1e-15);
        assertEquals(9.9, coordinate(line, 9.6, -100, 100).trusted().upper(), 1e-15);
        assertEquals(
                new CoordinateBasis.Range(Double.NEGATIVE_INFINITY, 4),
                coordinate(new Domain.HalfLine(), 5, 3, 4).trusted());
    }

    /** Where the core is the domain: all of a bounded one, of others what the rows reach and a tenth beyond. */
    @Test
    void whatIsTrustedWhereTheCoreIsTheDomainByHand() {
        Domain interval = new Domain.Interval(0, 10);
        CoordinateBasis bounded = new CoordinateBasis(known(interval, interval, 5), new CoordinateBasis.Range(3, 4));
        assertEquals(CoordinateBasis.Range.ALL, bounded.trusted());
        Domain line = new Domain.Line();
        CoordinateBasis rows = new CoordinateBasis(known(line, line, 5), new CoordinateBasis.Range(3, 5));
        assertEquals(new CoordinateBasis.Range(3, 5), rows.trusted());
        assertEquals(2.8, rows.saturate(-1e9), 1e-14);
        assertEquals(5.2, rows.saturate(1e9), 1e-14);
        assertEquals(0.5, rows.timeScale());
        assertEquals(3, rows.rate(3));
    }
}
