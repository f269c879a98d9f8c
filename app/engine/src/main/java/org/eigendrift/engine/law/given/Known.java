package org.eigendrift.engine.law.given;

import org.eigendrift.api.law.LawReader;
import org.eigendrift.api.law.LawWriter;

/**
 * Columns, given ones most of all, as regressions read them.
 *
 * @param coordinates of the columns
 * @param units of these
 */
record Known(Coordinates coordinates, Scaling units) {

    /** In units of the rows that are fitted. */
    static Known of(Coordinates coordinates, double[][] rows) {
        return new Known(
                coordinates,
                Scaling.of(coordinates.to(rows), coordinates.bends().size()));
    }

    double[] to(double[] b) {
        return units.to(coordinates.to(b));
    }

    double[][] to(double[][] rows) {
        return units.to(coordinates.to(rows));
    }

    void write(LawWriter out, String name) {
        units.write(out, name);
        coordinates.write(out, name + ".logarithmic", name + ".bent");
    }

    /** What {@link #write} wrote. */
    static Known read(LawReader in, String name, int columns) {
        return new Known(
                Coordinates.read(in, name + ".logarithmic", name + ".bent", columns), Scaling.read(in, name, columns));
    }

    /** What is added to a log-density of what {@link #to} gives for one of the columns, by their coordinates. */
    double logJacobian(double[] bent) {
        double sum = coordinates.logJacobian(bent);
        for (double scale : units.scale()) {
            sum -= Math.log(scale);
        }
        return sum;
    }
}
