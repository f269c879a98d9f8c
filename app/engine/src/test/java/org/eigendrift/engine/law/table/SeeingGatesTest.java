package org.eigendrift.engine.law.table;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.InputException;
import org.eigendrift.api.Points;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.law.DrawRequest;
import org.eigendrift.api.law.Provenance;
import org.junit.jupiter.api.Test;

/** Gates that see what a regression predicts, of payments: half of them nothing, the others a sum of many columns. */
class SeeingGatesTest {
    private static final RunContext RUN = RunContext.quiet(5);
    private static final Sharing SHARING = new Sharing(1, 1.4);

    /** Values of each column before the payment. */
    private static final int LEVELS = 4;

    /** Rows of payments, and what is fitted to them. */
    private static final class Payments {
        private final int terms;
        private final Points rows;
        private final Coded coded;
        private final int[][] cells;
        private final ColumnFit fit;

        Payments(int terms, int size) {
            this(terms, size, ColumnFit.Averaged.FEW);
        }

        Payments(int terms, int size, ColumnFit.Averaged averaged) {
            this.terms = terms;
            this.rows = payments(terms, size, 1);
            CellScale[] scales = new CellScale[terms + 1];
            List<Column> columns = columns(terms);
            for (int j = 0; j <= terms; j++) {
                scales[j] = CellScale.of(TableLawProvider.spec(columns.get(j)), rows.column(j), 256);
            }
            this.coded = new Coded(scales);
            this.cells = cells(coded, rows);
            this.fit = new ColumnFit(coded, new Relation[terms + 1], cells, new CounterRandom(3), averaged);
        }

        ColumnLaw law(int j, boolean seeing) {
            ColumnFit.Grown grown = fit.others(fit.grow(j), seeing);
            return fit.law(
                    grown, SHARING, SHARING, j == 0 ? new double[] {1, 0, 0, 0} : new double[] {0.001, 0, 0.999, 0});
        }

        double nats(ColumnLaw law, Points test) {
            int[][] of = cells(coded, test);
            double sum = 0;
            for (int n = 0; n < test.size(); n++) {
                int[] row = new int[coded.dim()];
                byte[] bins = new byte[coded.dim()];
                for (int j = 0; j < coded.dim(); j++) {
                    row[j] = of[j][n];
                    bins[j] = j < terms ? coded.bin(j, row[j]) : 0;
                }
                sum += Math.log(law.probability(row[terms], row, bins)) / test.size();
            }
            return sum;
        }

        TableLaw table() {
            ColumnLaw[] chain = new ColumnLaw[terms + 1];
            Arrays.setAll(chain, j -> law(j, j == terms));
            int[] order = new int[terms + 1];
            Arrays.setAll(order, j -> j);
            Groups groups = Groups.of(coded, new Relation[terms + 1]);
            TreeMixture mixture =
                    new MixtureFit(groups.codes(cells), RUN).rounds(new MixtureFit.Plan(1, 1, false, 0), 1);
            TableParts parts = new TableParts(order, coded, chain, groups, mixture, null, new double[] {1, 0, 0});
            return new TableLaw(columns(terms), parts, new Provenance(TableFit.KIND, rows.size(), List.of()));
        }
    }

    private static List<Column> columns(int terms) {
        List<Column> columns = new ArrayList<>();
        for (int j = 0; j < terms; j++) {
            columns.add(Column.integer("x" + j, 0, LEVELS - 1));
        }
        columns.add(Column.integer("payment", 0, terms * LEVELS + 1));
        return columns;
    }

    private static Points payments(int terms, int size, long seed) {
        CounterRandom random = new CounterRandom(seed);
        Points out = Points.zeros(terms + 1, size);
        for (int n = 0; n < size; n++) {
            int sum = 1;
            for (int j = 0; j < terms; j++) {
                int x = (int) (LEVELS * random.uniform(n, j));
                out.set(j, n, x);
                sum += x;
            }
            int paid = sum + (int) (3 * random.uniform(n, terms));
            out.set(terms, n, random.uniform(n, terms + 1) < 0.5 ? 0 : paid);
        }
        return out;
    }

    private static int[][] cells(Coded coded, Points rows) {
        int[][] out = new int[coded.dim()][];
        Arrays.setAll(
                out,
                j -> Arrays.stream(rows.column(j))
                        .mapToInt(coded.scales()[j]::cell)
                        .toArray());
        return out;
    }

    /**
     * Ten columns tell a little each: a gate that splits by one after the other comes to the end of its rows, one that sees their sum
     * does not. The truth is half a payment of nothing and half one of three values, ln 2 + ln 3 / 2.
     */
    @Test
    void gatesKnowOfManyColumnsThatTellALittleEach() {
        Payments many = new Payments(10, 3_000);
        Points test = payments(10, 4_000, 2);
        double truth = -Math.log(2) - Math.log(3) / 2;
        double plain = many.nats(many.law(10, false), test);
        double seeing = many.nats(many.law(10, true), test);
        // A payment has a deviation of 0.6 nats, so their mean one of 0.01.
        assertTrue(seeing < truth + 0.03, seeing + " of " + truth);
        assertTrue(truth - seeing < 0.5 * (truth - plain), plain + " and " + seeing + " of " + truth);
    }

    /** Probabilities of all rows sum to one, and draws have the moments that these give. */
    @Test
    void probabilitiesAreThoseOfDraws() {
        Payments small = new Payments(3, 600);
        TableLaw law = small.table();
        int payments = 3 * LEVELS + 2;
        Points all = Points.zeros(4, LEVELS * LEVELS * LEVELS * payments);
        for (int n = 0; n < all.size(); n++) {
            all.set(0, n, n % LEVELS);
            all.set(1, n, n / LEVELS % LEVELS);
            all.set(2, n, n / LEVELS / LEVELS % LEVELS);
            all.set(3, n, n / LEVELS / LEVELS / LEVELS);
        }
        double[] nats = law.logDensity(all, RUN).nats();
        double total = 0;
        double moment = 0;
        double square = 0;
        for (int n = 0; n < nats.length; n++) {
            double product = all.get(1, n) * all.get(3, n);
            total += Math.exp(nats[n]);
            moment += Math.exp(nats[n]) * product;
            square += Math.exp(nats[n]) * product * product;
        }
        // Leaves hold floats of 24 bits.
        assertEquals(1, total, 1e-5);
        int size = 20_000;
        Points drawn = law.draw(DrawRequest.of(size), RUN).rows();
        double mean = 0;
        for (int n = 0; n < size; n++) {
            mean += drawn.get(1, n) * drawn.get(3, n) / size;
        }
        assertEquals(moment, mean, 4 * Math.sqrt((square - moment * moment) / size));
    }

    @Test
    void aFileGivesTheSameLawAndOneWithoutPredictionsIsRefused() {
        Payments small = new Payments(3, 600);
        TableLaw law = small.table();
        assertTrue(Arrays.stream(law.parts().chain()[3].gated()).anyMatch(gated -> gated.asks(3)));
        TableTape tape = new TableTape();
        new TableText(tape).write(law.parts());
        TableTape back = new TableTape(tape.ints(), tape.doubles());
        TableLaw again = new TableLaw(law.columns(), new TableText(back).read(4, Optional.empty()), law.provenance());
        back.end();
        assertArrayEquals(
                law.logDensity(small.rows, RUN).nats(),
                again.logDensity(small.rows, RUN).nats());
        ColumnLaw[] chain = law.parts().chain();
        ColumnLaw last = chain[3];
        chain[3] = new ColumnLaw(3, last.weights(), last.base(), last.gated(), null, null, false, null);
        TableTape damaged = new TableTape();
        new TableText(damaged).write(law.parts());
        TableTape read = new TableTape(damaged.ints(), damaged.doubles());
        String said = assertThrows(InputException.class, () -> new TableText(read).read(4, Optional.empty()))
                .getMessage();
        assertTrue(said.contains("has a gate that asks for a prediction of a column without any"), said);
    }

    /** What one gate's leaves take from noise others' do not, so the mean of many may follow more: of the same payments, without predictions. */
    @Test
    void manyGatesFollowMore() {
        Points test = payments(10, 2_000, 2);
        Payments few = new Payments(10, 3_000, ColumnFit.Averaged.FEW);
        Payments many = new Payments(10, 3_000, ColumnFit.Averaged.MANY);
        double before = few.nats(few.law(10, false), test);
        double after = many.nats(many.law(10, false), test);
        // Of the 0.8 nats or so that few gates lack of the truth more than a twentieth; the difference scatters by a
        // hundredth.
        assertTrue(after > before + 0.05, before + " and " + after);
    }
}
