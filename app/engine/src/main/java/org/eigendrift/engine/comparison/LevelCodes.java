package org.eigendrift.engine.comparison;

/** Levels as numbers of cells of a contingency table: the levels, then gaps, then what is no level. */
final class LevelCodes {
    private LevelCodes() {}

    static int of(double value, int levels) {
        if (Double.isNaN(value)) {
            return levels;
        }
        return value >= 0 && value < levels ? (int) value : levels + 1;
    }
}
