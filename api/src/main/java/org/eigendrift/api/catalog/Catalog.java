package org.eigendrift.api.catalog;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import java.util.stream.Collectors;
import org.eigendrift.api.InputException;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.Services;
import org.eigendrift.api.basis.BasisFamily;
import org.eigendrift.api.column.ColumnType;
import org.eigendrift.api.column.ColumnTypeProvider;
import org.eigendrift.api.frame.FrameProvider;
import org.eigendrift.api.guidance.CorrectorProvider;
import org.eigendrift.api.guidance.GuidanceProvider;
import org.eigendrift.api.guidance.ObjectiveProvider;
import org.eigendrift.api.guidance.OperatorProvider;
import org.eigendrift.api.law.GateProvider;
import org.eigendrift.api.law.LawProvider;
import org.eigendrift.api.linear.PreconditionerProvider;
import org.eigendrift.api.linear.ProductKernelProvider;
import org.eigendrift.api.linear.RidgeRuleProvider;
import org.eigendrift.api.linear.RowSamplerProvider;
import org.eigendrift.api.linear.SolverProvider;
import org.eigendrift.api.metric.MetricProvider;
import org.eigendrift.api.output.WriterProvider;
import org.eigendrift.api.plugin.Choices;
import org.eigendrift.api.plugin.Kind;
import org.eigendrift.api.plugin.Nearest;
import org.eigendrift.api.plugin.Origin;
import org.eigendrift.api.plugin.Problem;
import org.eigendrift.api.plugin.Provider;
import org.eigendrift.api.plugin.ProviderLookup;
import org.eigendrift.api.sampler.SamplerProvider;
import org.eigendrift.api.sampler.TimeGridProvider;
import org.eigendrift.api.score.ProcessProvider;
import org.eigendrift.api.target.SimulatorProvider;
import org.eigendrift.api.target.TargetProvider;

/**
 * All providers that were found, by kind and name. Two providers of one name are an error, never first-wins: results
 * must not depend on the order of jars. Immutable, thread-safe.
 */
public final class Catalog implements ProviderLookup {
    /** Every kind of extension, in the order of the data's way through a run. */
    public static final List<Kind<?, ?>> KINDS = List.of(
            TargetProvider.KIND,
            SimulatorProvider.KIND,
            ColumnTypeProvider.KIND,
            FrameProvider.KIND,
            BasisFamily.KIND,
            SolverProvider.KIND,
            PreconditionerProvider.KIND,
            RowSamplerProvider.KIND,
            RidgeRuleProvider.KIND,
            ProductKernelProvider.KIND,
            LawProvider.KIND,
            GateProvider.KIND,
            ProcessProvider.KIND,
            SamplerProvider.KIND,
            TimeGridProvider.KIND,
            OperatorProvider.KIND,
            ObjectiveProvider.KIND,
            GuidanceProvider.KIND,
            CorrectorProvider.KIND,
            MetricProvider.KIND,
            WriterProvider.KIND);

    private final Map<Class<?>, Map<String, Provider<?, ?, ?>>> byKind;

    private final BinaryOperator<String> searched;

    private Catalog(Map<Class<?>, Map<String, Provider<?, ?, ?>>> byKind, BinaryOperator<String> searched) {
        this.byKind = byKind;
        this.searched = searched;
    }

    /**
     * The same providers, and words for where they were looked for.
     *
     * @param where given the label of a kind and a name that is not known, a clause for the message: where was searched, what to do;
     *     possibly empty. Called by the thread that looks up the name
     * @return a catalog
     */
    public Catalog lookedUpIn(BinaryOperator<String> where) {
        return new Catalog(byKind, where);
    }

    /**
     * A catalog of given providers.
     *
     * @param providers providers, each of one of {@link #KINDS}
     * @return the catalog
     * @throws InputException if two of a kind have one name, or a name is not valid; the message tells classes and
     *     modules
     */
    public static Catalog of(Collection<? extends Provider<?, ?, ?>> providers) {
        Map<Class<?>, Map<String, Provider<?, ?, ?>>> byKind = new LinkedHashMap<>();
        KINDS.forEach(kind -> byKind.put(kind.provider(), new TreeMap<>()));
        for (Provider<?, ?, ?> provider : providers) {
            add(byKind, provider);
        }
        return new Catalog(byKind, (label, name) -> "");
    }

    private static void add(Map<Class<?>, Map<String, Provider<?, ?, ?>>> byKind, Provider<?, ?, ?> provider) {
        String name = provider.name();
        if (name == null || name.length() > 64 || !Provider.NAME.matcher(name).matches()) {
            throw new InputException("plugin " + Origin.of(provider) + " has the name '" + name
                    + "'; expected lower-case words joined by hyphens");
        }
        boolean known = false;
        for (Map.Entry<Class<?>, Map<String, Provider<?, ?, ?>>> kind : byKind.entrySet()) {
            if (kind.getKey().isInstance(provider)) {
                Provider<?, ?, ?> other = kind.getValue().putIfAbsent(name, provider);
                if (other != null) {
                    throw new InputException("two plugins have the name '" + name + "': " + Origin.of(other) + " and "
                            + Origin.of(provider) + "; remove one of them");
                }
                known = true;
            }
        }
        if (!known) {
            throw new InputException("plugin " + Origin.of(provider) + " is of no kind that this version knows");
        }
    }

    /**
     * Finds the providers of the module layer that holds this class (or of the class path, if it is there), and of
     * further layers.
     *
     * @param layers layers of plugins, each a child of this class's layer
     * @return the catalog
     * @throws InputException if a plugin cannot be loaded, or two of a kind have one name
     */
    public static Catalog discover(List<ModuleLayer> layers) {
        Map<Class<?>, Provider<?, ?, ?>> found = new LinkedHashMap<>();
        ModuleLayer own = Catalog.class.getModule().getLayer();
        for (Kind<?, ?> kind : KINDS) {
            collect(
                    own == null ? ServiceLoader.load(kind.provider()) : ServiceLoader.load(own, kind.provider()),
                    found);
            for (ModuleLayer layer : layers) {
                collect(ServiceLoader.load(layer, kind.provider()), found);
            }
        }
        return of(new ArrayList<>(found.values()));
    }

    /** A layer's loader repeats the providers of its parents: each class is kept once. */
    private static void collect(ServiceLoader<?> loader, Map<Class<?>, Provider<?, ?, ?>> found) {
        try {
            loader.stream().forEach(p -> found.computeIfAbsent(p.type(), t -> (Provider<?, ?, ?>) p.get()));
        } catch (ServiceConfigurationError | LinkageError e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new InputException("a plugin cannot be loaded: " + e.getMessage() + " (" + cause + ")", e);
        }
    }

    @Override
    public Provider<?, ?, ?> find(Class<?> kind, String name) {
        Map<String, Provider<?, ?, ?>> named = byKind.get(kind);
        if (named == null) {
            throw new IllegalArgumentException(kind + " is not a kind of extension");
        }
        Provider<?, ?, ?> provider = named.get(name);
        if (provider == null) {
            String label = kind(kind).label();
            if (named.isEmpty()) {
                throw new InputException(
                        "unknown " + label + " '" + name + "': there is none at all on the class path or the"
                                + " module path; the artifact eigendrift-runtime brings those of Eigendrift");
            }
            String where = searched.apply(label, name);
            throw new InputException("unknown " + label + " '" + name + "'" + Nearest.hint(name, named.keySet())
                    + (where.isEmpty() ? "" : "; " + where));
        }
        return provider;
    }

    /**
     * Creates an extension by name: what a block {@code {type: NAME, ...}} of a configuration does.
     *
     * @param <C> context from which the extension is created
     * @param <T> what is created
     * @param kind for example {@code SamplerProvider.KIND}
     * @param name for example {@code pf-ode}
     * @param options keys and values as in a configuration, for example {@code Map.of("steps", 50)}; not modified
     * @param context what this kind of extension is created from
     * @return a new instance
     * @throws InputException if there is none of that name, or an option is wrong; a line for each mistake
     */
    public <C, T> T create(Kind<C, T> kind, String name, Map<String, ?> options, C context) {
        Map<String, Object> block = new LinkedHashMap<>();
        block.put("type", name);
        block.putAll(options);
        List<Problem> problems = new ArrayList<>();
        return Choices.bind(kind, block, "type", kind.label(), Path.of(""), this, problems::add)
                .orElseThrow(() -> new InputException(
                        problems.stream().map(Problem::toString).collect(Collectors.joining("\n"))))
                .create(context);
    }

    private static Kind<?, ?> kind(Class<?> provider) {
        return KINDS.stream().filter(k -> k.provider() == provider).findFirst().orElseThrow();
    }

    /**
     * What plugins offer each other: the column types.
     *
     * @return all of them, each with its options' defaults
     */
    public Services services() {
        Map<String, Object> types = new TreeMap<>();
        byKind.get(ColumnTypeProvider.KIND.provider())
                .forEach((name, provider) -> types.put(name, defaults((ColumnTypeProvider<?>) provider)));
        Map<String, Object> named = Collections.unmodifiableMap(types);
        return new Services() {
            @Override
            @SuppressWarnings("unchecked")
            public <T> Map<String, T> all(Class<T> type) {
                // What a provider of column types creates is a column type.
                return type == ColumnType.class ? (Map<String, T>) named : Map.of();
            }
        };
    }

    private static <O extends Record> Object defaults(ColumnTypeProvider<O> provider) {
        return provider.create(provider.options().defaults(), RunContext.quiet(0));
    }

    @Override
    public List<Provider<?, ?, ?>> all(Kind<?, ?> kind) {
        return List.copyOf(byKind.get(kind.provider()).values());
    }

    /**
     * The kind of a label.
     *
     * @param label {@code solver}
     * @return the kind
     * @throws InputException if there is none of that label
     */
    public static Kind<?, ?> kind(String label) {
        List<String> labels = KINDS.stream().map(k -> k.label()).toList();
        return KINDS.stream()
                .filter(k -> k.label().equals(label))
                .findFirst()
                .orElseThrow(() ->
                        new InputException("unknown kind of plugin '" + label + "'" + Nearest.hint(label, labels)));
    }
}
