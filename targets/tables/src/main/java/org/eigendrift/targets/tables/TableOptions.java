package org.eigendrift.targets.tables;

import java.util.List;
import java.util.OptionalLong;
import org.eigendrift.api.plugin.Option;

/**
 * The options that all readers of tables share: what is done with rows, and what columns hold.
 *
 * @param holdout fraction of rows held out
 * @param missing what to do with a row that lacks a value
 * @param impute what a missing value is filled with
 * @param angles columns of angles
 * @param angleUnit their unit
 * @param angleFrom where their period begins
 * @param positive columns of positive numbers
 * @param bounded bounded columns
 * @param types columns whose type is declared
 * @param detect what is done about kinds that are not declared
 * @param seed seed of the split and of values drawn
 */
public record TableOptions(
        @Option(doc = "fraction of rows held out, at random by row; 0 for none", value = "0.2", min = 0, max = 0.9)
        double holdout,

        @Option(
                doc = "a row that lacks a value: refuse the file, drop the row and count it, impute the value and "
                        + "count it, or keep the gap, which is modelled",
                value = "refuse")
        Missing missing,

        @Option(
                doc = "what a missing value is filled with, from training rows: the column's mean, its median, a "
                        + "value drawn from the column, or a draw given the row's other values",
                value = "mean")
        Fill impute,

        @Option(doc = "columns that hold angles", value = "[]")
        List<String> angles,

        @Option(doc = "unit of the angles", value = "radians")
        AngleUnit angleUnit,

        @Option(doc = "where the period of the angles begins, in their unit; values are wrapped into it", value = "0")
        double angleFrom,

        @Option(doc = "columns that hold numbers above 0", value = "[]")
        List<String> positive,

        @Option(doc = "bounded columns, each [name, lower, upper]", value = "[]")
        List<List<String>> bounded,

        @Option(
                doc =
                        "columns whose type is declared, each [name, type, ...]: [age, integer], [when, date, dd.MM.yyyy], "
                                + "[answer, ordered, low, middle, high]; eigendrift plugins list column-type names all",
                value = "[]")
        List<List<String>> types,

        @Option(
                doc =
                        "about columns that are not declared: off takes them for real numbers; propose finds whole numbers, "
                                + "levels, texts and dates, and the report proposes what looks positive or bounded; apply takes "
                                + "that too",
                value = "propose")
        Detection detect,

        @Option(doc = "seed of the split and of values drawn; auto: the run's seed", value = "auto")
        OptionalLong seed) {

    /**
     * What they say.
     *
     * @return what is to be done with the rows
     */
    public Handling handling() {
        ColumnKinds kinds = new ColumnKinds(angles, angleUnit, angleFrom, positive, bounded);
        return new Handling(kinds, types, detect, missing, impute, holdout, seed);
    }
}
