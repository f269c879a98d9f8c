package org.eigendrift.api.column;

import java.util.List;
import java.util.Optional;
import org.eigendrift.api.data.Column;

/**
 * What a column of a file was taken for.
 *
 * @param name its name
 * @param type name of the column type
 * @param column the column, empty if it is left out
 * @param declared whether the type was declared
 * @param cells its cells
 * @param gaps cells without a value
 * @param distinct how many different values were told apart
 * @param complete whether these are all there are
 * @param examples some values as the file has them, the most frequent first
 * @param reason why it was taken for this
 */
public record Finding(
        String name,
        String type,
        Optional<Column> column,
        boolean declared,
        long cells,
        long gaps,
        int distinct,
        boolean complete,
        List<String> examples,
        String reason) {

    /**
     * Copies the list.
     *
     * @param name its name
     * @param type name of the column type
     * @param column the column, empty if it is left out
     * @param declared whether the type was declared
     * @param cells its cells
     * @param gaps cells without a value
     * @param distinct how many different values were told apart
     * @param complete whether these are all there are
     * @param examples some values
     * @param reason why it was taken for this
     */
    public Finding {
        examples = List.copyOf(examples);
    }
}
