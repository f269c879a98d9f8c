package org.eigendrift.samplers.operator;

import java.lang.invoke.MethodHandles;
import java.util.Arrays;
import java.util.List;
import org.eigendrift.api.Points;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.guidance.Operator;
import org.eigendrift.api.guidance.OperatorProvider;
import org.eigendrift.api.plugin.Option;
import org.eigendrift.api.plugin.OptionSchema;

/**
 * Projections of an image, as a scanner measures them: for each direction the sums along parallel lines one pixel apart. A pixel
 * counts for the two lines beside its centre, in proportion to how near they are, so that the lines of a direction sum to the image,
 * and at 0 and 90 degrees they are its columns and rows.
 */
public final class Radon implements OperatorProvider<Radon.Options> {
    private static final OptionSchema<Options> SCHEMA = OptionSchema.of(MethodHandles.lookup(), Options.class);

    /** Creates the provider. */
    public Radon() {}

    /**
     * The options.
     *
     * @param shape shape
     * @param directions directions
     */
    public record Options(
            @Option(doc = Blur.SHAPE) List<Integer> shape,

            @Option(
                    doc =
                            "how many directions, spread evenly over half a turn, the first at 0 degrees: the sums of columns",
                    min = 1)
            int directions) {}

    @Override
    public String name() {
        return "radon";
    }

    @Override
    public String summary() {
        return "an image's projections in several directions, as in tomography";
    }

    @Override
    public OptionSchema<Options> options() {
        return SCHEMA;
    }

    @Override
    public Operator create(Options options, List<Column> columns) {
        return new Projections(Grid.of("radon.shape", options.shape, columns.size()), options.directions);
    }

    /** The operator; its matrix follows from the geometry and is not kept. */
    private record Projections(Grid grid, int directions) implements Operator {

        /** Lines of a direction: enough for the diagonal, and placed as the pixels of the width are. */
        private int lines() {
            int across = (int) Math.ceil(Math.hypot(grid.height() - 1.0, grid.width() - 1.0)) + 1;
            return across + Math.floorMod(grid.width() - across, 2);
        }

        @Override
        public int inputs() {
            return grid.pixels();
        }

        @Override
        public int outputs() {
            return Math.multiplyExact(directions, lines());
        }

        @Override
        public boolean affine() {
            return true;
        }

        /** What an entry of the matrix does. */
        private interface Entry {
            void take(int line, int pixel, double weight);
        }

        private void each(Entry entry) {
            int lines = lines();
            for (int a = 0; a < directions; a++) {
                double angle = Math.PI * a / directions;
                double cos = Math.cos(angle);
                double sin = 2 * a == directions ? 1 : Math.sin(angle);
                for (int i = 0; i < grid.height(); i++) {
                    for (int j = 0; j < grid.width(); j++) {
                        double at = (j - 0.5 * (grid.width() - 1)) * cos
                                + (i - 0.5 * (grid.height() - 1)) * sin
                                + 0.5 * (lines - 1);
                        int line = Math.min(lines - 2, Math.max(0, (int) Math.floor(at)));
                        int pixel = i * grid.width() + j;
                        entry.take(a * lines + line, pixel, 1 - (at - line));
                        entry.take(a * lines + line + 1, pixel, at - line);
                    }
                }
            }
        }

        @Override
        public void apply(Points x, Points out) {
            Arrays.fill(out.values(), 0);
            each((line, pixel, weight) -> RowsOperator.add(weight, x, pixel, out, line));
        }

        @Override
        public void tangent(Points x, Points v, Points out) {
            apply(v, out);
        }

        @Override
        public void adjoint(Points x, Points w, Points out) {
            Arrays.fill(out.values(), 0);
            each((line, pixel, weight) -> RowsOperator.add(weight, w, line, out, pixel));
        }
    }
}
