package org.eigendrift.samplers.operator;

import java.lang.invoke.MethodHandles;
import java.util.Arrays;
import java.util.List;
import org.eigendrift.api.InputException;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.guidance.Operator;
import org.eigendrift.api.guidance.OperatorProvider;
import org.eigendrift.api.plugin.Option;
import org.eigendrift.api.plugin.OptionSchema;

/** An image at a lower resolution: means of square blocks of pixels, row by row. */
public final class Downsample implements OperatorProvider<Downsample.Options> {
    private static final OptionSchema<Options> SCHEMA = OptionSchema.of(MethodHandles.lookup(), Options.class);

    /** Creates the provider. */
    public Downsample() {}

    /**
     * The options.
     *
     * @param shape shape
     * @param factor factor
     */
    public record Options(
            @Option(doc = Blur.SHAPE) List<Integer> shape,

            @Option(doc = "side of a block, which divides height and width", value = "2", min = 1)
            int factor) {}

    @Override
    public String name() {
        return "downsample";
    }

    @Override
    public String summary() {
        return "an image at a lower resolution, by means of blocks";
    }

    @Override
    public OptionSchema<Options> options() {
        return SCHEMA;
    }

    @Override
    public Operator create(Options options, List<Column> columns) {
        Grid grid = Grid.of("downsample.shape", options.shape, columns.size());
        if (grid.height() % options.factor != 0 || grid.width() % options.factor != 0) {
            throw new InputException("downsample.factor: expected a number that divides " + grid.height() + " and "
                    + grid.width() + ", found " + options.factor);
        }
        return new Separable(grid, means(grid.height(), options.factor), means(grid.width(), options.factor));
    }

    private static RowsOperator means(int pixels, int factor) {
        int[][] columns = new int[pixels / factor][factor];
        double[][] entries = new double[columns.length][factor];
        for (int j = 0; j < columns.length; j++) {
            int from = j * factor;
            Arrays.setAll(columns[j], k -> from + k);
            Arrays.fill(entries[j], 1.0 / factor);
        }
        return new RowsOperator(pixels, columns, entries);
    }
}
