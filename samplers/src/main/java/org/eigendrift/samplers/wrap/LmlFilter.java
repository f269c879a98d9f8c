package org.eigendrift.samplers.wrap;

import org.eigendrift.api.Points;
import org.eigendrift.api.score.AffineProcess;

/**
 * The filter of {@link Lml}: e' = e - m (e . m) / (lambda + |m|^2), rescaled to |e|, m = kappa e_before + (1 - kappa)
 * e.
 */
final class LmlFilter implements EpsilonFilter {
    private final Lml.Options options;
    private final AffineProcess process;
    private final double begin;
    private Points before;

    LmlFilter(AffineProcess process, Lml.Options options) {
        this.options = options;
        this.process = process;
        double first = process.lambda(process.horizon());
        this.begin = first + options.freeze() * (process.lambda(process.earliest()) - first);
    }

    @Override
    public void apply(double t, Points epsilon) {
        Points raw = epsilon.copy();
        if (before != null && process.lambda(t) >= begin) {
            for (int n = 0; n < epsilon.size(); n++) {
                correct(epsilon, n);
            }
        }
        before = raw;
    }

    private void correct(Points e, int n) {
        double k = options.kappa();
        double along = 0;
        double square = 0;
        double length = 0;
        for (int i = 0; i < e.dim(); i++) {
            double m = k * before.get(i, n) + (1 - k) * e.get(i, n);
            along += e.get(i, n) * m;
            square += m * m;
            length += e.get(i, n) * e.get(i, n);
        }
        double factor = along / (options.damping() + square);
        double changed = 0;
        for (int i = 0; i < e.dim(); i++) {
            double m = k * before.get(i, n) + (1 - k) * e.get(i, n);
            e.set(i, n, e.get(i, n) - m * factor);
            changed += e.get(i, n) * e.get(i, n);
        }
        double rescale = changed > 0 ? Math.sqrt(length / changed) : 1;
        for (int i = 0; i < e.dim(); i++) {
            e.set(i, n, e.get(i, n) * rescale);
        }
    }
}
