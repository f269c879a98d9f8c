package org.eigendrift.bases.frame;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.eigendrift.api.InputException;
import org.eigendrift.api.State;
import org.eigendrift.bases.marginal.DyadicDensity;

/** Step densities in the state of a frame: how many cells each has, then where those start and how high they are. */
final class StepDensities {
    private StepDensities() {}

    static void write(List<DyadicDensity> densities, Map<String, double[]> arrays) {
        Numbers cells = new Numbers();
        Numbers starts = new Numbers();
        Numbers heights = new Numbers();
        for (DyadicDensity density : densities) {
            cells.add(density.cells());
            for (int k = 0; k < density.cells(); k++) {
                starts.add(density.edge(k));
                heights.add(density.height(k));
            }
        }
        arrays.put("cells", cells.all());
        arrays.put("starts", starts.all());
        arrays.put("heights", heights.all());
    }

    static List<DyadicDensity> read(State state, int count) {
        double[] cells = state.get("cells", count);
        double[] heights = state.get("heights");
        double[] starts = state.get("starts", heights.length);
        List<DyadicDensity> densities = new ArrayList<>();
        int first = 0;
        for (double number : cells) {
            int size = (int) number;
            if (size < 1 || size > heights.length - first) {
                throw new InputException("the model file's steps are damaged: a density has " + size + " cells of "
                        + (heights.length - first));
            }
            densities.add(DyadicDensity.restore(
                    Arrays.copyOfRange(starts, first, first + size), Arrays.copyOfRange(heights, first, first + size)));
            first += size;
        }
        return densities;
    }
}
