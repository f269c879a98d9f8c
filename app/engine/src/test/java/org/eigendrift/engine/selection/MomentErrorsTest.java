package org.eigendrift.engine.selection;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import org.eigendrift.api.CounterRandom;
import org.junit.jupiter.api.Test;

/** Errors of means by hand, and against the variance that rows have. */
class MomentErrorsTest {
    /** Ten rows with mean 3 in folds of 2 and 3 rows: deviations 1 and 2, weights 2 / 8 and 3 / 7. */
    @Test
    void byHand() {
        double[] errors = MomentErrors.of(new double[][] {{4}, {1}}, new double[] {2, 3}, new double[] {3}, 10);
        assertEquals(Math.sqrt((2.0 / 8 + 4 * 3.0 / 7) / 2), errors[0], 1e-15);
    }

    /** Means of 10,000 normal rows of deviation 2 have an error of 0.02. */
    @Test
    void theErrorIsThatOfTheMeanOfAllRows() {
        int columns = 400;
        int folds = 5;
        int rows = 10_000;
        CounterRandom random = new CounterRandom(17);
        double[][] ofFolds = new double[folds][columns];
        double[] means = new double[columns];
        for (int a = 0; a < columns; a++) {
            for (int n = 0; n < rows; n++) {
                double x = 2 * random.normal(n, a);
                ofFolds[n % folds][a] += x * folds / rows;
                means[a] += x / rows;
            }
        }
        double[] foldRows = {2000, 2000, 2000, 2000, 2000};
        double[] errors = MomentErrors.of(ofFolds, foldRows, means, rows);
        double norm =
                Math.sqrt(Arrays.stream(errors).map(error -> error * error).sum());
        // 400 columns of 4 degrees of freedom each: the variance is known to sqrt(2 / 1600), the norm to half of it,
        // 1.8 %;
        // five of these.
        assertEquals(Math.sqrt(columns) * 0.02, norm, 0.09 * Math.sqrt(columns) * 0.02);
    }
}
