package org.eigendrift.engine.guidance;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.InputException;
import org.eigendrift.api.Points;
import org.eigendrift.api.guidance.Operator;
import org.junit.jupiter.api.Test;

/** Gains of random sensors, without noise and with it. */
class SelfCalibrationTest {
    private static final int INPUTS = 4;
    private static final int OUTPUTS = 6;
    private static final CounterRandom RANDOM = new CounterRandom(17);

    private static Operator random(int key) {
        double[][] rows = new double[OUTPUTS][INPUTS];
        for (int j = 0; j < OUTPUTS; j++) {
            for (int i = 0; i < INPUTS; i++) {
                rows[j][i] = RANDOM.normal(key, j * INPUTS + i);
            }
        }
        return new DenseOperator(rows);
    }

    /** Gains between 1/2 and 2 whose inverses have the mean 1. */
    private static double[] gains() {
        double[] inverse = new double[OUTPUTS];
        double sum = 0;
        for (int j = 0; j < OUTPUTS; j++) {
            inverse[j] = 0.5 + 1.5 * RANDOM.uniform(100, j);
            sum += inverse[j];
        }
        double[] gains = new double[OUTPUTS];
        for (int j = 0; j < OUTPUTS; j++) {
            gains[j] = sum / OUTPUTS / inverse[j];
        }
        return gains;
    }

    private static final double[] UNKNOWN = {1, -0.5, 2, 0.3};

    private static Points observed(List<Operator> operators, double noise) {
        double[] gains = gains();
        Points out = Points.zeros(OUTPUTS, operators.size());
        for (int l = 0; l < operators.size(); l++) {
            Points y = Points.zeros(OUTPUTS, 1);
            operators.get(l).apply(Points.ofRows(UNKNOWN), y);
            for (int j = 0; j < OUTPUTS; j++) {
                out.set(j, l, gains[j] * y.get(j, 0) + noise * RANDOM.normal(200 + l, j));
            }
        }
        return out;
    }

    private static List<Operator> operators(int count) {
        List<Operator> operators = new ArrayList<>();
        for (int l = 0; l < count; l++) {
            operators.add(random(l));
        }
        return operators;
    }

    /** Two operators give 12 equations for 9 unknowns. The normal equations square the condition: 1e-16 becomes 1e-10 at one of 1e3. */
    @Test
    void withoutNoiseGainsAndUnknownsAreExact() {
        for (int count : new int[] {2, 3, 8}) {
            List<Operator> operators = operators(count);
            SelfCalibration found = SelfCalibration.of(operators, observed(operators, 0));
            assertArrayEquals(gains(), found.gains(), 1e-9, count + " operators");
            assertArrayEquals(UNKNOWN, found.unknown(), 1e-9, count + " operators");
            assertEquals(0, found.residual(), 1e-10);
        }
    }

    /** Errors are in proportion to the noise: ten times less noise, ten times less error to first order. */
    @Test
    void errorsFollowTheNoise() {
        List<Operator> operators = operators(8);
        double[] errors = new double[2];
        for (int k = 0; k < 2; k++) {
            double noise = k == 0 ? 1e-3 : 1e-4;
            SelfCalibration found = SelfCalibration.of(operators, observed(operators, noise));
            double square = 0;
            for (int j = 0; j < OUTPUTS; j++) {
                square += Math.pow(found.gains()[j] / gains()[j] - 1, 2) / OUTPUTS;
            }
            errors[k] = Math.sqrt(square);
            assertTrue(errors[k] < 10 * noise, "error " + errors[k] + " at noise " + noise);
            assertTrue(found.residual() < 3 * noise && found.residual() > 0.3 * noise, "residual " + found.residual());
        }
        assertEquals(10, errors[0] / errors[1], 0.5);
    }

    private static void refused(String expected, List<Operator> operators, Points observed) {
        String message = assertThrows(InputException.class, () -> SelfCalibration.of(operators, observed))
                .getMessage();
        assertTrue(message.startsWith("calibration: ") && message.contains(expected), message);
    }

    @Test
    void whatDoesNotFollowIsRefused() {
        List<Operator> one = operators(1);
        refused("6 equations for 9 unknowns; observe by more operators", one, observed(one, 0));
        List<Operator> same = List.of(random(1), random(1), random(1));
        refused("the equations are dependent", same, observed(same, 0));
        List<Operator> two = operators(2);
        refused("an observation for each operator, found 1 for 2", two, Points.zeros(OUTPUTS, 1));
        refused("of 4 inputs and 5 outputs, found one of 4 and 6", two, Points.zeros(OUTPUTS - 1, 2));
        Points broken = observed(two, 0);
        broken.set(2, 1, Double.NaN);
        refused("expected finite observations, found NaN", two, broken);
    }
}
