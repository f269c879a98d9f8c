package org.eigendrift.samplers.wrap;

import org.eigendrift.api.Points;
import org.eigendrift.api.score.AffineProcess;

/** The filter of {@link DualFast}. */
final class DualFastFilter implements EpsilonFilter {
    private final DualFast.Options options;
    private final AffineProcess process;
    private final double first;
    private final double last;
    private Points start;

    DualFastFilter(AffineProcess process, DualFast.Options options) {
        this.options = options;
        this.process = process;
        this.first = process.lambda(process.horizon());
        this.last = process.lambda(process.earliest());
    }

    @Override
    public void apply(double t, Points epsilon) {
        if (start == null) {
            start = epsilon.copy();
            return;
        }
        double c = options.c() * (last - process.lambda(t)) / (last - first);
        for (int k = 0; k < epsilon.values().length; k++) {
            epsilon.values()[k] += c * (epsilon.values()[k] - start.values()[k]);
        }
    }
}
