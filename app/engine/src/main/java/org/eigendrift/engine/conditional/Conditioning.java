package org.eigendrift.engine.conditional;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.eigendrift.api.Address;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.InputException;
import org.eigendrift.api.Points;
import org.eigendrift.api.Purpose;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.law.Conditional;
import org.eigendrift.api.law.Conditioner;
import org.eigendrift.api.law.DrawRequest;
import org.eigendrift.api.law.Evidence;
import org.eigendrift.api.law.Evidence.Condition;
import org.eigendrift.api.law.Law;

/**
 * Conditions any law of real columns that has draws and log-densities. With one free column the density is integrated; where a range
 * holds for enough draws, they are the answer; otherwise particles are carried from draws near the evidence to the exact joint
 * density. Thread-safe.
 */
public final class Conditioning implements Conditioner {
    private static final int PILOTS = 4096;

    /** Particles for each effective draw. */
    private static final int PARTICLES = 2;

    private static final int SWEEPS = 60;

    /** Of the particles: effective sample sizes at which they need not walk on, by the density and by a sketch. */
    private static final double ENOUGH = 0.5;

    private static final double PARTED = 0.9;

    /** Places that are looked at beside a sketch, and by how many nats they may say that mass was missed: by chance one in twenty does. */
    private static final int LOOKS = 64;

    private static final double MISSED = 3;

    /** Cases that sets of values may have together. */
    private static final int CASES = 256;

    private static final int GUIDES = 8;

    private final Law law;
    private final Density density;
    private final Optional<Density> sketch;
    private final double tolerance;
    private final Function<Evidence, Optional<Proposal>> proposals;
    private final RunContext run;
    private Points pilots;

    /**
     * A conditioner.
     *
     * @param law the law
     * @param density its log-density, as exact as averages over draws need
     * @param sketch roughly the same, if that costs next to nothing: particles find their places by it, and the density itself is
     *     asked a few times for each
     * @param tolerance to how many nats integrals of it are found, no less than it is worth
     * @param run seed, threads
     * @throws InputException if a column of the law is not one of real numbers
     */
    public Conditioning(Law law, Density density, Optional<Density> sketch, double tolerance, RunContext run) {
        this(law, density, sketch, tolerance, evidence -> Optional.empty(), run);
    }

    /**
     * A conditioner of a law that knows where to look for rows.
     *
     * @param law the law
     * @param density its log-density, as exact as averages over draws need
     * @param tolerance to how many nats integrals of it are found, no less than it is worth
     * @param proposals where several free columns are looked for; empty for near draws of the law that agree with the evidence
     * @param run seed, threads
     * @throws InputException if a column of the law is not one of real numbers
     */
    public Conditioning(
            Law law,
            Density density,
            double tolerance,
            Function<Evidence, Optional<Proposal>> proposals,
            RunContext run) {
        this(law, density, Optional.empty(), tolerance, proposals, run);
    }

    private Conditioning(
            Law law,
            Density density,
            Optional<Density> sketch,
            double tolerance,
            Function<Evidence, Optional<Proposal>> proposals,
            RunContext run) {
        for (Column column : law.columns()) {
            if (!column.smooth()) {
                throw InputException.at(
                        Address.ofColumn(column.name()),
                        "a law of kind '"
                                + law.provenance().kind()
                                + "' has no conditions of its own, and others are for columns of real numbers; fit law: {type: table}");
            }
        }
        this.law = law;
        this.density = density;
        this.sketch = sketch;
        this.tolerance = tolerance;
        this.proposals = proposals;
        this.run = run;
    }

    @Override
    public Conditional given(Evidence evidence, int effective) {
        Admissible.require(law.columns(), evidence);
        List<Evidence> cases = cases(evidence);
        if (cases.size() == 1) {
            return ofCase(evidence, cases.get(0), effective);
        }
        List<Conditional> given = new ArrayList<>();
        InputException refusal = null;
        for (Evidence one : cases) {
            try {
                given.add(ofCase(one, one, effective));
            } catch (InputException e) {
                refusal = e;
            }
        }
        if (given.isEmpty()) {
            throw refusal;
        }
        return new GivenCases(law, evidence, given);
    }

    /** Evidence with one value in the place of each set of values. */
    private static List<Evidence> cases(Evidence evidence) {
        List<List<Condition>> cases = List.of(List.of());
        for (Condition condition : evidence.conditions()) {
            List<Condition> alternatives = new ArrayList<>();
            if (condition instanceof Condition.OneOf one) {
                for (double value : one.values()) {
                    alternatives.add(new Condition.Equal(one.column(), value));
                }
            } else {
                alternatives.add(condition);
            }
            List<List<Condition>> longer = new ArrayList<>();
            for (List<Condition> before : cases) {
                for (Condition next : alternatives) {
                    List<Condition> all = new ArrayList<>(before);
                    all.add(next);
                    longer.add(all);
                }
            }
            if (longer.size() > CASES) {
                throw new InputException("the sets of values have more than " + CASES
                        + " combinations; expected fewer values, or ranges in their place");
            }
            cases = longer;
        }
        return cases.stream().map(Evidence::new).toList();
    }

    private Conditional ofCase(Evidence evidence, Evidence single, int effective) {
        Relations relations = Relations.of(law.columns(), single);
        if (relations.free().length == 0) {
            return point(evidence, relations);
        }
        if (relations.free().length == 1) {
            return line(evidence, relations);
        }
        if (relations.free().length == law.columns().size()) {
            Optional<Conditional> accepted = GivenAccepted.of(law, pilots(), evidence);
            if (accepted.isPresent()) {
                return accepted.get();
            }
        }
        return particles(evidence, relations, effective);
    }

    private Conditional point(Evidence evidence, Relations relations) {
        Points row = relations.only(1);
        double log = relations.within(row, 0) ? density.of(row, run)[0] : Double.NEGATIVE_INFINITY;
        if (log == Double.NEGATIVE_INFINITY) {
            throw new InputException("the condition has no mass: it leaves one row, and its density is zero");
        }
        return new GivenPoint(law, evidence, relations, log);
    }

    private Conditional line(Evidence evidence, Relations relations) {
        double[] window = relations.window();
        if (!(window[0] <= window[1])) {
            throw new InputException("the conditions contradict each other: they leave no value of column '"
                    + law.columns().get(relations.free()[0]).name() + "'");
        }
        Nearby nearby = Nearby.of(pilots(), relations);
        Line line = Line.of(
                at -> density.of(relations.rows(Points.wrap(1, at.length, at)), run),
                window,
                nearby.quantiles(GUIDES),
                nearby.deviations()[0],
                tolerance);
        return new GivenLine(law, evidence, relations, line);
    }

    private Conditional particles(Evidence evidence, Relations relations, int effective) {
        int size = Integer.highestOneBit(2 * PARTICLES * effective - 1);
        CounterRandom random = run.random(Purpose.CONDITION_PARTICLES);
        Joint joint = new Joint(relations, density, run);
        Optional<Proposal> proposal = proposals.apply(evidence);
        if (proposal.isPresent()) {
            return proposed(evidence, relations, new Walk(proposal.get(), joint::of), joint, size);
        }
        Nearby nearby = Nearby.of(pilots(), relations);
        Optional<Conditional> sketched = sketch.flatMap(
                rough -> sketched(evidence, relations, nearby, new Joint(relations, rough, run), joint, size));
        if (sketched.isPresent()) {
            return sketched.get();
        }
        Walk walk = new Walk(nearby, joint::of);
        Annealing annealing = new Annealing(walk, size, size, ENOUGH * size, SWEEPS, random, run);
        return new GivenParticles(law, evidence, relations, annealing.find(), walk);
    }

    /** Particles from where a law knows to look; at the end kernels around them lead from mode to mode. */
    private Conditional proposed(Evidence evidence, Relations relations, Walk walk, Joint joint, int size) {
        CounterRandom random = run.random(Purpose.CONDITION_PARTICLES);
        Annealing annealing = new Annealing(walk, size, size, ENOUGH * size, SWEEPS, random, run);
        Annealing.Found found = annealing.find(particles -> new Walk(Nearby.of(particles), joint::of));
        return new GivenParticles(law, evidence, relations, found, annealing.moves());
    }

    /** Particles of the sketch, carried to the density; empty if the sketch has not led to where the density is. */
    private Optional<Conditional> sketched(
            Evidence evidence, Relations relations, Nearby nearby, Joint rough, Joint joint, int size) {
        CounterRandom random = run.random(Purpose.CONDITION_SKETCH);
        Walk walk = new Walk(nearby, rough::of);
        if (Annealing.effective(Sketched.logWeights(walk.start(random.derive(3), size))) >= ENOUGH * size) {
            // Places near the condition are as good as the sketch's, and do not come from it.
            return Optional.empty();
        }
        Annealing.Found first;
        Annealing.Found second;
        Sketched steps;
        try {
            first = new Annealing(walk, size, size, PARTED * size, SWEEPS, random.derive(0), run).find();
            steps = new Sketched(walk, first, joint::of);
            second = new Annealing(steps, size, first.effective(), ENOUGH * size, SWEEPS, random.derive(1), run).find();
        } catch (InputException nowhere) {
            return Optional.empty();
        }
        Annealing.Found found = second.after(first);
        double looked = Sketched.logMean(new Walk(nearby, joint::of).start(random.derive(2), LOOKS));
        return looked > found.logIntegral() + MISSED
                ? Optional.empty()
                : Optional.of(new GivenParticles(law, evidence, relations, found, steps));
    }

    private synchronized Points pilots() {
        if (pilots == null) {
            long seed = run.random(Purpose.CONDITION_PILOTS).bits(0, 0);
            pilots = law.draw(DrawRequest.of(PILOTS), run.withSeed(seed)).rows();
        }
        return pilots;
    }
}
