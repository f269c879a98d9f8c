package org.eigendrift.bases.marginal;

import org.eigendrift.api.Domain;

/**
 * A density on a whole domain: a {@link PiecewiseDensity}, the core, and beyond each of its ends that is not one of the
 * domain an exponential tail, normalised together. Immutable.
 *
 * <p>A tail continues the logarithm as a straight line with the slope it has at the end of the core, so that density and
 * score are continuous. Where that slope does not fall outwards by at least one unit a core's width it is made to, and
 * the score jumps there. The score is thus bounded beyond the core, and every moment is finite.
 */
public final class TailedDensity {
    private final PiecewiseDensity core;
    private final Domain domain;
    private final double lowerRate;
    private final double upperRate;
    private final double lowerMass;
    private final double upperMass;
    private final double total;
    private final double logTotal;

    /**
     * Adds tails.
     *
     * @param core the density between its ends, normalised there
     * @param domain a line, half-line or interval that holds the core
     * @throws IllegalArgumentException if the core reaches beyond the domain
     */
    public TailedDensity(PiecewiseDensity core, Domain domain) {
        if (domain instanceof Domain.Circle || core.lower() < domain.lower() || core.upper() > domain.upper()) {
            throw new IllegalArgumentException(
                    "a density from " + core.lower() + " to " + core.upper() + " on " + domain);
        }
        this.core = core;
        this.domain = domain;
        double slowest = 1 / (core.upper() - core.lower());
        this.lowerRate = Math.max(slowest, core.logDerivative(core.lower()));
        this.upperRate = Math.max(slowest, -core.logDerivative(core.upper()));
        this.lowerMass = mass(core.log(core.lower()), lowerRate, core.lower() - domain.lower());
        this.upperMass = mass(core.log(core.upper()), upperRate, domain.upper() - core.upper());
        this.total = 1 + lowerMass + upperMass;
        this.logTotal = StrictMath.log(total);
    }

    /** The integral of exp(log - rate y) for y from 0 to a length, which may be infinite. */
    private static double mass(double log, double rate, double length) {
        return -StrictMath.exp(log) * StrictMath.expm1(-rate * length) / rate;
    }

    /**
     * The density between the tails.
     *
     * @return normalised on its own
     */
    public PiecewiseDensity core() {
        return core;
    }

    /**
     * Where the density lives.
     *
     * @return core and tails
     */
    public Domain domain() {
        return domain;
    }

    /**
     * The probability of the tail below the core.
     *
     * @return 0 if the core begins where the domain does
     */
    public double lowerMass() {
        return lowerMass / total;
    }

    /**
     * The probability of the tail above the core.
     *
     * @return 0 if the core ends where the domain does
     */
    public double upperMass() {
        return upperMass / total;
    }

    /**
     * log pi.
     *
     * @param x a point
     * @return log pi(x), negative infinity outside the domain
     */
    public double log(double x) {
        if (!domain.contains(x)) {
            return Double.NEGATIVE_INFINITY;
        } else if (x < core.lower()) {
            return core.log(core.lower()) - lowerRate * (core.lower() - x) - logTotal;
        } else if (x > core.upper()) {
            return core.log(core.upper()) - upperRate * (x - core.upper()) - logTotal;
        }
        return core.log(x) - logTotal;
    }

    /**
     * The score.
     *
     * @param x a point; constant beyond each end of the core
     * @return (log pi)'(x)
     */
    public double logDerivative(double x) {
        if (x < core.lower()) {
            return lowerRate;
        }
        return x > core.upper() ? -upperRate : core.logDerivative(x);
    }

    /**
     * The quantile function.
     *
     * @param u in (0, 1)
     * @return x with probability u below it
     */
    public double quantile(double u) {
        double below = u * total;
        double above = (1 - u) * total;
        if (below < lowerMass) {
            return core.lower() - inTail(below, core.log(core.lower()), lowerRate, core.lower() - domain.lower());
        } else if (above < upperMass) {
            return core.upper() + inTail(above, core.log(core.upper()), upperRate, domain.upper() - core.upper());
        }
        return core.quantile(Math.max(0, Math.min(1, below - lowerMass)));
    }

    /** The y beyond which exp(log - rate y), up to a length, has a given mass. */
    private static double inTail(double mass, double log, double rate, double length) {
        double rest = mass * rate * StrictMath.exp(-log) + StrictMath.exp(-rate * length);
        return Math.max(0, Math.min(length, -StrictMath.log(rest) / rate));
    }
}
