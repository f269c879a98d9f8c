package org.eigendrift.cli.run;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.List;

/** A table of figures as text; a number that is none is an empty cell. */
final class CsvTable {
    private final StringWriter text = new StringWriter();
    private final CsvWriter out =
            CsvWriter.builder().lineDelimiter(LineDelimiter.LF).bufferSize(0).build(text);

    CsvTable(List<String> header) {
        out.writeRecord(header);
    }

    /** Adds a row of numbers, whole ones as {@link Long} or {@link Integer}, and texts. */
    CsvTable row(Object... cells) {
        out.writeRecord(Arrays.stream(cells).map(CsvTable::cell).toList());
        return this;
    }

    private static String cell(Object value) {
        return value instanceof Double number && number.isNaN() ? "" : value.toString();
    }

    String text() {
        return text.toString();
    }
}
