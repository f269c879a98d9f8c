package org.eigendrift.bases;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.eigendrift.bases.marginal.PiecewiseDensity;
import org.eigendrift.bases.numeric.SpectralElements;

/**
 * Eigenproblems of normal laws between equally many deviations on both sides. All that are cut into equally many elements
 * are images of one, whose functions they share and whose eigenvalues they have over the squared scale; it is solved once.
 * Most columns of charts are of this kind, in every fold of every model that is compared.
 *
 * <p>Whether a density is such an image depends on the density alone, and the image's functions are those of the one
 * that is solved: what was solved before makes no difference to any bit. Thread-safe.
 */
final class SolvedNormals {
    /** What the coefficients of an image may differ by: the rounding of logarithms of up to 18, a few hundred times over. */
    private static final double ROUNDING = 1e-11;

    /** Solutions that are kept: a fit needs those of one degree, seldom of two. */
    private static final int KEPT = 4;

    private static final Map<Problem, SpectralElements.Solution> SOLVED = new LinkedHashMap<>();

    private SolvedNormals() {}

    /** The number of elements, the degree of the functions on each and how many functions. */
    private record Problem(int elements, int order, int count) {}

    /** The solution of an image of the standard normal law, or nothing if the density is none. */
    static Optional<SpectralElements.Solution> of(PiecewiseDensity density, int order, int count) {
        PiecewiseDensity standard = PiecewiseDensity.standardNormal(density.elements());
        if (!density.imageOf(standard, ROUNDING)) {
            return Optional.empty();
        }
        SpectralElements.Solution solution = standard(standard, new Problem(density.elements(), order, count));
        double scale = (density.upper() - density.lower()) / (standard.upper() - standard.lower());
        double[] values = solution.values().clone();
        for (int k = 0; k < values.length; k++) {
            values[k] /= scale * scale;
        }
        return Optional.of(new SpectralElements.Solution(values, solution.coefficients()));
    }

    private static SpectralElements.Solution standard(PiecewiseDensity standard, Problem problem) {
        synchronized (SOLVED) {
            SpectralElements.Solution solution = SOLVED.get(problem);
            if (solution == null) {
                solution = MeanFieldBasis.elements(standard, problem.order).solve(standard::pi, 1, problem.count);
                SOLVED.put(problem, solution);
                if (SOLVED.size() > KEPT) {
                    SOLVED.remove(SOLVED.keySet().iterator().next());
                }
            }
            return solution;
        }
    }
}
