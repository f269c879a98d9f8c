package org.eigendrift.engine.conditional;

import java.util.stream.IntStream;
import org.eigendrift.api.NumericalException;
import org.eigendrift.api.Points;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.law.Certainty;
import org.eigendrift.api.law.DrawRequest;
import org.eigendrift.api.law.Draws;
import org.eigendrift.api.law.Evidence;
import org.eigendrift.api.law.Law;
import org.eigendrift.api.sampler.Outcome;

/** A law of which many draws agree with the evidence: its rows are those draws, one after the other. */
final class GivenAccepted extends GivenLaw {
    private final Evidence evidence;
    private final double share;

    /**
     * A law of accepted draws.
     *
     * @param joint the law
     * @param evidence what was known
     * @param accepted draws that agreed
     * @param pilots of so many
     */
    GivenAccepted(Law joint, Evidence evidence, int accepted, int pilots) {
        super(
                joint,
                evidence,
                Certainty.exact(Math.log((double) accepted / pilots), Math.sqrt(1.0 / accepted - 1.0 / pilots)),
                0);
        this.evidence = evidence;
        this.share = (double) accepted / pilots;
    }

    static int accepted(Evidence evidence, Points rows) {
        return (int) IntStream.range(0, rows.size())
                .filter(n -> evidence.holds(rows.row(n)))
                .count();
    }

    @Override
    public Draws draw(DrawRequest request, RunContext run) {
        int wanted = Math.toIntExact(request.first() + request.count());
        double tries = 1.1 * wanted / share + 10;
        while (true) {
            if (tries > Integer.MAX_VALUE / 16.0) {
                throw new NumericalException(wanted + " rows given the evidence need more than " + Math.round(tries)
                        + " draws of the law: ask for fewer");
            }
            Draws draws = joint().draw(new DrawRequest(0, (int) tries, request.sampler()), run);
            int[] kept = IntStream.range(0, draws.rows().size())
                    .filter(n -> evidence.holds(draws.rows().row(n)))
                    .skip(request.first())
                    .limit(request.count())
                    .toArray();
            if (kept.length == request.count()) {
                Outcome outcome = draws.outcome();
                return new Draws(draws.rows().select(kept), outcome, draws.remarks());
            }
            tries *= 2;
        }
    }
}
