package org.eigendrift.targets.tables.type;

import java.time.LocalDate;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.util.List;
import org.eigendrift.api.data.Column;

/** Days: {@code date}, or {@code date, PATTERN}. */
public final class Dates extends Moments {

    private static final String DIGITS = "yyyyMMdd";

    /** Of numbers of eight digits about one in thirty is a day of these centuries: ten different ones are by chance in one table of 1e14. */
    private static final int FEWEST = 10;

    private static final double FIRST = LocalDate.of(1800, 1, 1).toEpochDay();
    private static final double LAST = LocalDate.of(2199, 12, 31).toEpochDay();

    /** Creates the provider. */
    public Dates() {
        super(
                List.of(
                        "yyyy-MM-dd",
                        "dd.MM.yyyy",
                        "d.M.yyyy",
                        "yyyy/MM/dd",
                        "dd/MM/yyyy",
                        "MM/dd/yyyy",
                        "d/M/yyyy",
                        "M/d/yyyy",
                        DIGITS),
                "yyyy-MM-dd, dd.MM.yyyy, MM/dd/yyyy, yyyyMMdd or MMM-yyyy");
    }

    @Override
    public String name() {
        return "date";
    }

    @Override
    public String summary() {
        return "days, such as 2024-12-24 or 24.12.2024, other forms by pattern";
    }

    @Override
    double code(TemporalAccessor moment) {
        return moment.getLong(ChronoField.EPOCH_DAY);
    }

    @Override
    TemporalAccessor moment(double code) {
        return LocalDate.ofEpochDay((long) Math.rint(code));
    }

    @Override
    boolean believed(String pattern, double lower, double upper, int different) {
        return !pattern.equals(DIGITS) || different >= FEWEST && lower >= FIRST && upper <= LAST;
    }

    @Override
    Column column(String name, double lower, double upper) {
        return Column.date(name, lower, upper).withEnds(Column.Ends.OPEN);
    }
}
