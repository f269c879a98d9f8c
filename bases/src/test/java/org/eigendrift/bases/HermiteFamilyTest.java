package org.eigendrift.bases;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.eigendrift.api.basis.BasisFamily;
import org.eigendrift.api.basis.Eigenbasis;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.data.Dataset;
import org.eigendrift.contract.BasisFamilyContract;
import org.junit.jupiter.api.Test;

class HermiteFamilyTest extends BasisFamilyContract<HermiteFamily.Options> {
    @Override
    protected BasisFamily<HermiteFamily.Options> family() {
        return new HermiteFamily();
    }

    @Override
    protected Dataset data() {
        return Rows.of(Column.real("x"), -1, 0, 2);
    }

    @Override
    protected double tolerance(Eigenbasis basis) {
        return 1e-10;
    }

    @Test
    void functionsAreTheHermitePolynomials() {
        double[] x = {-3.1, 0.4, 2};
        double[] values = new double[5 * x.length];
        new HermiteBasis(4).values(5, x, 0, x.length, values);
        for (int n = 0; n < x.length; n++) {
            double y = x[n] * x[n];
            // He_3 = x^3 - 3x, He_4 = x^4 - 6x^2 + 3 (DLMF 18.5.19 and 18.7.11).
            assertEquals((y - 3) * x[n] / Math.sqrt(6), values[3 * x.length + n], 1e-13);
            assertEquals((y * y - 6 * y + 3) / Math.sqrt(24), values[4 * x.length + n], 1e-13);
        }
    }

    @Test
    void coefficientsOfProductsAreTheKnownOnes() {
        // He_1 He_1 = He_2 + 1, He_2 He_2 = He_4 + 4 He_2 + 2, normalised by 1/2.
        assertEquals(Math.sqrt(2), HermiteBasis.coefficient(1, 1, 2), 1e-15);
        assertEquals(1, HermiteBasis.coefficient(1, 1, 0), 1e-15);
        assertEquals(Math.sqrt(24) / 2, HermiteBasis.coefficient(2, 2, 4), 1e-15);
        assertEquals(4 * Math.sqrt(2) / 2, HermiteBasis.coefficient(2, 2, 2), 1e-15);
        assertEquals(0, HermiteBasis.coefficient(2, 2, 3));
        // C[64,64,128]^2 = 128! / 64!^2, the central binomial coefficient, computed in exact integers.
        double central = 2.3951146041928085e37;
        assertEquals(Math.sqrt(central), HermiteBasis.coefficient(64, 64, 128), 1e-13 * Math.sqrt(central));
    }

    @Test
    void quantilesAreThoseOfTheNormalLaw() {
        // R's qnorm(0.975) and qnorm(1e-10).
        assertEquals(1.959963984540054, new HermiteBasis(2).quantile(0.975), 1e-14);
        assertEquals(-6.361340902404056, new HermiteBasis(2).quantile(1e-10), 1e-13);
    }
}
