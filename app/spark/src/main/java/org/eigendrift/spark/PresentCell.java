package org.eigendrift.spark;

import java.io.Serial;
import java.util.Set;
import org.apache.spark.sql.api.java.UDF1;
import org.eigendrift.targets.file.Csv;

/** A cell of text without blanks around it; null for one without a value. Words and codes are those of the command line's target {@code csv}. */
final class PresentCell implements UDF1<String, String> {
    @Serial
    private static final long serialVersionUID = 1;

    @SuppressWarnings("serial")
    private final Set<String> codes;

    PresentCell(Set<String> codes) {
        this.codes = codes;
    }

    @Override
    public String call(String text) {
        return of(text, codes);
    }

    static String of(String text, Set<String> codes) {
        String cell = text == null ? "" : text.strip();
        return Csv.isMissing(cell, codes) ? null : cell;
    }
}
