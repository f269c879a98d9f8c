package org.eigendrift.targets.boltzmann;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.eigendrift.api.Points;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.target.Potential;
import org.eigendrift.targets.KnownLaw;

/** A law given by its potential and its normalising constant: log p = log norm - U. */
abstract class PotentialLaw implements KnownLaw, Potential {
    private final List<Column> columns;
    private final double logNorm;

    /**
     * Creates the law.
     *
     * @param dim number of coordinates
     * @param logNorm -log Z
     */
    PotentialLaw(int dim, double logNorm) {
        this.columns = IntStream.rangeClosed(1, dim)
                .mapToObj(i -> Column.real("x" + i))
                .toList();
        this.logNorm = logNorm;
    }

    @Override
    public final List<Column> columns() {
        return columns;
    }

    @Override
    public final Optional<Potential> potential() {
        return Optional.of(this);
    }

    @Override
    public final void logDensity(Points x, double[] out) {
        energy(x, out);
        for (int n = 0; n < x.size(); n++) {
            out[n] = logNorm - out[n];
        }
    }
}
