package org.eigendrift.engine.likelihood;

/**
 * Which functions a curved regression has.
 *
 * @param curved whether means have waves beside straight functions
 * @param kinks of each column in scales
 * @param waving whether scales have waves
 * @param degree of the powers of each column with which couplings vary; 0 for constant ones
 */
public record Plan(boolean curved, int kinks, boolean waving, int degree) {
    /** Straight means and logarithms of scales, constant couplings. */
    public static final Plan STRAIGHT = new Plan(false, 0, false, 0);

    Plan withMean(boolean waves) {
        return new Plan(waves, kinks, waving, degree);
    }

    Plan withScale(int each, boolean waves) {
        return new Plan(curved, each, waves, degree);
    }

    Plan withDegree(int powers) {
        return new Plan(curved, kinks, waving, powers);
    }

    @Override
    public String toString() {
        String scale = waving ? "waving" : kinks > 0 ? "of " + kinks + " kinks a column" : "straight";
        String coupling = degree == 0 ? "constant" : "of degree " + degree;
        return (curved ? "waving" : "straight") + " means, scales " + scale + ", couplings " + coupling;
    }
}
