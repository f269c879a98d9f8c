package org.eigendrift.engine.guidance;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.List;
import org.eigendrift.api.Points;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.guidance.Operator;
import org.eigendrift.api.law.Flowing;
import org.eigendrift.engine.model.EigenScoreModel;
import org.eigendrift.engine.model.Models;
import org.eigendrift.engine.transport.ExactLaw;
import org.junit.jupiter.api.Test;

/** The map (exp z1, z1 z2) from a flow to its rows, whose derivatives are known. */
class DataOperatorTest {
    private static final EigenScoreModel MODEL = Models.arbitrary(List.of("hermite", "hermite"), 2, 2);
    private static final List<Column> COLUMNS = List.of(Column.real("a"), Column.real("b"));

    /** Central differences of steps of 6e-6: off by 6e-12 of third derivatives, and by rounding over the step, 4e-11. */
    private static final double DIFFERENCES = 1e-9;

    private static Operator operator() {
        Flowing flow = (Flowing) Proxy.newProxyInstance(
                DataOperatorTest.class.getClassLoader(),
                new Class<?>[] {Flowing.class},
                (self, method, arguments) -> switch (method.getName()) {
                    case "scoreModel" -> MODEL;
                    case "columns" -> COLUMNS;
                    case "toData" -> toData((Points) arguments[0]);
                    default -> throw new UnsupportedOperationException(method.getName());
                });
        return DataOperator.of(flow).orElseThrow();
    }

    private static Points toData(Points z) {
        Points x = Points.zeros(2, z.size());
        for (int n = 0; n < z.size(); n++) {
            x.set(0, n, Math.exp(z.get(0, n)));
            x.set(1, n, z.get(0, n) * z.get(1, n));
        }
        return x;
    }

    @Test
    void aLawThatIsItsFlowNeedsNone() {
        assertTrue(DataOperator.of(new ExactLaw(MODEL, COLUMNS)).isEmpty());
    }

    @Test
    void derivativesAreThoseOfTheMap() {
        Operator operator = operator();
        assertEquals(2, operator.inputs());
        assertEquals(2, operator.outputs());
        assertFalse(operator.affine());
        Points z = Points.ofRows(new double[] {0.5, -2}, new double[] {-1, 0.3}, new double[] {0, 0});
        Points v = Points.ofRows(new double[] {1, 2}, new double[] {-0.3, 0.7}, new double[] {0, 0});
        Points out = Points.zeros(2, 3);
        operator.apply(z, out);
        assertArrayEquals(toData(z).values(), out.values());
        operator.tangent(z, v, out);
        for (int n = 0; n < 3; n++) {
            assertEquals(Math.exp(z.get(0, n)) * v.get(0, n), out.get(0, n), DIFFERENCES);
            assertEquals(z.get(1, n) * v.get(0, n) + z.get(0, n) * v.get(1, n), out.get(1, n), DIFFERENCES);
        }
        Arrays.fill(out.values(), 99);
        operator.adjoint(z, v, out);
        for (int n = 0; n < 3; n++) {
            assertEquals(Math.exp(z.get(0, n)) * v.get(0, n) + z.get(1, n) * v.get(1, n), out.get(0, n), DIFFERENCES);
            assertEquals(z.get(0, n) * v.get(1, n), out.get(1, n), DIFFERENCES);
        }
    }
}
