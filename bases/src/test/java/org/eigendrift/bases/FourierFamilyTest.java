package org.eigendrift.bases;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.eigendrift.api.InputException;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.basis.BasisContext;
import org.eigendrift.api.basis.BasisFamily;
import org.eigendrift.api.basis.Eigenbasis;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.data.Dataset;
import org.eigendrift.contract.BasisFamilyContract;
import org.junit.jupiter.api.Test;

class FourierFamilyTest extends BasisFamilyContract<FourierFamily.Options> {
    @Override
    protected BasisFamily<FourierFamily.Options> family() {
        return new FourierFamily();
    }

    @Override
    protected Dataset data() {
        return Rows.of(Column.angle("phase", 0, 360), 0, 12, 359.9);
    }

    @Override
    protected double tolerance(Eigenbasis basis) {
        return 1e-10;
    }

    @Test
    void functionsAlternateCosineAndSine() {
        double[] x = {0, 0.3, 3, 6.2};
        int functions = 257;
        double[] values = new double[functions * x.length];
        new FourierBasis(2 * Math.PI, 64).values(functions, x, 0, x.length, values);
        for (int k = 1; k <= 128; k++) {
            for (int n = 0; n < x.length; n++) {
                // The argument k x of the oracle is rounded at 800: 1e-13.
                assertEquals(Math.sqrt(2) * Math.cos(k * x[n]), values[(2 * k - 1) * x.length + n], 3e-13);
                assertEquals(Math.sqrt(2) * Math.sin(k * x[n]), values[2 * k * x.length + n], 3e-13);
            }
        }
    }

    @Test
    void aPeriodThatDoesNotBeginAtZeroNeedsTheFrame() {
        Column column = Column.angle("turn", -180, 180);
        BasisContext context = new BasisContext(column, Rows.of(column, 1, 2), 3, RunContext.quiet(1));
        assertRefused(context, "'turn': its period begins at -180.0 but family 'fourier' expects 0; frame 'angle'");
        Column whole = Column.angle("turn", 0, 360);
        assertRefused(
                new BasisContext(whole, Rows.of(whole, 1, 360), 3, RunContext.quiet(1)),
                "row 2, column 'turn': the value 360.0 lies outside");
    }

    private static void assertRefused(BasisContext context, String expected) {
        String message = assertThrows(
                        InputException.class, () -> new FourierFamily().create(new FourierFamily.Options(), context))
                .getMessage();
        assertTrue(message.contains(expected), message);
    }
}
