package org.eigendrift.engine.check;

/** Steps of differences that are not lost to the rounding of the points they lead to. */
final class Differences {
    private Differences() {}

    /**
     * A step that leads from a number to numbers that are exact: a power of two, and no less than what tells numbers of that size apart.
     * Far from 0 rounding would otherwise make as much of a difference's error as the step is short.
     *
     * @param from the number
     * @param wanted a step, above 0
     * @return at most as much and more than half of it, unless numbers there lie further apart
     */
    static double step(double from, double wanted) {
        double power = Double.MIN_NORMAL >= wanted ? wanted : Math.scalb(1.0, Math.getExponent(wanted));
        return Math.max(power, Math.ulp(from));
    }
}
