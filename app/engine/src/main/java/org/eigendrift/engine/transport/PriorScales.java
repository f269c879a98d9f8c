package org.eigendrift.engine.transport;

import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.Points;
import org.eigendrift.api.score.DiffusionProcess;
import org.eigendrift.engine.model.ProductProcess;

/** How wide the coordinates of a process are: what makes lengths along them comparable. */
public final class PriorScales {
    private static final int DRAWS = 256;
    private static final CounterRandom KEY = new CounterRandom(DRAWS);

    private PriorScales() {}

    /**
     * The standard deviations of the prior, estimated from 256 draws.
     *
     * @param process the process
     * @return one for each coordinate, above 0; shared, not to be modified
     */
    public static double[] of(DiffusionProcess process) {
        return process instanceof ProductProcess product
                ? product.basis().scales(() -> estimated(process))
                : estimated(process);
    }

    private static double[] estimated(DiffusionProcess process) {
        Points draws = Points.zeros(process.dim(), DRAWS);
        process.prior(KEY, 0, draws);
        double[] scales = new double[draws.dim()];
        for (int i = 0; i < scales.length; i++) {
            double mean = 0;
            for (int n = 0; n < DRAWS; n++) {
                mean += draws.get(i, n) / DRAWS;
            }
            double variance = 0;
            for (int n = 0; n < DRAWS; n++) {
                variance += (draws.get(i, n) - mean) * (draws.get(i, n) - mean) / DRAWS;
            }
            scales[i] = Math.sqrt(variance);
        }
        return scales;
    }
}
