package org.eigendrift.engine.conditional;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.eigendrift.api.Points;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.law.Certainty;
import org.eigendrift.api.law.Conditional;
import org.eigendrift.api.law.DrawRequest;
import org.eigendrift.api.law.Draws;
import org.eigendrift.api.law.Evidence;
import org.eigendrift.api.law.Evidence.Condition;
import org.eigendrift.api.law.Scores;
import org.eigendrift.api.sampler.Outcome;
import org.junit.jupiter.api.Test;

/** What is known of a law given by cases, and how often each is drawn; and of rows with gaps, each of which is a case of its own. */
class GivenCasesTest {
    private static final NormalMixture LAW = NormalMixture.ofThree();
    private static final RunContext RUN = RunContext.quiet(5);
    private static final Evidence EVIDENCE = Evidence.of(new Condition.OneOf(0, new double[] {1, 2}));

    /** A case whose draws all have one value in their first column, and their number in the second. */
    private static final class Case extends GivenLaw {
        private final double value;

        Case(double value, Certainty certainty) {
            super(LAW, EVIDENCE, certainty, 0);
            this.value = value;
        }

        @Override
        public Draws draw(DrawRequest request, RunContext run) {
            Points rows = Points.zeros(3, request.count());
            for (int n = 0; n < request.count(); n++) {
                rows.set(0, n, value);
                rows.set(1, n, request.first() + n);
            }
            return new Draws(rows, new Outcome(1, 1, 0));
        }
    }

    private static GivenCases cases(Certainty... certainties) {
        List<Conditional> cases = IntStream.range(0, certainties.length)
                .<Conditional>mapToObj(k -> new Case(k, certainties[k]))
                .toList();
        return new GivenCases(LAW, EVIDENCE, cases);
    }

    /** Probabilities 0.06 and 0.02: shares 3/4 and 1/4. */
    @Test
    void probabilitiesAddAndErrorsCountByTheirShares() {
        Certainty both = cases(
                        new Certainty(Math.log(0.06), 0.1, 400, 1.02), new Certainty(Math.log(0.02), 0.3, 100, 1.2))
                .certainty();
        assertEquals(Math.log(0.08), both.logProbability(), 1e-14);
        assertEquals(Math.sqrt(0.075 * 0.075 + 0.075 * 0.075), both.error(), 1e-14);
        // 1 / (9 / 16 / 400 + 1 / 16 / 100).
        assertEquals(1 / (0.5625 / 400 + 0.0625 / 100), both.effectiveSampleSize(), 1e-9);
        assertEquals(1.2, both.rHat());
        assertTrue(both.remarks().size() == 1, both.remarks().toString());
    }

    /** A case of half a per cent of the probability may be as badly known as it will. */
    @Test
    void aCaseWithoutWeightDoesNotSpoilTheOthers() {
        Certainty both = cases(
                        new Certainty(Math.log(0.995), 0, 1000, 1.01), new Certainty(Math.log(0.005), 0, 1000, 7))
                .certainty();
        assertEquals(1.01, both.rHat());
    }

    @Test
    void casesAreDrawnAsOftenAsTheyAreProbable() {
        GivenCases cases = cases(
                Certainty.exact(Math.log(0.03), 0),
                Certainty.exact(Math.log(0.01), 0),
                Certainty.exact(Math.log(0.06), 0));
        int count = 4000;
        double[] values = cases.draw(DrawRequest.of(count), RUN).rows().column(0);
        double[] shares = {0.3, 0.1, 0.6};
        for (int k = 0; k < 3; k++) {
            int of = k;
            long drawn = IntStream.range(0, count).filter(n -> values[n] == of).count();
            // Five standard deviations of a binomial number.
            assertEquals(shares[k] * count, drawn, 5 * Math.sqrt(count * shares[k] * (1 - shares[k])), "case " + k);
        }
        // A row depends on its number alone, and every case gives its rows in order.
        Points some =
                cases.draw(new DrawRequest(1000, 50, Optional.empty()), RUN).rows();
        Points all = cases.draw(DrawRequest.of(2000), RUN).rows();
        assertEquals(50, some.size());
        for (int n = 0; n < 50; n++) {
            assertArrayEquals(all.row(1000 + n), some.row(n));
        }
    }

    @Test
    void whatIsRoughIsSaidWithTheDraws() {
        GivenCases cases = cases(new Certainty(0, 0, 20, 1));
        assertEquals(
                cases.certainty().remarks(), cases.draw(DrawRequest.of(1), RUN).remarks());
        assertEquals(1, cases.certainty().remarks().size());
    }

    private static final List<Column> COLUMNS =
            List.of(Column.real("a"), Column.real("b").withGaps(true), Column.real("c"));

    /** A gap where the column has gaps is a value; elsewhere it is open. */
    @Test
    void rowsAreWholeOrOpen() {
        double gap = Double.NaN;
        Points x = Points.ofRows(
                new double[] {1, 2, 3}, new double[] {1, gap, 3}, new double[] {gap, 2, 3}, new double[] {gap, gap, gap
                });
        assertArrayEquals(new int[] {0, 1}, Gaps.whole(COLUMNS, x));
        assertArrayEquals(new int[] {2, 3}, Gaps.open(COLUMNS, x));
        assertEquals(
                List.of(new Condition.Equal(1, 2), new Condition.Equal(2, 3)),
                Gaps.evidence(COLUMNS, x, 2).conditions());
        assertEquals(
                List.of(new Condition.Equal(1, gap)),
                Gaps.evidence(COLUMNS, x, 3).conditions());
        // Where every column is open all rows are meant.
        Points open = Points.ofRows(new double[] {gap});
        Condition.Within all = (Condition.Within)
                Gaps.evidence(COLUMNS.subList(0, 1), open, 0).conditions().get(0);
        assertEquals(Double.NEGATIVE_INFINITY, all.lower());
        assertEquals(Double.POSITIVE_INFINITY, all.upper());
    }

    /** Two whole rows, known to 0.1 on average, and two open ones, known to 0.3 and not at all for it is impossible. */
    @Test
    void openRowsHaveTheirProbability() {
        double gap = Double.NaN;
        Points x = Points.ofRows(
                new double[] {gap, 2, 3}, new double[] {1, 2, 3}, new double[] {1, 2, gap}, new double[] {4, gap, 6});
        Scores scores = Gaps.logDensity(
                COLUMNS,
                x,
                whole -> new Scores(whole.column(0), 0.1),
                alone -> (evidence, effective) -> {
                    if (evidence.conditions().size() == 2
                            && evidence.conditions().get(0).equals(new Condition.Equal(0, 1))) {
                        throw new org.eigendrift.api.InputException("impossible");
                    }
                    return new Case(0, new Certainty(-7, 0.3, 50, 1));
                },
                RUN);
        assertArrayEquals(new double[] {-7, 1, Double.NEGATIVE_INFINITY, 4}, scores.nats());
        assertEquals((2 * 0.1 + 0.3) / 4, scores.error(), 1e-15);
        Points whole = Points.ofRows(new double[] {1, 2, 3});
        assertEquals(
                0.1,
                Gaps.logDensity(COLUMNS, whole, w -> new Scores(w.column(0), 0.1), alone -> null, RUN)
                        .error());
        Points open = Points.ofRows(new double[] {gap, 2, 3});
        assertEquals(
                0.3,
                Gaps.logDensity(
                                COLUMNS,
                                open,
                                w -> new Scores(new double[0], Double.NaN),
                                alone -> (evidence, effective) -> new Case(0, new Certainty(-7, 0.3, 50, 1)),
                                RUN)
                        .error());
    }
}
