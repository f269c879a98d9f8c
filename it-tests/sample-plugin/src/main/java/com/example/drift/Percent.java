package com.example.drift;

import java.lang.invoke.MethodHandles;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.column.CellStatistics;
import org.eigendrift.api.column.ColumnType;
import org.eigendrift.api.column.ColumnTypeProvider;
import org.eigendrift.api.column.Guess;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.plugin.OptionSchema;

/** Percentages such as {@code 12.5 %}, coded as the number before the sign, to one decimal. */
public final class Percent implements ColumnTypeProvider<Percent.Options> {
    private static final String NAME = "percent";
    private static final Pattern TEXT = Pattern.compile("-?\\d{1,9}(\\.\\d)? %");
    private static final OptionSchema<Options> SCHEMA = OptionSchema.of(MethodHandles.lookup(), Options.class);

    /** Nothing to choose. */
    public record Options() {}

    /** Creates the provider. */
    public Percent() {}

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String summary() {
        return "percentages to one decimal, such as 12.5 %";
    }

    @Override
    public OptionSchema<Options> options() {
        return SCHEMA;
    }

    @Override
    public List<String> examples() {
        return List.of("12.5 %", "0 %", "-3 %", "100 %", "7.1 %");
    }

    @Override
    public ColumnType create(Options options, RunContext run) {
        return new Type();
    }

    private static final class Type implements ColumnType {
        @Override
        public Detector detector(String name, List<String> arguments) {
            return new Detector() {
                @Override
                public boolean add(String cell) {
                    return TEXT.matcher(cell).matches();
                }

                @Override
                public boolean add(double cell) {
                    return false;
                }

                @Override
                public Optional<Guess> guess(CellStatistics seen) {
                    Column column = Column.real(name)
                            .withStep(0.1)
                            .withGaps(seen.gaps() > 0)
                            .withFormat(new Column.Format(NAME, "", seen.gap()));
                    return Optional.of(new Guess(Optional.of(column), 0.9, "every cell is a number before a %"));
                }
            };
        }

        @Override
        public double parse(String text, Column column) {
            return TEXT.matcher(text).matches() ? Double.parseDouble(text.substring(0, text.length() - 2)) : Double.NaN;
        }

        @Override
        public String format(double value, Column column) {
            BigDecimal tenths = BigDecimal.valueOf(Math.rint(10 * value)).movePointLeft(1);
            return (tenths.signum() == 0 ? "0" : tenths.stripTrailingZeros().toPlainString()) + " %";
        }

        @Override
        public String expected(Column column) {
            return "a percentage such as 12.5 %";
        }
    }
}
