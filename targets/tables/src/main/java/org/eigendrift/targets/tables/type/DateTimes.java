package org.eigendrift.targets.tables.type;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.util.ArrayList;
import java.util.List;
import org.eigendrift.api.data.Column;

/**
 * Moments: {@code date-time}, or {@code date-time, PATTERN}. Times with an offset from UTC are taken to UTC and written so;
 * without one they are local times.
 */
public final class DateTimes extends Moments {

    /** Creates the provider. */
    public DateTimes() {
        super(usual(), "yyyy-MM-dd HH:mm:ss or yyyy-MM-dd'T'HH:mm:ssXXX");
    }

    private static List<String> usual() {
        List<String> patterns = new ArrayList<>();
        for (String date : List.of("yyyy-MM-dd HH:mm", "yyyy-MM-dd'T'HH:mm", "dd.MM.yyyy HH:mm", "yyyy/MM/dd HH:mm")) {
            for (String seconds : List.of(":ss", "", ":ss.f")) {
                for (String zone : List.of("", "XXX", "X")) {
                    patterns.add(date + seconds + zone);
                }
            }
        }
        return patterns;
    }

    @Override
    public String name() {
        return "date-time";
    }

    @Override
    public String summary() {
        return "moments, such as 2024-12-24 18:30:00 or 2024-12-24T18:30:00Z";
    }

    @Override
    double code(TemporalAccessor moment) {
        long second = moment.isSupported(ChronoField.INSTANT_SECONDS)
                ? moment.getLong(ChronoField.INSTANT_SECONDS)
                : LocalDateTime.from(moment).toEpochSecond(ZoneOffset.UTC);
        return second + moment.get(ChronoField.NANO_OF_SECOND) * 1e-9;
    }

    @Override
    TemporalAccessor moment(double code) {
        // Doubles hold the seconds of this century to a quarter of a microsecond.
        long micros = Math.round(code * 1e6);
        return Instant.ofEpochSecond(Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1000)
                .atOffset(ZoneOffset.UTC);
    }

    @Override
    Column column(String name, double lower, double upper) {
        return Column.dateTime(name, lower, upper).withEnds(Column.Ends.OPEN);
    }
}
