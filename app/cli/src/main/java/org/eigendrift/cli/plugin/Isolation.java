package org.eigendrift.cli.plugin;

import java.io.IOException;
import java.lang.module.Configuration;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReader;
import java.lang.module.ModuleReference;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The modules of one plugin, so that the host's libraries do not meet them. A library with a descriptor reads what it requires and
 * nothing else. One without is an automatic module, and would read every module of the host: the host's copy of a library
 * that the plugin brings in another version would then be the same package from two modules. Such a plugin's automatic
 * modules get descriptors here: they read the plugin's modules, the Java platform and what is shared, and export all they have.
 */
final class Isolation implements ModuleFinder {
    /** What plugins and host share: a plugin's own copy would be another api, and would log elsewhere. */
    static final Set<String> SHARED = Set.of("org.eigendrift.api", "org.slf4j");

    private final ModuleLayer host;
    private final Map<String, ModuleReference> modules = new HashMap<>();

    /**
     * Prepares the modules of a plugin.
     *
     * @param found all modules of its jars
     * @param host the program's layer
     */
    Isolation(ModuleFinder found, ModuleLayer host) {
        this.host = host;
        Set<ModuleReference> own = found.findAll().stream()
                .filter(module -> !ofHost(module.descriptor().name(), host))
                .collect(Collectors.toSet());
        boolean conflict = own.stream().anyMatch(module -> clashes(module.descriptor(), host));
        Set<String> services = own.stream()
                .flatMap(module -> module.descriptor().provides().stream())
                .map(ModuleDescriptor.Provides::service)
                .collect(Collectors.toSet());
        for (ModuleReference module : own) {
            ModuleDescriptor descriptor = module.descriptor();
            modules.put(
                    descriptor.name(),
                    conflict && descriptor.isAutomatic()
                            ? new Described(module, described(descriptor, services, host))
                            : module);
        }
    }

    /** Whether a module is the host's even if the plugin brings one of that name. */
    static boolean ofHost(String name, ModuleLayer host) {
        return (SHARED.contains(name) || name.startsWith("org.eigendrift.") || platform(name))
                && host.findModule(name).isPresent();
    }

    private static boolean platform(String name) {
        return name.startsWith("java.") || name.startsWith("jdk.");
    }

    private static boolean clashes(ModuleDescriptor descriptor, ModuleLayer host) {
        return host.modules().stream()
                .anyMatch(module -> module.getName().equals(descriptor.name())
                        || module.getPackages().stream().anyMatch(descriptor.packages()::contains));
    }

    private static ModuleDescriptor described(ModuleDescriptor automatic, Set<String> services, ModuleLayer host) {
        ModuleDescriptor.Builder builder = ModuleDescriptor.newModule(automatic.name());
        automatic.rawVersion().ifPresent(builder::version);
        builder.packages(automatic.packages());
        automatic.packages().forEach(builder::exports);
        automatic.packages().forEach(builder::opens);
        automatic.provides().forEach(builder::provides);
        services.forEach(builder::uses);
        host.modules().stream()
                .map(Module::getName)
                .filter(name -> platform(name) || SHARED.contains(name))
                .forEach(builder::requires);
        return builder.build();
    }

    /**
     * Makes the layer.
     *
     * @param roots modules of the plugin that are needed
     * @param loader the parent of the layer's loader
     * @return the layer, in which modules without a descriptor of their own read all others of the plugin
     */
    ModuleLayer layer(Set<String> roots, ClassLoader loader) {
        Configuration resolved = host.configuration().resolve(this, ModuleFinder.of(), roots);
        ModuleLayer.Controller controller = ModuleLayer.defineModulesWithOneLoader(resolved, List.of(host), loader);
        ModuleLayer layer = controller.layer();
        for (Module reader : layer.modules()) {
            // Requirements in a descriptor must not go in circles; libraries that were made for the class path may.
            if (modules.get(reader.getName()) instanceof Described) {
                layer.modules().forEach(other -> controller.addReads(reader, other));
            }
        }
        return layer;
    }

    /** The names of the plugin's own modules. */
    Set<String> names() {
        return new HashSet<>(modules.keySet());
    }

    @Override
    public Optional<ModuleReference> find(String name) {
        return Optional.ofNullable(modules.get(name));
    }

    @Override
    public Set<ModuleReference> findAll() {
        return Set.copyOf(modules.values());
    }

    /** A module's content under another descriptor. */
    private static final class Described extends ModuleReference {
        private final ModuleReference content;

        Described(ModuleReference content, ModuleDescriptor descriptor) {
            super(descriptor, content.location().orElse(null));
            this.content = content;
        }

        @Override
        public ModuleReader open() throws IOException {
            return content.open();
        }
    }
}
