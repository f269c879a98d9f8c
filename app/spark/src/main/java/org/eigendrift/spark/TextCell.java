package org.eigendrift.spark;

import java.io.Serial;
import java.util.Set;
import org.apache.spark.sql.api.java.UDF1;
import org.eigendrift.api.InputException;

/** The number of a cell of text; null for one without a value. Words and codes are those of the command line's target {@code csv}. */
final class TextCell implements UDF1<String, Double> {
    @Serial
    private static final long serialVersionUID = 1;

    private final String column;

    @SuppressWarnings("serial")
    private final Set<String> codes;

    TextCell(String column, Set<String> codes) {
        this.column = column;
        this.codes = codes;
    }

    @Override
    public Double call(String text) {
        String cell = PresentCell.of(text, codes);
        if (cell == null) {
            return null;
        }
        try {
            return Double.parseDouble(cell);
        } catch (NumberFormatException e) {
            throw new InputException(
                    "column '" + column + "': found '" + cell
                            + "', expected a number; if it stands for a missing value, name it in missing_codes;"
                            + " if the column is not one of numbers, declare types: [[" + column
                            + ", category]], or leave it out with columns",
                    e);
        }
    }
}
