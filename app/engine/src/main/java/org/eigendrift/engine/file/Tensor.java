package org.eigendrift.engine.file;

import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * One tensor of a file.
 *
 * @param name its name
 * @param dtype its element type
 * @param shape its extents, the last varying fastest; shared, not to be modified
 * @param begin its first byte, counted from the end of the header
 * @param end the byte after its last
 */
record Tensor(String name, Dtype dtype, long[] shape, long begin, long end) {

    /** The number of elements; known not to overflow. */
    long elements() {
        return (end - begin) / dtype.bytes();
    }

    String show() {
        return dtype + " " + Arrays.toString(shape);
    }

    /** What identifies the tensor's bytes in the checksum, see {@link Checksum}. */
    String signature() {
        return name
                + '\0'
                + dtype
                + '\0'
                + Arrays.stream(shape).mapToObj(Long::toString).collect(Collectors.joining(","))
                + '\0';
    }
}
