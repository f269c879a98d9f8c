package org.eigendrift.targets.boltzmann;

import java.lang.invoke.MethodHandles;
import java.util.List;
import java.util.stream.IntStream;
import org.eigendrift.api.InputException;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.plugin.Option;
import org.eigendrift.api.plugin.OptionGroup;
import org.eigendrift.api.target.Potential;
import org.eigendrift.targets.mcmc.BoltzmannModel;

/** The XY model: U(x) = -coupling sum over bonds cos(x_i - x_j) - field sum_i cos x_i, angles on [0, 2 pi). */
public final class XyModel extends PotentialProvider<XyModel.Options> {

    /**
     * The options.
     *
     * @param shape lengths of the lattice
     * @param coupling coupling over temperature
     * @param field external field over temperature
     * @param boundary what lies beyond the ends
     * @param reference how rows are drawn
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

            @OptionGroup ChainOptions reference)
            implements Chained {}

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
