package org.eigendrift.targets.tables.type;

import java.time.LocalTime;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.util.List;
import org.eigendrift.api.data.Column;

/** Times of the day: {@code time}, or {@code time, PATTERN}. */
public final class Times extends Moments {
    private static final long DAY = 86_400_000_000_000L;

    /** Creates the provider. */
    public Times() {
        super(List.of("HH:mm:ss", "HH:mm", "H:mm:ss", "H:mm", "HH:mm:ss.f"), "HH:mm or HH:mm:ss");
    }

    @Override
    public String name() {
        return "time";
    }

    @Override
    public String summary() {
        return "times of the day, such as 09:30 or 09:30:15";
    }

    @Override
    double code(TemporalAccessor moment) {
        return moment.getLong(ChronoField.NANO_OF_DAY) * 1e-9;
    }

    @Override
    TemporalAccessor moment(double code) {
        return LocalTime.ofNanoOfDay(Math.floorMod(Math.round(code * 1e9), DAY));
    }

    @Override
    Column column(String name, double lower, double upper) {
        return Column.time(name);
    }
}
