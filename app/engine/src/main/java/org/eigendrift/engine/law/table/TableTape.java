package org.eigendrift.engine.law.table;

import java.util.Arrays;
import org.eigendrift.api.InputException;

/** A sequence of whole numbers and one of numbers, written once and read back in the same order. Not thread-safe. */
final class TableTape {
    private int[] ints;
    private double[] doubles;
    private int intsAt;
    private int doublesAt;

    /** An empty tape, to be written. */
    TableTape() {
        this(new int[1024], new double[1024]);
    }

    /** A tape to be read. */
    TableTape(int[] ints, double[] doubles) {
        this.ints = ints;
        this.doubles = doubles;
    }

    int[] ints() {
        return Arrays.copyOf(ints, intsAt);
    }

    double[] doubles() {
        return Arrays.copyOf(doubles, doublesAt);
    }

    void put(int value) {
        ints = intsAt == ints.length ? Arrays.copyOf(ints, 2 * intsAt) : ints;
        ints[intsAt++] = value;
    }

    void put(double value) {
        doubles = doublesAt == doubles.length ? Arrays.copyOf(doubles, 2 * doublesAt) : doubles;
        doubles[doublesAt++] = value;
    }

    void put(int[] values) {
        put(values.length);
        for (int value : values) {
            put(value);
        }
    }

    void put(double[] values) {
        put(values.length);
        for (double value : values) {
            put(value);
        }
    }

    void put(long[] values) {
        put(values.length);
        for (long value : values) {
            put((int) value);
            put((int) (value >>> 32));
        }
    }

    /** A whole number in a range. */
    int next(int least, int most) {
        if (intsAt >= ints.length) {
            throw damaged("ends after " + intsAt + " whole numbers");
        }
        int value = ints[intsAt++];
        if (value < least || value > most) {
            throw damaged("has " + value + " where a number from " + least + " to " + most + " belongs");
        }
        return value;
    }

    double next() {
        if (doublesAt >= doubles.length) {
            throw damaged("ends after " + doublesAt + " numbers");
        }
        return doubles[doublesAt++];
    }

    int[] nextInts(int least, int most) {
        int[] out = new int[next(0, ints.length - intsAt)];
        for (int i = 0; i < out.length; i++) {
            out[i] = next(least, most);
        }
        return out;
    }

    double[] nextDoubles() {
        double[] out = new double[next(0, doubles.length - doublesAt)];
        for (int i = 0; i < out.length; i++) {
            out[i] = next();
        }
        return out;
    }

    long[] nextLongs() {
        long[] out = new long[next(0, (ints.length - intsAt) / 2)];
        for (int i = 0; i < out.length; i++) {
            long low = next(Integer.MIN_VALUE, Integer.MAX_VALUE) & 0xFFFF_FFFFL;
            out[i] = low | (long) next(Integer.MIN_VALUE, Integer.MAX_VALUE) << 32;
        }
        return out;
    }

    /** Checks that everything was read. */
    void end() {
        if (intsAt != ints.length || doublesAt != doubles.length) {
            throw damaged("goes on after " + intsAt + " whole numbers and " + doublesAt + " numbers");
        }
    }

    static InputException damaged(String what) {
        return new InputException("the law of a table in the model file " + what + "; the file is damaged: fit again");
    }
}
