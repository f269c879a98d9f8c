package org.eigendrift.targets.boltzmann;

import java.util.Arrays;
import org.eigendrift.api.Points;
import org.eigendrift.api.target.Potential;

/**
 * Coupled double wells, U(x) = a sum_i (x_i^2 - 1)^2 + x^T C x / 2, C symmetric with zero diagonal.
 *
 * @param height a
 * @param couplings C
 */
record DoubleWells(double height, double[][] couplings) implements Potential {

    @Override
    public void energy(Points x, double[] out) {
        int size = x.size();
        Arrays.fill(out, 0, size, 0);
        for (int i = 0; i < couplings.length; i++) {
            for (int n = 0; n < size; n++) {
                double value = x.get(i, n);
                double well = value * value - 1;
                double force = 0;
                for (int j = 0; j < i; j++) {
                    force += couplings[i][j] * x.get(j, n);
                }
                out[n] += height * well * well + value * force;
            }
        }
    }

    @Override
    public void gradient(Points x, Points out) {
        for (int i = 0; i < couplings.length; i++) {
            for (int n = 0; n < x.size(); n++) {
                double value = x.get(i, n);
                double slope = 4 * height * value * (value * value - 1);
                for (int j = 0; j < couplings.length; j++) {
                    slope += couplings[i][j] * x.get(j, n);
                }
                out.set(i, n, slope);
            }
        }
    }
}
