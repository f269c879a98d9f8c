package org.eigendrift.engine.law;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.Points;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.catalog.Catalog;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.data.Dataset;
import org.eigendrift.api.data.InMemory;
import org.eigendrift.api.law.Law;
import org.eigendrift.api.law.LawContext;
import org.eigendrift.api.law.LawProvider;
import org.eigendrift.contract.LawContract;
import org.eigendrift.engine.Eigendrift;
import org.eigendrift.engine.settings.FitSettings;
import org.junit.jupiter.api.Nested;

/** Every kind of law that the engine fits keeps what laws promise. */
class LawContractsTest {
    private static final Catalog CATALOG = Catalog.discover(List.of());
    private static final RunContext RUN = RunContext.quiet(3);

    /** Fitted once for all tests of a kind. */
    private static final Map<String, Law> LAWS = new HashMap<>();

    private static Law once(String kind, java.util.function.Supplier<Law> fit) {
        return LAWS.computeIfAbsent(kind, k -> fit.get());
    }

    /** A bent valley: y = x^2 / 2 + noise. */
    private static Points bent(int rows) {
        CounterRandom random = new CounterRandom(8);
        Points out = Points.zeros(2, rows);
        for (int n = 0; n < rows; n++) {
            double x = random.normal(n, 0);
            out.set(0, n, x);
            out.set(1, n, x * x / 2 + 0.4 * random.normal(n, 1));
        }
        return out;
    }

    /** An answer, a count that grows with it, yes or no. */
    private static Dataset discrete() {
        CounterRandom random = new CounterRandom(9);
        Points out = Points.zeros(3, 300);
        for (int n = 0; n < out.size(); n++) {
            int level = (int) (3 * random.uniform(n, 0));
            int count = (int) (3 * random.uniform(n, 1)) + level;
            out.set(0, n, level);
            out.set(1, n, count);
            out.set(2, n, random.uniform(n, 2) < count / 6.0 ? 1 : 0);
        }
        return new InMemory(
                List.of(
                        Column.ordered("answer", List.of("low", "middle", "high")),
                        Column.integer("count", 0, 4),
                        Column.bool("yes", "no", "yes")),
                out);
    }

    /** A sum that holds exactly, beside a column with values that repeat and one that is bounded. */
    private static Dataset mixed() {
        CounterRandom random = new CounterRandom(10);
        Points out = Points.zeros(4, 300);
        for (int n = 0; n < out.size(); n++) {
            double net = Math.rint(100 * Math.exp(random.normal(n, 0))) / 100;
            double tax = random.uniform(n, 2) < 0.4 ? 0 : Math.rint(20 * net) / 100;
            out.set(0, n, net);
            out.set(1, n, tax);
            out.set(2, n, Math.rint(100 * (net + tax)) / 100);
            out.set(3, n, random.uniform(n, 4));
        }
        return new InMemory(
                List.of(
                        Column.positive("net").withStep(0.01),
                        Column.nonNegative("tax").withStep(0.01),
                        Column.positive("gross").withStep(0.01),
                        Column.bounded("share", 0, 1)),
                out);
    }

    private static Law fitted(Map<String, ?> settings) {
        return (Law) Eigendrift.fit(InMemory.of(bent(300)), FitSettings.of(settings, CATALOG), CATALOG, RUN);
    }

    private static Law created(String kind, Map<String, ?> options, Dataset rows) {
        return CATALOG.create(LawProvider.KIND, kind, options, new LawContext(rows, CATALOG, RUN));
    }

    private static Optional<LawProvider<?>> provider(String kind) {
        return Optional.of((LawProvider<?>) CATALOG.find(LawProvider.KIND.provider(), kind));
    }

    @Nested
    class Flow extends LawContract {
        @Override
        protected Law law() {
            return once("flow", () -> fitted(Map.of("components", 1, "density", "flow")));
        }
    }

    @Nested
    class Charts extends LawContract {
        @Override
        protected Law law() {
            return once("charts", () -> fitted(Map.of("components", 2, "density", "flow")));
        }
    }

    @Nested
    class Gibbs extends LawContract {
        @Override
        protected Law law() {
            return once("gibbs", () -> fitted(Map.of("components", 1, "density", "gibbs")));
        }
    }

    @Nested
    class TableOfLevels extends LawContract {
        @Override
        protected Law law() {
            return once("levels", () -> created("table", Map.of(), discrete()));
        }

        @Override
        protected Optional<LawProvider<?>> provider() {
            return LawContractsTest.provider("table");
        }
    }

    @Nested
    class TableOfAllKinds extends LawContract {
        @Override
        protected Law law() {
            return once("mixed", () -> created("table", Map.of(), mixed()));
        }

        @Override
        protected Optional<LawProvider<?>> provider() {
            return LawContractsTest.provider("table");
        }
    }

    @Nested
    class GivenOthers extends LawContract {
        @Override
        protected Law law() {
            return once("given", () -> created("conditional", Map.of("given", List.of("x1")), InMemory.of(bent(300))));
        }

        @Override
        protected Optional<LawProvider<?>> provider() {
            return LawContractsTest.provider("conditional");
        }
    }
}
