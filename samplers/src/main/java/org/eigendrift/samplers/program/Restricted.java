package org.eigendrift.samplers.program;

import java.util.Optional;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.Domain;
import org.eigendrift.api.Points;
import org.eigendrift.api.score.AffineProcess;
import org.eigendrift.api.score.DiffusionProcess;

/** A process whose sampling begins and ends at other times; of an affine one see {@link Between}. */
class Restricted implements DiffusionProcess {
    private final DiffusionProcess process;
    private final double horizon;
    private final double earliest;

    /**
     * Restricts a process.
     *
     * @param process the process
     * @param horizon where sampling begins
     * @param earliest where it ends
     */
    Restricted(DiffusionProcess process, double horizon, double earliest) {
        this.process = process;
        this.horizon = horizon;
        this.earliest = earliest;
    }

    @Override
    public int dim() {
        return process.dim();
    }

    @Override
    public double horizon() {
        return horizon;
    }

    @Override
    public double earliest() {
        return earliest;
    }

    @Override
    public Domain domain(int coordinate) {
        return process.domain(coordinate);
    }

    @Override
    public void drift(double t, Points x, Points out) {
        process.drift(t, x, out);
    }

    @Override
    public void diffusion(double t, Points x, Points out) {
        process.diffusion(t, x, out);
    }

    @Override
    public void prior(CounterRandom random, long first, Points out) {
        process.prior(random, first, out);
    }

    @Override
    public void logPrior(Points x, double[] out) {
        process.logPrior(x, out);
    }

    @Override
    public void logReference(Points x, double[] out) {
        process.logReference(x, out);
    }

    @Override
    public Optional<AffineProcess> affine() {
        return Optional.empty();
    }

    @Override
    public void confine(Points x) {
        process.confine(x);
    }
}
