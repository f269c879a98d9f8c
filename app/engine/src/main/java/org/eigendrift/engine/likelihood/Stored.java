package org.eigendrift.engine.likelihood;

import java.util.Arrays;
import org.eigendrift.api.InputException;
import org.eigendrift.api.law.LawReader;

/** Numbers of laws of columns given others, as model files have them. */
public final class Stored {
    private Stored() {}

    /**
     * Finite numbers.
     *
     * @param in the file
     * @param name of the numbers
     * @param count how many there must be
     * @return the numbers
     * @throws InputException if there are others
     */
    public static double[] numbers(LawReader in, String name, int count) {
        double[] numbers = in.doubles(name);
        if (numbers.length != count) {
            throw damaged(name, "has " + numbers.length + " numbers, expected " + count);
        }
        requireFinite(name, numbers);
        return numbers;
    }

    /**
     * Refuses numbers that are not finite.
     *
     * @param name of the numbers
     * @param numbers not modified
     * @throws InputException if one is not
     */
    public static void requireFinite(String name, double[] numbers) {
        if (!Arrays.stream(numbers).allMatch(Double::isFinite)) {
            throw damaged(name, "has a number that is not finite");
        }
    }

    /**
     * A refusal.
     *
     * @param name of what is damaged
     * @param what a predicate
     * @return to be thrown
     */
    public static InputException damaged(String name, String what) {
        return new InputException("the law of columns given others in the model file: '" + name + "' " + what
                + "; the file is damaged: fit again");
    }
}
