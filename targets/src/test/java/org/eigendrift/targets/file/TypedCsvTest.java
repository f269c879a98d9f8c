package org.eigendrift.targets.file;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.eigendrift.api.InputException;
import org.eigendrift.api.Points;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.data.Column.Kind;
import org.eigendrift.api.data.InMemory;
import org.eigendrift.api.target.Target;
import org.eigendrift.targets.Bound;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables as people have them: what their columns are taken for, and what they read as. */
class TypedCsvTest {
    @TempDir
    private Path directory;

    private Target create(String text, Map<String, Object> options) {
        return create(text, StandardCharsets.UTF_8, options);
    }

    private Target create(String text, Charset charset, Map<String, Object> options) {
        try {
            Path file = Files.write(directory.resolve("data.csv"), text.getBytes(charset));
            Map<String, Object> all = new TreeMap<>(Map.of("holdout", 0));
            all.putAll(options);
            all.put("path", file.toString());
            return Bound.target(new Csv(), 1, all);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** One column of {@code count} cells, beside a smooth one. */
    private static String column(int count, IntFunction<String> cell) {
        return "c;x\n"
                + IntStream.range(0, count)
                        .mapToObj(n -> cell.apply(n) + ";" + Math.sin(n))
                        .collect(Collectors.joining("\n"));
    }

    private Column found(int count, IntFunction<String> cell, Object... options) {
        Map<String, Object> given = new TreeMap<>();
        for (int i = 0; i < options.length; i += 2) {
            given.put((String) options[i], options[i + 1]);
        }
        return create(column(count, cell), given).train().columns().get(0);
    }

    private double[] values(int count, IntFunction<String> cell, Object... options) {
        Map<String, Object> given = new TreeMap<>();
        for (int i = 0; i < options.length; i += 2) {
            given.put((String) options[i], options[i + 1]);
        }
        return InMemory.read(create(column(count, cell), given).train(), 10_000).column(0);
    }

    private String refusal(int count, IntFunction<String> cell, Object... options) {
        String message = assertThrows(InputException.class, () -> values(count, cell, options))
                .getMessage();
        assertEquals(1, message.lines().count());
        return message.replace(directory.toString(), "");
    }

    @Test
    void wholeNumbersZeroAndOneAndFewLevels() {
        Column count = found(200, n -> "" + n * n % 97);
        assertEquals(Kind.INTEGER, count.kind());
        assertEquals(0, count.lower());
        assertEquals(96, count.upper());
        Column flag = found(200, n -> "" + n % 2);
        assertEquals(Kind.BOOLEAN, flag.kind());
        assertEquals(List.of("0", "1"), flag.levels());
        Column answer = found(200, n -> "" + (1 + n % 5));
        assertEquals(Kind.ORDERED, answer.kind());
        assertEquals(List.of("1", "2", "3", "4", "5"), answer.levels());
        assertArrayEquals(
                new double[] {0, 1, 2, 3, 4, 0}, java.util.Arrays.copyOf(values(200, n -> "" + (1 + n % 5)), 6));
        // Order of the numbers, not of the characters.
        assertEquals(
                List.of("2", "10"), found(200, n -> n % 2 == 0 ? "10" : "2").levels());
        assertEquals(List.of("7"), found(200, n -> "7").levels());
        assertEquals(Kind.ORDERED, found(200, n -> "0.02").kind());
    }

    @Test
    void textsOfOneNumberAreOneLevel() {
        IntFunction<String> zeros =
                n -> List.of("-0.0", "0.0", "2.50", "2.5", "2.50").get(n % 5);
        assertEquals(List.of("0.0", "2.50"), found(200, zeros).levels());
        assertArrayEquals(new double[] {0, 0, 1, 1, 1}, java.util.Arrays.copyOf(values(200, zeros), 5));
        // Of numbers that are repeated exactly, too: a hundred zeros of both signs among others.
        Column amount = found(
                300, n -> n % 6 == 0 ? "-0.00" : n % 6 == 3 ? "0.00" : String.format(Locale.ROOT, "%.2f", 1 + n / 7.0));
        assertEquals(List.of(0.0), amount.atoms());
        assertEquals(0, Double.doubleToRawLongBits(amount.atoms().get(0)), "no negative zero");
    }

    @Test
    void smoothNumbersAloneAreBareReals() {
        List<Column> columns =
                create(column(100, n -> "" + Math.cos(n)), Map.of()).train().columns();
        // Whole numbers from 0 to 99 have the least cosine at 22, and the largest at 0.
        Column.Span cosines = new Column.Span(Math.cos(22), 1);
        assertEquals(Column.real("c").withObserved(cosines), columns.get(0));
        assertTrue(Column.agree(List.of(Column.real("c"), Column.real("x")), columns));
        // Whole numbers in few rows say nothing but where they lie.
        assertEquals(Column.real("c").withObserved(new Column.Span(0, 4)), found(5, n -> "" + n));
    }

    @Test
    void repeatedValuesAreAtoms() {
        Column claim = found(400, n -> n % 4 == 0 ? "" + (1 + Math.sin(n)) : "0");
        assertEquals(Kind.NON_NEGATIVE, claim.kind());
        assertEquals(List.of(0.0), claim.atoms());
        Column gain = found(2000, n -> n % 10 == 0 ? "99999" : "" + n * 7 % 1009);
        assertEquals(Kind.INTEGER, gain.kind());
        assertEquals(List.of(99999.0), gain.atoms());
        // A density that is rounded repeats values where it is high.
        Column rounded = found(
                3000,
                n -> String.format(java.util.Locale.ROOT, "%.3f", n % 15 == 0 ? 0 : -0.3 * Math.log((n + 0.5) / 3000)));
        assertEquals(List.of(0.0), rounded.atoms());
        assertEquals(Kind.NON_NEGATIVE, rounded.kind());
        // A coarse grid repeats every value alike.
        assertEquals(List.of(), found(2000, n -> "" + n % 100).atoms());
    }

    /**
     * Standardised numbers have as many decimals as are written. No two rows of 2,000 meet by chance at the 10th: a step of
     * 1e-10 says nothing, and ten rows with the same number mean something, though they are fewer than one in a hundred. At two decimals they
     * meet all the time.
     */
    @Test
    void stepsAreThoseAtWhichRowsMeet() {
        java.util.function.IntFunction<String> fine = n ->
                n % 200 == 7 ? "0.1234567891" : String.format(java.util.Locale.ROOT, "%.10f", Math.sin(n) + n / 1e4);
        Column standard = found(2000, fine);
        assertEquals(0, standard.step());
        assertEquals(List.of(0.1234567891), standard.atoms());
        assertEquals("0.0000000000", standard.format().pattern());
        Column coarse = found(
                2000, n -> n % 4 == 0 ? "5.00" : String.format(java.util.Locale.ROOT, "%.2f", Math.sin(n) + n / 1e4));
        assertEquals(0.01, coarse.step());
        assertEquals(List.of(5.0), coarse.atoms());
    }

    @Test
    void textsAreCategoriesOrIdentifiers() {
        Column city = found(100, n -> List.of("Zug", "Bern", "Basel").get(n % 3));
        assertEquals(Column.category("c", List.of("Basel", "Bern", "Zug")).levels(), city.levels());
        assertEquals(Kind.CATEGORY, city.kind());
        assertArrayEquals(
                new double[] {2, 1, 0},
                java.util.Arrays.copyOf(
                        values(100, n -> List.of("Zug", "Bern", "Basel").get(n % 3)), 3));
        Target named = create(column(100, n -> "customer " + n), Map.of());
        assertEquals(
                List.of("x"), named.train().columns().stream().map(Column::name).toList());
        assertTrue(
                named.remarks().contains("column 'c' is left out: texts, different in all rows"), "" + named.remarks());
        // Zeros before digits are part of a code.
        assertEquals(
                Kind.CATEGORY,
                found(100, n -> List.of("01234", "08001", "3000").get(n % 3)).kind());
    }

    @Test
    void yesAndNoInTheUsualWords() {
        for (List<String> words : List.of(
                List.of("false", "true"),
                List.of("No", "Yes"),
                List.of("N", "Y"),
                List.of("nein", "ja"),
                List.of("FALSE", "TRUE"),
                List.of("non", "oui"))) {
            Column column = found(40, n -> words.get(n / 3 % 2));
            assertEquals(Kind.BOOLEAN, column.kind(), words.toString());
            assertEquals(words, column.levels());
        }
        assertEquals(List.of("False", "True"), found(40, n -> "True").levels());
        Column own =
                found(40, n -> n % 3 == 0 ? "bad" : "good", "types", List.of(List.of("c", "boolean", "bad", "good")));
        assertEquals(Kind.BOOLEAN, own.kind());
    }

    @Test
    void daysTimesAndMoments() {
        LocalDate first = LocalDate.of(2024, 1, 27);
        for (String pattern :
                List.of("yyyy-MM-dd", "dd.MM.yyyy", "d.M.yyyy", "MM/dd/yyyy", "dd/MM/yyyy", "yyyy/MM/dd")) {
            var formatter = java.time.format.DateTimeFormatter.ofPattern(pattern);
            IntFunction<String> cell = n -> first.plusDays(n).format(formatter);
            assertEquals(Kind.DATE, found(50, cell).kind(), pattern);
            assertEquals(first.toEpochDay() + 49, values(50, cell)[49], pattern);
        }
        assertEquals(
                LocalDate.of(2018, 3, 1).toEpochDay(),
                values(30, n -> n == 0 ? "Mar-2018" : "Aug-2001", "types", List.of(List.of("c", "date", "MMM-yyyy")))[
                        0]);
        String message = refusal(30, n -> "03/0" + (1 + n % 9) + "/2024");
        assertTrue(message.contains("[[c, date, dd/MM/yyyy]] or [[c, date, MM/dd/yyyy]]"), message);
        assertEquals(Kind.CATEGORY, found(30, n -> "2024-02-" + (28 + n % 3)).kind(), "there is no 30th of February");
        assertEquals(34_215.25, values(30, n -> "09:30:15.25")[0]);
        assertEquals(Kind.TIME, found(30, n -> "09:" + (10 + n)).kind());
        LocalDateTime moment = LocalDateTime.of(2019, 3, 23, 20, 21, 9);
        double local = moment.toEpochSecond(ZoneOffset.UTC);
        assertEquals(local, values(30, n -> "2019-03-23 20:21:09")[0]);
        assertEquals(local + 0.5, values(30, n -> "2019-03-23T20:21:09.5")[0]);
        assertEquals(local, values(30, n -> "2019-03-23T20:21:09Z")[0]);
        assertEquals(
                local - 7200, values(30, n -> n == 0 ? "2019-03-23T20:21:09+02:00" : "2019-12-23T20:21:09+01:00")[0]);
    }

    @Test
    void marksOfOtherCountries() {
        assertEquals(12.52, values(30, n -> n == 0 ? "12,52" : n + ",5")[0]);
        assertEquals(7525.31, values(30, n -> n == 0 ? "7,525.31" : n + ".25")[0]);
        assertEquals(7525.31, values(30, n -> n == 0 ? "7.525,31" : n + ",25")[0]);
        assertEquals(7525.31, values(30, n -> n == 0 ? "7'525.31" : n + ".25")[0]);
        assertEquals(-1_234_567, values(30, n -> n == 0 ? "-1 234 567" : "" + n * 1001)[0]);
        assertEquals(
                "#,##0.00",
                found(30, n -> n == 0 ? "7,525.31" : n + ".25").format().pattern());
        assertEquals(
                "0,0#", found(30, n -> n == 0 ? "12,52" : n + ",5").format().pattern());
    }

    /** Levels of a column in which each of some texts stands ten times. */
    private List<String> levels(String... texts) {
        return found(10 * texts.length, n -> texts[n % texts.length]).levels();
    }

    /** Counts of 0 to 8 of which none is 6 are levels from 0 to 8; coins, years four apart and what is declared are what they are. */
    @Test
    void fewNumbersBetweenOthersAreLevelsTooWhereAllKeepToSteps() {
        assertEquals(
                List.of("0", "1", "2", "3", "4", "5", "6", "7", "8"), levels("7", "8", "0", "1", "2", "3", "4", "5"));
        assertEquals(List.of("1.0", "1.5", "2.0", "2.5", "3.0"), levels("1.0", "1.5", "2.5", "3.0"));
        assertEquals(List.of("-10", "0", "10", "20"), levels("-10", "0", "20"));
        assertEquals(List.of("1", "2", "5", "10"), levels("1", "2", "5", "10"));
        assertEquals(List.of("1996", "2000", "2004"), levels("1996", "2000", "2004"));
        assertEquals(
                List.of("0", "1", "3"),
                found(
                                60,
                                n -> List.of("0", "1", "3").get(n % 3),
                                "types",
                                List.of(List.of("c", "ordered", "0", "1", "3")))
                        .levels());
        Target target = create(column(60, n -> List.of("0", "1", "3").get(n % 3)), Map.of());
        assertEquals(
                "3 different numbers from 0 to 3; levels too, though no row has them: 2",
                target.findings().get(0).reason());
    }

    /** Visits of 0 to 4, 9 and 30 are counts, of which there may be any number between; they are still what a law of tables is for. */
    @Test
    void countsWithALongTailAreWholeNumbers() {
        int[] visits = {0, 0, 0, 1, 1, 2, 3, 4, 9, 30};
        Column column = found(200, n -> "" + visits[n % 10]);
        assertEquals(Kind.INTEGER, column.kind());
        assertEquals(List.of(0.0, 1.0, 2.0, 3.0, 4.0, 9.0, 30.0), column.atoms());
        Column tips = found(200, n -> List.of("10%", "15%", "20%").get(n % 3));
        assertEquals(List.of(10.0, 15.0, 20.0), tips.atoms());
    }

    /** The format of a column whose cell of row n is some text around n, and the second cell's number. */
    private void beside(String pattern, double second, IntFunction<String> cell) {
        assertEquals(pattern, found(40, cell).format().pattern());
        assertEquals(second, values(40, cell)[1]);
    }

    /** By hand: what is written in the second cell, without what stands beside it. */
    @Test
    void signsOfPerCentAndOfCurrenciesStandBesideNumbers() {
        beside("0.0%", 1.5, n -> n + ".5%");
        beside("0.0%", 1.5, n -> n + (n % 2 == 0 ? ".5 %" : ".5%"));
        beside("0,0\u00a0%", 1.5, n -> n + ",5\u00a0%");
        beside("0%", 1, n -> n + "%");
        beside("0.0\u2030", -1.5, n -> "-" + n + ".5\u2030");
        beside("$#,##0.00", -2001.5, n -> "-$" + (n + 1) + ",001.50");
        beside("$0.0", -1.5, n -> "$-" + n + ".5");
        beside("US$0.0", 1.5, n -> "US$" + n + ".5");
        beside("EUR 0.0", 1.5, n -> "EUR " + n + ".5");
        beside("#.##0,00 \u20ac", 2001.5, n -> n + 1 + ".001,50 \u20ac");
        beside("0.0 CHF", 1.5, n -> n + ".5 CHF");
        Column percents = found(40, n -> n + ".5%");
        assertEquals(Kind.REAL, percents.kind(), "nothing is known of bounds");
        assertEquals(0.1, percents.step());
        assertEquals(Kind.INTEGER, found(40, n -> "$" + n).kind());
    }

    @Test
    void unitsAreDeclaredAndNotMixed() {
        Object declared = List.of(List.of("c", "number", "bounded", "0", "100", "0.0%"));
        Column column = found(40, n -> n + ".5%", "types", declared);
        assertEquals(
                Column.bounded("c", 0, 100)
                        .withEnds(Column.Ends.CLOSED)
                        .withStep(0.1)
                        .withFormat(new Column.Format("number", "0.0%", "")),
                column);
        assertTrue(
                refusal(40, n -> n + ".5", "types", declared)
                        .endsWith(
                                "data.csv line 2, column 'c': found '0.5', which is not of the declared type [number, bounded, 0, 100, 0.0%]"));
        String mixed = refusal(40, n -> n == 7 ? "\u20ac12.50" : "$" + n + ".25");
        assertTrue(
                mixed.contains("line 9, column 'c': found '\u20ac12.50', expected a number, as in 39 of 40 cells"),
                mixed);
        String bare = refusal(40, n -> n == 7 ? "0.12" : n + ".25%");
        assertTrue(bare.contains("line 9, column 'c': found '0.12', expected a number, as in 39 of 40 cells"), bare);
    }

    /** Letters and digits together are names, not amounts; three letters are a currency only if there is one. */
    @Test
    void codesAreNoAmounts() {
        for (IntFunction<String> code : List.<IntFunction<String>>of(
                n -> "USD" + (100 + n), n -> "ABC " + n, n -> n + " kg", n -> n % 2 == 0 ? "$" + n : "\u20ac" + n)) {
            Target target = create(column(40, code), Map.of());
            assertEquals(
                    List.of("x"),
                    target.train().columns().stream().map(Column::name).toList());
        }
    }

    /** A text that stands as often among few numbers as these do is one of the answers; a mark, or one that stands seldom, is looked at by a person. */
    @Test
    void textsThatStandAsOftenAsFewNumbersAreLevels() {
        String[] doors = {"2", "3", "4", "5more"};
        Column column = found(400, n -> doors[n % 4]);
        assertEquals(Column.Kind.CATEGORY, column.kind());
        assertEquals(List.of(doors), column.levels());
        for (String code : List.of("?", "-", "9more")) {
            int seldom = code.equals("9more") ? 50 : 4;
            assertTrue(refusal(400, n -> n % seldom == 3 ? code : doors[n % 3])
                    .contains("found '" + code + "', expected a number"));
        }
        assertTrue(refusal(400, n -> n % 4 == 3 ? "none" : "" + n).contains("found 'none', expected a number"));
    }

    @Test
    void codesForMissingValuesAreNamedInTheRemedy() {
        IntFunction<String> cell = n -> n % 10 == 5 ? "?" : "" + Math.cos(n);
        String message = refusal(50, cell);
        assertTrue(
                message.endsWith(
                        "data.csv line 7, column 'c': found '?', expected a number, as in 45 of 50 cells; if it stands "
                                + "for a missing value, set missing_codes: [?]; if the column is not one of numbers, declare types: "
                                + "[[c, category]]"),
                message);
        double[] kept = values(50, cell, "missing_codes", List.of("?"), "missing", "keep");
        assertTrue(Double.isNaN(kept[5]) && kept[6] == Math.cos(6));
        Column column = found(50, cell, "missing_codes", List.of("?"), "missing", "keep");
        assertTrue(column.gaps());
        assertEquals("?", column.format().gap());
        assertEquals(45, values(50, cell, "missing_codes", List.of("?"), "missing", "drop").length);
        assertTrue(refusal(50, cell, "missing_codes", List.of("?")).contains("set missing: keep"));
        assertEquals(
                Kind.CATEGORY,
                found(50, cell, "types", List.of(List.of("c", "category"))).kind());
    }

    /** Eight digits are a day if all are; nine days are too few to tell, and numbers that count on soon leave the calendar. */
    @Test
    void daysOfEightDigitsAreDays() {
        IntFunction<String> day =
                n -> LocalDate.of(1975, 1, 1).plusDays(7L * n).format(DateTimeFormatter.BASIC_ISO_DATE);
        Column column = found(60, day);
        assertEquals(Kind.DATE, column.kind());
        assertEquals("yyyyMMdd", column.format().pattern());
        assertEquals(LocalDate.of(1975, 1, 8).toEpochDay(), values(60, day)[1]);
        assertNotEquals(Kind.DATE, found(9, day).kind());
        assertNotEquals(Kind.DATE, found(60, n -> "" + (19_750_101 + n)).kind());
        assertNotEquals(
                Kind.DATE, found(60, n -> day.apply(n).replaceFirst("1", "3")).kind(), "in centuries to come");
    }

    @Test
    void noneIsAnAnswerAndSpreadsheetsGapsAreGaps() {
        String[] treatments = {"None", "none of these", "drug", "<NA>", "#N/A", "null"};
        Column column = found(60, n -> treatments[n % 6], "missing", "keep");
        assertEquals(List.of("None", "drug", "none of these"), column.levels());
        assertTrue(column.gaps());
        String message = refusal(50, n -> n % 10 == 5 ? "None" : "" + Math.cos(n));
        assertTrue(message.contains("if it stands for a missing value, set missing_codes: [None]"), message);
    }

    @Test
    void gapsInTextsAndDatesAreFilledWithValuesThatOccur() {
        Target filled =
                create(column(60, n -> n % 3 == 0 ? "" : n % 2 == 0 ? "Bern" : "Zug"), Map.of("missing", "impute"));
        for (double code : InMemory.read(filled.train(), 100).column(0)) {
            assertTrue(code == 0 || code == 1);
        }
    }

    @Test
    void otherEncodings() {
        String text = "Gr\u00F6\u00DFe;Stadt\n"
                + IntStream.range(0, 30).mapToObj(n -> n + ".5;Z\u00FCrich").collect(Collectors.joining("\n"));
        for (Charset charset : List.of(StandardCharsets.ISO_8859_1, Charset.forName("windows-1252"))) {
            Target target = create(text, charset, Map.of("encoding", "latin-1"));
            assertEquals("Gr\u00F6\u00DFe", target.train().columns().get(0).name());
            assertEquals(List.of("Z\u00FCrich"), target.train().columns().get(1).levels());
        }
        for (Charset charset : List.of(StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE)) {
            Target target = create("\uFEFF" + text, charset, Map.of());
            assertEquals("Gr\u00F6\u00DFe", target.train().columns().get(0).name());
        }
    }

    @Test
    void wholeNumbersThatDoublesDoNotHold() {
        Target keys = create(column(50, n -> "15781334182488895" + (10 + n)), Map.of());
        assertEquals(1, keys.train().dim());
        assertEquals(Math.sin(3), InMemory.read(keys.train(), 100).get(0, 3));
        assertTrue(keys.remarks().toString().contains("whole numbers of 2^53 or more"), "" + keys.remarks());
        assertTrue(refusal(50, n -> "15781334182488895" + (10 + n), "detect", "off")
                .contains("2^53"));
        // Few different ones are kept exactly, as texts.
        assertEquals(
                List.of("9007199254740993", "9007199254740995"),
                found(50, n -> n % 2 == 0 ? "9007199254740993" : "9007199254740995")
                        .levels());
    }

    @Test
    void declarationsOverrule() {
        Column ordered = found(
                30,
                n -> List.of("low", "mid", "high").get(n % 3),
                "types",
                List.of(List.of("c", "ordered", "low", "mid", "high")));
        assertEquals(List.of("low", "mid", "high"), ordered.levels());
        assertEquals(
                Kind.INTEGER,
                found(30, n -> "" + n % 2, "types", List.of(List.of("c", "integer")))
                        .kind());
        Column share = found(30, n -> "0." + n, "types", List.of(List.of("c", "number", "bounded", "0", "1")));
        assertEquals(Column.Ends.CLOSED, share.ends());
        assertEquals(1, share.upper());
        assertTrue(refusal(30, n -> "x", "types", List.of(List.of("c", "integer")))
                .endsWith("data.csv line 2, column 'c': found 'x', which is not of the declared type [integer]"));
        assertTrue(
                refusal(30, n -> "1", "types", List.of(List.of("c", "intger"))).contains("did you mean 'integer'?"));
        assertTrue(
                refusal(30, n -> "1", "types", List.of(List.of("d", "integer"))).contains("'d'"));
        assertTrue(refusal(30, n -> "5", "types", List.of(List.of("c", "integer", "0", "3")))
                .contains("from 0.0 to 3.0"));
        assertTrue(refusal(30, n -> "1", "types", List.of(List.of("c", "date", "bbb")))
                .contains("PATTERN"));
    }

    @Test
    void findingsSayWhatAndWhy() {
        Target target =
                create(column(50, n -> n % 5 == 0 ? "" : n % 2 == 0 ? "Bern" : "Zug"), Map.of("missing", "keep"));
        var finding = target.findings().get(0);
        assertEquals("category", finding.type());
        assertEquals(10, finding.gaps());
        assertEquals(50, finding.cells());
        assertEquals(2, finding.distinct());
        assertEquals("2 different texts", finding.reason());
        Points rows = InMemory.read(target.train(), 100);
        assertTrue(Double.isNaN(rows.get(0, 0)));
    }

    @Test
    void heldOutTextsThatAreNewAreLevelsToo() throws IOException {
        Path test = Files.writeString(directory.resolve("test.csv"), "c;x\nGenf;1.5\nBern;2.5\n");
        Target target = create(column(30, n -> n % 2 == 0 ? "Bern" : "Zug"), Map.of("test", test.toString()));
        assertEquals(
                List.of("Bern", "Genf", "Zug"), target.train().columns().get(0).levels());
        assertArrayEquals(
                new double[] {1, 0},
                InMemory.read(target.heldout().orElseThrow(), 5).column(0));
    }

    /** What is read and written again is the same text: names, order, decimals, marks, words, dates, gaps. */
    @Test
    void whatIsReadIsWrittenAgainAsItWas() throws IOException {
        String text = "joined,city,member,income,spend,answer,at,sum\n"
                + IntStream.range(0, 60)
                        .mapToObj(n -> String.join(
                                ",",
                                LocalDate.of(2024, 2, 1).plusDays(n).toString(),
                                n % 2 == 0 ? "La Chaux-de-Fonds" : "Bern",
                                n % 3 == 0 ? "true" : "false",
                                n % 7 == 0 ? "NA" : "" + (50_000 + n * n),
                                (n + 10) + ".50",
                                n % 2 == 0 ? "low" : "high",
                                "2024-02-01 09:30:" + (10 + n % 50),
                                "\"" + (1 + n % 9) + ",250.75\""))
                        .collect(Collectors.joining("\n"))
                + "\n";
        Target target =
                create(text, Map.of("missing", "keep", "types", List.of(List.of("answer", "ordered", "low", "high"))));
        Points rows = InMemory.read(target.train(), 100);
        Path out = directory.resolve("out.csv");
        var writer = new org.eigendrift.targets.output.CsvFileWriter();
        try (var sink = writer.create(writer.options().defaults(), org.eigendrift.api.RunContext.quiet(1))
                .open(out, target.train().columns(), rows.size())) {
            sink.write(rows);
        }
        assertEquals(text, Files.readString(out));
    }

    /** Of numbers alone, too: those with decimals have steps, others are written in full; declared kinds have the decimals of their cells. */
    @Test
    void numbersAloneHaveTheDecimalsOfTheirCells() {
        String text = "a,b,c,angle\n"
                + IntStream.range(0, 40)
                        .mapToObj(n -> String.format(
                                java.util.Locale.ROOT,
                                "%.1f,%s,%.2f,%d",
                                5 + Math.sin(n),
                                Math.cos(n),
                                1.5 + Math.sin(3 * n),
                                9 * n))
                        .collect(Collectors.joining("\n"));
        Target target =
                create(text, Map.of("positive", List.of("c"), "angles", List.of("angle"), "angle_unit", "degrees"));
        assertEquals(
                List.of(
                        Column.real("a")
                                .withStep(0.1)
                                .withFormat(new Column.Format("number", "0.0", ""))
                                .withObserved(new Column.Span(4, 6)),
                        Column.real("b").withObserved(new Column.Span(Math.cos(22), 1)),
                        Column.positive("c")
                                .withStep(0.01)
                                .withFormat(new Column.Format("number", "0.00", ""))
                                .withObserved(new Column.Span(0.5, 2.5)),
                        Column.angle("angle", -0.5, 359.5)
                                .withStep(1)
                                .withFormat(new Column.Format("number", "0", ""))),
                target.train().columns());
        assertEquals(List.of(), target.remarks());
        // Few numbers, which would be levels if they were not declared.
        assertEquals(
                Column.positive("c")
                        .withStep(0.1)
                        .withFormat(new Column.Format("number", "0.0", ""))
                        .withObserved(new Column.Span(0.1, 0.5)),
                create(column(200, n -> "0." + (1 + n % 5)), Map.of("positive", List.of("c")))
                        .train()
                        .columns()
                        .get(0));
        assertEquals(
                Column.real("a"),
                create(text, Map.of("detect", "off")).train().columns().get(0),
                "detect: off lets decimals out, and draws go anywhere");
    }
}
