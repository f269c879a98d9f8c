package org.eigendrift.api.law;

import org.eigendrift.api.Points;

/**
 * A law whose log-densities of different rows are with respect to different things, probabilities for some values of a column and
 * densities by length for others, and which can make them comparable. By such a law's log-density alone rows cannot be ranked: where
 * a few rows share a number to the last digit, it depends on the column's unit whether they are likelier than their
 * neighbours. All numbers of a column are therefore told to one resolution, the width of a window about them; the log-density of a
 * row with respect to that resolution is {@code log f(x) + sum_j log(P_j(window about x_j) / f_j(x_j))}, of column j's marginal
 * probability P_j and its density f_j in the law's own measure. It does not depend on any column's unit.
 */
public interface Commensurate extends Law {

    /**
     * What makes log-densities comparable.
     *
     * @param x rows; a gap (NaN) that the law cannot have is left out; not modified
     * @return nats to be added to the log-density of each row; finite where that is
     */
    double[] commensurate(Points x);
}
