package org.eigendrift.engine.flow;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.Points;
import org.eigendrift.engine.basis.Cluster;
import org.eigendrift.engine.basis.CoordinateBasis;
import org.eigendrift.engine.basis.Families;
import org.eigendrift.engine.basis.ProductBasis;

/**
 * The law pi exp(h) / Z with h a sum over columns and pairs of neighbours, whose constant, draws and divergences follow
 * from sums along the chain: on a grid of midpoints, which for smooth densities that vanish at its ends are exact to
 * rounding, of any number of columns.
 */
public final class ChainLaw {
    private final ProductBasis basis;
    private final double[] theta;
    private final double from;
    private final double cell;
    private final int cells;
    /** Log weights of each column's cells, and of each pair of neighbours' cells. */
    private final double[][] single;

    private final double[][][] pair;
    /** What the columns after each one contribute to its cells' weights, and the logarithms that were divided out. */
    private final double[][] after;

    private double logSum;

    /**
     * Sums up.
     *
     * @param basis functions of single columns and of neighbours
     * @param theta their coefficients
     * @param halfWidth the grid's ends, beyond which there is next to nothing
     * @param cells cells of the grid in each column
     */
    public ChainLaw(ProductBasis basis, double[] theta, double halfWidth, int cells) {
        this.basis = basis;
        this.theta = theta;
        this.from = -halfWidth;
        this.cell = 2 * halfWidth / cells;
        this.cells = cells;
        this.single = new double[basis.dim()][cells];
        this.pair = new double[basis.dim() - 1][cells][cells];
        this.after = new double[basis.dim()][cells];
        tabulate();
        sum();
    }

    /**
     * Double wells of different depth, coupled along the chain.
     *
     * @param dim columns
     * @return a law of degree 4 with neighbours correlated by about 0.7
     */
    public static ChainLaw doubleWells(int dim) {
        List<Cluster> clusters = new ArrayList<>();
        for (int i = 0; i < dim; i++) {
            clusters.add(Cluster.full(new int[] {i}, new int[] {4}));
        }
        for (int i = 0; i + 1 < dim; i++) {
            clusters.add(new Cluster(new int[] {i, i + 1}, new int[] {4, 4}, new int[] {0}));
        }
        ProductBasis basis = new ProductBasis(Families.coordinates(Collections.nCopies(dim, "hermite"), 4), clusters);
        double[] theta = new double[basis.size()];
        for (int i = 0; i < dim; i++) {
            System.arraycopy(new double[] {0.1, 0.3, 0, -0.7}, 0, theta, 4 * i, 4);
        }
        Arrays.fill(theta, 4 * dim, theta.length, 0.8);
        return new ChainLaw(basis, theta, 4.5, 200);
    }

    private double midpoint(int c) {
        return from + (c + 0.5) * cell;
    }

    private void tabulate() {
        for (int i = 0; i < basis.dim(); i++) {
            for (int c = 0; c < cells; c++) {
                single[i][c] = basis.coordinate(i).basis().logDensity(midpoint(c));
            }
        }
        for (int u = 0; u < basis.clusters().size(); u++) {
            Cluster cluster = basis.clusters().get(u);
            double[][] first = values(cluster.coordinate(0));
            double[][] second = cluster.order() == 2 ? values(cluster.coordinate(1)) : null;
            for (int index = 0; index < cluster.size(); index++) {
                int position = cluster.position(index);
                double factor = theta[basis.start(u) + index];
                int k = cluster.functionAt(position, 0);
                for (int c = 0; c < cells; c++) {
                    if (second == null) {
                        single[cluster.coordinate(0)][c] += factor * first[c][k];
                    } else {
                        double[] row = pair[cluster.coordinate(0)][c];
                        for (int d = 0; d < cells; d++) {
                            row[d] += factor * first[c][k] * second[d][cluster.functionAt(position, 1)];
                        }
                    }
                }
            }
        }
    }

    private double[][] values(int i) {
        CoordinateBasis coordinate = basis.coordinate(i);
        double[][] values = new double[cells][coordinate.size()];
        for (int c = 0; c < cells; c++) {
            coordinate.basis().values(coordinate.size(), new double[] {midpoint(c)}, 0, 1, values[c]);
        }
        return values;
    }

    private void sum() {
        Arrays.fill(after[basis.dim() - 1], 1);
        for (int i = basis.dim() - 2; i >= 0; i--) {
            for (int c = 0; c < cells; c++) {
                for (int d = 0; d < cells; d++) {
                    after[i][c] += cell * Math.exp(pair[i][c][d] + single[i + 1][d]) * after[i + 1][d];
                }
            }
            double largest = Arrays.stream(after[i]).max().orElseThrow();
            logSum += Math.log(largest);
            for (int c = 0; c < cells; c++) {
                after[i][c] /= largest;
            }
        }
        double sum = 0;
        for (int c = 0; c < cells; c++) {
            sum += cell * Math.exp(single[0][c]) * after[0][c];
        }
        logSum += Math.log(sum);
    }

    /**
     * The constant.
     *
     * @return log Z
     */
    public double logConstant() {
        return logSum;
    }

    /**
     * Independent rows: cell after cell by their conditional probabilities, uniform within a cell.
     *
     * @param count how many
     * @param seed one seed, one set of rows
     * @return the rows
     */
    public Points draw(int count, long seed) {
        CounterRandom random = new CounterRandom(seed);
        Points rows = Points.zeros(basis.dim(), count);
        double[][][] cumulative = new double[basis.dim()][cells][];
        for (int n = 0; n < count; n++) {
            int before = 0;
            for (int i = 0; i < basis.dim(); i++) {
                if (cumulative[i][before] == null) {
                    cumulative[i][before] = cumulative(i, before);
                }
                double[] sums = cumulative[i][before];
                int at = Arrays.binarySearch(sums, random.uniform(n, 2 * i) * sums[cells - 1]);
                before = Math.min(cells - 1, at < 0 ? -at - 1 : at);
                rows.set(i, n, from + (before + random.uniform(n, 2 * i + 1)) * cell);
            }
        }
        return rows;
    }

    private double[] cumulative(int i, int before) {
        double[] sums = new double[cells];
        double sum = 0;
        for (int c = 0; c < cells; c++) {
            sum += Math.exp(single[i][c] + (i == 0 ? 0 : pair[i - 1][before][c])) * after[i][c];
            sums[c] = sum;
        }
        return sums;
    }

    /**
     * The log-density.
     *
     * @param x rows
     * @return nats a row
     */
    public double[] logDensity(Points x) {
        double[] nats = new double[x.size()];
        int[][] degrees = Families.multiDegrees(basis);
        for (int n = 0; n < nats.length; n++) {
            nats[n] = -logSum;
            double[][] values = new double[basis.dim()][];
            for (int i = 0; i < basis.dim(); i++) {
                CoordinateBasis coordinate = basis.coordinate(i);
                values[i] = new double[coordinate.size()];
                coordinate.basis().values(coordinate.size(), new double[] {x.get(i, n)}, 0, 1, values[i]);
                nats[n] += coordinate.basis().logDensity(x.get(i, n));
            }
            for (int a = 0; a < theta.length; a++) {
                double product = theta[a];
                for (int i = 0; i < basis.dim(); i++) {
                    product *= values[i][degrees[a][i]];
                }
                nats[n] += product;
            }
        }
        return nats;
    }

    /**
     * The Kullback-Leibler divergence of another law on the same grid from this one.
     *
     * @param other of the same functions
     * @return E [log p - log q] under p, in nats
     */
    public double divergence(ChainLaw other) {
        double sum = other.logSum - logSum;
        double[] here = new double[cells];
        for (int c = 0; c < cells; c++) {
            here[c] = Math.exp(single[0][c]);
        }
        for (int i = 0; i < basis.dim(); i++) {
            double mass = 0;
            double difference = 0;
            for (int c = 0; c < cells; c++) {
                mass += here[c] * after[i][c];
                difference += here[c] * after[i][c] * (single[i][c] - other.single[i][c]);
            }
            sum += difference / mass;
            if (i + 1 < basis.dim()) {
                double[] next = new double[cells];
                difference = 0;
                for (int c = 0; c < cells; c++) {
                    for (int d = 0; d < cells; d++) {
                        double weight = here[c] / mass * Math.exp(pair[i][c][d] + single[i + 1][d]);
                        next[d] += weight;
                        difference += weight * after[i + 1][d] * (pair[i][c][d] - other.pair[i][c][d]);
                    }
                }
                double total = 0;
                for (int d = 0; d < cells; d++) {
                    total += next[d] * after[i + 1][d];
                }
                sum += difference / total;
                here = next;
            }
        }
        return sum;
    }
}
