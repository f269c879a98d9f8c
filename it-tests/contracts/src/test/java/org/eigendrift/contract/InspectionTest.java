package org.eigendrift.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.eigendrift.api.InputException;
import org.eigendrift.api.Points;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.column.CellStatistics;
import org.eigendrift.api.column.ColumnType;
import org.eigendrift.api.column.ColumnTypeProvider;
import org.eigendrift.api.column.Guess;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.linear.RidgeRule;
import org.eigendrift.api.linear.RidgeRuleProvider;
import org.eigendrift.api.metric.Figure;
import org.eigendrift.api.metric.Metric;
import org.eigendrift.api.metric.MetricProvider;
import org.eigendrift.api.output.PointWriter;
import org.eigendrift.api.output.WriterProvider;
import org.eigendrift.api.plugin.Chosen;
import org.eigendrift.api.plugin.OptionSchema;
import org.eigendrift.api.plugin.Provider;
import org.eigendrift.api.sampler.Sampler;
import org.eigendrift.api.sampler.SamplerProvider;
import org.junit.jupiter.api.Test;

/** What {@code plugins check} is told of plugins with one fault each. */
class InspectionTest {
    record None() {}

    private static final OptionSchema<None> NONE = OptionSchema.of(MethodHandles.lookup(), None.class);

    private static List<String> broken(Provider<None, ?, ?> provider, int rules) {
        List<String> broken = new ArrayList<>();
        assertEquals(rules, new Inspection().applyAsInt(new Chosen<>(provider, new None()), broken), broken::toString);
        return broken;
    }

    /** Always the largest ridge, whatever the noise. */
    private record Smoothest() implements RidgeRuleProvider<None> {
        @Override
        public String name() {
            return "smoothest";
        }

        @Override
        public String summary() {
            return "the largest ridge";
        }

        @Override
        public OptionSchema<None> options() {
            return NONE;
        }

        @Override
        public RidgeRule create(None options, RunContext run) {
            return evidence -> {
                OptionalInt none = OptionalInt.empty();
                return IntStream.range(0, evidence.path().solutions().size())
                        .filter(k -> evidence.path().solutions().get(k).converged())
                        .boxed()
                        .max(Comparator.comparingDouble(evidence.path()::ridge))
                        .map(OptionalInt::of)
                        .orElse(none);
            };
        }
    }

    @Test
    void ofABrokenRuleThereIsAShortLineAndAllThatItSays() {
        List<String> broken = broken(new Smoothest(), 8);
        assertEquals(1, broken.size(), broken::toString);
        List<String> lines = broken.get(0).lines().toList();
        assertEquals(2, lines.size());
        assertTrue(
                lines.get(0)
                        .startsWith(
                                "where there is hardly noise little is regularised: the ridge 1.0 leaves the error 0."),
                lines.get(0));
        assertTrue(lines.get(0).length() <= 160);
    }

    /** Lengths such as {@code 3 m}; some are written in feet. */
    private record Lengths(List<String> examples, String unit) implements ColumnTypeProvider<None> {
        @Override
        public String name() {
            return "length";
        }

        @Override
        public String summary() {
            return "whole metres";
        }

        @Override
        public OptionSchema<None> options() {
            return NONE;
        }

        @Override
        public ColumnType create(None options, RunContext run) {
            if (unit.isEmpty()) {
                throw new InputException("a length has a unit");
            }
            return new Metres(unit);
        }
    }

    private record Metres(String unit) implements ColumnType {
        @Override
        public Detector detector(String name, List<String> arguments) {
            return new Detector() {
                @Override
                public boolean add(String cell) {
                    return cell.matches("\\d+ m");
                }

                @Override
                public boolean add(double cell) {
                    return false;
                }

                @Override
                public Optional<Guess> guess(CellStatistics seen) {
                    Column column = Column.real(name).withFormat(new Column.Format("length", "", seen.gap()));
                    return Optional.of(new Guess(Optional.of(column), 0.9, "every cell is in metres"));
                }
            };
        }

        @Override
        public double parse(String text, Column column) {
            return text.matches("\\d+ \\w+") ? Double.parseDouble(text.substring(0, text.indexOf(' '))) : Double.NaN;
        }

        @Override
        public String format(double value, Column column) {
            return Math.round(value) + " " + unit;
        }

        @Override
        public String expected(Column column) {
            return "a length such as 3 m";
        }
    }

    @Test
    void columnTypesAreHeldToTheirExamples() {
        List<String> cells = List.of("3 m", "12 m", "0 m");
        assertEquals(List.of(), broken(new Lengths(cells, "m"), 6));
        List<String> broken = broken(new Lengths(cells, "ft"), 6);
        assertEquals(
                List.of(
                        "texts become values of the column and texts again: '3 m' is written otherwise: expected 3 m, seen 3 ft"),
                broken.stream()
                        .map(rule -> rule.lines().findFirst().orElseThrow())
                        .toList());
        assertEquals(List.of(), broken(new Lengths(List.of(), "m"), 0));
    }

    @Test
    void whatRefusesItsDefaultsIsNotChecked() {
        assertEquals(
                List.of("could not be created with its defaults: a length has a unit; no rule was checked"),
                broken(new Lengths(List.of("3 m"), ""), 0));
    }

    /** Named well, and nothing is ever created. */
    private record Throwing(String name) implements RidgeRuleProvider<None> {
        @Override
        public String summary() {
            return "none";
        }

        @Override
        public OptionSchema<None> options() {
            return NONE;
        }

        @Override
        public RidgeRule create(None options, RunContext run) {
            throw new IllegalStateException("my own\nbug");
        }
    }

    /** Each of the eight rules would have broken. */
    @Test
    void whatThrowsInsteadOfBeingCreatedIsToldOnce() {
        assertEquals(
                List.of("threw java.lang.IllegalStateException: my own bug; no rule was checked"),
                broken(new Throwing("throwing"), 0));
    }

    private static MetricProvider<None> metric(Supplier<Metric> created) {
        return new MetricProvider<>() {
            @Override
            public String name() {
                return "planted";
            }

            @Override
            public String summary() {
                return "none";
            }

            @Override
            public OptionSchema<None> options() {
                return NONE;
            }

            @Override
            public Metric create(None options, RunContext run) {
                return created.get();
            }
        };
    }

    /** What a rule says by itself is not said again by JUnit's numbers, which are scaled there. */
    @Test
    void aSamplerThatDoesNothingIsToldWhatIsExpectedOnce() {
        SamplerProvider<None> still = new SamplerProvider<>() {
            @Override
            public String name() {
                return "still";
            }

            @Override
            public String summary() {
                return "the prior";
            }

            @Override
            public OptionSchema<None> options() {
                return NONE;
            }

            @Override
            public Sampler create(None options, RunContext run) {
                return new PlantedFaultsTest.Euler(0);
            }
        };
        String line = broken(still, 8).stream()
                .map(rule -> rule.lines().findFirst().orElseThrow())
                .filter(rule -> rule.startsWith("samples follow the exact law: "))
                .findFirst()
                .orElseThrow();
        assertTrue(line.matches(".* has the mean -?0\\.0\\d+, expected 1\\.9\\d+"), line);
    }

    /** Figures are named as in metrics.json, not shown as records. */
    @Test
    void aMetricWithoutANumberIsToldInWords() {
        MetricProvider<None> wrong = metric(() -> evaluation -> List.of(Figure.of("samples", "mine", Double.NaN)));
        assertEquals(
                List.of(
                        "figures are finite: samples.mine is NaN; expected a number",
                        "survives tiny sets: samples.mine is NaN for sets of 0 rows; expected no figure where there is no number"),
                broken(wrong, 6).stream()
                        .map(rule -> rule.lines().findFirst().orElseThrow())
                        .sorted()
                        .toList());
    }

    /** Of the rules for a metric that of its name needs no metric. */
    @Test
    void aMetricThatCannotBeCreatedPassesNoRule() {
        assertEquals(List.of("returned null from create; no rule was checked"), broken(metric(() -> null), 0));
    }

    /** Bytes that no row decides, any number of rows, and an ending that is none. */
    private static final class Careless implements WriterProvider<None> {
        private int written;

        @Override
        public String name() {
            return "careless";
        }

        @Override
        public String summary() {
            return "a number of its own";
        }

        @Override
        public OptionSchema<None> options() {
            return NONE;
        }

        @Override
        public PointWriter create(None options, RunContext run) {
            return new PointWriter() {
                @Override
                public String extension() {
                    return "a.b";
                }

                @Override
                public Sink open(Path file, List<Column> columns, long rows) throws IOException {
                    Files.write(file, new byte[] {(byte) written++});
                    return new Sink() {
                        @Override
                        public void write(Points points) {}

                        @Override
                        public void close() {}
                    };
                }
            };
        }
    }

    /** JUnit's words for arrays and exceptions are those of a programmer of tests. */
    @Test
    void linesAreInTheWordsOfTheRules() {
        assertEquals(
                List.of(
                        "bytes depend on the rows alone: differs at index [0]: expected 0, seen 1",
                        "extension is a word: the ending is 'a.b'; expected lower-case letters and digits",
                        "writes what was announced: expected java.io.IOException, nothing was thrown"),
                broken(new Careless(), 3).stream()
                        .map(rule -> rule.lines().findFirst().orElseThrow())
                        .sorted()
                        .toList());
    }
}
