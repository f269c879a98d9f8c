package org.eigendrift.bases.frame;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.eigendrift.api.InputException;
import org.eigendrift.api.Points;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.data.Dataset;
import org.eigendrift.api.data.InMemory;
import org.eigendrift.api.frame.Frame;
import org.eigendrift.api.frame.FrameContext;
import org.eigendrift.api.frame.FrameProvider;
import org.eigendrift.contract.FrameContract;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class WaveletFrameTest {
    private abstract static class Lattice extends FrameContract<WaveletFrame.Options> {
        @Override
        protected FrameProvider<WaveletFrame.Options> provider() {
            return new WaveletFrame();
        }

        @Override
        protected WaveletFrame.Options options() {
            return new WaveletFrame().options().of(settings());
        }

        abstract Map<String, ?> settings();

        @Override
        protected Dataset data() {
            List<Column> columns = IntStream.range(0, 24)
                    .mapToObj(i -> Column.real("site" + i))
                    .toList();
            return Tables.random(columns, 300);
        }
    }

    @Nested
    class HaarChain extends Lattice {
        @Override
        Map<String, ?> settings() {
            return Map.of();
        }
    }

    @Nested
    class DaubechiesChain extends Lattice {
        @Override
        Map<String, ?> settings() {
            return Map.of("filter", "daubechies4");
        }
    }

    @Nested
    class DaubechiesLattice extends Lattice {
        @Override
        Map<String, ?> settings() {
            return Map.of("filter", "daubechies4", "shape", List.of(6, 4), "levels", 1);
        }
    }

    private static double[] image(Map<String, ?> options, double... x) {
        WaveletFrame wavelet = new WaveletFrame();
        Dataset data = InMemory.of(Points.ofRows(x));
        Frame frame = wavelet.create(wavelet.options().of(options), new FrameContext(data, RunContext.quiet(1)));
        Points z = Points.zeros(x.length, 1);
        frame.forward(Points.ofRows(x), z, new double[1]);
        return z.row(0);
    }

    @Test
    void haarTakesSumsAndDifferences() {
        // (1, 3, 5, 11): sums 4, 16 and differences -2, -6 over sqrt2; then (20, -12) / 2.
        double root = Math.sqrt(0.5);
        assertArrayEquals(new double[] {10, -6, -2 * root, -6 * root}, image(Map.of(), 1, 3, 5, 11), 1e-14);
        // On the square ((1, 3), (5, 11)): mean part 20 / 2, differences along rows, columns, both.
        assertArrayEquals(new double[] {10, -4, -6, 2}, image(Map.of("shape", List.of(2, 2)), 1, 3, 5, 11), 1e-14);
    }

    /** Two vanishing moments: a straight line has no details but where the period closes. */
    @Test
    void daubechiesDoesNotSeeStraightLines() {
        double[] z = image(Map.of("filter", "daubechies4", "levels", 1), 0, 1, 2, 3, 4, 5, 6, 7);
        for (int i = 4; i < 7; i++) {
            assertEquals(0, z[i], 1e-14);
        }
        assertTrue(Math.abs(z[7]) > 1);
    }

    @Test
    void shapesThatDoNotFitAreRefused() {
        assertRefused("has 6 sites for 4 columns", Map.of("shape", List.of(2, 3)));
        assertRefused("halves 2 times, not 3", Map.of("levels", 3));
        assertRefused("shape has 3 dimensions", Map.of("shape", List.of(2, 2, 1)));
        Dataset positive = new InMemory(List.of(Column.positive("p")), Points.zeros(1, 2));
        WaveletFrame wavelet = new WaveletFrame();
        FrameContext context = new FrameContext(positive, RunContext.quiet(1));
        String message = assertThrows(
                        InputException.class,
                        () -> wavelet.create(wavelet.options().defaults(), context))
                .getMessage();
        assertTrue(message.contains("'p' is positive"), message);
    }

    private static void assertRefused(String expected, Map<String, ?> options) {
        String message = assertThrows(InputException.class, () -> image(options, 1, 2, 3, 4))
                .getMessage();
        assertTrue(message.contains(expected), message);
    }
}
