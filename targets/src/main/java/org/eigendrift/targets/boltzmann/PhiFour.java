package org.eigendrift.targets.boltzmann;

import java.lang.invoke.MethodHandles;
import java.util.List;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.plugin.Option;
import org.eigendrift.api.plugin.OptionGroup;
import org.eigendrift.targets.mcmc.BoltzmannModel;

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
     * @param reference how rows are drawn
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

            @OptionGroup ChainOptions reference)
            implements Chained {}

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
