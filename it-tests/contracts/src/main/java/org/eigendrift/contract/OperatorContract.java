package org.eigendrift.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.Points;
import org.eigendrift.api.guidance.Operator;
import org.junit.jupiter.api.Test;

/** What every forward operator promises. */
public abstract class OperatorContract {
    private static final int SIZE = 7;

    /** For subclasses. */
    protected OperatorContract() {}

    /**
     * The operator under test.
     *
     * @return the operator
     */
    protected abstract Operator operator();

    private static Points random(int dim, int purpose) {
        Points out = Points.zeros(dim, SIZE);
        CounterRandom random = new CounterRandom(11).derive(purpose);
        for (int i = 0; i < dim; i++) {
            for (int n = 0; n < SIZE; n++) {
                out.set(i, n, random.normal(n, i));
            }
        }
        return out;
    }

    private Points image(Points x) {
        Points out = Points.zeros(operator().outputs(), x.size());
        operator().apply(x, out);
        return out;
    }

    @Test
    void adjointIsTheTransposeOfTheTangent() {
        Points x = random(operator().inputs(), 1);
        Points v = random(operator().inputs(), 2);
        Points w = random(operator().outputs(), 3);
        Points forward = Points.zeros(operator().outputs(), SIZE);
        Points back = Points.zeros(operator().inputs(), SIZE);
        operator().tangent(x, v, forward);
        operator().adjoint(x, w, back);
        for (int n = 0; n < SIZE; n++) {
            double there = 0;
            double here = 0;
            double size = 0;
            for (int j = 0; j < forward.dim(); j++) {
                there += w.get(j, n) * forward.get(j, n);
                size += Math.abs(w.get(j, n) * forward.get(j, n));
            }
            for (int i = 0; i < back.dim(); i++) {
                here += v.get(i, n) * back.get(i, n);
            }
            assertEquals(there, here, 1e-12 * (1 + size), "w A'v by the tangent and by the adjoint, point " + (n + 1));
        }
    }

    @Test
    void tangentIsTheDerivative() {
        Points x = random(operator().inputs(), 1);
        Points v = random(operator().inputs(), 2);
        Points tangent = Points.zeros(operator().outputs(), SIZE);
        operator().tangent(x, v, tangent);
        double h = Math.cbrt(Math.ulp(1.0));
        Points up = x.copy();
        Points down = x.copy();
        for (int k = 0; k < x.values().length; k++) {
            up.values()[k] += h * v.values()[k];
            down.values()[k] -= h * v.values()[k];
        }
        Points above = image(up);
        Points below = image(down);
        for (int k = 0; k < tangent.values().length; k++) {
            double slope = (above.values()[k] - below.values()[k]) / (2 * h);
            // Central differences with the balanced step: 4e-11 of truncation and of rounding.
            assertEquals(
                    slope,
                    tangent.values()[k],
                    1e-8 * (1 + Math.abs(slope) + Math.abs(above.values()[k])),
                    "the tangent, beside differences of values");
        }
    }

    @Test
    void affineOperatorsHaveOneJacobian() {
        if (operator().affine()) {
            Points v = random(operator().inputs(), 2);
            Points here = Points.zeros(operator().outputs(), SIZE);
            Points there = Points.zeros(operator().outputs(), SIZE);
            operator().tangent(random(operator().inputs(), 1), v, here);
            operator().tangent(random(operator().inputs(), 4), v, there);
            for (int k = 0; k < here.values().length; k++) {
                assertEquals(
                        here.values()[k],
                        there.values()[k],
                        1e-12 * (1 + Math.abs(here.values()[k])),
                        "the tangent of what says that it is affine, at another point");
            }
        }
    }
}
