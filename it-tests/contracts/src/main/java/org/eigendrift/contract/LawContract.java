package org.eigendrift.contract;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.eigendrift.api.InputException;
import org.eigendrift.api.Points;
import org.eigendrift.api.Progress;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.catalog.Catalog;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.law.Conditional;
import org.eigendrift.api.law.Conditioned;
import org.eigendrift.api.law.Conditioner;
import org.eigendrift.api.law.DrawRequest;
import org.eigendrift.api.law.Evidence;
import org.eigendrift.api.law.Law;
import org.eigendrift.api.law.LawProvider;
import org.eigendrift.api.law.Scores;
import org.eigendrift.api.law.StoredLaw;
import org.junit.jupiter.api.Test;

/** What every law promises. */
public abstract class LawContract {
    private static final RunContext RUN = threads(1);
    private static final int FEW = 24;

    /** Centres of the test density, and draws that its mean ratio is taken over. */
    private static final int CENTRES = 400;

    private static final int DRAWS = 2000;

    /** Standard errors by which a mean may be off: by chance once in two million tests. */
    private static final double DEVIATIONS = 5;

    /** For subclasses. */
    protected LawContract() {}

    /**
     * The law under test.
     *
     * @return a law, the same at every call; it may be kept
     */
    protected abstract Law law();

    /**
     * What makes the law again from a model file.
     *
     * @return its provider; empty if it cannot be stored, or what else it is made of is read by the model file alone
     */
    protected Optional<LawProvider<?>> provider() {
        return Optional.empty();
    }

    private static RunContext threads(int threads) {
        return new RunContext(5, threads, Progress.NONE, () -> false);
    }

    private Points drawn(int count) {
        return law().draw(DrawRequest.of(count), RUN).rows();
    }

    private double[] nats(Points rows) {
        return law().logDensity(rows, RUN).nats();
    }

    @Test
    void columnsHaveNamesOfTheirOwnAndProvenanceIsTold() {
        List<String> names = law().columns().stream().map(Column::name).toList();
        assertFalse(names.isEmpty(), "no column");
        assertEquals(names.stream().distinct().toList(), names, "a name occurs twice");
        assertFalse(law().provenance().kind().isBlank(), "provenance without a kind");
        assertTrue(law().provenance().rows() >= 0, "rows: " + law().provenance().rows());
    }

    @Test
    void aScoreDependsOnTheRowAlone() {
        Points rows = drawn(FEW);
        double[] before = rows.values().clone();
        double[] all = nats(rows);
        double error = law().logDensity(rows, RUN).error();
        assertTrue(!(error < 0), "the error of the mean is " + error + "; expected at least 0, or NaN");
        assertArrayEquals(before, rows.values(), "logDensity modifies the rows");
        assertEquals(FEW, all.length, "one number for each row");
        assertArrayEquals(all, law().logDensity(rows, threads(3)).nats(), "log-densities depend on threads");
        Points turned = Points.zeros(rows.dim(), FEW);
        for (int n = 0; n < FEW; n++) {
            assertEquals(all[n], nats(rows.slice(n, n + 1))[0], "row " + (n + 1) + " alone has another log-density");
            turned.paste(FEW - 1 - n, rows.slice(n, n + 1));
        }
        double[] backwards = nats(turned);
        for (int n = 0; n < FEW; n++) {
            assertEquals(all[n], backwards[FEW - 1 - n], "row " + (n + 1) + " has another log-density elsewhere");
        }
        assertEquals(0, nats(rows.slice(0, 0)).length, "no rows, no numbers");
    }

    @Test
    void aDrawDependsOnSeedAndNumberAlone() {
        double[] all = drawn(FEW).values();
        assertArrayEquals(
                all, law().draw(DrawRequest.of(FEW), threads(3)).rows().values(), "draws depend on threads");
        int first = FEW / 3;
        Points parts = Points.zeros(law().columns().size(), FEW);
        parts.paste(0, drawn(first));
        parts.paste(
                first,
                law().draw(new DrawRequest(first, FEW - first, Optional.empty()), RUN)
                        .rows());
        assertArrayEquals(all, parts.values(), "a draw in parts is another");
        assertEquals(0, drawn(0).size(), "none were asked for");
        double[] others =
                law().draw(DrawRequest.of(FEW), RUN.withSeed(6)).rows().values();
        assertFalse(Arrays.equals(all, others), "draws do not depend on the seed");
    }

    @Test
    void drawsAreRowsThatTheLawDeemsPossible() {
        List<Column> columns = law().columns();
        Points rows = drawn(10 * FEW);
        double[] nats = nats(rows);
        for (int n = 0; n < rows.size(); n++) {
            for (int i = 0; i < columns.size(); i++) {
                assertTrue(
                        columns.get(i).allows(rows.get(i, n)),
                        "row " + (n + 1) + ", " + columns.get(i) + ": " + rows.get(i, n));
            }
            assertTrue(Double.isFinite(nats[n]), "row " + (n + 1) + " was drawn and has the log-density " + nats[n]);
        }
    }

    private static double[] outside(Column column) {
        return switch (column.kind()) {
            case REAL -> new double[] {-1e30, 1e30};
            case ANGLE -> new double[] {1e9};
            case POSITIVE -> new double[] {-1, 0, 1e30};
            default -> new double[] {column.lower() - 1, column.upper() + 1, column.lower() + 0.5};
        };
    }

    /** A row that cannot be has no mass, or is refused: it never has a number that is none. */
    @Test
    void rowsFarAwayAreJudgedOrRefused() {
        Points one = drawn(1);
        for (int i = 0; i < one.dim(); i++) {
            Column column = law().columns().get(i);
            for (double value : outside(column)) {
                Points row = one.slice(0, 1);
                row.set(i, 0, value);
                Optional<Scores> scores = answer(row);
                double nats = scores.isEmpty()
                        ? Double.NEGATIVE_INFINITY
                        : scores.get().nats()[0];
                assertTrue(nats < Double.POSITIVE_INFINITY, column + ": " + value + " has the log-density " + nats);
                assertTrue(
                        column.allows(value) || nats == Double.NEGATIVE_INFINITY,
                        column + ": " + value + " is none of its values and has the log-density " + nats);
            }
        }
    }

    private Optional<Scores> answer(Points rows) {
        try {
            return Optional.of(law().logDensity(rows, RUN));
        } catch (InputException refusal) {
            return Optional.empty();
        }
    }

    @Test
    void rowsWithGapsHaveAMarginalDensityOrAreRefused() {
        Points rows = drawn(4);
        for (int n = 0; n < rows.size(); n++) {
            rows.set(n % rows.dim(), n, Double.NaN);
        }
        answer(rows).ifPresent(scores -> {
            for (double nats : scores.nats()) {
                assertTrue(nats < Double.POSITIVE_INFINITY, "a row with a gap has the log-density " + nats);
            }
        });
    }

    /**
     * If draws follow p, and p is normalised, the mean of q / p over them is the integral of q where p is: 1 for a density q of
     * bumps around other draws. Bumps stand where the density is high: those of rare rows would be met by no draw.
     */
    @Test
    void drawsFollowTheDensity() {
        assumeFalse(law() instanceof Conditioned, "log-densities are given some columns");
        assumeTrue(
                law().columns().stream()
                        .allMatch(c -> c.kind() == Column.Kind.REAL && c.atoms().isEmpty() && !c.gaps()),
                "not all columns are real numbers");
        Points all = drawn(CENTRES + DRAWS);
        Points centres = densest(all.slice(0, CENTRES));
        Points rows = all.slice(CENTRES, all.size());
        double[] nats = nats(rows);
        double[] widths = widths(all);
        double sum = 0;
        double squares = 0;
        for (int n = 0; n < DRAWS; n++) {
            double ratio = Math.exp(bumps(centres, widths, rows.row(n)) - nats[n]);
            sum += ratio;
            squares += ratio * ratio;
        }
        double mean = sum / DRAWS;
        double error = Math.sqrt((squares / DRAWS - mean * mean) / DRAWS);
        assertTrue(error < 0.25, "the ratio's error " + error + " tells nothing");
        assertEquals(1, mean, DEVIATIONS * error, "draws do not follow the log-density, or it is not normalised");
    }

    /** The half with the higher densities. */
    private Points densest(Points rows) {
        double[] nats = nats(rows);
        int[] order = IntStream.range(0, nats.length)
                .boxed()
                .sorted(Comparator.comparingDouble(n -> -nats[n]))
                .mapToInt(n -> n)
                .toArray();
        Points half = Points.zeros(rows.dim(), rows.size() / 2);
        for (int k = 0; k < half.size(); k++) {
            half.paste(k, rows.slice(order[k], order[k] + 1));
        }
        return half;
    }

    /** A tenth of each column's deviation: narrower than what laws of a few hundred rows show. */
    private static double[] widths(Points rows) {
        double[] widths = new double[rows.dim()];
        for (int i = 0; i < widths.length; i++) {
            int column = i;
            double mean = IntStream.range(0, rows.size())
                    .mapToDouble(n -> rows.get(column, n))
                    .average()
                    .orElseThrow();
            double variance = IntStream.range(0, rows.size())
                    .mapToDouble(n -> (rows.get(column, n) - mean) * (rows.get(column, n) - mean))
                    .average()
                    .orElseThrow();
            widths[i] = 0.1 * Math.sqrt(variance);
        }
        return widths;
    }

    private static double bumps(Points centres, double[] widths, double[] row) {
        double sum = 0;
        double scale = 1;
        for (double width : widths) {
            scale *= width * Math.sqrt(2 * Math.PI);
        }
        for (int k = 0; k < centres.size(); k++) {
            double square = 0;
            for (int i = 0; i < row.length; i++) {
                double z = (row[i] - centres.get(i, k)) / widths[i];
                square += z * z;
            }
            sum += Math.exp(-square / 2);
        }
        return Math.log(sum / (centres.size() * scale));
    }

    /** Of a law without densities: a row that is expected often comes as often as its probability says. */
    @Test
    void frequenciesAreProbabilities() {
        assumeFalse(law() instanceof Conditioned, "log-densities are given some columns");
        assumeTrue(law().columns().stream().noneMatch(Column::smooth), "some columns have densities");
        Points rows = drawn(DRAWS);
        Map<List<Double>, Integer> counts = new TreeMap<>((a, b) -> Arrays.compare(
                a.stream().mapToDouble(v -> v).toArray(),
                b.stream().mapToDouble(v -> v).toArray()));
        for (int n = 0; n < DRAWS; n++) {
            counts.merge(Arrays.stream(rows.row(n)).boxed().toList(), 1, Integer::sum);
        }
        double total = 0;
        for (Map.Entry<List<Double>, Integer> entry : counts.entrySet()) {
            Points row =
                    Points.ofRows(entry.getKey().stream().mapToDouble(v -> v).toArray());
            double p = Math.exp(nats(row)[0]);
            total += p;
            // Of rows expected twenty times, counts are near enough to normal.
            if (p * DRAWS >= 20) {
                double deviation = Math.sqrt(DRAWS * p * (1 - p));
                assertEquals(
                        p * DRAWS, entry.getValue(), DEVIATIONS * deviation, "times " + entry.getKey() + " was drawn");
            }
        }
        assertTrue(total <= 1 + 1e-4, "probabilities of the rows drawn sum to " + total);
    }

    /** Of the columns that are given if the law is of others given them, otherwise of the first one. */
    private Evidence evidence(double[] row) {
        int[] known = law() instanceof Conditioned conditioned ? conditioned.given() : new int[] {0};
        List<Evidence.Condition> conditions = new ArrayList<>();
        for (int i : known) {
            conditions.add(new Evidence.Condition.Equal(i, row[i]));
        }
        return new Evidence(conditions);
    }

    @Test
    void givenEvidenceRowsAgreeWithItAndDensitiesAreQuotients() {
        Optional<Conditioner> conditioner = law().conditioner(RUN);
        assumeTrue(conditioner.isPresent(), "the law cannot be asked");
        assumeTrue(law().columns().size() > 1, "one column leaves nothing open");
        Evidence evidence = evidence(drawn(1).row(0));
        Conditional given = conditioner.get().given(evidence, 200);
        assertEquals(evidence, given.evidence());
        assertEquals(law().columns(), given.columns());
        Points rows = given.draw(DrawRequest.of(FEW), RUN).rows();
        assertEquals(FEW, rows.size(), "rows drawn");
        double[] joint = nats(rows);
        double[] conditional = given.logDensity(rows, RUN).nats();
        for (int n = 0; n < FEW; n++) {
            assertTrue(evidence.holds(rows.row(n)), "row " + (n + 1) + " does not agree with the evidence");
            double quotient = joint[n] - given.certainty().logProbability();
            // A sum of three numbers in doubles, of which one may have been computed in floats.
            double rounding = 1e-5 * (1 + Math.abs(joint[n]));
            assertEquals(quotient, conditional[n], rounding, "log-density of row " + (n + 1) + " given the evidence");
        }
    }

    @Test
    void whatIsStoredComesBackBitForBit() {
        assumeTrue(provider().isPresent(), "no provider restores it");
        StoredLaw law = (StoredLaw) law();
        LawCopy file = new LawCopy(law.columns(), law.provenance(), Catalog.discover(List.of()));
        law.write(file);
        Law restored = provider().get().restore(file);
        file.requireAllRead();
        assertEquals(law.columns(), restored.columns());
        assertEquals(law.provenance(), restored.provenance());
        Points rows = drawn(FEW);
        assertArrayEquals(nats(rows), restored.logDensity(rows, RUN).nats(), "log-densities of the copy");
        assertArrayEquals(
                rows.values(), restored.draw(DrawRequest.of(FEW), RUN).rows().values(), "draws of the copy");
    }
}
