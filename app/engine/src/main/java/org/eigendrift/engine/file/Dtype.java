package org.eigendrift.engine.file;

import java.util.Arrays;
import java.util.Optional;

/** The element types of safetensors that models use. */
enum Dtype {
    /** IEEE 754 double. */
    F64(8),
    /** Two's complement, 64 bits. */
    I64(8),
    /** Two's complement, 32 bits. */
    I32(4);

    private final int bytes;

    Dtype(int bytes) {
        this.bytes = bytes;
    }

    /** The size of an element. */
    int bytes() {
        return bytes;
    }

    static Optional<Dtype> of(String name) {
        return Arrays.stream(values()).filter(d -> d.name().equals(name)).findFirst();
    }
}
