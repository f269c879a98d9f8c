package org.eigendrift.engine.guidance;

import java.util.Arrays;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.InputException;
import org.eigendrift.api.NumericalException;
import org.eigendrift.api.Points;
import org.eigendrift.api.guidance.GuidedScoreModel;
import org.eigendrift.api.score.DiffusionProcess;

/**
 * What becomes of p exp(target) far from all rows. If it does not fall any more a hundred thousand deviations out it has no integral: a reward that grows
 * faster than log p falls, or exponents of a product whose sum is not positive.
 */
final class Ends {
    /** In units of the coordinates. A linear reward moves the law by its slope, and no one asks for a hundred thousand deviations. */
    private static final double[] DISTANCES = {30, 100, 1e3, 1e4, 1e5};

    private static final int DIRECTIONS = 16;
    private static final CounterRandom KEY = new CounterRandom(29);

    private Ends() {}

    /**
     * Looks along the axes and some directions.
     *
     * @param law the guided law
     * @throws InputException if what is asked for cannot be normalised
     */
    static void check(GuidedLaw law) {
        DiffusionProcess process = law.scoreModel().process();
        int d = process.dim();
        for (int k = 0; k < 2 * d + DIRECTIONS; k++) {
            double[] direction = direction(k, d);
            Points z = Points.zeros(d, DISTANCES.length);
            for (int n = 0; n < DISTANCES.length; n++) {
                for (int i = 0; i < d; i++) {
                    z.set(i, n, DISTANCES[n] * direction[i]);
                }
            }
            if (stays(law.scoreModel(), z)) {
                throw InputException.at(
                        "guidance",
                        "the law that is asked for has no end within " + (long) DISTANCES[DISTANCES.length - 1]
                                + " deviations of the rows: its density does not fall at "
                                + Arrays.toString(law.toData(z.slice(3, 4)).row(0))
                                + "; use an observation that rows can have, a bounded objective or a smaller weight, or"
                                + " exponents whose sum is above 0");
            }
        }
    }

    private static double[] direction(int k, int d) {
        double[] direction = new double[d];
        if (k < 2 * d) {
            direction[k / 2] = k % 2 == 0 ? 1 : -1;
            return direction;
        }
        double square = 0;
        for (int i = 0; i < d; i++) {
            direction[i] = KEY.normal(k, i);
            square += direction[i] * direction[i];
        }
        for (int i = 0; i < d; i++) {
            direction[i] /= Math.sqrt(square);
        }
        return direction;
    }

    /** Whether the farthest two points at which there are numbers do not lie downhill. */
    private static boolean stays(GuidedScoreModel model, Points z) {
        double last = Double.NaN;
        double before = Double.NaN;
        for (int n = 0; n < z.size(); n++) {
            double here = log(model, z.slice(n, n + 1));
            if (Double.isFinite(here)) {
                before = last;
                last = here;
            }
        }
        return last >= before;
    }

    private static double log(GuidedScoreModel model, Points z) {
        double[] ratio = new double[1];
        double[] reference = new double[1];
        double[] target = new double[1];
        try {
            model.base().evaluator().logRatio(model.process().earliest(), z, ratio);
            model.process().logReference(z, reference);
            model.evaluator().logTarget(z, target);
            return ratio[0] + reference[0] + target[0];
        } catch (InputException | NumericalException e) {
            // Nothing is said of a place where the objective has no value.
            return Double.NaN;
        }
    }
}
