package org.eigendrift.targets.boltzmann;

import java.util.Arrays;
import org.eigendrift.api.Points;
import org.eigendrift.api.target.Potential;

/**
 * A scalar field on a lattice with a quartic potential at each site,
 *
 * <pre>U(x) = (J / 2) [ sum over bonds (x_i - x_j)^2 + sum over walls x_i^2 ] + sum_i (c0 + c2 x_i^2 + c4 x_i^4).</pre>
 *
 * @param lattice the bonds
 * @param coupling J
 * @param c0 constant at each site
 * @param c2 coefficient of the square
 * @param c4 coefficient of the fourth power
 */
record QuarticField(Lattice lattice, double coupling, double c0, double c2, double c4) implements Potential {

    @Override
    public void energy(Points x, double[] out) {
        int size = x.size();
        double[] values = x.values();
        Arrays.fill(out, 0, size, 0);
        for (int i = 0; i < lattice.sites(); i++) {
            double square = c2 + 0.5 * coupling * lattice.walls()[i];
            int from = x.offset(i);
            for (int n = 0; n < size; n++) {
                double s = values[from + n] * values[from + n];
                out[n] += c0 + s * (square + c4 * s);
            }
        }
        for (int b = 0; b < lattice.left().length; b++) {
            int left = x.offset(lattice.left()[b]);
            int right = x.offset(lattice.right()[b]);
            for (int n = 0; n < size; n++) {
                double difference = values[left + n] - values[right + n];
                out[n] += 0.5 * coupling * difference * difference;
            }
        }
    }

    @Override
    public void gradient(Points x, Points out) {
        int size = x.size();
        double[] values = x.values();
        double[] slope = out.values();
        for (int i = 0; i < lattice.sites(); i++) {
            double square = c2 + 0.5 * coupling * lattice.walls()[i];
            int from = x.offset(i);
            for (int n = from; n < from + size; n++) {
                slope[n] = values[n] * (2 * square + 4 * c4 * values[n] * values[n]);
            }
        }
        for (int b = 0; b < lattice.left().length; b++) {
            int left = x.offset(lattice.left()[b]);
            int right = x.offset(lattice.right()[b]);
            for (int n = 0; n < size; n++) {
                double pull = coupling * (values[left + n] - values[right + n]);
                slope[left + n] += pull;
                slope[right + n] -= pull;
            }
        }
    }
}
