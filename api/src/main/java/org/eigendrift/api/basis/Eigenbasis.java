package org.eigendrift.api.basis;

import org.eigendrift.api.Domain;
import org.eigendrift.api.State;

/**
 * Eigenfunctions of a one-dimensional reversible diffusion (docs/method.md, 2): with stationary density pi and
 * diffusion coefficient a, the generator L f = (1/pi) (a pi f')' has L phi_k = -lambda_k phi_k, the phi_k are
 * orthonormal in L2(pi), phi_0 = 1 and lambda_0 = 0.
 *
 * <p>The time scale is the family's own; the engine rescales time so that lambda_1 = 1. Implementations are immutable
 * and thread-safe.
 */
public interface Eigenbasis {

    /**
     * Where the coordinate lives.
     *
     * @return the domain
     */
    Domain domain();

    /**
     * The part of the domain on which the functions are eigenfunctions: the whole of it unless a numerical family says
     * otherwise. Orthonormality and the expansions of products are those under pi conditioned on the core.
     *
     * <p>Beyond the core, where pi has next to no mass, the functions are the constants phi_k(nearest end), with
     * derivatives of 0. Models level functions off before such an end, see the engine's {@code CoordinateBasis}.
     *
     * @return {@link #domain()}, or an interval within it
     */
    default Domain core() {
        return domain();
    }

    /**
     * The number K of functions a model may use, the constant included.
     *
     * @return at least 2
     */
    int size();

    /**
     * The number M of functions in which products of two of the first K are expanded; all M can be evaluated.
     *
     * @return at least {@link #size()}
     */
    int tableSize();

    /**
     * An eigenvalue.
     *
     * @param k 0 to {@code tableSize() - 1}
     * @return lambda_k, 0 for k = 0, positive and not decreasing in k after that
     */
    double eigenvalue(int k);

    /**
     * The error of the eigenvalues.
     *
     * @return estimated largest relative error of lambda_1 to lambda_{size-1}; 0 for closed forms
     */
    default double eigenvalueError() {
        return 0;
    }

    /**
     * Evaluates the first functions at a range of points. What a point receives depends on it alone, to the last bit, not on the points beside it, and is
     * what {@link #valuesAndDerivatives} gives it: rows have the same likelihood in any company.
     *
     * @param functions how many, 1 to {@code tableSize()}
     * @param x coordinates; not modified
     * @param from first point in {@code x}
     * @param count points
     * @param values receives phi_k of point n at {@code k * count + n}; modified
     */
    void values(int functions, double[] x, int from, int count, double[] values);

    /**
     * Evaluates the first functions and their derivatives at a range of points.
     *
     * @param functions how many, 1 to {@code tableSize()}
     * @param x coordinates; not modified
     * @param from first point in {@code x}
     * @param count points
     * @param values receives phi_k of point n at {@code k * count + n}; modified
     * @param derivatives receives phi_k' likewise; modified
     */
    void valuesAndDerivatives(int functions, double[] x, int from, int count, double[] values, double[] derivatives);

    /**
     * How products of eigenfunctions expand in eigenfunctions.
     *
     * @return the table, of sizes {@link #size()} and {@link #tableSize()}
     */
    ProductTable products();

    /**
     * The stationary density.
     *
     * @param x a point
     * @return log pi(x), normalised; negative infinity outside the domain
     */
    double logDensity(double x);

    /**
     * The score of the stationary density.
     *
     * @param x a point inside the domain
     * @return (log pi)'(x)
     */
    double logDensityDerivative(double x);

    /**
     * The diffusion coefficient.
     *
     * @param x a point of the domain
     * @return a(x), not negative
     */
    double diffusion(double x);

    /**
     * The drift of the process, a' + a (log pi)'.
     *
     * @param x a point of the domain
     * @return the drift, finite also at the ends of the domain
     */
    double drift(double x);

    /**
     * The quantile function of the stationary law: exact sampling from pi.
     *
     * @param u a number in (0, 1)
     * @return x with pi((-inf, x]) = u
     */
    double quantile(double u);

    /**
     * Whether the process is dX = -X dt + sqrt(2) dW on the line: then, and only then, it is the variance-preserving
     * process alpha = exp(-t), sigma^2 = 1 - exp(-2t), and samplers of affine processes apply.
     *
     * @return true for hermite alone
     */
    default boolean ornsteinUhlenbeck() {
        return false;
    }

    /**
     * What was fitted to data.
     *
     * @return the numbers from which {@link BasisFamily#restore} makes the same basis again
     */
    State state();
}
