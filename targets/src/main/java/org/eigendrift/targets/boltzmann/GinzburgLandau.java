package org.eigendrift.targets.boltzmann;

import java.lang.invoke.MethodHandles;
import java.util.List;
import java.util.OptionalLong;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.plugin.Option;
import org.eigendrift.api.target.Target;
import org.eigendrift.targets.ExactLaw;
import org.eigendrift.targets.GeneratedTarget;
import org.eigendrift.targets.mcmc.BoltzmannModel;
import org.eigendrift.targets.mcmc.Plan;

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
        ExactLaw law = new ChainLaw(field(options));
        return GeneratedTarget.kept(law, options.rows(), options.heldout(), options.seed(), context);
    }
}
