package org.eigendrift.samplers.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.InputException;
import org.eigendrift.api.Points;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.guidance.Operator;
import org.eigendrift.api.guidance.OperatorProvider;
import org.eigendrift.contract.OperatorContract;
import org.eigendrift.samplers.Configured;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Blurred, coarse and projected images beside sums over pixels. */
class ImageOperatorsTest {
    private static final int HEIGHT = 4;
    private static final int WIDTH = 6;
    private static final List<Integer> SHAPE = List.of(HEIGHT, WIDTH);

    private static Operator operator(Map<String, ?> block) {
        List<Column> columns = IntStream.range(0, HEIGHT * WIDTH)
                .mapToObj(i -> Column.real("p" + i))
                .toList();
        return Configured.create(Configured.CATALOG, OperatorProvider.KIND, block, columns);
    }

    private static Operator blur(double width) {
        return operator(Map.of("type", "blur", "shape", SHAPE, "width", width));
    }

    private static Operator coarse(int factor) {
        return operator(Map.of("type", "downsample", "shape", SHAPE, "factor", factor));
    }

    private static Operator radon(int directions) {
        return operator(Map.of("type", "radon", "shape", SHAPE, "directions", directions));
    }

    private static double[] image() {
        return IntStream.range(0, HEIGHT * WIDTH)
                .mapToDouble(i -> new CounterRandom(3).normal(i, 0))
                .toArray();
    }

    private static double[] seen(Operator operator, double[] image) {
        Points out = Points.zeros(operator.outputs(), 1);
        operator.apply(Points.ofRows(image), out);
        return out.values();
    }

    @Nested
    class Blurred extends OperatorContract {
        @Override
        protected Operator operator() {
            return blur(0.8);
        }
    }

    @Nested
    class Coarse extends OperatorContract {
        @Override
        protected Operator operator() {
            return coarse(2);
        }
    }

    @Nested
    class Projected extends OperatorContract {
        @Override
        protected Operator operator() {
            return radon(7);
        }
    }

    /** The kernel by its definition: the image continued by its mirror images as far as the Gaussian reaches. */
    @Test
    void blurIsTheSumOverTheMirroredImage() {
        double width = 1.3;
        double[] image = image();
        double[] seen = seen(blur(width), image);
        for (int i = 0; i < HEIGHT; i++) {
            for (int j = 0; j < WIDTH; j++) {
                double sum = 0;
                double total = 0;
                for (int k = -40; k <= 40; k++) {
                    for (int l = -40; l <= 40; l++) {
                        double weight = Math.exp(-0.5 * (k * k + l * l) / (width * width));
                        int row = Math.floorMod(i + k, 2 * HEIGHT);
                        int column = Math.floorMod(j + l, 2 * WIDTH);
                        row = row < HEIGHT ? row : 2 * HEIGHT - 1 - row;
                        column = column < WIDTH ? column : 2 * WIDTH - 1 - column;
                        sum += weight * image[row * WIDTH + column];
                        total += weight;
                    }
                }
                // The kernel is cut where it is 1e-8 of its peak.
                assertEquals(sum / total, seen[i * WIDTH + j], 1e-7);
            }
        }
        assertEquals(1, seen(blur(0.01), image)[5] / image[5], 1e-12, "a narrow kernel changes nothing");
    }

    @Test
    void coarsePixelsAreMeansOfBlocks() {
        double[] image = image();
        double[] seen = seen(coarse(2), image);
        assertEquals(6, seen.length);
        for (int i = 0; i < 2; i++) {
            for (int j = 0; j < 3; j++) {
                int corner = 2 * i * WIDTH + 2 * j;
                double mean =
                        (image[corner] + image[corner + 1] + image[corner + WIDTH] + image[corner + WIDTH + 1]) / 4;
                assertEquals(mean, seen[i * 3 + j], 1e-15);
            }
        }
    }

    /** All lines of a direction sum to the image; at 0 and 90 degrees they are columns and rows. */
    @Test
    void projectionsKeepTheMassAndAreColumnsAndRows() {
        double[] image = image();
        double total =
                IntStream.range(0, image.length).mapToDouble(i -> image[i]).sum();
        int directions = 6;
        Operator radon = radon(directions);
        int lines = radon.outputs() / directions;
        double[] seen = seen(radon, image);
        for (int a = 0; a < directions; a++) {
            double sum = 0;
            for (int k = 0; k < lines; k++) {
                sum += seen[a * lines + k];
            }
            assertEquals(total, sum, 1e-12, "direction " + a);
        }
        for (int j = 0; j < WIDTH; j++) {
            double column = 0;
            for (int i = 0; i < HEIGHT; i++) {
                column += image[i * WIDTH + j];
            }
            assertEquals(column, seen[(lines - WIDTH) / 2 + j], 1e-12, "column " + j);
        }
        for (int i = 0; i < HEIGHT; i++) {
            double row = 0;
            for (int j = 0; j < WIDTH; j++) {
                row += image[i * WIDTH + j];
            }
            assertEquals(row, seen[3 * lines + (lines - HEIGHT) / 2 + i], 1e-12, "row " + i);
        }
    }

    /** The centre of mass of a projection is that of the image, projected: exact for linear weights. */
    @Test
    void projectionsMoveTheCentreOfMassExactly() {
        int directions = 9;
        Operator radon = radon(directions);
        int lines = radon.outputs() / directions;
        for (int p = 0; p < HEIGHT * WIDTH; p++) {
            double[] point = new double[HEIGHT * WIDTH];
            point[p] = 1;
            double[] seen = seen(radon, point);
            for (int a = 0; a < directions; a++) {
                double angle = Math.PI * a / directions;
                double expected = (p % WIDTH - 2.5) * Math.cos(angle) + (p / WIDTH - 1.5) * Math.sin(angle);
                double centre = 0;
                for (int k = 0; k < lines; k++) {
                    centre += (k - 0.5 * (lines - 1)) * seen[a * lines + k];
                    assertTrue(seen[a * lines + k] > -1e-12, "no negative weight");
                }
                assertEquals(expected, centre, 1e-12, "pixel " + p + ", direction " + a);
            }
        }
    }

    @Test
    void wrongShapesAreToldInALine() {
        for (Map<String, Object> block : List.<Map<String, Object>>of(
                Map.of("type", "blur", "shape", List.of(5, 5)),
                Map.of("type", "downsample", "shape", List.of(24)),
                Map.of("type", "radon", "shape", List.of(-4, -6), "directions", 3))) {
            String message =
                    assertThrows(InputException.class, () -> operator(block)).getMessage();
            assertTrue(
                    message.contains("shape: expected height and width whose product is the 24 columns of the data"),
                    message);
        }
        String message = assertThrows(InputException.class, () -> coarse(4)).getMessage();
        assertEquals("downsample.factor: expected a number that divides 4 and 6, found 4", message);
    }
}
