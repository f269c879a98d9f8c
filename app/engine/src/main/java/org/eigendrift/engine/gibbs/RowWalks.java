package org.eigendrift.engine.gibbs;

import java.util.stream.IntStream;
import org.eigendrift.api.Parallel;
import org.eigendrift.api.Points;
import org.eigendrift.api.Purpose;
import org.eigendrift.api.RunContext;

/**
 * Walks that begin at rows, which are draws of a law near the rows' but for what {@link HamiltonianWalk} soon makes good, and
 * that go on from one such law to the next. Mutable, for one thread.
 */
public final class RowWalks {
    /** Trajectories that bring points of one law to another near it. */
    private static final int TRAJECTORIES = 20;

    private static final int PILOT = 512;

    private final Points points;
    private final int[] numbers;
    private final RunContext run;
    private HamiltonianWalk walk = new HamiltonianWalk(0, 0);
    private int walked;

    /**
     * Begins.
     *
     * @param rows where, inside the domains, in frame coordinates; not modified
     * @param most so many of them, the first, at most
     * @param run seed, threads
     */
    public RowWalks(Points rows, int most, RunContext run) {
        this.points = rows.slice(0, Math.min(rows.size(), most));
        this.numbers = IntStream.range(0, points.size()).toArray();
        this.run = run;
    }

    /** Other walks that go on from here. */
    RowWalks copy() {
        RowWalks copy = new RowWalks(points, points.size(), run);
        copy.walk = walk;
        copy.walked = walked;
        return copy;
    }

    /**
     * Walks to another law.
     *
     * @param potential its log-density but for its constant
     */
    public void to(GibbsEnergy potential) {
        Parallel parallel = run.parallel();
        Points pilot = points.slice(0, Math.min(PILOT, points.size()));
        double leap = HamiltonianWalk.step(
                potential, pilot, run.random(Purpose.SCORING_TUNING).derive(walked), parallel);
        walk = new HamiltonianWalk(leap, TRAJECTORIES);
        on(potential, TRAJECTORIES);
    }

    /** So many trajectories more under the same law. */
    void on(GibbsEnergy potential, int trajectories) {
        run.checkCancelled();
        Parallel parallel = run.parallel();
        new HamiltonianWalk(walk.step(), trajectories)
                .move(
                        potential,
                        points,
                        numbers,
                        run.random(Purpose.SCORING_WALKS).derive(walked),
                        parallel);
        walked += trajectories;
    }

    /**
     * Where they are.
     *
     * @return draws of the last law, as far as walks reach; shared, and changed by the next walk
     */
    public Points points() {
        return points;
    }
}
