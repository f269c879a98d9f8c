package org.eigendrift.targets.boltzmann;

import java.lang.invoke.MethodHandles;
import java.util.List;
import java.util.OptionalLong;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.plugin.Option;
import org.eigendrift.targets.mcmc.BoltzmannModel;
import org.eigendrift.targets.mcmc.Plan;

/**
 * Lattice phi^4 theory in the convention of Albergo, Kanwar, Shanahan (arXiv 1904.12072, equation 14):
 *
 * <pre>U(x) = sum over bonds (x_i - x_j)^2 + sum_i (mass2 x_i^2 + lambda x_i^4).</pre>
 */
public final class PhiFour extends PotentialProvider<PhiFour.Options> {

    /**
     * The options.
     *
     * @param shape lengths of the lattice
     * @param mass2 squared mass
     * @param lambda strength of the self-interaction
     * @param boundary what lies beyond the ends
     * @param rows training rows
     * @param heldout held-out rows
     * @param sampler transition of the reference chains
     * @param chains number of reference chains
     * @param warmup iterations that are thrown away
     * @param thin iterations a row
     * @param temperatures temperatures of parallel tempering
     * @param hottest highest temperature
     * @param seed seed of the rows
     */
    public record Options(
            @Option(doc = "lengths: [sites] for a chain, [rows, columns] for a lattice", value = "[6, 6]", min = 2)
            List<Integer> shape,

            @Option(doc = "squared mass; negative for a broken symmetry", value = "-4")
            double mass2,

            @Option(doc = "strength of the self-interaction", value = "6.975", min = 0, open = true)
            double lambda,

            @Option(
                    doc = "beyond the ends: dirichlet (sites held at 0), periodic, or neumann (nothing)",
                    value = "periodic")
            Boundary boundary,

            @Option(doc = "training rows", value = "20000", min = 1)
            int rows,

            @Option(doc = "held-out rows, the last draws of the chains; 0 for none", value = "5000", min = 0)
            int heldout,

            @Option(doc = "how reference rows are drawn: hmc, nuts, or tempering for separated modes", value = "hmc")
            Plan.Sampler sampler,

            @Option(doc = "number of reference chains", value = "32", min = 2, max = 4096)
            int chains,

            @Option(doc = "iterations that adapt the chains and are thrown away", value = "500", min = 100)
            int warmup,

            @Option(doc = "iterations a row", value = "4", min = 1)
            int thin,

            @Option(doc = "temperatures of parallel tempering", value = "8", min = 2, max = 256)
            int temperatures,

            @Option(doc = "highest temperature of parallel tempering", value = "10", min = 1, open = true)
            double hottest,

            @Option(doc = "seed of the rows; auto: the run's seed", value = "auto")
            OptionalLong seed)
            implements Reference {}

    /** Creates the provider. */
    public PhiFour() {
        super("phi4", "scalar phi^4 field theory on a chain or lattice", MethodHandles.lookup(), Options.class);
    }

    @Override
    BoltzmannModel model(Options o, RunContext context) {
        Lattice lattice = Lattice.of(o.shape(), o.boundary(), name());
        return new FieldModel(new QuarticField(lattice, 2, 0, o.mass2(), o.lambda()));
    }
}
