package org.eigendrift.engine.offer;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import org.eigendrift.api.InputException;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.basis.BasisContext;
import org.eigendrift.api.basis.BasisFamily;
import org.eigendrift.api.basis.BasisUse;
import org.eigendrift.api.basis.Eigenbasis;
import org.eigendrift.api.frame.Frame;
import org.eigendrift.api.frame.FrameContext;
import org.eigendrift.api.frame.FrameProvider;
import org.eigendrift.api.frame.FrameUse;
import org.eigendrift.api.law.Decision;
import org.eigendrift.api.linear.Solver;
import org.eigendrift.api.linear.SolverProvider;
import org.eigendrift.api.linear.SolverUse;
import org.eigendrift.api.plugin.Choices;
import org.eigendrift.api.plugin.Chosen;
import org.eigendrift.api.plugin.Kind;
import org.eigendrift.api.plugin.Offer;
import org.eigendrift.api.plugin.Origin;
import org.eigendrift.api.plugin.Provider;
import org.eigendrift.api.plugin.ProviderLookup;

/**
 * The offers of all plugins of a kind for one use, the best first: that of the largest preference, of equals the first by name.
 * Immutable.
 *
 * @param <C> context from which the extension is created
 * @param <T> what is created
 */
public final class Offers<C, T> {
    private static final String TYPE = "type";

    private record Made(Provider<?, ?, ?> provider, Offer offer) {}

    private final Kind<C, T> kind;
    private final ProviderLookup providers;
    private final String use;
    private final List<Made> ranked;

    private Offers(
            Kind<C, T> kind, ProviderLookup providers, String use, Function<Provider<?, ?, ?>, Optional<Offer>> ask) {
        this.kind = kind;
        this.providers = providers;
        this.use = use;
        List<Made> made = new ArrayList<>();
        for (Provider<?, ?, ?> provider : providers.all(kind)) {
            ask.apply(provider).ifPresent(offer -> made.add(new Made(provider, offer)));
        }
        // All are sorted by name, and sorting is stable.
        made.sort(Comparator.comparingDouble((Made m) -> m.offer.preference()).reversed());
        this.ranked = made;
    }

    /**
     * Asks families.
     *
     * @param use what for
     * @param providers finds families
     * @return their offers
     */
    public static Offers<BasisContext, Eigenbasis> of(BasisUse use, ProviderLookup providers) {
        return new Offers<>(
                BasisFamily.KIND,
                providers,
                "column '" + use.column().name() + "'",
                provider -> ((BasisFamily<?>) provider).offer(use));
    }

    /**
     * Asks frames.
     *
     * @param use what for
     * @param providers finds frames
     * @return their offers
     */
    public static Offers<FrameContext, Frame> of(FrameUse use, ProviderLookup providers) {
        return new Offers<>(
                FrameProvider.KIND,
                providers,
                use.getClass().getSimpleName(),
                provider -> ((FrameProvider<?>) provider).offer(use));
    }

    /**
     * Asks solvers.
     *
     * @param use what for
     * @param providers finds solvers
     * @return their offers
     */
    public static Offers<RunContext, Solver> of(SolverUse use, ProviderLookup providers) {
        return new Offers<>(
                SolverProvider.KIND,
                providers,
                use.unknowns() + " unknowns",
                provider -> ((SolverProvider<?>) provider).offer(use));
    }

    /**
     * The best offer.
     *
     * @return the plugin and its options
     * @throws InputException if there is no offer, or the options are not the plugin's
     */
    public Chosen<C, T> best() {
        if (ranked.isEmpty()) {
            throw new InputException("no " + kind.label() + " that is installed offers itself for " + use
                    + "; name one, or add the plugin that is missing");
        }
        Made best = ranked.get(0);
        Map<String, Object> block = new LinkedHashMap<>();
        block.put(TYPE, best.provider.name());
        block.putAll(best.offer.options());
        return Choices.bind(kind, block, TYPE, kind.label(), Path.of(""), providers, problem -> {
                    throw new InputException(problem + ": so offered by " + Origin.of(best.provider)
                            + ", which is at fault; name another " + kind.label());
                })
                .orElseThrow();
    }

    /**
     * What there was to choose among.
     *
     * @return each offer by name with its preference, the best first
     */
    public List<Decision.Alternative> alternatives() {
        return ranked.stream()
                .map(m -> new Decision.Alternative(
                        m.provider.name(), OptionalDouble.of(m.offer.preference()), OptionalDouble.empty(), ""))
                .toList();
    }
}
