package org.eigendrift.solvers.krylov;

import java.util.ArrayList;
import java.util.List;
import org.eigendrift.api.linear.LinearSystem;
import org.eigendrift.api.linear.Preconditioner;
import org.eigendrift.api.linear.Solution;
import org.eigendrift.api.linear.Solver;
import org.eigendrift.api.plugin.Chosen;
import org.eigendrift.solvers.Systems;
import org.eigendrift.solvers.Vectors;
import org.eigendrift.solvers.factor.CholeskyFactor;

/**
 * Block conjugate gradients: the search space of every right-hand side is the sum of all their Krylov spaces. With an
 * orthonormal basis P of the space of directions,
 *
 * <pre>  X += P G^-1 P'R,  R -= A P G^-1 P'R,  G = P'AP,  P = orth(Z - P G^-1 (AP)'Z),  Z = M^-1 R,</pre>
 *
 * in which directions that have become dependent, and right-hand sides that are done, simply leave the basis. One
 * solve is plain conjugate gradients, which also polish and judge what the block iteration leaves.
 */
final class BlockConjugateGradient implements Solver {
    /** A direction that loses all but this fraction of its length to the others is dependent on them to rounding. */
    private static final double DEPENDENT = 1e-10;

    private final ConjugateGradient single;
    private final IterativeOptions options;
    private final CholeskyFactor gram = new CholeskyFactor();

    BlockConjugateGradient(IterativeOptions options) {
        this.options = options;
        this.single = new ConjugateGradient("block-cg", options);
    }

    @Override
    public Solution solve(LinearSystem system, double[] guess) {
        return single.solve(system, guess);
    }

    @Override
    public List<Solution> path(LinearSystem system, double[] shifts) {
        return single.path(system, shifts);
    }

    @Override
    public List<Solution> solveAll(List<LinearSystem> systems) {
        List<Solution> solutions = new ArrayList<>(systems.size());
        List<LinearSystem> sound = new ArrayList<>();
        for (LinearSystem system : systems) {
            if (Systems.notFinite(system, null) == null) {
                sound.add(system);
            }
        }
        double[][] x = new double[sound.size()][];
        int used = sound.isEmpty() ? 0 : iterate(sound, x);
        int next = 0;
        for (LinearSystem system : systems) {
            boolean started = next < sound.size() && sound.get(next) == system;
            Solution s = single.solve(system, started ? x[next++] : null);
            solutions.add(new Solution(
                    s.x(), started ? used + s.iterations() : 0, s.residual(), s.condition(), s.status(), s.detail()));
        }
        return solutions;
    }

    private int iterate(List<LinearSystem> systems, double[][] x) {
        LinearSystem first = systems.get(0);
        int n = first.rhs().length;
        int s = systems.size();
        Chosen<LinearSystem, Preconditioner> chosen = options.preconditioner();
        Preconditioner m = chosen.create(first);
        double[][] r = new double[s][];
        double[] targets = new double[s];
        for (int j = 0; j < s; j++) {
            x[j] = new double[n];
            r[j] = systems.get(j).rhs().clone();
            targets[j] = options.tolerance() * Vectors.norm(r[j]);
        }
        List<double[]> p = List.of();
        List<double[]> ap = List.of();
        for (int k = 0; k < options.maxIterations(); k++) {
            p = directions(m, r, targets, p, ap);
            if (p.isEmpty()) {
                return k;
            }
            ap = new ArrayList<>(p.size());
            for (double[] direction : p) {
                double[] product = new double[n];
                first.apply(direction, product);
                ap.add(product);
            }
            if (!factorGram(p, ap)) {
                return k;
            }
            double[] alpha = new double[p.size()];
            for (int j = 0; j < s; j++) {
                coefficients(p, r[j], alpha);
                for (int i = 0; i < alpha.length; i++) {
                    Vectors.addScaled(alpha[i], p.get(i), x[j]);
                    Vectors.addScaled(-alpha[i], ap.get(i), r[j]);
                }
            }
        }
        return options.maxIterations();
    }

    /** Orthonormal directions for the right-hand sides that are not done, conjugate to the directions before. */
    private List<double[]> directions(
            Preconditioner m, double[][] r, double[] targets, List<double[]> p, List<double[]> ap) {
        List<double[]> next = new ArrayList<>();
        double[] beta = new double[p.size()];
        for (int j = 0; j < r.length; j++) {
            if (Vectors.norm(r[j]) <= targets[j]) {
                continue;
            }
            double[] z = new double[r[j].length];
            m.apply(r[j], z);
            if (!p.isEmpty()) {
                coefficients(ap, z, beta);
                for (int i = 0; i < beta.length; i++) {
                    Vectors.addScaled(-beta[i], p.get(i), z);
                }
            }
            if (orthonormalise(next, z)) {
                next.add(z);
            }
        }
        return next;
    }

    /** Gram-Schmidt, twice; false if nothing is left. */
    static boolean orthonormalise(List<double[]> basis, double[] z) {
        double before = Vectors.norm(z);
        for (int pass = 0; pass < 2; pass++) {
            for (double[] q : basis) {
                Vectors.addScaled(-Vectors.dot(q, z), q, z);
            }
        }
        double after = Vectors.norm(z);
        if (!(after > DEPENDENT * before)) {
            return false;
        }
        Vectors.scale(1 / after, z);
        return true;
    }

    private boolean factorGram(List<double[]> p, List<double[]> ap) {
        int k = p.size();
        double[] entries = new double[k * k];
        for (int i = 0; i < k; i++) {
            for (int j = 0; j <= i; j++) {
                entries[i * k + j] = Vectors.dot(p.get(i), ap.get(j));
            }
        }
        return gram.factor(entries, 0, k, k, 0) < 0;
    }

    /** G^-1 times the inner products of the given vectors with one. */
    private void coefficients(List<double[]> vectors, double[] with, double[] out) {
        for (int i = 0; i < out.length; i++) {
            out[i] = Vectors.dot(vectors.get(i), with);
        }
        gram.solve(out, 0);
    }
}
