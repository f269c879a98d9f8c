package org.eigendrift.engine.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.eigendrift.api.InputException;
import org.eigendrift.api.Points;
import org.eigendrift.api.State;
import org.eigendrift.api.basis.Eigenbasis;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.frame.Frame;
import org.eigendrift.engine.basis.CoordinateBasis;
import org.eigendrift.engine.basis.Families;
import org.eigendrift.engine.basis.ProductBasis;
import org.eigendrift.engine.data.FrameChain;
import org.junit.jupiter.api.Test;

/** Third-party bases and frames, which proxies stand for: they are of no package of this project's. */
class FingerprintTest {
    private static final int DEGREE = 8;
    private static final List<CoordinateBasis> OWN = Families.coordinates(List.of("hermite", "cosine"), DEGREE);

    /** A basis like another, of a foreign class; what it evaluates may be changed. */
    private static Eigenbasis foreign(Eigenbasis right, Consumer<double[]> change) {
        return (Eigenbasis) Proxy.newProxyInstance(
                FingerprintTest.class.getClassLoader(),
                new Class<?>[] {Eigenbasis.class},
                (self, method, arguments) -> {
                    Object result = method.invoke(right, arguments);
                    if (method.getName().equals("values")) {
                        change.accept((double[]) arguments[4]);
                    }
                    return result;
                });
    }

    private static ProductBasis basis(Consumer<double[]> change) {
        List<CoordinateBasis> coordinates =
                List.of(OWN.get(0), new CoordinateBasis(foreign(OWN.get(1).basis(), change)));
        return Families.complete(coordinates, 1);
    }

    /** Twice a row, and a log-Jacobian. */
    private record Twice(double logJacobian) implements Frame {
        @Override
        public List<Column> columns() {
            return columns2();
        }

        @Override
        public void forward(Points x, Points z, double[] out) {
            for (int n = 0; n < x.size(); n++) {
                for (int i = 0; i < x.dim(); i++) {
                    z.set(i, n, 2 * x.get(i, n));
                }
                out[n] += logJacobian;
            }
        }

        @Override
        public void inverse(Points z, Points x) {
            for (int n = 0; n < x.size(); n++) {
                for (int i = 0; i < x.dim(); i++) {
                    x.set(i, n, z.get(i, n) / 2);
                }
            }
        }

        @Override
        public State state() {
            return State.EMPTY;
        }
    }

    private static List<Column> columns2() {
        return List.of(Column.real("a"), Column.real("b"));
    }

    private static Frame foreign(Frame right) {
        return (Frame) Proxy.newProxyInstance(
                FingerprintTest.class.getClassLoader(),
                new Class<?>[] {Frame.class},
                (self, method, arguments) -> method.invoke(right, arguments));
    }

    private static FrameChain chain(Frame... frames) {
        return new FrameChain(columns2(), List.of(frames));
    }

    private static ProductBasis own() {
        return Families.complete(OWN, 1);
    }

    @SuppressWarnings("unchecked")
    private static List<Double> values(Map<String, Object> parts, String name) {
        return (List<Double>) ((Map<String, Object>) parts.get(name)).get("values");
    }

    @Test
    void whatIsOursHasNone() {
        assertEquals(Map.of(), Fingerprint.of(chain(new Twice(Math.log(4))), own()));
    }

    /** Two quantiles with their log-densities, and eigenvalues with two values of the first five functions and the last. */
    @Test
    void aBasisIsKnownByItsFunctions() {
        Map<String, Object> parts = Fingerprint.of(chain(), basis(values -> {}));
        assertEquals(List.of("basis.1"), List.copyOf(parts.keySet()));
        Eigenbasis right = OWN.get(1).basis();
        double[] x = {right.quantile(0.31), right.quantile(0.77)};
        double[] all = new double[right.size() * 2];
        right.values(right.size(), x, 0, 2, all);
        List<Double> expected = new ArrayList<>(List.of(x[0], right.logDensity(x[0]), x[1], right.logDensity(x[1])));
        for (int k : new int[] {1, 2, 3, 4, 5, DEGREE}) {
            expected.addAll(List.of(right.eigenvalue(k), all[2 * k], all[2 * k + 1]));
        }
        assertEquals(expected, values(parts, "basis.1"));
    }

    /** The second of two frames is foreign: its rows are images of quantiles, back through it. */
    @Test
    void aFrameIsKnownByWhereItMaps() {
        Map<String, Object> parts = Fingerprint.of(chain(new Twice(1), foreign(new Twice(0.25))), own());
        assertEquals(List.of("frame.1"), List.copyOf(parts.keySet()));
        List<Double> expected = new ArrayList<>();
        for (double level : new double[] {0.31, 0.77}) {
            expected.add(0.25);
            for (CoordinateBasis coordinate : OWN) {
                double z = coordinate.basis().quantile(level);
                expected.addAll(List.of(z / 2, z));
            }
        }
        assertEquals(expected, values(parts, "frame.1"));
        // Of the first of the two rows come back through both.
        List<Double> first = values(Fingerprint.of(chain(foreign(new Twice(1)), new Twice(0.25)), own()), "frame.0");
        assertEquals(OWN.get(0).basis().quantile(0.31) / 4, first.get(1));
    }

    private static String refusal(String written, FrameChain frames, ProductBasis basis) {
        return assertThrows(InputException.class, () -> Fingerprint.check(written, frames, basis))
                .getMessage();
    }

    @Test
    void theSameIsTakenAndAnotherRefused() {
        String written = Json.write(Fingerprint.of(chain(), basis(values -> {})));
        Fingerprint.check(written, chain(), basis(values -> {}));
        Fingerprint.check(written, chain(), basis(values -> values[2] *= 1 + 1e-9));
        // The first value of the first function follows two quantiles, their log-densities and an eigenvalue.
        String found = refusal(written, chain(), basis(values -> values[2] += 1e-6));
        assertTrue(found.startsWith("the basis of column 'b' is not what it was: of its values, number 6 was"), found);
        assertTrue(found.contains("version unknown"), found);
        assertTrue(refusal(written, chain(), basis(values -> values[2 * DEGREE + 1] += 1e-6))
                .contains("of its values, number 22 was"));
        String ours = refusal(written, chain(), own());
        assertTrue(ours.startsWith("the basis of column 'b' was the third-party class"), ours);
        assertTrue(ours.endsWith(", and is none now"), ours);
        String frames = Json.write(Fingerprint.of(chain(foreign(new Twice(1))), own()));
        Fingerprint.check(frames, chain(foreign(new Twice(1))), own());
        assertTrue(refusal(frames, chain(foreign(new Twice(1.1))), own())
                .startsWith("the frame 1 is not what it was: of its values, number 1 was 1.000000000 with"));
    }
}
