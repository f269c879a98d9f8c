package org.eigendrift.engine.law.given;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.eigendrift.api.Points;
import org.eigendrift.api.Purpose;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.law.Decision;
import org.eigendrift.api.law.Provenance;
import org.eigendrift.api.law.StoredLaw;
import org.eigendrift.engine.likelihood.CurvedFit;
import org.eigendrift.engine.likelihood.CurvedRegression;
import org.eigendrift.engine.likelihood.Gain;

/**
 * Tries a known prior times a curved likelihood in the place of regressions that were fitted, and takes it where held-out rows are likelier by it
 * beyond the scatter.
 */
final class LikelihoodFit {
    private final ConditionalLaw regressions;
    private final ConditionalFit.Fitted fitted;
    private final Sample sample;
    private final RunContext run;

    /**
     * Prepares.
     *
     * @param regressions the law that was fitted, with a prior
     * @param fitted how
     * @param sample rows, in coordinates of the prior
     * @param run seed, threads
     */
    LikelihoodFit(ConditionalLaw regressions, ConditionalFit.Fitted fitted, Sample sample, RunContext run) {
        this.regressions = regressions;
        this.fitted = fitted;
        this.sample = sample;
        this.run = run;
    }

    /** The better of the two. */
    StoredLaw fit() {
        Regressions units = regressions.regressions();
        Tried tried = tried();
        CurvedFit.Chosen chosen = tried.chosen();
        boolean alike = tried.known().coordinates().equals(units.known().coordinates());
        Decision decision = LikelihoodChoice.straight(chosen.gain(), !alike).orElseGet(() -> compared(tried));
        List<Decision> decisions = new ArrayList<>(regressions.provenance().decisions());
        decisions.add(chosen.decision());
        decisions.add(decision);
        boolean likelier = decision.chosen().equals(LikelihoodChoice.CURVED);
        CurvedFit all = curved(sample.in(units.modelled(), tried.known()));
        if (likelier && all.rows() < sample.size()) {
            decisions.add(Decision.told(String.format(
                    Locale.ROOT,
                    "the likelihood is fitted to %,d of %,d rows, evenly spaced",
                    all.rows(),
                    sample.size())));
        }
        Provenance how = new Provenance(
                regressions.provenance().kind(), regressions.provenance().rows(), decisions);
        return likelier ? law(tried.known(), all.fit(chosen), how) : regressions.with(how);
    }

    /** The best likelihood of what is given in some coordinates. */
    private record Tried(Known known, CurvedFit.Chosen chosen, double[] nats) {}

    /** What is given as it is, or bent where held-out rows are likelier so. */
    private Tried tried() {
        Tried plain = tried(Coordinates.plain(sample.b()[0].length));
        Coordinates bends = Coordinates.of(sample.b(), sample.b()[0].length);
        if (bends.arePlain()) {
            return plain;
        }
        Tried bent = tried(bends);
        return Gain.of(bent.nats(), plain.nats()).counts() ? bent : plain;
    }

    private Tried tried(Coordinates coordinates) {
        Known known = Known.of(coordinates, sample.b());
        Sample scaled = sample.in(regressions.regressions().modelled(), known);
        Sample in = scaled.select(fitted.heldOut().others());
        int[] rows = Arrays.stream(fitted.heldOut().rows()).distinct().toArray();
        Sample out = scaled.select(rows);
        CurvedFit.Chosen chosen = curved(in).choose(out.a(), out.b());
        double[] nats = new double[rows.length];
        Arrays.setAll(nats, n -> chosen.nats()[n] + known.logJacobian(coordinates.to(sample.b()[rows[n]])));
        return new Tried(known, chosen, nats);
    }

    private CurvedFit curved(Sample rows) {
        return new CurvedFit(
                rows.a(), rows.b(), run.random(Purpose.CONDITIONAL_FIT).derive(2), run.parallel());
    }

    private PosteriorLaw law(Known known, CurvedRegression likelihood, Provenance how) {
        return new PosteriorLaw(regressions, known, likelihood, how);
    }

    private Decision compared(Tried tried) {
        ConditionalFit.HeldOut heldOut = fitted.heldOut();
        int[] places = LikelihoodChoice.compared(heldOut.rows().length);
        double[] own = nats(law(tried.known(), tried.chosen().regression(), regressions.provenance()), places);
        return LikelihoodChoice.decide(Gaussians.pick(heldOut.nats(), places), own);
    }

    /** Log-densities of held-out rows in units of the deviations, as those of regressions are. */
    private double[] nats(PosteriorLaw law, int[] places) {
        Regressions units = regressions.regressions();
        Points rows = Points.zeros(law.columns().size(), places.length);
        double[] shift = new double[places.length];
        for (int j = 0; j < places.length; j++) {
            int n = fitted.heldOut().rows()[places[j]];
            double[] u = sample.a()[n];
            shift[j] = -units.coordinates().logJacobian(u);
            for (int i = 0; i < u.length; i++) {
                rows.set(units.open()[i], j, units.coordinates().from(i, u[i]));
                shift[j] += Math.log(units.modelled().scale()[i]);
            }
            for (int i = 0; i < units.given().length; i++) {
                rows.set(units.given()[i], j, sample.b()[n][i]);
            }
        }
        double[] nats = law.logDensity(rows, run).nats();
        Arrays.setAll(nats, j -> nats[j] + shift[j]);
        return nats;
    }

    /** Whether a law can be tried in the place of one that was fitted. */
    static Optional<LikelihoodFit> of(
            ConditionalLaw regressions, ConditionalFit.Fitted fitted, Sample sample, RunContext run) {
        boolean told = LikelihoodChoice.told(sample.size(), sample.a()[0].length + sample.b()[0].length);
        return told && regressions.counts().prior().isPresent()
                ? Optional.of(new LikelihoodFit(regressions, fitted, sample, run))
                : Optional.empty();
    }
}
