package org.eigendrift.api.frame;

import java.util.List;
import org.eigendrift.api.Points;
import org.eigendrift.api.State;
import org.eigendrift.api.data.Column;

/** An invertible map from the data's coordinates x to those in which the basis lives, z. Immutable, thread-safe. */
public interface Frame {

    /**
     * The coordinates z.
     *
     * @return one column for each coordinate, as many as x has
     */
    List<Column> columns();

    /**
     * Maps x to z.
     *
     * @param x points; not modified
     * @param z receives the images, same shape, another batch; modified
     * @param logJacobian receives, added to what it holds, log |det dz/dx| of each point; modified
     */
    void forward(Points x, Points z, double[] logJacobian);

    /**
     * Maps z to x.
     *
     * @param z points; not modified
     * @param x receives the images, same shape, another batch; modified
     */
    void inverse(Points z, Points x);

    /**
     * Coordinates that the frame leaves to the standard normal law, independent of all others: no function of a basis holds
     * them. A frame of principal components may do so with the last of them.
     *
     * @return their numbers, ascending, fewer than there are coordinates; none unless a frame says so. A new array
     */
    default int[] leftNormal() {
        return new int[0];
    }

    /**
     * Whether z is an affine function of x: then the Jacobian is the same everywhere.
     *
     * @return true if so; false where a frame does not say
     */
    default boolean affine() {
        return false;
    }

    /**
     * What was fitted to data.
     *
     * @return the numbers from which {@link FrameProvider#restore} makes the same frame again
     */
    State state();
}
