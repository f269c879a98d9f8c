package org.eigendrift.targets.boltzmann;

import java.lang.invoke.MethodHandles;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.Purpose;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.plugin.Option;
import org.eigendrift.api.plugin.OptionGroup;
import org.eigendrift.api.target.Potential;
import org.eigendrift.targets.mcmc.BoltzmannModel;

/**
 * Double wells with weak random couplings, U(x) = height sum_i (x_i^2 - 1)^2 + x^T C x / 2, where C is symmetric with zero
 * diagonal and C_ij = coupling N(0, 1) above it.
 */
public final class DoubleWell extends PotentialProvider<DoubleWell.Options> {

    /**
     * The options.
     *
     * @param dim number of coordinates
     * @param height height of the barrier
     * @param coupling standard deviation of the couplings
     * @param couplingSeed seed of the couplings
     * @param reference how rows are drawn
     */
    public record Options(
            @Option(doc = "number of coordinates", value = "10", min = 1, max = 2000)
            int dim,

            @Option(doc = "height of the barrier at 0", value = "2", min = 0, open = true)
            double height,

            @Option(doc = "standard deviation of the random couplings", value = "0.15", min = 0)
            double coupling,

            @Option(doc = "seed of the random couplings", value = "5")
            long couplingSeed,

            @OptionGroup(defaults = {"sampler: tempering", "thin: 6", "hottest: 5"})
            ChainOptions reference)
            implements Chained {}

    /** Creates the provider. */
    public DoubleWell() {
        super("double-well", "coupled double wells in any dimension", MethodHandles.lookup(), Options.class);
    }

    @Override
    BoltzmannModel model(Options o, RunContext context) {
        CounterRandom random = context.random(Purpose.PARAMETERS, OptionalLong.of(o.couplingSeed()));
        double[][] couplings = new double[o.dim()][o.dim()];
        for (int i = 0; i < o.dim(); i++) {
            for (int j = i + 1; j < o.dim(); j++) {
                couplings[i][j] = o.coupling() * random.normal(i, j);
                couplings[j][i] = couplings[i][j];
            }
        }
        DoubleWells wells = new DoubleWells(o.height(), couplings);
        List<Column> columns = IntStream.rangeClosed(1, o.dim())
                .mapToObj(i -> Column.real("x" + i))
                .toList();
        return new BoltzmannModel() {
            @Override
            public Potential potential() {
                return wells;
            }

            @Override
            public List<Column> columns() {
                return columns;
            }

            @Override
            public boolean symmetric() {
                return true;
            }
        };
    }
}
