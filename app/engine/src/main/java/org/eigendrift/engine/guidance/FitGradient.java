package org.eigendrift.engine.guidance;

import java.util.Arrays;
import org.eigendrift.api.InputException;
import org.eigendrift.api.Points;
import org.eigendrift.api.basis.Eigenbasis;
import org.eigendrift.api.law.Law;
import org.eigendrift.api.linear.SymmetricMatrix;
import org.eigendrift.engine.assembly.Assembler;
import org.eigendrift.engine.assembly.MomentSlopes;
import org.eigendrift.engine.basis.CoordinateBasis;
import org.eigendrift.engine.basis.FunctionValues;
import org.eigendrift.engine.basis.ProductBasis;
import org.eigendrift.engine.flow.FittedModel;
import org.eigendrift.engine.kernel.LowerTriangle;
import org.eigendrift.engine.model.ThetaPath;
import org.eigendrift.engine.moment.MomentLayout;
import org.eigendrift.engine.moment.SumLayout;

/**
 * The gradient of a loss of samples with respect to a fit: the coefficients at every time of its grid, and through the systems that they solve
 * the moments of the rows. The velocity is A grad sum_k theta_k phi_k, so that slope . dv/dtheta_k is the derivative of phi_k along A times the
 * slope; with (A + rho Lambda) theta = b, A and b linear in the moments m, dL/dm = l . d(b - A theta)/dm where l solves the same system with
 * dL/dtheta on its right-hand side. Passed to {@link FlowAdjoint}; memory is that of the coefficients, however many steps. Not
 * thread-safe.
 */
public final class FitGradient implements FlowAdjoint.Parameters {
    private final ProductBasis basis;
    private final ThetaPath path;
    private final FunctionValues functions;
    private final Systems systems;
    private final double[][] coefficients;

    /** What the coefficients were solved from: moments, their layout, a ridge for each time. */
    record Systems(SumLayout layout, double[] means, double[] ridges) {}

    FitGradient(ProductBasis basis, ThetaPath path, Systems systems) {
        this.basis = basis;
        this.path = path;
        this.systems = systems;
        this.functions = new FunctionValues(basis);
        this.coefficients = new double[path.grid().steps() + 1][path.size()];
    }

    /**
     * Begins with zero.
     *
     * @param law a law that was fitted as one flow
     * @return the gradient
     * @throws InputException if the law is another one
     */
    public static FitGradient of(Law law) {
        if (!(law instanceof FittedModel model)) {
            throw InputException.at(
                    "adjoint",
                    "coefficients and moments are those of one fitted flow, and this law is of kind '"
                            + law.provenance().kind()
                            + "'; fit it with 'components: 1', 'density: flow' and 'basis: hermite'");
        }
        double[] ridges = new double[model.path().grid().steps() + 1];
        Arrays.setAll(ridges, model.plan()::ridge);
        return new FitGradient(
                model.basis(),
                model.path(),
                new Systems(model.table().layout(), model.table().means(), ridges));
    }

    @Override
    public void pull(double t, Points x, Points slope, double weight) {
        Points direction = slope.copy();
        for (int i = 0; i < basis.dim(); i++) {
            CoordinateBasis coordinate = basis.coordinate(i);
            Eigenbasis eigenbasis = coordinate.basis();
            for (int n = 0; n < x.size(); n++) {
                double diffusion = coordinate.timeScale() * eigenbasis.diffusion(x.get(i, n));
                direction.set(i, n, weight * diffusion * slope.get(i, n));
            }
        }
        double[] along = new double[basis.size() * x.size()];
        functions.along(x, direction, along);
        double[] gradient = new double[basis.size()];
        for (int a = 0; a < gradient.length; a++) {
            for (int n = 0; n < x.size(); n++) {
                gradient[a] += along[a * x.size() + n];
            }
        }
        path.pull(t, gradient, coefficients);
    }

    /**
     * The gradient with respect to the coefficients.
     *
     * @return an array for each time of the fit's grid, a number for each function; shared, not to be modified
     */
    public double[][] coefficients() {
        return coefficients;
    }

    /**
     * The gradient with respect to the moments that the coefficients were solved from, with the ridges held fixed. Functions that were left out
     * at a time, whose coefficient is 0 there, stay left out.
     *
     * @return a number for each moment of the table
     * @throws InputException if the fit has summed other numbers than moments
     */
    public double[] moments() {
        if (!(systems.layout instanceof MomentLayout layout)) {
            throw InputException.at(
                    "adjoint",
                    "the fit has sums for each of its times and no moments; fit with fewer functions, or take coefficients");
        }
        double[] means = systems.means;
        Assembler assembler = Assembler.unscaled(layout, basis);
        MomentSlopes slopes = new MomentSlopes(layout, basis);
        double[] out = new double[means.length];
        for (int j = 0; j < coefficients.length; j++) {
            double t = path.grid().time(j);
            double[] multiplier = solve(assembler.matrix(means, t), systems.ridges[j], path.at(j), coefficients[j]);
            slopes.add(t, multiplier, path.at(j), out);
        }
        return out;
    }

    /** Solves (A + rho Lambda) l = g among the functions whose coefficient is not 0. */
    private double[] solve(SymmetricMatrix matrix, double ridge, double[] theta, double[] g) {
        int n = theta.length;
        double[] dense = new double[n * n];
        double[] unit = new double[n];
        double[] column = new double[n];
        double[] right = new double[n];
        for (int a = 0; a < n; a++) {
            if (theta[a] == 0) {
                dense[a * n + a] = 1;
                continue;
            }
            unit[a] = 1;
            matrix.apply(unit, column);
            unit[a] = 0;
            for (int b = 0; b < n; b++) {
                dense[a * n + b] = theta[b] == 0 ? 0 : column[b];
            }
            dense[a * n + a] += ridge * basis.rate(a);
            right[a] = g[a];
        }
        LowerTriangle.factor(dense, n);
        LowerTriangle.solve(dense, n, right);
        return right;
    }
}
