package org.eigendrift.engine.file;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.eigendrift.api.InputException;
import org.eigendrift.engine.basis.Cluster;
import org.eigendrift.engine.basis.CoordinateBasis;

/**
 * Clusters as a file holds them, one after the other.
 *
 * @param orders for each cluster the number of its coordinates
 * @param coordinates the coordinates of all clusters
 * @param degrees for each of those the number of its non-constant functions
 * @param sizes for each cluster the number of its functions
 * @param positions the positions of all functions
 */
record ClusterTensors(int[] orders, int[] coordinates, int[] degrees, int[] sizes, int[] positions) {
    private static final int LARGEST_ORDER = 3;

    /**
     * Two clusters of at most three coordinates that share one have a union of at most five; at most 18 pairs have one
     * union (of four coordinates: 6 of two triples, 12 of a triple and a pair), and a pair is met once in each of at
     * most three shared coordinates.
     */
    private static final long MEETINGS_PER_UNION = 54;

    /**
     * The clusters, checked.
     *
     * @param bases the basis of each coordinate
     * @param moments entries of the table of sums, at least one for each union of two clusters that share a coordinate
     * @return the clusters
     * @throws InputException if they do not make sense, or need more moments than there are
     */
    List<Cluster> clusters(List<CoordinateBasis> bases, long moments) {
        checkLengths();
        List<Cluster> clusters = new ArrayList<>();
        Set<List<Integer>> seen = new HashSet<>();
        long[] holding = new long[bases.size()];
        int axis = 0;
        int function = 0;
        for (int c = 0; c < orders.length; c++) {
            Cluster cluster = cluster(
                    c,
                    Arrays.copyOfRange(coordinates, axis, axis + orders[c]),
                    Arrays.copyOfRange(degrees, axis, axis + orders[c]),
                    Arrays.copyOfRange(positions, function, function + sizes[c]),
                    bases);
            if (!seen.add(Arrays.stream(cluster.coordinates()).boxed().toList())) {
                throw damaged(c, "repeats the coordinates " + Arrays.toString(cluster.coordinates()));
            }
            for (int coordinate : cluster.coordinates()) {
                holding[coordinate]++;
            }
            clusters.add(cluster);
            axis += orders[c];
            function += sizes[c];
        }
        double meetings = 0;
        for (long n : holding) {
            meetings += 0.5 * n * (n + 1);
        }
        if (clusters.isEmpty() || meetings > (double) MEETINGS_PER_UNION * moments) {
            throw new InputException(
                    clusters.size() + " clusters do not go with a moment table of " + moments + " entries");
        }
        return clusters;
    }

    private void checkLengths() {
        if (sizes.length != orders.length || degrees.length != coordinates.length) {
            throw new InputException("the tensors 'clusters.*' describe " + orders.length + " and " + sizes.length
                    + " clusters, " + coordinates.length + " and " + degrees.length + " coordinates");
        }
        long axes = 0;
        long functions = 0;
        for (int c = 0; c < orders.length; c++) {
            if (orders[c] < 1 || orders[c] > LARGEST_ORDER || sizes[c] < 1) {
                throw damaged(c, "has " + orders[c] + " coordinates and " + sizes[c] + " functions");
            }
            axes += orders[c];
            functions += sizes[c];
        }
        if (axes != coordinates.length || functions != positions.length) {
            throw new InputException("the tensors 'clusters.*' announce " + axes + " coordinates and " + functions
                    + " functions, and hold " + coordinates.length + " and " + positions.length);
        }
    }

    private static Cluster cluster(int c, int[] own, int[] ownDegrees, int[] active, List<CoordinateBasis> bases) {
        long tensorSize = 1;
        for (int axis = 0; axis < own.length; axis++) {
            if (own[axis] < 0 || own[axis] >= bases.size() || axis > 0 && own[axis] <= own[axis - 1]) {
                throw damaged(
                        c,
                        "has the coordinates " + Arrays.toString(own) + ", expected ascending ones from 0 to "
                                + (bases.size() - 1));
            }
            int largest = bases.get(own[axis]).size() - 1;
            if (ownDegrees[axis] != largest) {
                throw damaged(
                        c, "has degree " + ownDegrees[axis] + " in coordinate " + own[axis] + ", expected " + largest);
            }
            tensorSize *= ownDegrees[axis];
        }
        int before = -1;
        for (int position : active) {
            if (position <= before || position >= tensorSize || tensorSize > Integer.MAX_VALUE) {
                throw damaged(c, "has position " + position + " after " + before + " of " + tensorSize);
            }
            before = position;
        }
        return new Cluster(own, ownDegrees, active);
    }

    private static InputException damaged(int c, String message) {
        return new InputException("cluster " + (c + 1) + " " + message);
    }
}
