package org.eigendrift.samplers.program;

import java.util.Optional;
import org.eigendrift.api.score.AffineProcess;

/** An affine process whose sampling begins and ends at other times. */
public final class Between extends Restricted implements AffineProcess {
    private final AffineProcess process;

    /**
     * Restricts a process.
     *
     * @param process the process
     * @param horizon where sampling begins
     * @param earliest where it ends
     */
    public Between(AffineProcess process, double horizon, double earliest) {
        super(process, horizon, earliest);
        this.process = process;
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
