package org.eigendrift.targets.tables;

/** The unit in which a file gives angles. */
public enum AngleUnit {
    /** A full turn is 2 pi. */
    RADIANS(2 * Math.PI),
    /** A full turn is 360. */
    DEGREES(360);

    private final double turn;

    AngleUnit(double turn) {
        this.turn = turn;
    }

    /**
     * A full turn.
     *
     * @return in this unit
     */
    public double turn() {
        return turn;
    }
}
