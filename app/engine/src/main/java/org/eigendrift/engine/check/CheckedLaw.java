package org.eigendrift.engine.check;

import java.util.List;
import java.util.Locale;
import org.eigendrift.api.Points;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.law.DrawRequest;
import org.eigendrift.api.law.Draws;
import org.eigendrift.api.law.Law;
import org.eigendrift.api.law.Scores;
import org.eigendrift.api.plugin.PluginException;

/** Asks laws whose word is not taken: what they answer is looked through, and a law that answers wrongly is named. */
public final class CheckedLaw {
    private CheckedLaw() {}

    /**
     * A law that was made.
     *
     * @param provider what made it
     * @param law the law
     * @param columns the columns it is to have
     * @return the same
     * @throws PluginException if it has other columns, or no provenance
     */
    public static Law of(Object provider, Law law, List<Column> columns) {
        List<String> expected = columns.stream().map(Column::name).toList();
        List<String> found = law.columns() == null
                ? null
                : law.columns().stream().map(Column::name).toList();
        if (!expected.equals(found)) {
            throw new PluginException(provider, "made a law of the columns " + found + "; expected " + expected);
        }
        if (law.provenance() == null || law.provenance().decisions() == null) {
            throw new PluginException(provider, "made a law without provenance");
        }
        return law;
    }

    /**
     * The log-density of rows.
     *
     * @param law the law
     * @param x rows; not modified
     * @param run threads, progress, cancellation
     * @return nats for each row
     * @throws PluginException if there is not one number for each row, one is NaN or positive infinity, or their error is below 0
     */
    public static Scores logDensity(Law law, Points x, RunContext run) {
        Scores scores = law.logDensity(x, run);
        if (scores == null || scores.nats() == null || scores.nats().length != x.size()) {
            int found = scores == null || scores.nats() == null ? 0 : scores.nats().length;
            throw new PluginException(law, "gave " + found + " log-densities for " + x.size() + " rows");
        }
        for (int n = 0; n < x.size(); n++) {
            double nats = scores.nats()[n];
            if (Double.isNaN(nats) || nats == Double.POSITIVE_INFINITY) {
                throw new PluginException(
                        law, "gave row " + (n + 1) + " the log-density " + nats + "; expected a number, or -Infinity");
            }
        }
        if (scores.error() < 0) {
            throw new PluginException(
                    law,
                    "estimated the error " + scores.error() + " of a mean log-density; expected at least 0, or NaN");
        }
        return scores;
    }

    /**
     * Draws rows.
     *
     * @param law the law
     * @param request which rows, and how
     * @param run seed, threads, progress, cancellation
     * @return as many rows as asked for
     * @throws PluginException if there are not as many, or one has a value that is none of its column
     */
    public static Draws draw(Law law, DrawRequest request, RunContext run) {
        Draws draws = law.draw(request, run);
        if (draws == null || draws.rows() == null || draws.outcome() == null || draws.remarks() == null) {
            throw new PluginException(law, "returned null for rows, their cost or remarks where it is to draw");
        }
        return draws.withRows(rows(law, law.columns(), draws.rows(), request.count()));
    }

    /**
     * Rows that are to be written.
     *
     * @param source what made them, for messages
     * @param columns their columns
     * @param rows the rows
     * @param count how many there are to be
     * @return the same
     * @throws PluginException if there are not as many, or one has a value that is none of its column
     */
    public static Points rows(Object source, List<Column> columns, Points rows, int count) {
        if (rows.size() != count || rows.dim() != columns.size()) {
            throw new PluginException(
                    source,
                    "drew " + rows.size() + " rows of " + rows.dim() + " columns; expected " + count + " of "
                            + columns.size());
        }
        for (int i = 0; i < columns.size(); i++) {
            boolean gaps = columns.get(i).gaps();
            for (int n = 0; n < count; n++) {
                double value = rows.get(i, n);
                if (!Double.isFinite(value) && !(gaps && Double.isNaN(value))) {
                    throw new PluginException(
                            source,
                            String.format(
                                    Locale.ROOT,
                                    "drew %s in column '%s' of row %d; expected finite numbers%s",
                                    value,
                                    columns.get(i).name(),
                                    n + 1,
                                    gaps ? ", or NaN for a gap" : ""));
                }
            }
        }
        return rows;
    }
}
