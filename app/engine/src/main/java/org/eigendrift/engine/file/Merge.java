package org.eigendrift.engine.file;

import java.util.ArrayList;
import java.util.List;
import org.eigendrift.api.InputException;
import org.eigendrift.api.NumericalException;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.data.Dataset;
import org.eigendrift.api.law.Additive;
import org.eigendrift.api.law.Law;

/** Adds and subtracts fits without their rows: the statistic of all rows is the sum of the statistics. */
public final class Merge {
    private Merge() {}

    /**
     * The law of the rows of all laws together.
     *
     * @param laws laws of the same columns and functions, fitted to disjoint rows; at least one
     * @param run seed, threads, progress
     * @return the law, with whatever was decided at the fit of the first
     * @throws InputException if two do not go together; the message names every key in which they differ
     * @throws org.eigendrift.api.NumericalException if the law cannot be computed
     */
    public static Additive merge(List<? extends Law> laws, RunContext run) {
        Additive first = additive(laws.get(0));
        List<Additive.Statistic> others = new ArrayList<>();
        for (int m = 1; m < laws.size(); m++) {
            requireAlike(first, laws.get(m), "models 1 and " + (m + 1) + " cannot be merged");
            others.add(additive(laws.get(m)).statistic());
        }
        return first.with(first.statistic().plus(others), run);
    }

    /**
     * The law without some of its rows. Its functions stay trusted where the taken rows were seen.
     *
     * @param law a law
     * @param part a law of some of its rows, of the same columns and functions
     * @param run seed, threads, progress
     * @return the law of the other rows
     * @throws InputException if the laws do not go together, too few rows would remain, or what remains has no solution
     */
    public static Additive unlearn(Law law, Law part, RunContext run) {
        Additive whole = additive(law);
        requireAlike(whole, part, "the rows of the second model cannot be taken from the first");
        return without(whole, additive(part).statistic(), run);
    }

    /**
     * The law without some of its rows.
     *
     * @param law a law
     * @param rows some of the rows it was fitted to; that they are is not checked
     * @param run seed, threads, progress
     * @return the law of the other rows
     * @throws InputException if the rows have other columns, one lies where the law cannot have had it, too few would
     *     remain, or what remains has no solution
     */
    public static Additive unlearn(Law law, Dataset rows, RunContext run) {
        Additive whole = additive(law);
        return without(whole, whole.statistic(rows, run), run);
    }

    /** What the rows of a model leave can be solved as all of them could, unless what was taken away are others. */
    private static Additive without(Additive whole, Additive.Statistic taken, RunContext run) {
        Additive.Statistic rest = whole.statistic().minus(taken);
        try {
            return whole.with(rest, run);
        } catch (NumericalException e) {
            throw new InputException(
                    "without these rows the model has no solution: they are not all among the rows it was fitted to, or too few remain ("
                            + e.getMessage() + ")",
                    e);
        }
    }

    /**
     * The law of other rows with the functions of a law, so that the two can be merged.
     *
     * @param law a law
     * @param rows rows of the same columns
     * @param run seed, threads, progress
     * @return the law
     * @throws InputException if columns differ, a row lies outside the law's support, or there are too few rows
     * @throws org.eigendrift.api.NumericalException if the law cannot be computed
     */
    public static Additive like(Law law, Dataset rows, RunContext run) {
        Additive other = additive(law);
        return other.with(other.statistic(rows, run), run);
    }

    private static Additive additive(Law law) {
        if (law instanceof Additive additive) {
            return additive;
        }
        throw new InputException("a law of kind '" + law.provenance().kind()
                + "' is no sum over rows, so that it cannot be merged, unlearn rows or be fitted alike");
    }

    private static void requireAlike(Additive first, Law second, String refusal) {
        List<String> differences = first.differences(second);
        if (!differences.isEmpty()) {
            throw new InputException(refusal + ": " + String.join("; ", differences));
        }
    }
}
