package org.eigendrift.targets.column;

import java.util.List;
import java.util.Map;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.catalog.Catalog;
import org.eigendrift.api.column.ColumnType;
import org.eigendrift.api.column.ColumnTypeProvider;
import org.eigendrift.contract.ColumnTypeContract;
import org.junit.jupiter.api.Nested;

/** The built-in types keep what types of columns promise. */
class ColumnTypesTest {
    private static final Catalog CATALOG = Catalog.discover(List.of());

    private abstract static class BuiltIn extends ColumnTypeContract {
        private final String name;
        private final List<List<String>> columns;

        BuiltIn(String name, List<List<String>> columns) {
            this.name = name;
            this.columns = columns;
        }

        @Override
        protected ColumnType type() {
            return CATALOG.create(ColumnTypeProvider.KIND, name, Map.of(), RunContext.quiet(1));
        }

        @Override
        protected String name() {
            return name;
        }

        @Override
        protected List<List<String>> columns() {
            return columns;
        }
    }

    @Nested
    class Booleans extends BuiltIn {
        Booleans() {
            super(
                    "boolean",
                    List.of(
                            List.of("yes", "no", "yes"),
                            List.of("True", "False", "True", "True"),
                            List.of("N", "Y", "N")));
        }
    }

    @Nested
    class Categories extends BuiltIn {
        Categories() {
            super(
                    "category",
                    List.of(
                            List.of("red", "green", "red", "blue", "green", "red"),
                            List.of("a b", "\u00e4", "a b", "\u00e4")));
        }
    }

    @Nested
    class Dates extends BuiltIn {
        Dates() {
            super(
                    "date",
                    List.of(
                            List.of("2024-02-29", "1969-12-31", "2025-01-01"),
                            List.of("24.12.2024", "01.02.1999", "31.01.2001")));
        }
    }

    @Nested
    class Times extends BuiltIn {
        Times() {
            super("time", List.of(List.of("09:30", "23:59", "00:00"), List.of("09:30:15", "00:00:00", "23:59:59")));
        }
    }

    @Nested
    class Moments extends BuiltIn {
        Moments() {
            super(
                    "date-time",
                    List.of(
                            List.of("2024-12-24 18:30:00", "1999-01-01 00:00:00"),
                            List.of("2024-12-24T18:30:00Z", "1999-01-01T00:00:01Z")));
        }
    }

    @Nested
    class Integers extends BuiltIn {
        Integers() {
            super(
                    "integer",
                    List.of(
                            List.of("18", "-3", "0", "90"),
                            List.of("1000000", "2", "35"),
                            List.of("12 %", "-3 %", "100 %"),
                            List.of("\u00a51,200", "\u00a53", "-\u00a510")));
        }
    }

    @Nested
    class Numbers extends BuiltIn {
        Numbers() {
            super(
                    "number",
                    List.of(
                            List.of("0.50", "-1.25", "3.00"),
                            List.of("0,5", "1,5", "-2,0"),
                            List.of("88.1%", "0.0%", "-3.5%"),
                            List.of("$1,234.50", "-$0.25", "$99.00"),
                            List.of("1.234,50 \u20ac", "0,25 \u20ac", "-12,30 \u20ac"),
                            List.of("USD 0.5", "USD 12.1", "-USD 3.0")));
        }
    }

    @Nested
    class Ordered extends BuiltIn {
        Ordered() {
            super("ordered", List.of(List.of("low", "high", "middle", "high", "low")));
        }

        @Override
        protected List<String> arguments() {
            return List.of("low", "middle", "high");
        }
    }

    @Nested
    class Identifiers extends BuiltIn {
        Identifiers() {
            super(
                    "identifier",
                    List.of(java.util.stream.IntStream.range(0, 60)
                            .mapToObj(n -> "K-" + (7919 * n) % 10007 + (char) ('a' + n % 26))
                            .toList()));
        }
    }
}
