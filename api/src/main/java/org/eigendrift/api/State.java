package org.eigendrift.api;

import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The numbers that a fitted frame or basis needs to be restored from a model file: named arrays of doubles.
 * Immutable: arrays are copied on the way in and out.
 */
public final class State {
    /** No numbers: everything follows from the options. */
    public static final State EMPTY = new State(Map.of());

    private final Map<String, double[]> arrays;

    private State(Map<String, double[]> arrays) {
        Map<String, double[]> copy = new TreeMap<>();
        arrays.forEach((name, array) -> copy.put(name, array.clone()));
        this.arrays = Collections.unmodifiableMap(copy);
    }

    /**
     * Creates a state.
     *
     * @param arrays names and arrays; copied
     * @return the state
     */
    public static State of(Map<String, double[]> arrays) {
        return new State(arrays);
    }

    /**
     * The names.
     *
     * @return sorted names
     */
    public Set<String> names() {
        return arrays.keySet();
    }

    /**
     * One array.
     *
     * @param name its name
     * @return a copy
     * @throws InputException if there is none of that name, as in a damaged model file
     */
    public double[] get(String name) {
        double[] array = arrays.get(name);
        if (array == null) {
            throw new InputException("the model file has no array '" + name + "' here, only " + arrays.keySet());
        }
        return array.clone();
    }

    /**
     * One array of known length.
     *
     * @param name its name
     * @param length expected length
     * @return a copy
     * @throws InputException if there is none of that name and length
     */
    public double[] get(String name, int length) {
        double[] array = get(name);
        if (array.length != length) {
            throw new InputException(
                    "array '" + name + "' of the model file has " + array.length + " values, expected " + length);
        }
        return array;
    }
}
