package org.eigendrift.engine.cluster;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.eigendrift.api.InputException;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.plugin.Nearest;
import org.eigendrift.engine.settings.ClusterOptions;

/** The sets of coordinates that may interact, before any function is looked at: cliques of a neighbour relation. */
final class ClusterShapes {
    private ClusterShapes() {}

    /** All cliques of at most {@code order} coordinates, smaller ones first, then in lexicographic order. */
    static List<int[]> cliques(boolean[][] adjacent, int order) {
        List<int[]> all = new ArrayList<>();
        List<int[]> last = new ArrayList<>();
        for (int i = 0; i < adjacent.length; i++) {
            last.add(new int[] {i});
        }
        all.addAll(last);
        for (int size = 2; size <= order; size++) {
            List<int[]> next = new ArrayList<>();
            for (int[] clique : last) {
                for (int j = clique[clique.length - 1] + 1; j < adjacent.length; j++) {
                    if (extendsClique(adjacent, clique, j)) {
                        int[] larger = Arrays.copyOf(clique, size);
                        larger[size - 1] = j;
                        next.add(larger);
                    }
                }
            }
            all.addAll(next);
            last = next;
        }
        return all;
    }

    private static boolean extendsClique(boolean[][] adjacent, int[] clique, int j) {
        for (int i : clique) {
            if (!adjacent[i][j]) {
                return false;
            }
        }
        return true;
    }

    static boolean[][] complete(int dim) {
        boolean[][] adjacent = new boolean[dim][dim];
        for (boolean[] row : adjacent) {
            Arrays.fill(row, true);
        }
        return adjacent;
    }

    static boolean[][] graph(ClusterOptions options, List<Column> columns) {
        List<String> names = columns.stream().map(Column::name).toList();
        boolean[][] adjacent = new boolean[names.size()][names.size()];
        for (List<String> edge : options.edges()) {
            int a = index(edge.get(0), names);
            int b = index(edge.get(1), names);
            adjacent[a][b] = true;
            adjacent[b][a] = true;
        }
        return adjacent;
    }

    private static int index(String name, List<String> names) {
        int at = names.indexOf(name);
        if (at < 0) {
            throw InputException.at(
                    "basis.clusters.edges", "there is no column '" + name + "'" + Nearest.hint(name, names));
        }
        return at;
    }

    static boolean[][] lattice(ClusterOptions options, int dim) {
        List<Integer> shape = options.shape().isEmpty() ? List.of(dim) : options.shape();
        int rows = shape.size() == 2 ? shape.get(0) : 1;
        int columns = shape.get(shape.size() - 1);
        if ((long) rows * columns != dim) {
            throw InputException.at(
                    "basis.clusters.shape",
                    shape + " has " + (long) rows * columns + " sites, but there are " + dim + " columns");
        }
        boolean[][] adjacent = new boolean[dim][dim];
        for (int a = 0; a < dim; a++) {
            for (int b = 0; b < dim; b++) {
                int distance = distance(a / columns, b / columns, rows, options.periodic())
                        + distance(a % columns, b % columns, columns, options.periodic());
                adjacent[a][b] = distance <= options.range();
            }
        }
        return adjacent;
    }

    private static int distance(int a, int b, int side, boolean periodic) {
        int straight = Math.abs(a - b);
        return periodic ? Math.min(straight, side - straight) : straight;
    }
}
