package org.eigendrift.bases.frame;

import java.lang.invoke.MethodHandles;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import org.eigendrift.api.InputException;
import org.eigendrift.api.State;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.frame.Frame;
import org.eigendrift.api.frame.FrameProvider;
import org.eigendrift.api.pass.Plan;
import org.eigendrift.api.plugin.Option;
import org.eigendrift.api.plugin.OptionSchema;

/** An orthonormal wavelet transform of columns that lie on a lattice, see {@link WaveletTransform}. */
public final class WaveletFrame implements FrameProvider<WaveletFrame.Options> {
    private static final OptionSchema<Options> SCHEMA = OptionSchema.of(MethodHandles.lookup(), Options.class);

    /** Filters that have names. */
    public enum Filter {
        /** Two taps. */
        HAAR,
        /** Four taps, two vanishing moments. */
        DAUBECHIES4
    }

    /**
     * Options.
     *
     * @param filter the low-pass filter
     * @param shape the lattice
     * @param levels how often the coarse part is split
     */
    public record Options(
            @Option(doc = "haar, or daubechies4 (two vanishing moments, periodic at the ends)", value = "haar")
            Filter filter,

            @Option(
                    doc = "the lattice: [rows, columns] in row-major order; empty for a chain of all columns",
                    value = "[]",
                    min = 1)
            List<Integer> shape,

            @Option(doc = "how often the coarse part is split; auto is as often as it halves", value = "auto", min = 1)
            OptionalInt levels) {

        /**
         * Checks the shape.
         *
         * @param filter the low-pass filter
         * @param shape the lattice
         * @param levels how often the coarse part is split
         * @throws InputException if it has more than two dimensions
         */
        public Options {
            if (shape.size() > 2) {
                throw new InputException("shape has " + shape.size() + " dimensions; expected one or two");
            }
        }
    }

    /** Creates the provider. */
    public WaveletFrame() {}

    @Override
    public String name() {
        return "wavelet";
    }

    @Override
    public String summary() {
        return "orthonormal wavelets (Haar, Daubechies) of columns on a chain or a lattice";
    }

    @Override
    public OptionSchema<Options> options() {
        return SCHEMA;
    }

    @Override
    public Plan<Frame> plan(Options options, List<Column> columns) {
        return Plan.of(transform(options, columns));
    }

    @Override
    public Frame restore(Options options, List<Column> columns, State state) {
        return transform(options, columns);
    }

    private static Frame transform(Options options, List<Column> columns) {
        for (Column column : columns) {
            if (column.kind() != Column.Kind.REAL) {
                throw new InputException("frame 'wavelet': column '" + column.name() + "' is "
                        + column.kind().name().toLowerCase(Locale.ROOT)
                        + " but sums and differences need real columns; leave the frame out");
            }
        }
        int rows = options.shape().size() == 2 ? options.shape().get(0) : 1;
        int width = options.shape().isEmpty()
                ? columns.size()
                : options.shape().get(options.shape().size() - 1);
        if ((long) rows * width != columns.size()) {
            throw new InputException("frame 'wavelet': shape " + options.shape() + " has " + (long) rows * width
                    + " sites for " + columns.size() + " columns; expected as many");
        }
        int possible = Integer.numberOfTrailingZeros(width);
        if (rows > 1) {
            possible = Math.min(possible, Integer.numberOfTrailingZeros(rows));
        }
        int levels = options.levels().orElse(possible);
        if (possible == 0 || levels > possible) {
            throw new InputException("frame 'wavelet': a lattice of " + (rows > 1 ? rows + " x " : "") + width
                    + " sites halves " + possible + " times, not " + Math.max(1, levels)
                    + "; expected sides divisible by 2 for every level");
        }
        return new WaveletTransform(rows, width, levels, taps(options.filter()));
    }

    private static double[] taps(Filter filter) {
        return switch (filter) {
            case HAAR -> new double[] {Math.sqrt(0.5), Math.sqrt(0.5)};
            case DAUBECHIES4 -> {
                // Daubechies, "Ten Lectures on Wavelets", section 6.4.
                double root = Math.sqrt(3);
                double unit = 4 * Math.sqrt(2);
                yield new double[] {(1 + root) / unit, (3 + root) / unit, (3 - root) / unit, (1 - root) / unit};
            }
        };
    }
}
