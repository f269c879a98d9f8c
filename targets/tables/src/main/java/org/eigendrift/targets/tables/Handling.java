package org.eigendrift.targets.tables;

import java.util.List;
import java.util.OptionalLong;

/**
 * What is to be done with a table's rows.
 *
 * @param kinds what the columns were declared to hold
 * @param types one list [name, type, ...] for each column whose type is declared
 * @param detection what is done about kinds that were not declared
 * @param missing what is done about missing values
 * @param fill with what they are filled, if so
 * @param holdout fraction of rows held out, 0 for none; not used where held-out rows are a table of their own
 * @param seed seed of the split and of fills, or empty for the run's
 */
public record Handling(
        ColumnKinds kinds,
        List<List<String>> types,
        Detection detection,
        Missing missing,
        Fill fill,
        double holdout,
        OptionalLong seed) {}
