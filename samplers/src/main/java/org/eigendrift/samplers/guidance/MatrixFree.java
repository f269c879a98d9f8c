package org.eigendrift.samplers.guidance;

import org.eigendrift.api.NumericalException;
import org.eigendrift.api.Points;
import org.eigendrift.api.linear.LinearSystem;
import org.eigendrift.api.linear.Solution;
import org.eigendrift.api.linear.Solver;
import org.eigendrift.api.linear.SymmetricOperator;

/** The gradient of a {@link GaussianLikelihood} by a solver that needs products alone: one system for each point. */
final class MatrixFree {
    private final Observation observation;
    private final Tweedie tweedie;
    private final Solver solver;

    MatrixFree(Observation observation, Tweedie tweedie, Solver solver) {
        this.observation = observation;
        this.tweedie = tweedie;
        this.solver = solver;
    }

    void addGradient(Points score) {
        Points residual = observation.residual(tweedie.estimate());
        for (int n = 0; n < score.size(); n++) {
            At at = new At(n);
            Solution solution =
                    solver.solve(new LinearSystem(at, observation.variance(), residual.row(n), tweedie.time()), null);
            if (!solution.converged()) {
                throw new NumericalException(
                        "the observation's covariance at point " + (n + 1) + ", t = " + tweedie.time() + ": "
                                + solution.detail() + "; another solver, or noise on the observation, may help");
            }
            Points pulled = at.pulled(solution.x());
            for (int i = 0; i < score.dim(); i++) {
                score.set(i, n, score.get(i, n) + pulled.get(i, 0));
            }
        }
    }

    /** A Cov[x_0 | x] A^T of one point. */
    private final class At implements SymmetricOperator {
        private final Points estimate;
        private final Tweedie own;

        At(int n) {
            own = tweedie.of(n);
            estimate = own.estimate();
        }

        /** J A^T w. */
        Points pulled(double[] w) {
            Points column = Points.wrap(w.length, 1, w);
            return own.jacobian(observation.adjoint(estimate, column));
        }

        @Override
        public int size() {
            return observation.size();
        }

        @Override
        public void apply(double[] w, double[] out) {
            observation.operator().tangent(estimate, pulled(w), Points.wrap(out.length, 1, out));
            for (int j = 0; j < out.length; j++) {
                out[j] *= own.covariance();
            }
        }

        @Override
        public void diagonal(double[] out) {
            double[] unit = new double[out.length];
            double[] image = new double[out.length];
            for (int j = 0; j < out.length; j++) {
                unit[j] = 1;
                apply(unit, image);
                out[j] = image[j];
                unit[j] = 0;
            }
        }
    }
}
