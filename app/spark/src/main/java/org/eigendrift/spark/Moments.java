package org.eigendrift.spark;

import java.io.Serial;
import java.io.Serializable;

/** What {@link MomentsFunction} finds of columns; a bean, as Spark's encoders need it. Not thread-safe. */
public final class Moments implements Serializable {
    @Serial
    private static final long serialVersionUID = 1;

    private long rows;
    private double[] mean;
    private double[][] covariance;

    /** Creates one of no rows. */
    public Moments() {}

    /**
     * Rows without gaps.
     *
     * @return how many
     */
    public long getRows() {
        return rows;
    }

    /**
     * Sets how many rows there are.
     *
     * @param rows how many
     */
    public void setRows(long rows) {
        this.rows = rows;
    }

    /**
     * Means of the columns.
     *
     * @return one for each column, null without rows; shared
     */
    public double[] getMean() {
        return mean;
    }

    /**
     * Sets the means.
     *
     * @param mean one for each column; shared
     */
    public void setMean(double[] mean) {
        this.mean = mean;
    }

    /**
     * Covariances of the columns, divided by the number of rows.
     *
     * @return a symmetric matrix, null without rows; shared
     */
    public double[][] getCovariance() {
        return covariance;
    }

    /**
     * Sets the covariances.
     *
     * @param covariance a symmetric matrix; shared
     */
    public void setCovariance(double[][] covariance) {
        this.covariance = covariance;
    }
}
