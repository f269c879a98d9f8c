package org.eigendrift.spark;

import com.esotericsoftware.kryo.kryo5.Kryo;
import com.esotericsoftware.kryo.kryo5.io.Input;
import com.esotericsoftware.kryo.kryo5.io.Output;
import com.esotericsoftware.kryo.kryo5.objenesis.strategy.StdInstantiatorStrategy;
import com.esotericsoftware.kryo.kryo5.util.DefaultInstantiatorStrategy;
import java.io.Serial;
import java.io.Serializable;

/**
 * What a stage needs, on its way to where rows are: summaries, frames and bases of any plugin, none of which need say that it can
 * be serialised. Opened once in each process, whose tasks share what is in it. Thread-safe.
 *
 * @param <T> what is in it, immutable and thread-safe
 */
final class Parcel<T> implements Serializable {
    @Serial
    private static final long serialVersionUID = 1;

    private final byte[] bytes;

    @SuppressWarnings("serial")
    private transient volatile T content;

    private Parcel(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * Packs.
     *
     * @param content what is sent; not modified
     * @return a parcel that does not share it
     */
    static <T> Parcel<T> of(T content) {
        try (Output output = new Output(1 << 12, -1)) {
            kryo().writeClassAndObject(output, content);
            return new Parcel<>(output.toBytes());
        }
    }

    /**
     * Opens the parcel.
     *
     * @return what is in it, the same whenever it is opened in a process
     */
    T open() {
        T opened = content;
        if (opened == null) {
            synchronized (this) {
                opened = content == null ? unpacked() : content;
                content = opened;
            }
        }
        return opened;
    }

    /** The size on the way. */
    int size() {
        return bytes.length;
    }

    @SuppressWarnings("unchecked")
    private T unpacked() {
        try (Input input = new Input(bytes)) {
            // What was packed.
            return (T) kryo().readClassAndObject(input);
        }
    }

    private static Kryo kryo() {
        Kryo kryo = new Kryo();
        kryo.setRegistrationRequired(false);
        kryo.setReferences(true);
        kryo.setInstantiatorStrategy(new DefaultInstantiatorStrategy(new StdInstantiatorStrategy()));
        ClassLoader loader = Thread.currentThread().getContextClassLoader();
        if (loader != null) {
            // Plugins that came with --jars.
            kryo.setClassLoader(loader);
        }
        return kryo;
    }
}
