package org.eigendrift.targets.boltzmann;

import java.lang.invoke.MethodHandles;
import java.util.List;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.plugin.Option;
import org.eigendrift.api.plugin.OptionGroup;
import org.eigendrift.api.target.Target;
import org.eigendrift.targets.GeneratedTarget;
import org.eigendrift.targets.KnownLaw;
import org.eigendrift.targets.mcmc.BoltzmannModel;

/**
 * A Ginzburg-Landau field on a chain or a two-dimensional lattice (Khoo, Oster, Peng, arXiv 2505.23652):
 *
 * <pre>U(x) = beta [ (lambda / 2) sum over bonds ((x_i - x_j) / h)^2 + (1 / (4 lambda)) sum_i (1 - x_i^2)^2 ],</pre>
 *
 * <p>h = 1 / (L + 1) with L the first length. Open chains are sampled exactly, and their density is known.
 */
public final class GinzburgLandau extends PotentialProvider<GinzburgLandau.Options> {

    /**
     * The options.
     *
     * @param shape lengths of the lattice
     * @param lambda strength of the coupling
     * @param beta inverse temperature
     * @param boundary what lies beyond the ends
     * @param reference how rows are drawn
     */
    public record Options(
            @Option(doc = "lengths: [sites] for a chain, [rows, columns] for a lattice", value = "[24]", min = 2)
            List<Integer> shape,

            @Option(doc = "strength of the coupling", value = "0.1", min = 0, open = true)
            double lambda,

            @Option(doc = "inverse temperature", value = "0.125", min = 0, open = true)
            double beta,

            @Option(
                    doc = "beyond the ends: dirichlet (sites held at 0), periodic, or neumann (nothing)",
                    value = "dirichlet")
            Boundary boundary,

            @OptionGroup ChainOptions reference)
            implements Chained {}

    /** Creates the provider. */
    public GinzburgLandau() {
        super(
                "ginzburg-landau",
                "Ginzburg-Landau field on a chain or lattice; open chains exactly",
                MethodHandles.lookup(),
                Options.class);
    }

    @Override
    BoltzmannModel model(Options options, RunContext context) {
        return new FieldModel(field(options));
    }

    private QuarticField field(Options o) {
        double spacing = 1.0 / (o.shape().isEmpty() ? 1 : o.shape().get(0) + 1);
        double well = o.beta() / (4 * o.lambda());
        return new QuarticField(
                Lattice.of(o.shape(), o.boundary(), name()),
                o.beta() * o.lambda() / (spacing * spacing),
                well,
                -2 * well,
                well);
    }

    @Override
    public Target create(Options options, RunContext context) {
        boolean open = options.shape().size() == 1 && options.boundary() != Boundary.PERIODIC;
        if (!open) {
            return super.create(options, context);
        }
        KnownLaw law = new ChainLaw(field(options));
        ChainOptions rows = options.reference();
        return GeneratedTarget.kept(law, rows.rows(), rows.heldout(), rows.seed(), context);
    }
}
