package org.eigendrift.targets.boltzmann;

import java.util.List;
import java.util.stream.IntStream;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.target.Potential;
import org.eigendrift.targets.mcmc.BoltzmannModel;

/**
 * A scalar field to be sampled; its energy is even.
 *
 * @param field the potential
 */
record FieldModel(QuarticField field) implements BoltzmannModel {

    @Override
    public Potential potential() {
        return field;
    }

    @Override
    public List<Column> columns() {
        return IntStream.rangeClosed(1, field.lattice().sites())
                .mapToObj(i -> Column.real("x" + i))
                .toList();
    }

    @Override
    public boolean symmetric() {
        return true;
    }
}
