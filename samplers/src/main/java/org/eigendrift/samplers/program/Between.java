package org.eigendrift.samplers.program;

import java.util.Optional;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.Domain;
import org.eigendrift.api.Points;
import org.eigendrift.api.score.AffineProcess;

/**
 * A process whose sampling begins and ends at other times.
 *
 * @param process the process
 * @param horizon where sampling begins
 * @param earliest where it ends
 */
public record Between(AffineProcess process, double horizon, double earliest) implements AffineProcess {
    @Override
    public int dim() {
        return process.dim();
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
        return Optional.of(this);
    }

    @Override
    public double logAlpha(double t) {
        return process.logAlpha(t);
    }

    @Override
    public double sigma(double t) {
        return process.sigma(t);
    }

    @Override
    public double lambda(double t) {
        return process.lambda(t);
    }

    @Override
    public double time(double lambda) {
        return process.time(lambda);
    }
}
