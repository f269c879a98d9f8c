package org.eigendrift.engine.check;

import java.util.Locale;
import org.eigendrift.api.Domain;
import org.eigendrift.api.Points;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.guidance.Corrector;
import org.eigendrift.api.guidance.GuidedScoreModel;
import org.eigendrift.api.guidance.Particles;
import org.eigendrift.api.plugin.PluginException;

/** Correctors whose word is not taken: as many particles as asked for, in the domain, and sizes that are numbers. */
public final class CheckedCorrector {
    private CheckedCorrector() {}

    /**
     * Draws particles.
     *
     * @param corrector the corrector, which does not refuse the model
     * @param model the model
     * @param count how many, at least 2
     * @param run the run
     * @return the particles
     * @throws PluginException if they are none
     */
    public static Particles run(Corrector corrector, GuidedScoreModel model, int count, RunContext run) {
        Particles particles = corrector.run(model, count, run);
        int dim = model.process().dim();
        if (particles == null || particles.points() == null) {
            throw new PluginException(corrector, "returned null for particles");
        }
        Points points = particles.points();
        if (points.size() != count || points.dim() != dim || particles.moved() < count) {
            throw wrong(
                    corrector,
                    "drew %d particles of %d coordinates, of %d that were moved; expected %d of %d",
                    points.size(),
                    points.dim(),
                    particles.moved(),
                    count,
                    dim);
        }
        for (int i = 0; i < dim; i++) {
            Domain domain = model.process().domain(i);
            for (int n = 0; n < count; n++) {
                if (!domain.contains(points.get(i, n))) {
                    throw wrong(
                            corrector,
                            "drew a particle that is none: coordinate %d of particle %d is %.6g; expected a finite number from %.6g to %.6g",
                            i + 1,
                            n + 1,
                            points.get(i, n),
                            domain.lower(),
                            domain.upper());
                }
            }
        }
        checkSizes(corrector, particles);
        return particles;
    }

    private static void checkSizes(Corrector corrector, Particles particles) {
        double[] effective = particles.effective();
        if (effective == null || particles.times() == null || effective.length != particles.times().length) {
            throw wrong(corrector, "tells effective sizes that are not one for each time");
        }
        for (double size : effective) {
            if (!(size > 0 && size <= particles.moved() * (1 + 1e-9))) {
                throw wrong(corrector, "tells the effective size %g of %d particles", size, particles.moved());
            }
        }
        if (Double.isNaN(particles.logNormaliser())) {
            throw wrong(corrector, "tells NaN for the log of the normaliser");
        }
    }

    private static PluginException wrong(Corrector corrector, String format, Object... values) {
        return new PluginException(corrector, String.format(Locale.ROOT, format, values));
    }
}
