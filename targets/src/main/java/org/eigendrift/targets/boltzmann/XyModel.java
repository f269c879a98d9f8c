package org.eigendrift.targets.boltzmann;

import java.lang.invoke.MethodHandles;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.eigendrift.api.InputException;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.plugin.Option;
import org.eigendrift.api.target.Potential;
import org.eigendrift.targets.mcmc.BoltzmannModel;
import org.eigendrift.targets.mcmc.Plan;

/** The XY model: U(x) = -coupling sum over bonds cos(x_i - x_j) - field sum_i cos x_i, angles on [0, 2 pi). */
public final class XyModel extends PotentialProvider<XyModel.Options> {

    /**
     * The options.
     *
     * @param shape lengths of the lattice
     * @param coupling coupling over temperature
     * @param field external field over temperature
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
            @Option(doc = "lengths: [sites] for a chain, [rows, columns] for a lattice", value = "[4, 4]", min = 2)
            List<Integer> shape,

            @Option(doc = "coupling over temperature", value = "1")
            double coupling,

            @Option(doc = "external field over temperature, towards angle 0", value = "0")
            double field,

            @Option(doc = "beyond the ends: periodic, or neumann (nothing)", value = "periodic")
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
    public XyModel() {
        super(
                "xy-model",
                "planar rotors on a chain or lattice, angles on a torus",
                MethodHandles.lookup(),
                Options.class);
    }

    @Override
    BoltzmannModel model(Options o, RunContext context) {
        if (o.boundary() == Boundary.DIRICHLET) {
            throw new InputException(
                    "xy-model: boundary dirichlet holds sites at angle 0; expected periodic or neumann");
        }
        Rotors rotors = new Rotors(Lattice.of(o.shape(), o.boundary(), name()), o.coupling(), o.field());
        List<Column> columns = IntStream.rangeClosed(1, rotors.lattice().sites())
                .mapToObj(i -> Column.angle("x" + i, 0, 2 * Math.PI))
                .toList();
        return new BoltzmannModel() {
            @Override
            public Potential potential() {
                return rotors;
            }

            @Override
            public List<Column> columns() {
                return columns;
            }
        };
    }
}
