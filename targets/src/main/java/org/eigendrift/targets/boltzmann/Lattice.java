package org.eigendrift.targets.boltzmann;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.eigendrift.api.InputException;

/**
 * Nearest-neighbour bonds of a chain or of a rectangular lattice (sites row by row).
 *
 * @param sites number of sites
 * @param left one end of each bond
 * @param right the other end of each bond
 * @param walls bonds of each site to the outside, 0 unless the boundary is {@link Boundary#DIRICHLET}
 */
record Lattice(int sites, int[] left, int[] right, int[] walls) {

    /**
     * Lays the bonds.
     *
     * @param shape one length for a chain, two for a lattice
     * @param boundary what lies beyond the ends
     * @param target the target, for messages
     * @return the lattice
     */
    static Lattice of(List<Integer> shape, Boundary boundary, String target) {
        if (shape.isEmpty() || shape.size() > 2) {
            throw new InputException(
                    target + ": shape has " + shape.size() + " lengths; expected one for a chain or two for a lattice");
        }
        int columns = shape.size() == 2 ? shape.get(1) : 1;
        int rows = shape.get(0);
        long sites = (long) rows * columns;
        if (sites > 1 << 20) {
            throw new InputException(target + ": shape " + shape + " has " + sites + " sites; expected at most 2^20");
        }
        List<int[]> bonds = new ArrayList<>();
        int[] walls = new int[(int) sites];
        for (int r = 0; r < rows; r++) {
            for (int c = 0; c < columns; c++) {
                int site = r * columns + c;
                bond(bonds, walls, boundary, rows, r, site, columns);
                if (shape.size() == 2) {
                    bond(bonds, walls, boundary, columns, c, site, 1);
                }
            }
        }
        return new Lattice(
                (int) sites,
                bonds.stream().mapToInt(b -> b[0]).toArray(),
                bonds.stream().mapToInt(b -> b[1]).toArray(),
                walls);
    }

    /** The bond of a site to its next along an axis, and to the walls. */
    private static void bond(
            List<int[]> bonds, int[] walls, Boundary boundary, int length, int place, int site, int stride) {
        boolean last = place == length - 1;
        if (!last) {
            bonds.add(new int[] {site, site + stride});
        } else if (boundary == Boundary.PERIODIC && length > 2) {
            // On two sites the way round would be the same bond again.
            bonds.add(new int[] {site, site - (length - 1) * stride});
        }
        if (boundary == Boundary.DIRICHLET) {
            walls[site] += (place == 0 ? 1 : 0) + (last ? 1 : 0);
        }
    }

    @Override
    public String toString() {
        return "Lattice[" + sites + " sites, " + left.length + " bonds, walls "
                + Arrays.stream(walls).sum() + "]";
    }
}
