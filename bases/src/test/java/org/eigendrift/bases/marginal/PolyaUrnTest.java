package org.eigendrift.bases.marginal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.apache.commons.numbers.gamma.LogBeta;
import org.junit.jupiter.api.Test;

class PolyaUrnTest {
    /** By the beta function, to the rounding of some thousand logarithms that are added up. */
    @Test
    void drawsHaveTheProbabilityOfABetaMixture() {
        PolyaUrn urn = new PolyaUrn(3000);
        for (int[] balls : new int[][] {{0, 0}, {0, 1}, {2, 0}, {1, 1}, {7, 3}, {0, 3000}, {1234, 1700}}) {
            double expected = (balls[0] + balls[1]) * Math.log(2)
                    + LogBeta.value(balls[0] + 0.5, balls[1] + 0.5)
                    - Math.log(Math.PI);
            assertEquals(expected, urn.log(balls[0], balls[1]), 3e-10);
        }
    }
}
