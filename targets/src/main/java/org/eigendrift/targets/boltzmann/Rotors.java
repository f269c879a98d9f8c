package org.eigendrift.targets.boltzmann;

import java.util.Arrays;
import org.eigendrift.api.Points;
import org.eigendrift.api.target.Potential;

/**
 * Planar rotors, U(x) = -K sum over bonds cos(x_i - x_j) - H sum_i cos x_i, the XY model.
 *
 * @param lattice the bonds
 * @param coupling K, coupling over temperature
 * @param field H, external field over temperature
 */
record Rotors(Lattice lattice, double coupling, double field) implements Potential {

    @Override
    public void energy(Points x, double[] out) {
        int size = x.size();
        double[] values = x.values();
        Arrays.fill(out, 0, size, 0);
        for (int i = 0; field != 0 && i < lattice.sites(); i++) {
            for (int n = 0; n < size; n++) {
                out[n] -= field * Math.cos(values[x.offset(i) + n]);
            }
        }
        for (int b = 0; b < lattice.left().length; b++) {
            int left = x.offset(lattice.left()[b]);
            int right = x.offset(lattice.right()[b]);
            for (int n = 0; n < size; n++) {
                out[n] -= coupling * Math.cos(values[left + n] - values[right + n]);
            }
        }
    }

    @Override
    public void gradient(Points x, Points out) {
        int size = x.size();
        double[] values = x.values();
        double[] slope = out.values();
        for (int j = 0; j < slope.length; j++) {
            slope[j] = field == 0 ? 0 : field * Math.sin(values[j]);
        }
        for (int b = 0; b < lattice.left().length; b++) {
            int left = x.offset(lattice.left()[b]);
            int right = x.offset(lattice.right()[b]);
            for (int n = 0; n < size; n++) {
                double torque = coupling * Math.sin(values[left + n] - values[right + n]);
                slope[left + n] += torque;
                slope[right + n] -= torque;
            }
        }
    }
}
