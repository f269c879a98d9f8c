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

class CosineFamilyTest extends BasisFamilyContract<CosineFamily.Options> {
    private static final Column COLUMN = Column.bounded("share", -1, 3);

    @Override
    protected BasisFamily<CosineFamily.Options> family() {
        return new CosineFamily();
    }

    @Override
    protected Dataset data() {
        return Rows.of(COLUMN, -1, 0.5, 3);
    }

    @Override
    protected double tolerance(Eigenbasis basis) {
        return 1e-10;
    }

    private static Eigenbasis unit(int degree) {
        Dataset data = Rows.of(Column.bounded("u", 0, 1), 0, 1);
        return new CosineFamily()
                .create(
                        new CosineFamily.Options(),
                        new BasisContext(data.columns().get(0), data, degree, RunContext.quiet(1)));
    }

    @Test
    void functionsAreTheCosinesOfTheTable() {
        int functions = 129;
        double[] x = {0, 1e-9, 0.1, 0.25, 0.4999, 0.77, 1 - 1e-9, 1};
        double[] values = new double[functions * x.length];
        double[] derivatives = new double[functions * x.length];
        unit(64).valuesAndDerivatives(functions, x, 0, x.length, values, derivatives);
        for (int k = 1; k < functions; k++) {
            for (int n = 0; n < x.length; n++) {
                // 128 rotations, one rounding of 1.6e-16 each, and the rounding of the oracle's own argument.
                assertEquals(Math.sqrt(2) * Math.cos(k * (Math.PI * x[n])), values[k * x.length + n], 1e-13);
                double slope = -Math.sqrt(2) * k * Math.PI * Math.sin(k * (Math.PI * x[n]));
                assertEquals(slope, derivatives[k * x.length + n], 1e-13 * k * Math.PI);
            }
        }
        assertEquals(9 * Math.PI * Math.PI, unit(3).eigenvalue(3), 1e-13);
    }

    @Test
    void aValueOutsideTheBoundsIsNamed() {
        Dataset data = Rows.of(COLUMN, 0, 1, 3.5, 7);
        BasisContext context = new BasisContext(COLUMN, data, 4, RunContext.quiet(1));
        String message = assertThrows(
                        InputException.class, () -> new CosineFamily().create(new CosineFamily.Options(), context))
                .getMessage();
        assertTrue(message.startsWith("row 3, column 'share': the value 3.5 lies outside [-1.0, 3.0]"), message);
        assertTrue(message.contains("box"), message);
    }

    @Test
    void aRealColumnIsToldOfTheBox() {
        Dataset data = Rows.of(Column.real("r"), 0, 1);
        BasisContext context = new BasisContext(data.columns().get(0), data, 4, RunContext.quiet(1));
        String message = assertThrows(
                        InputException.class, () -> new CosineFamily().create(new CosineFamily.Options(), context))
                .getMessage();
        assertTrue(message.contains("'r'") && message.contains("'box'"), message);
    }

    @Test
    void anAngleIsToldOfTheCircle() {
        Column angle = Column.angle("phase", 0, 1);
        BasisContext context = new BasisContext(angle, Rows.of(angle, 0, 0.5), 4, RunContext.quiet(1));
        String message = assertThrows(
                        InputException.class, () -> new CosineFamily().create(new CosineFamily.Options(), context))
                .getMessage();
        assertEquals(
                "column 'phase' is angle but family 'cosine' takes bounded columns; use family 'fourier'", message);
    }
}
