package org.eigendrift.solvers.krylov;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.eigendrift.api.linear.LinearSystem;
import org.eigendrift.solvers.Vectors;
import org.eigendrift.solvers.factor.CholeskyFactor;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;

/**
 * Conjugate gradients in the A-orthogonal complement of a space W: with H = W'AW the start is corrected by
 * x += W H^-1 W'r, and every direction is p = z + beta p - W H^-1 (AW)'z, so that the convergence is that of the matrix
 * without the eigenvalues which W represents. After a solve, W becomes the Ritz vectors of the smallest Ritz values of
 * the span of W and the first search directions.
 */
final class DeflatedConjugateGradient extends KrylovSolver {
    private final int recycle;
    private final int harvest;
    private final CholeskyFactor factor = new CholeskyFactor();
    private List<double[]> w = new ArrayList<>();
    private List<double[]> aw = new ArrayList<>();
    private final List<double[]> p = new ArrayList<>();
    private final List<double[]> ap = new ArrayList<>();
    private double[] direction = new double[0];
    private double[] product = new double[0];
    private double[] z = new double[0];
    private double[] mu = new double[0];

    DeflatedConjugateGradient(DeflatedConjugateGradientProvider.Options options) {
        super(
                "deflated-cg",
                new IterativeOptions(
                        options.preconditioner(),
                        options.tolerance(),
                        options.maxIterations(),
                        options.conditionSteps()));
        recycle = options.recycle();
        harvest = options.harvest();
    }

    @Override
    public boolean sequential() {
        return true;
    }

    @Override
    protected void prepare(LinearSystem system) {
        int n = system.rhs().length;
        if (z.length != n) {
            direction = new double[n];
            product = new double[n];
            z = new double[n];
            w.clear();
        }
        p.clear();
        ap.clear();
        aw = new ArrayList<>(w.size());
        for (double[] vector : w) {
            double[] image = new double[n];
            system.apply(vector, image);
            aw.add(image);
        }
        // A space on which the matrix is not definite tells nothing: conjugate gradients will find that out alone.
        if (!w.isEmpty() && factor.factor(gram(w, aw), 0, w.size(), w.size(), 0) >= 0) {
            w.clear();
            aw.clear();
        }
        mu = new double[w.size()];
    }

    private static double[] gram(List<double[]> vectors, List<double[]> images) {
        int k = vectors.size();
        double[] entries = new double[k * k];
        for (int i = 0; i < k; i++) {
            for (int j = 0; j <= i; j++) {
                entries[i * k + j] = Vectors.dot(vectors.get(i), images.get(j));
                entries[j * k + i] = entries[i * k + j];
            }
        }
        return entries;
    }

    @Override
    protected Ending iterate(LinearSystem system, double[] x, double[] r, double target, int limit) {
        solveCoarse(w, r);
        for (int i = 0; i < mu.length; i++) {
            Vectors.addScaled(mu[i], w.get(i), x);
            Vectors.addScaled(-mu[i], aw.get(i), r);
        }
        if (Vectors.norm(r) <= target) {
            return Ending.done(0);
        }
        precondition(r, z);
        Arrays.fill(direction, 0);
        double rz = Vectors.dot(r, z);
        double beta = 0;
        for (int k = 1; k <= limit; k++) {
            if (!(rz > 0)) {
                return ConjugateGradient.notPositive(
                        k - 1, rz, "r' M^-1 r", "the preconditioner is not positive definite");
            }
            Vectors.scaleAdd(z, beta, direction);
            solveCoarse(aw, z);
            for (int i = 0; i < mu.length; i++) {
                Vectors.addScaled(-mu[i], w.get(i), direction);
            }
            system.apply(direction, product);
            double curvature = Vectors.dot(direction, product);
            if (!(curvature > 0)) {
                return ConjugateGradient.notPositive(
                        k, curvature / Vectors.dot(direction, direction), "p' A p / p' p", "the matrix is indefinite");
            }
            keep();
            double alpha = rz / curvature;
            Vectors.addScaled(alpha, direction, x);
            Vectors.addScaled(-alpha, product, r);
            if (Vectors.norm(r) <= target) {
                return Ending.done(k);
            }
            precondition(r, z);
            double next = Vectors.dot(r, z);
            beta = next / rz;
            rz = next;
        }
        return Ending.done(limit);
    }

    /** mu = H^-1 V'u. */
    private void solveCoarse(List<double[]> vectors, double[] u) {
        if (mu.length == 0) {
            return;
        }
        for (int i = 0; i < mu.length; i++) {
            mu[i] = Vectors.dot(vectors.get(i), u);
        }
        factor.solve(mu, 0);
    }

    private void keep() {
        if (p.size() < harvest) {
            double scale = 1 / Vectors.norm(direction);
            double[] vector = direction.clone();
            double[] image = product.clone();
            Vectors.scale(scale, vector);
            Vectors.scale(scale, image);
            p.add(vector);
            ap.add(image);
        }
    }

    @Override
    protected void conclude(LinearSystem system, boolean converged, int iterations) {
        if (p.isEmpty()) {
            return;
        }
        List<double[]> space = new ArrayList<>();
        List<double[]> images = new ArrayList<>();
        collect(w, aw, space, images);
        collect(p, ap, space, images);
        int size = space.size();
        DMatrixRMaj ritz = DMatrixRMaj.wrap(size, size, gram(space, images));
        EigenDecomposition_F64<DMatrixRMaj> eigen = DecompositionFactory_DDRM.eig(size, true, true);
        if (!eigen.decompose(ritz)) {
            return;
        }
        List<double[]> next = new ArrayList<>();
        boolean[] taken = new boolean[size];
        while (next.size() < Math.min(recycle, size)) {
            int best = -1;
            for (int k = 0; k < size; k++) {
                if (!taken[k]
                        && (best < 0
                                || eigen.getEigenvalue(k).getReal()
                                        < eigen.getEigenvalue(best).getReal())) {
                    best = k;
                }
            }
            taken[best] = true;
            double[] coefficients = eigen.getEigenVector(best).data;
            double[] vector = new double[z.length];
            for (int i = 0; i < size; i++) {
                Vectors.addScaled(coefficients[i], space.get(i), vector);
            }
            next.add(vector);
        }
        w = next;
    }

    /** Gram-Schmidt, twice, on vectors and alike on their images; dependent vectors are left out. */
    private static void collect(
            List<double[]> vectors, List<double[]> images, List<double[]> basis, List<double[]> basisImages) {
        for (int k = 0; k < vectors.size(); k++) {
            double[] vector = vectors.get(k).clone();
            double[] image = images.get(k).clone();
            for (int pass = 0; pass < 2; pass++) {
                for (int i = 0; i < basis.size(); i++) {
                    double projection = Vectors.dot(basis.get(i), vector);
                    Vectors.addScaled(-projection, basis.get(i), vector);
                    Vectors.addScaled(-projection, basisImages.get(i), image);
                }
            }
            double norm = Vectors.norm(vector);
            // Below this the images have lost half their digits to cancellation.
            if (norm > 1e-8) {
                Vectors.scale(1 / norm, vector);
                Vectors.scale(1 / norm, image);
                basis.add(vector);
                basisImages.add(image);
            }
        }
    }
}
