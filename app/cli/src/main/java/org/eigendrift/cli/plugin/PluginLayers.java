package org.eigendrift.cli.plugin;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.module.FindException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.lang.module.ResolutionException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eigendrift.api.InputException;
import org.eigendrift.api.basis.BasisFamily;
import org.eigendrift.api.catalog.Catalog;
import org.eigendrift.api.linear.SolverProvider;
import org.eigendrift.api.plugin.Kind;
import org.eigendrift.api.plugin.OptionSpec;
import org.eigendrift.api.plugin.Origin;
import org.eigendrift.api.plugin.PluginException;
import org.eigendrift.api.plugin.Provider;
import org.eigendrift.engine.settings.SolveOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads plugin directories. Each jar, and each folder of jars, becomes one child of the layer that holds this class,
 * so that plugins cannot disturb each other: two may bring different versions of one library, or classes of one name.
 *
 * <p>The api and SLF4J are taken from the host, never from the plugin: a plugin that brings its own copy of the api
 * would otherwise implement other interfaces than ours and silently not appear. The host's libraries are not seen: a plugin brings
 * its own, in any version. Layers are never unloaded, and plugins do not see each other.
 */
public final class PluginLayers {
    private static final Logger LOG = LoggerFactory.getLogger(PluginLayers.class);

    private static final String API = "org.eigendrift.api";

    /** Layers are never unloaded, so what was loaded into this process stays true: messages look it up by module. */
    private static final Map<String, ModuleLayer> LOADED = new ConcurrentHashMap<>();

    private PluginLayers() {}

    /**
     * Finds all providers: the program's own and those of plugin directories.
     *
     * @param directories directories, each holding jars and folders of jars; loaded in this order, and by name
     * @return the catalog
     * @throws InputException if a directory does not exist, a plugin cannot be loaded, or two plugins have one name;
     *     one line that names the jar, or both classes
     */
    public static Catalog catalog(List<Path> directories) {
        Map<Path, ModuleLayer> layers = load(directories);
        layers.forEach((plugin, layer) -> {
            if (!provides(plugin, layer)) {
                LOG.warn("{}; it is not used", nothing(plugin));
            }
        });
        String searched = directories.isEmpty()
                ? "only the program itself was searched; --plugins DIR adds plugins of others"
                : "searched were the program itself and "
                        + String.join(
                                ", ", directories.stream().map(Path::toString).toList());
        return Catalog.discover(List.copyOf(layers.values()))
                .lookedUpIn((kind, name) -> Extras.ofDistribution()
                        .flatMap(extras -> extras.serving(kind, name))
                        .orElse(searched));
    }

    /**
     * Finds the program's own providers and those of one plugin.
     *
     * @param plugin a jar, or a folder of jars
     * @return the catalog
     * @throws InputException if there is no such file, it cannot be loaded, or it provides nothing
     */
    public static Catalog ofOne(Path plugin) {
        if (!Files.isDirectory(plugin) && !isJar(plugin)) {
            throw new InputException(plugin + ": there is no such jar or folder");
        }
        ModuleLayer layer = layer(plugin);
        if (!provides(plugin, layer)) {
            throw new InputException(nothing(plugin));
        }
        return Catalog.discover(List.of(layer));
    }

    /** The catalog knows classes, not jars: a plugin that fails by itself is named here. */
    private static boolean provides(Path plugin, ModuleLayer layer) {
        try {
            long providers = 0;
            Catalog alone = Catalog.discover(List.of(layer));
            for (Kind<?, ?> kind : Catalog.KINDS) {
                for (Provider<?, ?, ?> provider : alone.all(kind)) {
                    if (provider.getClass().getModule().getLayer() == layer) {
                        checkOptions(kind, provider);
                        providers++;
                    }
                }
            }
            return providers > 0;
        } catch (InputException e) {
            throw new InputException(
                    "plugin " + plugin + " cannot be loaded: " + reason(e.getCause() == null ? e : e.getCause()), e);
        } catch (RuntimeException | LinkageError e) {
            throw new InputException(
                    "plugin " + plugin + " cannot be loaded: "
                            + Blame.of(e).orElseGet(() -> PluginException.meaning(e)),
                    e);
        }
    }

    private static String nothing(Path plugin) {
        return "plugin " + plugin
                + " provides nothing: no module in it says 'provides org.eigendrift.api. ... with ...', and no"
                + " jar without a module descriptor has META-INF/services";
    }

    /** What would fail, or be swallowed, only where it is used. */
    private static void checkOptions(Kind<?, ?> kind, Provider<?, ?, ?> provider) {
        String who = kind.label() + " '" + provider.name() + "' (" + Origin.of(provider) + ")";
        if (provider.summary() == null || provider.options() == null) {
            throw new InputException(
                    who + " returns null for its " + (provider.summary() == null ? "summary" : "options"));
        }
        List<String> reserved = reserved(kind);
        for (OptionSpec option : provider.options().options()) {
            if (reserved.contains(option.key())) {
                throw new InputException(
                        who + " has an option '" + option.key() + "', which means something else in a block of a "
                                + kind.label() + "; reserved there are " + String.join(", ", reserved));
            }
        }
    }

    /** Keys of a configuration's block that are not the plugin's. */
    private static List<String> reserved(Kind<?, ?> kind) {
        if (kind.equals(BasisFamily.KIND)) {
            return List.of("family", "type", "degree", "columns", "clusters");
        }
        List<String> keys = new ArrayList<>(List.of("type"));
        if (kind.equals(SolverProvider.KIND)) {
            keys.addAll(SolveOptions.KEYS);
        }
        return keys;
    }

    private static Map<Path, ModuleLayer> load(List<Path> directories) {
        Map<Path, ModuleLayer> layers = new LinkedHashMap<>();
        for (Path directory : directories) {
            if (!Files.isDirectory(directory)) {
                throw new InputException("--plugins " + directory + ": there is no such directory");
            }
            PluginLock.check(directory);
            for (Path plugin : plugins(directory)) {
                layers.put(plugin, layer(plugin));
            }
        }
        return layers;
    }

    private static List<Path> plugins(Path directory) {
        try (Stream<Path> entries = Files.list(directory)) {
            List<Path> plugins = new ArrayList<>();
            for (Path entry : entries.sorted().toList()) {
                boolean folder = Files.isDirectory(entry) && !jars(entry).isEmpty();
                if (folder || isJar(entry)) {
                    plugins.add(entry);
                }
            }
            return plugins;
        } catch (IOException | UncheckedIOException e) {
            throw new InputException("plugin directory " + directory + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static List<Path> jars(Path folder) {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(PluginLayers::isJar).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isJar(Path file) {
        return file.getFileName().toString().endsWith(".jar") && Files.isRegularFile(file);
    }

    private static ModuleLayer layer(Path plugin) {
        ModuleLayer host = host();
        (Files.isDirectory(plugin) ? jars(plugin) : List.of(plugin)).forEach(PluginJar::check);
        try {
            ModuleFinder finder = ModuleFinder.of(plugin);
            warn(plugin, finder, host);
            Isolation own = new Isolation(finder, host);
            Set<String> roots = roots(own, host);
            ModuleLayer layer = own.layer(roots, PluginLayers.class.getClassLoader());
            layer.modules().forEach(module -> LOADED.put(module.getName(), layer));
            LOG.info("plugin {}: modules {}", plugin, new TreeSet<>(roots));
            return layer;
        } catch (FindException | ResolutionException | LayerInstantiationException e) {
            throw new InputException("plugin " + plugin + " cannot be loaded: " + reason(e), e);
        } catch (IllegalArgumentException | SecurityException e) {
            throw new InputException("plugin " + plugin + " cannot be loaded: " + reason(e), e);
        }
    }

    private static ModuleLayer host() {
        ModuleLayer own = PluginLayers.class.getModule().getLayer();
        return own == null ? ModuleLayer.boot() : own;
    }

    /** Warns about copies of what the host has, and about jars without descriptor. */
    private static void warn(Path plugin, ModuleFinder finder, ModuleLayer host) {
        // Libraries beside a plugin that has a descriptor are often without one; a plugin without is worth a word.
        boolean described =
                finder.findAll().stream().anyMatch(m -> !m.descriptor().isAutomatic());
        for (ModuleReference module : finder.findAll()) {
            String name = module.descriptor().name();
            if (Isolation.ofHost(name, host)) {
                LOG.warn(
                        "plugin {} brings its own copy of module {}, which is ignored: the host's is used",
                        plugin,
                        name);
            } else if (module.descriptor().isAutomatic() && !described) {
                LOG.warn(
                        "plugin {}: {} has no module descriptor and is loaded as automatic module {}",
                        plugin,
                        module.location()
                                .map(l -> Path.of(l).getFileName().toString())
                                .orElse("a jar"),
                        name);
            }
        }
    }

    /** The plugin's own modules, which may require what is theirs or shared. */
    private static Set<String> roots(Isolation own, ModuleLayer host) {
        Set<String> roots = new TreeSet<>(own.names());
        if (roots.isEmpty()) {
            throw new FindException("it holds no module that the host does not have");
        }
        for (ModuleReference module : own.findAll()) {
            refuseOtherSeries(module.descriptor(), host);
            for (ModuleDescriptor.Requires requires : module.descriptor().requires()) {
                boolean optional = requires.modifiers().contains(ModuleDescriptor.Requires.Modifier.STATIC);
                boolean internal = host.findModule(requires.name()).isPresent()
                        && !Isolation.ofHost(requires.name(), host)
                        && own.find(requires.name()).isEmpty();
                if (internal && !optional) {
                    throw new FindException("module " + module.descriptor().name() + " requires " + requires.name()
                            + ", which is the program's own: a plugin sees the api, SLF4J and the Java platform, and"
                            + " brings its libraries in its folder");
                }
            }
        }
        return roots;
    }

    /** The compiler recorded against which version of the api a module was built. */
    private static void refuseOtherSeries(ModuleDescriptor descriptor, ModuleLayer host) {
        Optional<String> ours =
                host.findModule(API).flatMap(api -> api.getDescriptor().rawVersion());
        Optional<String> theirs = descriptor.requires().stream()
                .filter(requires -> requires.name().equals(API))
                .flatMap(requires -> requires.rawCompiledVersion().stream())
                .findFirst();
        if (ours.isPresent() && theirs.isPresent() && !series(ours.get()).equals(series(theirs.get()))) {
            throw new FindException("module " + descriptor.name() + " was built for " + API + " " + theirs.get()
                    + ", but this is " + ours.get());
        }
    }

    /** Versions of one series are compatible: the first number, before 1.0 the first two. */
    private static String series(String version) {
        String[] numbers = version.split("[.\\-+]");
        return numbers[0].equals("0") && numbers.length > 1 ? "0." + numbers[1] : numbers[0];
    }

    /**
     * What there is beside the program's own plugins, for {@code run.yaml}.
     *
     * @param catalog the plugins
     * @return by module its version, its jar, and the jar's SHA-256
     */
    public static Map<String, String> versions(Catalog catalog) {
        Map<String, String> versions = new TreeMap<>();
        for (Kind<?, ?> kind : Catalog.KINDS) {
            for (Provider<?, ?, ?> provider : catalog.all(kind)) {
                Module module = provider.getClass().getModule();
                ModuleLayer layer = LOADED.get(module.getName() == null ? "" : module.getName());
                if (layer != null && module.getLayer() != host()) {
                    versions.computeIfAbsent(module.getName(), name -> version(module));
                }
            }
        }
        return versions;
    }

    private static String version(Module module) {
        String version =
                module.getDescriptor().rawVersion().map(v -> v + " of ").orElse("");
        return module.getLayer()
                .configuration()
                .findModule(module.getName())
                .flatMap(found -> found.reference().location())
                .map(Path::of)
                .map(jar -> version + jar.getFileName() + ", SHA-256 " + PluginJar.sha256(jar))
                .orElse(version + "no jar");
    }

    /**
     * Where a class of a plugin comes from.
     *
     * @param module its module's name, or null
     * @param type its name
     * @return class, module and jar; empty if no plugin has that module
     */
    static Optional<String> origin(String module, String type) {
        return Optional.ofNullable(module).map(LOADED::get).map(layer -> {
            String jar = layer.configuration()
                    .findModule(module)
                    .flatMap(found -> found.reference().location())
                    .map(location -> " (" + Path.of(location).getFileName() + ")")
                    .orElse("");
            return type + " in module " + module + jar;
        });
    }

    /**
     * The plugin whose class a message of the virtual machine names.
     *
     * @param message for example of an AbstractMethodError
     * @return class, module and jar; empty if it names none
     */
    static Optional<String> namedIn(String message) {
        for (Map.Entry<String, ModuleLayer> loaded : LOADED.entrySet()) {
            Set<String> packages = loaded.getValue()
                    .findModule(loaded.getKey())
                    .map(Module::getPackages)
                    .orElse(Set.of());
            for (String word : message.split("[^\\w.$/]+")) {
                String type = word.replace('/', '.');
                int dot = type.lastIndexOf('.');
                if (dot > 0 && packages.contains(type.substring(0, dot))) {
                    return origin(loaded.getKey(), type);
                }
            }
        }
        return Optional.empty();
    }

    private static String oneLine(String text) {
        return text.replaceAll("\\s*\\R\\s*", " ");
    }

    private static String reason(Throwable e) {
        List<String> messages = new ArrayList<>();
        for (Throwable at = e; at != null; at = at.getCause()) {
            String message = at.getMessage() == null ? at.getClass().getSimpleName() : at.getMessage();
            if (messages.stream().noneMatch(m -> m.contains(message))) {
                messages.add(message);
            }
        }
        return messages.stream().map(PluginLayers::oneLine).collect(Collectors.joining(": "));
    }
}
