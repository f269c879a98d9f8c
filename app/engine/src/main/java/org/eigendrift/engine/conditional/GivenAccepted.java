package org.eigendrift.engine.conditional;

import java.util.Optional;
import java.util.stream.IntStream;
import org.eigendrift.api.InputException;
import org.eigendrift.api.NumericalException;
import org.eigendrift.api.Points;
import org.eigendrift.api.Purpose;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.law.Certainty;
import org.eigendrift.api.law.Conditional;
import org.eigendrift.api.law.DrawRequest;
import org.eigendrift.api.law.Draws;
import org.eigendrift.api.law.Evidence;
import org.eigendrift.api.law.Law;
import org.eigendrift.api.sampler.Outcome;

/**
 * A law of which many draws agree with the evidence: its rows are those draws, one after the other. Draws may be of the law given
 * some of the evidence already.
 */
public final class GivenAccepted extends GivenLaw {
    private static final int PILOTS = 4096;

    /** Draws that agree and are enough to draw on. */
    static final int ENOUGH = 100;

    private final Law source;
    private final Evidence evidence;
    private final double share;

    private GivenAccepted(Law joint, Law source, Evidence evidence, Certainty certainty, double share) {
        super(joint, evidence, certainty, 0);
        this.source = source;
        this.evidence = evidence;
        this.share = share;
    }

    /** The draws of a law that were made already: empty if too few of them agree. */
    static Optional<Conditional> of(Law law, Points pilots, Evidence evidence) {
        int accepted = accepted(evidence, pilots);
        return accepted < ENOUGH
                ? Optional.empty()
                : Optional.of(new GivenAccepted(
                        law, law, evidence, certainty(accepted, pilots.size()), (double) accepted / pilots.size()));
    }

    /**
     * The law given conditions that draws of it, given other conditions, meet.
     *
     * @param joint the law
     * @param given the same given the other conditions; empty if there are none
     * @param evidence all conditions
     * @param run seed, threads
     * @return the law given all
     * @throws InputException if too few draws meet them
     */
    public static Conditional of(Law joint, Optional<Conditional> given, Evidence evidence, RunContext run) {
        Law source = given.isPresent() ? given.get() : joint;
        long seed = run.random(Purpose.CONDITION_PILOTS).bits(0, 0);
        Points pilots = source.draw(DrawRequest.of(PILOTS), run.withSeed(seed)).rows();
        int accepted = accepted(evidence, pilots);
        if (accepted < ENOUGH) {
            throw new InputException("the condition has no mass, or too little: " + accepted + " of " + PILOTS
                    + " rows that were drawn meet it, and " + ENOUGH + " are needed; "
                    + (accepted == 0
                            ? "ask for values that rows have together, or for wider ranges of columns and sums"
                            : "ask for wider ranges of columns and sums"));
        }
        Certainty own = certainty(accepted, PILOTS);
        Certainty before = given.map(Conditional::certainty).orElse(Certainty.exact(0, 0));
        Certainty both = new Certainty(
                before.logProbability() + own.logProbability(),
                Math.hypot(before.error(), own.error()),
                before.effectiveSampleSize() * accepted / PILOTS,
                before.rHat());
        return new GivenAccepted(joint, source, evidence, both, (double) accepted / PILOTS);
    }

    private static Certainty certainty(int accepted, int pilots) {
        return Certainty.exact(Math.log((double) accepted / pilots), Math.sqrt(1.0 / accepted - 1.0 / pilots));
    }

    private static int accepted(Evidence evidence, Points rows) {
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
            Draws draws = source.draw(new DrawRequest(0, (int) tries, request.sampler()), run);
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
