package org.eigendrift.engine.offer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.invoke.MethodHandles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.InputException;
import org.eigendrift.api.Points;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.State;
import org.eigendrift.api.basis.BasisFamily;
import org.eigendrift.api.basis.BasisUse;
import org.eigendrift.api.basis.Eigenbasis;
import org.eigendrift.api.catalog.Catalog;
import org.eigendrift.api.data.Column;
import org.eigendrift.api.data.InMemory;
import org.eigendrift.api.frame.Frame;
import org.eigendrift.api.frame.FrameProvider;
import org.eigendrift.api.frame.FrameUse;
import org.eigendrift.api.linear.SolverUse;
import org.eigendrift.api.pass.Plan;
import org.eigendrift.api.plugin.Kind;
import org.eigendrift.api.plugin.Offer;
import org.eigendrift.api.plugin.Option;
import org.eigendrift.api.plugin.OptionSchema;
import org.eigendrift.api.plugin.Provider;
import org.eigendrift.engine.atlas.AtlasFit;
import org.eigendrift.engine.basis.Families;
import org.eigendrift.engine.file.ModelFile;
import org.eigendrift.engine.flow.Fit;
import org.eigendrift.engine.flow.FittedModel;
import org.eigendrift.engine.flow.Flows;
import org.eigendrift.engine.settings.FitSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A family and a frame that are one class more are what a fit takes that names none, because they offer themselves. */
class OfferedPluginTest {
    private static final RunContext RUN = RunContext.quiet(4);

    record None() {}

    /** Hermite polynomials under another name, for columns whose name begins with its own. */
    static final class OtherFamily implements BasisFamily<None> {
        private final String name;
        private final double preference;

        OtherFamily(String name, double preference) {
            this.name = name;
            this.preference = preference;
        }

        private static BasisFamily<?> hermite() {
            return (BasisFamily<?>) Families.CATALOG.find(BasisFamily.class, "hermite");
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public String summary() {
            return "polynomials of others";
        }

        @Override
        public OptionSchema<None> options() {
            return OptionSchema.of(MethodHandles.lookup(), None.class);
        }

        @Override
        public boolean accepts(Column.Kind kind) {
            return hermite().accepts(kind);
        }

        @Override
        public Optional<String> frame() {
            return hermite().frame();
        }

        @Override
        public Optional<Offer> offer(BasisUse use) {
            return use instanceof BasisUse.Found && use.column().name().equals("x1")
                    ? Optional.of(Offer.of(preference))
                    : Optional.empty();
        }

        @Override
        public Plan<Eigenbasis> plan(None options, Column column, int degree) {
            return plan(hermite(), column, degree);
        }

        private static <O extends Record> Plan<Eigenbasis> plan(BasisFamily<O> family, Column column, int degree) {
            return family.plan(family.options().defaults(), column, degree);
        }

        @Override
        public Eigenbasis restore(None options, Column column, int degree, State state) {
            return restore(hermite(), column, degree, state);
        }

        private static <O extends Record> Eigenbasis restore(
                BasisFamily<O> family, Column column, int degree, State state) {
            return family.restore(family.options().defaults(), column, degree, state);
        }
    }

    /** Columns divided by a constant, which is no whitening, but any frame will do. */
    static final class OtherFrame implements FrameProvider<OtherFrame.Options> {
        record Options(
                @Option(doc = "Divisor.", value = "1", min = 0, open = true)
                double by) {}

        private final Map<String, Object> offered;

        OtherFrame(Map<String, Object> offered) {
            this.offered = offered;
        }

        @Override
        public String name() {
            return "other-frame";
        }

        @Override
        public String summary() {
            return "a frame of others";
        }

        @Override
        public OptionSchema<Options> options() {
            return OptionSchema.of(MethodHandles.lookup(), Options.class);
        }

        @Override
        public Optional<Offer> offer(FrameUse use) {
            return use instanceof FrameUse.Uncorrelated ? Optional.of(new Offer(3, offered)) : Optional.empty();
        }

        @Override
        public Plan<Frame> plan(Options options, List<Column> columns) {
            return Plan.of(restore(options, columns, State.EMPTY));
        }

        @Override
        public Frame restore(Options options, List<Column> columns, State state) {
            return new Frame() {
                @Override
                public List<Column> columns() {
                    return columns;
                }

                @Override
                public void forward(Points x, Points z, double[] logJacobian) {
                    scale(x, z, 1 / options.by());
                    for (int n = 0; n < logJacobian.length; n++) {
                        logJacobian[n] -= x.dim() * Math.log(options.by());
                    }
                }

                @Override
                public void inverse(Points z, Points x) {
                    scale(z, x, options.by());
                }

                private void scale(Points from, Points to, double factor) {
                    for (int i = 0; i < from.dim(); i++) {
                        for (int n = 0; n < from.size(); n++) {
                            to.set(i, n, factor * from.get(i, n));
                        }
                    }
                }

                @Override
                public State state() {
                    return State.EMPTY;
                }
            };
        }
    }

    private static Catalog with(Provider<?, ?, ?>... more) {
        List<Provider<?, ?, ?>> providers = new ArrayList<>(List.of(more));
        for (Kind<?, ?> kind : Catalog.KINDS) {
            providers.addAll(Families.CATALOG.all(kind));
        }
        return Catalog.of(providers);
    }

    private static InMemory rows() {
        CounterRandom random = new CounterRandom(3);
        Points points = Points.zeros(2, 400);
        for (int n = 0; n < points.size(); n++) {
            points.set(0, n, random.normal(n, 0));
            points.set(1, n, 0.5 * points.get(0, n) + random.normal(n, 1));
        }
        return InMemory.of(points);
    }

    private static FittedModel fit(Map<String, ?> basis, Catalog catalog) {
        FitSettings settings = FitSettings.of(Map.of("basis", basis, "solver", Map.of("ridge", 0.01)), catalog);
        return Fit.of(rows(), settings, catalog, RUN);
    }

    private static String family(FittedModel model, String column) {
        return model.settings()
                .basis()
                .columns()
                .get(column)
                .family()
                .orElseThrow()
                .name();
    }

    @TempDir
    private Path directory;

    /** Of the columns, only the one that it offers itself for; the numbers are those of the family that it is. */
    @Test
    void aFamilyIsTakenWhereItOffersMost() {
        Catalog catalog = with(new OtherFamily("other", 3));
        FittedModel model = fit(Map.of("degree", 3), catalog);
        assertEquals("other", family(model, "x1"));
        assertEquals("mean-field", family(model, "x2"));
        FittedModel same =
                fit(Map.of("degree", 3, "columns", Map.of("x1", Map.of("family", "hermite"))), Families.CATALOG);
        double[] nats = model.logDensity(rows().points(), RUN).nats();
        assertArrayEquals(same.logDensity(rows().points(), RUN).nats(), nats);
        Path file = directory.resolve("model.safetensors");
        ModelFile.write(model, file);
        assertArrayEquals(
                nats,
                ((Flows) ModelFile.read(file, catalog))
                        .logDensity(rows().points(), RUN)
                        .nats());
    }

    @Test
    void aSmallerOfferIsNotTaken() {
        assertEquals("mean-field", family(fit(Map.of("degree", 3), with(new OtherFamily("other", 0.5))), "x1"));
    }

    /** Of equals the first by name, whichever jar is found first. */
    @Test
    void ofEqualOffersTheFirstByNameIsTaken() {
        OtherFamily first = new OtherFamily("other-a", 3);
        OtherFamily second = new OtherFamily("other-b", 3);
        assertEquals("other-a", family(fit(Map.of("degree", 3), with(first, second)), "x1"));
        assertEquals("other-a", family(fit(Map.of("degree", 3), with(second, first)), "x1"));
    }

    @Test
    void aFrameOfChartsIsTakenWithTheOptionsItOffers() {
        Catalog catalog = with(new OtherFrame(Map.of("by", 2)));
        Flows model = AtlasFit.of(
                rows(),
                FitSettings.of(Map.of("components", 2, "density", "flow", "basis", Map.of("degree", 3)), catalog),
                catalog,
                RUN);
        for (Flows.Share share : model.flows()) {
            String frames = share.model().settings().frames().orElseThrow().toString();
            assertTrue(frames.contains("by=2.0") && !frames.contains("shrink"), frames);
        }
    }

    @Test
    void offeredOptionsThatThePluginRefusesAreItsFault() {
        Catalog catalog = with(new OtherFrame(Map.of("by", -2)));
        InputException refusal = assertThrows(
                InputException.class,
                () -> Offers.of(new FrameUse.Uncorrelated(rows().columns()), catalog)
                        .best());
        assertTrue(
                refusal.getMessage().contains("frame.by")
                        && refusal.getMessage().contains(OtherFrame.class.getName()),
                refusal.getMessage());
    }

    @Test
    void whereNothingIsOfferedTheUserIsAskedToNameOne() {
        InputException refusal = assertThrows(
                InputException.class,
                () -> Offers.of(new SolverUse(3, 9, true), Catalog.of(List.of()))
                        .best());
        assertTrue(refusal.getMessage().contains("no solver"), refusal.getMessage());
    }

    /** What there was to choose among: the preference of a solver is minus its work. */
    @Test
    void offersAreRanked() {
        Offers<?, ?> offers = Offers.of(new SolverUse(3000, 90_000, false), Families.CATALOG);
        assertEquals(
                List.of("cg", "cholesky"),
                offers.alternatives().stream().map(a -> a.name()).toList());
        assertEquals(-9e9, offers.alternatives().get(1).score().orElseThrow());
        assertEquals("cg", offers.best().name());
        assertEquals(
                "cholesky",
                Offers.of(new SolverUse(3000, 90_000, true), Families.CATALOG)
                        .best()
                        .name());
    }
}
