package org.eigendrift.engine;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.eigendrift.api.InputException;
import org.eigendrift.api.Points;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.data.Dataset;
import org.eigendrift.api.law.Additive;
import org.eigendrift.api.law.Conditioner;
import org.eigendrift.api.law.Law;
import org.eigendrift.api.law.Scores;
import org.eigendrift.api.plugin.ProviderLookup;
import org.eigendrift.engine.atlas.AtlasFit;
import org.eigendrift.engine.conditional.AcrossTurns;
import org.eigendrift.engine.conditional.Gaps;
import org.eigendrift.engine.file.Merge;
import org.eigendrift.engine.file.ModelFile;
import org.eigendrift.engine.flow.Rehearsal;
import org.eigendrift.engine.incomplete.Completion;
import org.eigendrift.engine.report.Fitted;
import org.eigendrift.engine.settings.FitSettings;

/**
 * The method as a library: rows are fitted, laws written, read, added and taken apart. What a law can be asked is in
 * {@link Law} itself. Thread-safe.
 */
public final class Eigendrift {
    private Eigendrift() {}

    /**
     * Fits a law of smooth columns.
     *
     * @param rows rows to fit
     * @param settings what the user chose; the rest is chosen here
     * @param plugins finds the plugins of automatic choices
     * @param run seed, threads, progress
     * @return a flow, a mixture of charts, or a Gibbs density beside either; beside columns that have one value a law of those
     *     that vary
     * @throws InputException if rows and settings do not go together
     * @throws org.eigendrift.api.NumericalException if a system cannot be solved
     */
    public static Fitted fit(Dataset rows, FitSettings settings, ProviderLookup plugins, RunContext run) {
        return AtlasFit.of(rows, settings, plugins, run);
    }

    /**
     * Laws of the first rows that stand for the law of all before it is fitted: what is to be done with it can be tried on them, and
     * what they all refuse for the same reason the fit would refuse too.
     *
     * @param rows rows to fit; only the first are read
     * @param settings what the user chose
     * @param plugins finds the plugins of automatic choices
     * @param run seed, threads, progress
     * @return one flow where the settings give its times, otherwise two that differ in them; none where the kind of model is left to
     *     the fit or is not one flow, or where so few rows cannot be fitted
     */
    public static List<Fitted> rehearse(Dataset rows, FitSettings settings, ProviderLookup plugins, RunContext run) {
        return List.copyOf(Rehearsal.of(rows, settings, plugins, run));
    }

    /**
     * Answers what a law's rows are, given evidence, also ranges of angles that go on beyond the end of their turn: from 350 to 370 are the
     * degrees from 350 to 10.
     *
     * @param law the law
     * @param run seed, threads, progress
     * @return empty if the law cannot be asked
     */
    public static Optional<Conditioner> conditioner(Law law, RunContext run) {
        return law.conditioner(run).map(asked -> new AcrossTurns(law, asked));
    }

    /**
     * Log-densities of rows of which some columns are not told at all, be it that they may have gaps: the marginal density of the others.
     *
     * @param law the law
     * @param x rows, NaN in the open columns; not modified
     * @param open numbers of these columns
     * @param run seed, threads, progress
     * @return nats for each row
     * @throws InputException if a column is open and the law cannot be asked
     */
    public static Scores logDensity(Law law, Points x, Set<Integer> open, RunContext run) {
        if (open.isEmpty()) {
            return law.logDensity(x, run);
        }
        List<Column> columns = IntStream.range(0, law.columns().size())
                .mapToObj(i -> open.contains(i)
                        ? law.columns().get(i).withGaps(false)
                        : law.columns().get(i))
                .toList();
        return Gaps.logDensity(
                columns,
                x,
                rows -> law.logDensity(rows, run),
                alone -> law.conditioner(alone)
                        .orElseThrow(() -> new InputException("the model is of a kind '"
                                + law.provenance().kind() + "', which knows no density of some columns alone")),
                run);
    }

    /**
     * Fits a law to rows of which cells were not seen: what is open is drawn from the law given the rest of its row, and the law is
     * fitted again, until rows kept out say that it helps no more.
     *
     * @param rows rows, NaN where a cell was not seen, whether a column has gaps or not; held in memory
     * @param fit fits a law to rows without such cells; it must be of a kind that is asked ({@link Law#conditioner})
     * @param run seed, threads, progress
     * @return the law of rows as they would be if all cells had been seen
     * @throws InputException if a column has no value, or rows and kind of law do not go together
     */
    public static Law fitIncomplete(Dataset rows, Function<? super Dataset, ? extends Law> fit, RunContext run) {
        return Completion.fit(rows, fit, run);
    }

    /**
     * Writes a law as a safetensors file, under a temporary name first, so that there is never half a file. Equal laws give equal
     * bytes.
     *
     * @param law the law
     * @param file where; replaced if it exists
     * @throws InputException if it cannot be written there, or the kind of law not to a file
     */
    public static void write(Law law, Path file) {
        ModelFile.write(law, file);
    }

    /**
     * Reads a law, which computes the same numbers as the one that was written, bit for bit.
     *
     * @param file a file that {@link #write} wrote
     * @param plugins finds the plugins the law was made with
     * @return the law
     * @throws InputException if the file cannot be read, is damaged or truncated or of a newer version, or needs a
     *     plugin that is not there
     */
    public static Law read(Path file, ProviderLookup plugins) {
        return ModelFile.read(file, plugins);
    }

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
        return Merge.merge(laws, run);
    }

    /**
     * The law without some of its rows. Its functions stay trusted where the taken rows were seen.
     *
     * @param law a law
     * @param part a law of some of its rows, of the same columns and functions
     * @param run seed, threads, progress
     * @return the law of the other rows
     * @throws InputException if the laws do not go together, or too few rows would remain
     * @throws org.eigendrift.api.NumericalException if the law cannot be computed
     */
    public static Additive unlearn(Law law, Law part, RunContext run) {
        return Merge.unlearn(law, part, run);
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
        return Merge.unlearn(law, rows, run);
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
        return Merge.like(law, rows, run);
    }
}
