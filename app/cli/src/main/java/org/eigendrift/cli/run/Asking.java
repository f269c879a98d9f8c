package org.eigendrift.cli.run;

import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.eigendrift.api.InputException;
import org.eigendrift.api.Points;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.catalog.Catalog;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.data.InMemory;
import org.eigendrift.api.law.Certainty;
import org.eigendrift.api.law.Conditional;
import org.eigendrift.api.law.Conditioner;
import org.eigendrift.api.law.DrawRequest;
import org.eigendrift.api.law.Draws;
import org.eigendrift.api.law.Evidence;
import org.eigendrift.api.law.Law;
import org.eigendrift.api.output.PointWriter;
import org.eigendrift.cli.console.Counted;
import org.eigendrift.cli.output.WholeFile;
import org.eigendrift.cli.where.Cells;
import org.eigendrift.cli.where.Where;
import org.eigendrift.engine.Eigendrift;
import org.eigendrift.engine.guidance.Measurements;
import org.eigendrift.engine.report.Beyond;

/** What is asked of a model: rows given conditions, open cells given others, a column given the rest. */
public final class Asking {
    private final Catalog catalog;
    private final Setting setting;
    private final FileFormats formats;

    @Inject
    Asking(Catalog catalog, Setting setting, FileFormats formats) {
        this.catalog = catalog;
        this.setting = setting;
        this.formats = formats;
    }

    /**
     * Draws rows that meet conditions.
     *
     * @param file the model
     * @param where the conditions
     * @param count how many
     * @param seed the seed
     * @param out where they go
     */
    public void where(Path file, String where, int count, long seed, Path out) {
        RunContext context = setting.context(seed);
        PointWriter writer = formats.writer("--out", out, context);
        WholeFile.check("--out", out);
        Law law = Eigendrift.read(file, catalog);
        Evidence evidence = Where.evidence("--where", where, new Cells(law.columns(), catalog, context));
        long begin = System.nanoTime();
        Conditional given = given(law, evidence, context);
        Draws draws = given.draw(DrawRequest.of(count), context);
        WholeFile.write(out, writer, law.columns(), draws.rows());
        say("%s in %.2f s: %s", Counted.of(count, "sample"), (System.nanoTime() - begin) * 1e-9, out);
        say("%s", words(given.certainty(), count));
        Stream.of(given.certainty().remarks(), draws.remarks(), new Beyond(law).remarks(evidence))
                .flatMap(List::stream)
                .distinct()
                .forEach(remark -> say("%s", remark));
    }

    private static Conditional given(Law law, Evidence evidence, RunContext context) {
        Conditioner conditioner = RowAnswers.conditioner(law, context);
        try {
            return conditioner.given(evidence);
        } catch (InputException e) {
            throw e.within("--where");
        }
    }

    private static String words(Certainty certainty, int count) {
        // Of columns that a law is given it knows no probability: they are as certain as what follows from others.
        boolean certain = certainty.logProbability() == 0 && certainty.error() == 0;
        String found = certain
                ? "the condition is given, or certain"
                : String.format(
                        Locale.ROOT,
                        "log-probability of the condition %.4g nats (error %.1g)",
                        certainty.logProbability(),
                        certainty.error());
        return Double.isInfinite(certainty.effectiveSampleSize())
                ? found + "; independent draws"
                : found
                        + String.format(
                                Locale.ROOT,
                                "; effective sample size %,.0f%s; R-hat %.3f",
                                certainty.effectiveSampleSize(),
                                certainty.effectiveSampleSize() > count
                                        ? " (of the draws that tell it; rows are some)"
                                        : "",
                                certainty.rHat());
    }

    /**
     * What is known of rows.
     *
     * @param file the model
     * @param option what names the rows, for messages
     * @param data a file of rows, cells open
     * @param where conditions on all of them, empty for none
     * @param seed the seed
     */
    public record Question(Path file, String option, String data, Optional<String> where, long seed) {}

    /** A law, and rows of which something is known, with the columns as they are written again. */
    private record Asked(Law law, Points rows, List<Column> written, Optional<Evidence> also) {}

    private Asked read(Question question, RunContext context) {
        Law law = Eigendrift.read(question.file(), catalog);
        Cells cells = new Cells(law.columns(), catalog, context);
        Optional<Evidence> also = question.where().map(text -> Where.evidence("--where", text, cells));
        OpenRows rows = formats.partial(question.option(), question.data(), law.columns(), context);
        return new Asked(law, InMemory.read(rows, Integer.MAX_VALUE), rows.written(), also);
    }

    /**
     * Fills open cells.
     *
     * @param question the rows
     * @param fill what stands for a cell; empty for draws
     * @param draws completed copies of all rows, 0 for none but that
     * @param intervals whether 50 and 90 % intervals go into columns of their own
     * @param out where the rows go
     */
    public void impute(Question question, Optional<Center> fill, int draws, boolean intervals, Path out) {
        RunContext context = setting.context(question.seed());
        PointWriter writer = formats.writer("--out", out, context);
        WholeFile.check("--out", out);
        Asked asked = read(question, context);
        long begin = System.nanoTime();
        Imputing imputing = new Imputing(asked.law(), asked.rows(), asked.written(), asked.also(), context);
        Imputing.Table table = fill.isPresent() ? imputing.filled(fill.get(), intervals) : imputing.drawn(draws);
        WholeFile.write(out, writer, table.columns(), table.rows());
        say(
                "%s in %,d of %s filled in %.2f s: %s",
                Counted.of(imputing.cells(), "open cell"),
                imputing.rows(),
                Counted.of(asked.rows().size(), "row"),
                (System.nanoTime() - begin) * 1e-9,
                out);
        table.remarks().forEach(remark -> say("%s", remark));
    }

    /**
     * Predicts a column from the others.
     *
     * @param question the rows
     * @param target the column
     * @param out where the predictions go
     */
    public void predict(Question question, String target, Path out) {
        RunContext context = setting.context(question.seed());
        PointWriter writer = formats.writer("--out", out, context);
        WholeFile.check("--out", out);
        Asked asked = read(question, context);
        int column = new Cells(asked.law().columns(), catalog, context).require("--target", target);
        long begin = System.nanoTime();
        Predicting predicting = new Predicting(asked.law(), asked.rows(), column, asked.also(), context);
        Imputing.Table table = predicting.table();
        WholeFile.write(out, writer, table.columns(), table.rows());
        say(
                "%s predicted in %.2f s: %s",
                Counted.of(asked.rows().size(), "row"), (System.nanoTime() - begin) * 1e-9, out);
        predicting.figures().ifPresent(figures -> say("%s", figures));
        table.remarks().forEach(remark -> say("%s", remark));
    }

    /**
     * Says which open number of each row to measure next.
     *
     * @param question the rows
     * @param criterion what makes a measurement worth most
     * @param noise standard deviation of a measurement's noise
     * @param steps how many measurements are planned
     * @param out where the answers go
     */
    public void measure(Question question, Measurements.Criterion criterion, double noise, int steps, Path out) {
        RunContext context = setting.context(question.seed());
        PointWriter writer = formats.writer("--out", out, context);
        WholeFile.check("--out", out);
        Asked asked = read(question, context);
        long begin = System.nanoTime();
        Imputing.Table table = new Measuring(
                        asked.law(),
                        asked.rows(),
                        asked.also(),
                        new Measuring.Settings(criterion, noise, steps),
                        context)
                .table();
        WholeFile.write(out, writer, table.columns(), table.rows());
        say("%s asked in %.2f s: %s", Counted.of(table.rows().size(), "row"), (System.nanoTime() - begin) * 1e-9, out);
        table.remarks().forEach(remark -> say("%s", remark));
    }

    private void say(String format, Object... values) {
        setting.terminal().out().println(String.format(Locale.ROOT, format, values));
    }
}
