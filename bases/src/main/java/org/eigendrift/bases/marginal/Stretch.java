package org.eigendrift.bases.marginal;

import org.eigendrift.api.Domain;
import org.eigendrift.api.InputException;

/**
 * An increasing map y = asinh((x - center) / scale), under which tails however heavy are short, or y = x where the scale
 * is infinite.
 *
 * @param center the fixed point of the scale
 * @param scale where the map changes from a straight line to a logarithm, positive; infinite for the identity
 */
public record Stretch(double center, double scale) {
    /** y = x. */
    public static final Stretch NONE = new Stretch(0, Double.POSITIVE_INFINITY);

    /**
     * Checks the numbers.
     *
     * @throws InputException if they make no map
     */
    public Stretch {
        if (!Double.isFinite(center) || !(scale > 0)) {
            throw new InputException("the model file's stretch about " + center + " of scale " + scale
                    + " is damaged; expected a finite number and a positive one");
        }
    }

    /**
     * Whether the map is y = x.
     *
     * @return true for {@link #NONE}
     */
    public boolean identity() {
        return scale == Double.POSITIVE_INFINITY;
    }

    /**
     * The map.
     *
     * @param x a number
     * @return y
     */
    public double map(double x) {
        if (identity()) {
            return x;
        }
        double u = (x - center) / scale;
        double size = Math.abs(u);
        // log1p keeps the digits of small arguments; beyond 1e150 the square would overflow.
        double y = size > 1e150
                ? StrictMath.log(size) + StrictMath.log(2)
                : StrictMath.log1p(size + size * size / (1 + Math.sqrt(1 + size * size)));
        return Math.copySign(y, u);
    }

    /**
     * Its inverse.
     *
     * @param y a number
     * @return x
     */
    public double invert(double y) {
        return identity() ? y : center + scale * StrictMath.sinh(y);
    }

    /**
     * Its derivative, by the image.
     *
     * @param y the image of x
     * @return dy/dx
     */
    public double slope(double y) {
        return identity() ? 1 : 1 / (scale * StrictMath.cosh(y));
    }

    /**
     * The logarithm of its derivative, by the image.
     *
     * @param y the image of x
     * @return log dy/dx, finite however large y is
     */
    public double logSlope(double y) {
        if (identity()) {
            return 0;
        }
        double size = Math.abs(y);
        return -StrictMath.log(scale) - size - StrictMath.log1p(StrictMath.exp(-2 * size)) + StrictMath.log(2);
    }

    /**
     * The image of a domain.
     *
     * @param domain a line, an interval, or the half-line if the centre is 0
     * @return the domain of y
     */
    public Domain map(Domain domain) {
        if (identity() || !(domain instanceof Domain.Interval)) {
            return domain;
        }
        return new Domain.Interval(map(domain.lower()), map(domain.upper()));
    }
}
