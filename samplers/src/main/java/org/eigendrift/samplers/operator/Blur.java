package org.eigendrift.samplers.operator;

import java.lang.invoke.MethodHandles;
import java.util.ArrayList;
import java.util.List;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.guidance.Operator;
import org.eigendrift.api.guidance.OperatorProvider;
import org.eigendrift.api.plugin.Option;
import org.eigendrift.api.plugin.OptionSchema;

/**
 * An image blurred by a Gaussian, whose kernel is mirrored at the rim so that its weights sum to 1 for every pixel: an even image
 * stays as it is.
 */
public final class Blur implements OperatorProvider<Blur.Options> {
    private static final OptionSchema<Options> SCHEMA = OptionSchema.of(MethodHandles.lookup(), Options.class);

    /** Beyond this many widths the kernel is below 1e-8 of its peak. */
    private static final double REACH = 6.1;

    /** Creates the provider. */
    public Blur() {}

    /**
     * The options.
     *
     * @param shape shape
     * @param width width
     */
    public record Options(
            @Option(doc = Blur.SHAPE) List<Integer> shape,

            @Option(
                    doc = "standard deviation of the Gaussian, in pixels",
                    value = "1",
                    min = 0,
                    max = 1000,
                    open = true)
            double width) {}

    static final String SHAPE = "height and width of the image whose pixels, row by row, are the columns";

    @Override
    public String name() {
        return "blur";
    }

    @Override
    public String summary() {
        return "an image, blurred by a Gaussian";
    }

    @Override
    public OptionSchema<Options> options() {
        return SCHEMA;
    }

    @Override
    public Operator create(Options options, List<Column> columns) {
        Grid grid = Grid.of("blur.shape", options.shape, columns.size());
        return new Separable(grid, kernel(grid.height(), options.width), kernel(grid.width(), options.width));
    }

    private static RowsOperator kernel(int pixels, double width) {
        int reach = (int) Math.ceil(REACH * width);
        List<double[]> rows = new ArrayList<>();
        for (int i = 0; i < pixels; i++) {
            double[] row = new double[pixels];
            double total = 0;
            for (int k = -reach; k <= reach; k++) {
                double weight = Math.exp(-0.5 * k * k / (width * width));
                row[mirrored(i + k, pixels)] += weight;
                total += weight;
            }
            for (int j = 0; j < pixels; j++) {
                row[j] /= total;
            }
            rows.add(row);
        }
        return RowsOperator.of(pixels, rows);
    }

    /** ... 1 0 | 0 1 2 ... n-1 | n-1 n-2 ... */
    private static int mirrored(int i, int pixels) {
        int folded = Math.floorMod(i, 2 * pixels);
        return folded < pixels ? folded : 2 * pixels - 1 - folded;
    }
}
