package org.eigendrift.engine.atlas;

import java.util.stream.IntStream;
import org.eigendrift.api.Points;

/**
 * An order of rows in which blocks of them lie close together, so that what is far from a block is far from all its rows: rows are
 * halved along the coordinate in which they are widest, until a block is left (the leaves of a k-d tree; Bentley, Commun.
 * ACM 18, 1975, 509).
 */
final class NearOrder {
    private final Points u;
    private final int coordinates;
    private final int block;
    private final int[] order;

    private NearOrder(Points u, int coordinates, int block) {
        this.u = u;
        this.coordinates = coordinates;
        this.block = block;
        this.order = IntStream.range(0, u.size()).toArray();
    }

    /**
     * Rows in such an order.
     *
     * @param u the rows; not modified
     * @param coordinates how many of the first ones tell how close rows are
     * @param block rows of a block: every so many from the first on lie close together
     * @return the same rows, which are a function of the rows and their order
     */
    static Points of(Points u, int coordinates, int block) {
        if (u.size() <= block || coordinates == 0) {
            return u;
        }
        NearOrder near = new NearOrder(u, coordinates, block);
        near.halve(0, u.size());
        return u.select(near.order);
    }

    private void halve(int from, int to) {
        if (to - from <= block) {
            return;
        }
        int half = (to - from) / 2;
        int middle = from + Math.max(1, half / block) * block;
        select(u.offset(widest(from, to)), from, to, middle);
        halve(from, middle);
        halve(middle, to);
    }

    private int widest(int from, int to) {
        int widest = 0;
        double width = -1;
        for (int i = 0; i < coordinates; i++) {
            double least = Double.POSITIVE_INFINITY;
            double most = Double.NEGATIVE_INFINITY;
            for (int n = from; n < to; n++) {
                double value = u.get(i, order[n]);
                least = Math.min(least, value);
                most = Math.max(most, value);
            }
            if (most - least > width) {
                width = most - least;
                widest = i;
            }
        }
        return widest;
    }

    /** Puts the rows below the k-th before it and those above it behind it (Hoare, Commun. ACM 4, 1961, 321). */
    private void select(int offset, int from, int to, int k) {
        int low = from;
        int high = to - 1;
        while (low < high) {
            double pivot = value(offset, (low + high) >>> 1);
            int i = low;
            int j = high;
            while (i <= j) {
                while (value(offset, i) < pivot) {
                    i++;
                }
                while (value(offset, j) > pivot) {
                    j--;
                }
                if (i <= j) {
                    int other = order[i];
                    order[i++] = order[j];
                    order[j--] = other;
                }
            }
            if (k <= j) {
                high = j;
            } else if (k >= i) {
                low = i;
            } else {
                return;
            }
        }
    }

    private double value(int offset, int n) {
        return u.values()[offset + order[n]];
    }
}
