package org.eigendrift.engine.incomplete;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.InputException;
import org.eigendrift.api.Points;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.data.Dataset;
import org.eigendrift.api.data.InMemory;
import org.eigendrift.api.law.Conditioner;
import org.eigendrift.api.law.DrawRequest;
import org.eigendrift.api.law.Draws;
import org.eigendrift.api.law.Law;
import org.eigendrift.api.law.Provenance;
import org.eigendrift.api.law.Scores;
import org.eigendrift.api.sampler.Outcome;
import org.eigendrift.engine.conditional.Conditioning;
import org.eigendrift.engine.conditional.Gaps;
import org.junit.jupiter.api.Test;

class CompletionTest {
    private static final RunContext RUN = RunContext.quiet(5);
    private static final int ROWS = 1_500;

    /** A normal law of two columns by its moments: the kind of law whose fit to rows with gaps is known. */
    private record Normal(double m, double n, double mm, double mn, double nn) implements Law {
        static Normal of(Dataset data) {
            Points rows = InMemory.read(data, Integer.MAX_VALUE);
            double[] s = new double[5];
            for (int k = 0; k < rows.size(); k++) {
                double x = rows.get(0, k);
                double y = rows.get(1, k);
                double[] terms = {x, y, x * x, x * y, y * y};
                for (int i = 0; i < 5; i++) {
                    s[i] += terms[i] / rows.size();
                }
            }
            return ofMoments(s);
        }

        static Normal ofMoments(double[] s) {
            return new Normal(s[0], s[1], s[2] - s[0] * s[0], s[3] - s[0] * s[1], s[4] - s[1] * s[1]);
        }

        @Override
        public List<Column> columns() {
            return List.of(Column.real("x"), Column.real("y"));
        }

        @Override
        public Scores logDensity(Points x, RunContext run) {
            return Gaps.logDensity(
                    columns(), x, this::whole, alone -> conditioner(alone).orElseThrow(), run);
        }

        private Scores whole(Points x) {
            double determinant = mm * nn - mn * mn;
            double[] nats = IntStream.range(0, x.size())
                    .mapToDouble(k -> {
                        double a = x.get(0, k) - m;
                        double b = x.get(1, k) - n;
                        double square = (nn * a * a - 2 * mn * a * b + mm * b * b) / determinant;
                        return -Math.log(2 * Math.PI) - 0.5 * Math.log(determinant) - 0.5 * square;
                    })
                    .toArray();
            return new Scores(nats, 0);
        }

        @Override
        public Draws draw(DrawRequest request, RunContext run) {
            CounterRandom random = run.random(1);
            Points out = Points.zeros(2, request.count());
            for (int k = 0; k < request.count(); k++) {
                double a = Math.sqrt(mm) * random.normal(request.first() + k, 0);
                out.set(0, k, m + a);
                double left = Math.sqrt(nn - mn * mn / mm);
                out.set(1, k, n + mn / mm * a + left * random.normal(request.first() + k, 1));
            }
            return new Draws(out, new Outcome(1, 1, 0));
        }

        @Override
        public Optional<Conditioner> conditioner(RunContext run) {
            return Optional.of(new Conditioning(this, (x, with) -> whole(x).nats(), Optional.empty(), 1e-5, run));
        }

        @Override
        public Provenance provenance() {
            return new Provenance("normal", 0, List.of());
        }
    }

    /** The second column is seen the less often the larger the first is: its mean among the rows seen is too small. */
    private static Points rows() {
        CounterRandom random = new CounterRandom(3);
        Points rows = Points.zeros(2, ROWS);
        for (int k = 0; k < ROWS; k++) {
            double x = random.normal(k, 0);
            rows.set(0, k, x);
            boolean hidden = random.uniform(k, 9) < 1 / (1 + Math.exp(-2 * x));
            rows.set(1, k, hidden ? Double.NaN : 2 * x + random.normal(k, 1));
        }
        return rows;
    }

    /** The exact maximum of the likelihood, by the expectations of what was not seen (Dempster, Laird, Rubin 1977). */
    private static Normal exact(Points rows) {
        Normal law = new Normal(0, 0, 1, 0, 1);
        for (int round = 0; round < 500; round++) {
            double[] s = new double[5];
            for (int k = 0; k < rows.size(); k++) {
                double x = rows.get(0, k);
                double y = rows.get(1, k);
                boolean open = Double.isNaN(y);
                double mean = open ? law.n + law.mn / law.mm * (x - law.m) : y;
                double spread = open ? law.nn - law.mn * law.mn / law.mm : 0;
                double[] terms = {x, mean, x * x, x * mean, mean * mean + spread};
                for (int i = 0; i < 5; i++) {
                    s[i] += terms[i] / rows.size();
                }
            }
            law = Normal.ofMoments(s);
        }
        return law;
    }

    @Test
    void aNormalLawOfRowsWithGapsIsThatOfExactExpectations() {
        Points rows = rows();
        Normal law = (Normal) Completion.fit(
                new InMemory(Normal.of(InMemory.of(whole(rows))).columns(), rows), Normal::of, RUN);
        Normal exact = exact(rows);
        Normal dropped = Normal.of(InMemory.of(whole(rows)));
        // Rounds that draw each open cell once differ from the exact fit like a sample does: the slope of the
        // regression of 600 rows
        // that were seen has a deviation of 1 / sqrt(600), residuals of 750 drawn cells add sqrt(750) / 1500. Five
        // times both to the
        // mean and the covariance; the variance has twice the slope, 2, as factor of the former.
        double one = Math.hypot(1 / Math.sqrt(600), Math.sqrt(750) / 1500);
        assertEquals(exact.n, law.n, 5 * one);
        assertEquals(exact.mn, law.mn, 5 * one);
        assertEquals(exact.nn, law.nn, 20 * one);
        assertEquals(exact.m, law.m, 1e-12, "what was seen stays");
        assertTrue(Math.abs(dropped.n - exact.n) > 20 * one, "rows with gaps differ from others");
        assertTrue(Math.abs(dropped.nn - exact.nn) > 20 * one, "rows with gaps differ from others");
    }

    private static Points whole(Points rows) {
        return rows.select(IntStream.range(0, rows.size())
                .filter(k -> !Double.isNaN(rows.get(1, k)))
                .toArray());
    }

    @Test
    void rowsWithoutGapsAreFittedAsTheyAre() {
        Points rows = whole(rows());
        assertEquals(Normal.of(InMemory.of(rows)), Completion.fit(InMemory.of(rows), Normal::of, RUN));
    }

    @Test
    void aColumnWithoutValuesIsRefused() {
        Points rows = rows();
        for (int k = 0; k < ROWS; k++) {
            rows.set(1, k, Double.NaN);
        }
        InputException refusal =
                assertThrows(InputException.class, () -> Completion.fit(InMemory.of(rows), Normal::of, RUN));
        assertTrue(refusal.getMessage().contains("column 'x2' has no value"), refusal.getMessage());
    }
}
