package org.eigendrift.samplers.operator;

import java.util.List;
import org.eigendrift.api.InputException;

/** Columns as the pixels of an image, row by row. */
record Grid(int height, int width) {

    /** Of an option, which names the height and the width. */
    static Grid of(String where, List<Integer> shape, int columns) {
        if (shape.size() != 2
                || shape.get(0) < 1
                || shape.get(1) < 1
                || (long) shape.get(0) * shape.get(1) != columns) {
            throw new InputException(where + ": expected height and width whose product is the " + columns
                    + " columns of the data, found " + shape);
        }
        return new Grid(shape.get(0), shape.get(1));
    }

    int pixels() {
        return height * width;
    }
}
