package org.eigendrift.engine.model;

import java.util.List;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.sampler.TimeGrid;
import org.eigendrift.engine.basis.Families;
import org.eigendrift.engine.basis.ProductBasis;

/** Score models with made-up coefficients. */
public final class Models {
    private Models() {}

    /** Coefficients that fall with the rate and vary along the times; every fifth is 0. */
    public static EigenScoreModel arbitrary(List<String> families, int degree, int order) {
        ProductBasis basis = Families.complete(Families.coordinates(families, degree), order);
        TimeGrid grid = TimeGrid.geometric(3, 0.01, 12);
        CounterRandom random = new CounterRandom(41);
        double[][] theta = new double[grid.steps() + 1][basis.size()];
        for (int j = 0; j < theta.length; j++) {
            for (int a = 0; a < basis.size(); a++) {
                double wave = Math.sin(0.3 * j + random.normal(2, a));
                theta[j][a] = a % 5 == 4 ? 0 : wave * random.normal(1, a) * Math.exp(-0.3 * basis.rate(a)) * 0.3;
            }
        }
        return new EigenScoreModel(basis, new ThetaPath(grid, theta));
    }
}
