package org.eigendrift.targets.toy;

import java.lang.invoke.MethodHandles;
import java.util.OptionalLong;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.plugin.Option;
import org.eigendrift.targets.KnownLaw;
import org.eigendrift.targets.KnownLawProvider;

/**
 * Uniform on eight of the sixteen cells of [-half_width, half_width]^2, cell side q = half_width / 2: those with
 * (floor(x / q) + floor(y / q)) mod 2 = parity. Density 1 / (2 half_width^2) on them, 0 elsewhere.
 */
public final class Checkerboard extends KnownLawProvider<Checkerboard.Options> {

    /**
     * The options.
     *
     * @param rows training rows
     * @param heldout held-out rows
     * @param halfWidth half the side of the board
     * @param parity which colour carries the mass
     * @param seed seed of the rows
     */
    public record Options(
            @Option(doc = "training rows", value = "50000", min = 1)
            int rows,

            @Option(doc = "held-out rows, 0 for none", value = "10000", min = 0)
            int heldout,

            @Option(doc = "half the side of the board", value = "2", min = 0, open = true)
            double halfWidth,

            @Option(
                    doc = "which colour carries the mass: 0 has the cell at the origin's upper right",
                    value = "0",
                    min = 0,
                    max = 1)
            int parity,

            @Option(doc = "seed of the rows; auto: the run's seed", value = "auto")
            OptionalLong seed)
            implements Rows {}

    /** Creates the provider. */
    public Checkerboard() {
        super(
                "checkerboard",
                "uniform on the cells of one colour of a 4 x 4 board, exact density",
                MethodHandles.lookup(),
                Options.class);
    }

    @Override
    protected KnownLaw law(Options options, RunContext context) {
        return new Law(options.halfWidth() / 2, options.parity());
    }

    private static final class Law extends PlanarLaw {
        private final double side;
        private final int parity;

        Law(double side, int parity) {
            this.side = side;
            this.parity = parity;
        }

        @Override
        void draw(CounterRandom random, long row, double[] out) {
            int cell = (int) (8 * random.uniform(row, 0));
            int column = cell / 2 - 2;
            int line = 2 * (cell % 2) - 2 + Math.floorMod(column + parity, 2);
            out[0] = side * (column + random.uniform(row, 1));
            out[1] = side * (line + random.uniform(row, 2));
        }

        @Override
        double logDensity(double x, double y) {
            double column = Math.floor(x / side);
            double line = Math.floor(y / side);
            boolean inside = column >= -2 && column < 2 && line >= -2 && line < 2;
            boolean coloured = inside && Math.floorMod((int) (column + line), 2) == parity;
            return coloured ? -Math.log(8 * side * side) : Double.NEGATIVE_INFINITY;
        }
    }
}
