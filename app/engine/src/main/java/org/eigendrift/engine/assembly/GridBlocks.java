package org.eigendrift.engine.assembly;

import java.util.Arrays;
import org.eigendrift.engine.basis.ProductBasis;
import org.eigendrift.engine.moment.GridLayout;

/** Blocks of A(t) at the times of a grid, from sums of its entries there. */
final class GridBlocks implements BlockSource {
    private final GridLayout layout;
    private final ProductBasis basis;
    private final double[] scale;
    private final int[] numbers;
    private final int[][] places;

    GridBlocks(GridLayout layout, ProductBasis basis, double[] scale) {
        this.layout = layout;
        this.basis = basis;
        this.scale = scale;
        this.numbers = basis.clusters().stream().mapToInt(layout::numberOf).toArray();
        this.places = new int[numbers.length][];
        for (int c = 0; c < numbers.length; c++) {
            places[c] = GridLayout.placesIn(
                    layout.basis().clusters().get(numbers[c]), basis.clusters().get(c));
        }
    }

    @Override
    public Blocks at(double[] means, double t) {
        int j = layout.indexOf(t);
        return (u, k, target) -> {
            if (k == 0) {
                diagonal(means, layout.start(j, numbers[u], 0), u, target);
            } else {
                int v = basis.neighbours(u)[k - 1];
                int neighbour = 1 + Arrays.binarySearch(layout.basis().neighbours(numbers[u]), numbers[v]);
                block(means, layout.start(j, numbers[u], neighbour), u, v, target);
            }
        };
    }

    private void diagonal(double[] means, int start, int u, Target target) {
        int functions = layout.basis().clusters().get(numbers[u]).size();
        int first = basis.start(u);
        for (int row = 0; row < places[u].length; row++) {
            for (int column = row; column < places[u].length; column++) {
                double value = means[start + GridLayout.triangle(places[u][row], places[u][column], functions)]
                        * (scale[first + row] * scale[first + column]);
                target.set(row, column, value);
            }
        }
    }

    private void block(double[] means, int start, int u, int v, Target target) {
        int width = layout.basis().clusters().get(numbers[v]).size();
        for (int row = 0; row < places[u].length; row++) {
            int at = start + places[u][row] * width;
            for (int column = 0; column < places[v].length; column++) {
                double value =
                        means[at + places[v][column]] * (scale[basis.start(u) + row] * scale[basis.start(v) + column]);
                target.set(row, column, value);
            }
        }
    }
}
