package org.eigendrift.samplers.operator;

import java.util.Arrays;
import org.eigendrift.api.Points;
import org.eigendrift.api.guidance.Operator;

/** A matrix along the rows of an image and one along its columns, never multiplied out. Immutable. */
final class Separable implements Operator {
    private final Grid grid;
    private final RowsOperator vertical;
    private final RowsOperator horizontal;

    /**
     * Creates it.
     *
     * @param grid the image
     * @param vertical of a column of pixels
     * @param horizontal of a row of pixels
     */
    Separable(Grid grid, RowsOperator vertical, RowsOperator horizontal) {
        this.grid = grid;
        this.vertical = vertical;
        this.horizontal = horizontal;
    }

    @Override
    public int inputs() {
        return grid.pixels();
    }

    @Override
    public int outputs() {
        return vertical.outputs() * horizontal.outputs();
    }

    @Override
    public boolean affine() {
        return true;
    }

    @Override
    public void apply(Points x, Points out) {
        int wide = horizontal.outputs();
        Points narrowed = Points.zeros(grid.height() * wide, x.size());
        for (int i = 0; i < grid.height(); i++) {
            horizontal.along(x, i * grid.width(), 1, narrowed, i * wide, 1);
        }
        Arrays.fill(out.values(), 0);
        for (int j = 0; j < wide; j++) {
            vertical.along(narrowed, j, wide, out, j, wide);
        }
    }

    @Override
    public void tangent(Points x, Points v, Points out) {
        apply(v, out);
    }

    @Override
    public void adjoint(Points x, Points w, Points out) {
        int wide = horizontal.outputs();
        Points raised = Points.zeros(grid.height() * wide, w.size());
        for (int j = 0; j < wide; j++) {
            vertical.back(w, j, wide, raised, j, wide);
        }
        Arrays.fill(out.values(), 0);
        for (int i = 0; i < grid.height(); i++) {
            horizontal.back(raised, i * wide, 1, out, i * grid.width(), 1);
        }
    }
}
