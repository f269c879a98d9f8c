package org.eigendrift.bases;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.eigendrift.api.InputException;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.State;
import org.eigendrift.api.basis.BasisContext;
import org.eigendrift.api.basis.BasisFamily;
import org.eigendrift.api.basis.Eigenbasis;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.data.Dataset;
import org.eigendrift.contract.BasisFamilyContract;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class LaguerreFamilyTest {
    private static final Column PRICE = Column.positive("price");

    private abstract static class Law extends BasisFamilyContract<LaguerreFamily.Options> {
        @Override
        protected BasisFamily<LaguerreFamily.Options> family() {
            return new LaguerreFamily();
        }

        @Override
        protected Dataset data() {
            return Rows.normal(PRICE, 400, z -> 12 * z * z);
        }

        @Override
        protected double tolerance(Eigenbasis basis) {
            return 1e-10;
        }
    }

    @Nested
    class Exponential extends Law {
        @Override
        protected LaguerreFamily.Options options() {
            return new LaguerreFamily().options().of(Map.of("shape", 1));
        }
    }

    @Nested
    class Fitted extends Law {}

    @Nested
    class Peaked extends Law {
        @Override
        protected LaguerreFamily.Options options() {
            return new LaguerreFamily().options().of(Map.of("shape", 4.5, "scale", 2));
        }
    }

    @Test
    void functionsAreTheLaguerrePolynomials() {
        double[] x = {0, 0.7, 9};
        double[] values = new double[3 * x.length];
        new LaguerreBasis(3, 2, 2).values(3, x, 0, x.length, values);
        for (int n = 0; n < x.length; n++) {
            double y = x[n] / 2;
            // L_2^(2) = y^2 / 2 - 4 y + 6 (DLMF 18.5.12), mean square C(4, 2) = 6 under Gamma(3).
            assertEquals((0.5 * y * y - 4 * y + 6) / Math.sqrt(6), values[2 * x.length + n], 1e-14);
        }
    }

    @Test
    void theLawIsFittedToMeanAndVariance() {
        // Mean 4, variance 2: shape 8, scale 1/2.
        Dataset data = Rows.of(PRICE, 4 - Math.sqrt(2), 4 + Math.sqrt(2));
        LaguerreFamily family = new LaguerreFamily();
        double[] law = family.create(family.options().defaults(), new BasisContext(PRICE, data, 2, RunContext.quiet(1)))
                .state()
                .get("gamma", 2);
        assertEquals(8, law[0], 1e-13);
        assertEquals(0.5, law[1], 1e-13);
    }

    @Test
    void quantilesOfTheExponentialLaw() {
        LaguerreBasis basis = new LaguerreBasis(1, 3, 2);
        for (double u : new double[] {1e-14, 0.01, 0.5, 0.99, 1 - 1e-12}) {
            double expected = -3 * Math.log1p(-u);
            assertEquals(expected, basis.quantile(u), 1e-13 * expected);
        }
    }

    @Test
    void aNegativeValueIsNamed() {
        LaguerreFamily family = new LaguerreFamily();
        BasisContext context = new BasisContext(PRICE, Rows.of(PRICE, 3, 0.5, -2), 3, RunContext.quiet(1));
        String message = assertThrows(
                        InputException.class,
                        () -> family.create(family.options().defaults(), context))
                .getMessage();
        assertTrue(message.contains("row 3, column 'price': the value -2.0"), message);
        assertTrue(message.contains("'mean-field'"), message);
    }

    @Test
    void aDamagedStateIsRefused() {
        LaguerreFamily family = new LaguerreFamily();
        State state = State.of(Map.of("gamma", new double[] {-1, 2}));
        assertThrows(InputException.class, () -> family.restore(family.options().defaults(), PRICE, 3, state));
    }
}
