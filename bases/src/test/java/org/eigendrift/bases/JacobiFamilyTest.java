package org.eigendrift.bases;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.eigendrift.api.InputException;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.basis.BasisContext;
import org.eigendrift.api.basis.BasisFamily;
import org.eigendrift.api.basis.Eigenbasis;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.data.Dataset;
import org.eigendrift.contract.BasisFamilyContract;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class JacobiFamilyTest {
    private static final Column COLUMN = Column.bounded("share", -1, 4);

    private abstract static class Member extends BasisFamilyContract<JacobiFamily.Options> {
        @Override
        protected BasisFamily<JacobiFamily.Options> family() {
            return new JacobiFamily();
        }

        @Override
        protected JacobiFamily.Options options() {
            return new JacobiFamily().options().of(settings());
        }

        abstract Map<String, ?> settings();

        @Override
        protected Dataset data() {
            return Rows.of(COLUMN, -1, 0, 2, 4);
        }

        @Override
        protected double tolerance(Eigenbasis basis) {
            return 1e-10;
        }
    }

    @Nested
    class Legendre extends Member {
        @Override
        Map<String, ?> settings() {
            return Map.of("kind", "legendre");
        }

        @Test
        void functionsAreTheLegendrePolynomials() {
            double[] x = {-0.9, 0.2, 1};
            double[] values = new double[4 * x.length];
            new JacobiBasis(-1, 1, 0, 0, 3).values(4, x, 0, x.length, values);
            for (int n = 0; n < x.length; n++) {
                // P_3 = (5x^3 - 3x) / 2 with mean square 1/7 under the uniform law.
                double expected = Math.sqrt(7) * 0.5 * (5 * x[n] * x[n] - 3) * x[n];
                assertEquals(expected, values[3 * x.length + n], 1e-14);
            }
        }
    }

    @Nested
    class Chebyshev extends Member {
        @Override
        Map<String, ?> settings() {
            return Map.of("kind", "chebyshev");
        }

        @Test
        void functionsAreCosinesOfTheAngle() {
            double[] x = {-0.9, 0.2, 0.99};
            double[] values = new double[129 * x.length];
            new JacobiBasis(-1, 1, -0.5, -0.5, 64).values(129, x, 0, x.length, values);
            for (int k = 1; k < 129; k++) {
                for (int n = 0; n < x.length; n++) {
                    assertEquals(Math.sqrt(2) * Math.cos(k * Math.acos(x[n])), values[k * x.length + n], 1e-12);
                }
            }
        }
    }

    @Nested
    class Unequal extends Member {
        @Override
        Map<String, ?> settings() {
            return Map.of("alpha", 1.5, "beta", 0.5);
        }

        @Test
        void quantilesAreThoseOfTheBetaLaw() {
            // On [0, 1] the law is Beta(3/2, 5/2).
            Eigenbasis basis = new JacobiBasis(0, 1, 1.5, 0.5, 2);
            for (double u : new double[] {1e-12, 0.1, 0.5, 0.9, 1 - 1e-9}) {
                assertEquals(u, betaLaw(basis.quantile(u)), 1e-14);
            }
        }

        /** The distribution function of Beta(3/2, 5/2) in closed form, with x = sin^2 t. */
        private double betaLaw(double x) {
            double t = Math.asin(Math.sqrt(x));
            // Density 16 / pi x^(1/2) (1-x)^(3/2): the integral of 32 / pi sin^2 t cos^4 t dt.
            return (2 * t + 0.5 * Math.sin(2 * t) - 0.5 * Math.sin(4 * t) - Math.sin(6 * t) / 6) / Math.PI;
        }
    }

    /** An exponent below -1/2, whose integrals the contract's rule does not resolve: checked in moments. */
    @Test
    void steepDensitiesHaveTheirMoments() {
        JacobiBasis basis = new JacobiBasis(0, 1, -0.8, 0.3, 6);
        // E[x] = (q + 1) / (p + q + 2); phi_1 is linear with mean 0, so it vanishes there.
        double mean = 1.3 / 1.5;
        double[] values = new double[2];
        basis.values(2, new double[] {mean}, 0, 1, values);
        assertEquals(0, values[1], 1e-14);
        // Var x = c d / ((c + d)^2 (c + d + 1)) for Beta(c = 1.3, d = 0.2); the slope of phi_1 is its inverse root.
        double[] derivatives = new double[2];
        basis.valuesAndDerivatives(2, new double[] {mean}, 0, 1, values, derivatives);
        assertEquals(1 / Math.sqrt(1.3 * 0.2 / (1.5 * 1.5 * 2.5)), derivatives[1], 1e-13);
    }

    @Test
    void aNamedMemberFixesItsExponents() {
        String message = assertThrows(
                        InputException.class,
                        () -> new JacobiFamily().options().of(Map.of("kind", "legendre", "alpha", 1)))
                .getMessage();
        assertTrue(message.contains("kind legendre fixes alpha and beta"), message);
    }

    @Test
    void aValueOutsideTheBoundsIsNamed() {
        BasisContext context = new BasisContext(COLUMN, Rows.of(COLUMN, 0, -1.5), 4, RunContext.quiet(1));
        JacobiFamily family = new JacobiFamily();
        String message = assertThrows(
                        InputException.class,
                        () -> family.create(family.options().defaults(), context))
                .getMessage();
        assertTrue(
                message.contains("row 2, column 'share': the value -1.5") && message.contains("'mean-field'"), message);
    }
}
