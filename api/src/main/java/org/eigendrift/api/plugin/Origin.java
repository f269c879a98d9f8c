package org.eigendrift.api.plugin;

import java.net.URI;
import java.security.CodeSource;
import java.util.Optional;

/** Where a class comes from, in words for messages: the class, its module, and the jar that holds it. */
public final class Origin {
    private Origin() {}

    /**
     * Where a plugin comes from.
     *
     * @param plugin a provider, or what one created
     * @return {@code com.example.Mine in module com.example (mine-1.0.jar)}
     */
    public static String of(Object plugin) {
        Class<?> type = plugin.getClass();
        Module module = type.getModule();
        return type.getName()
                + (module.isNamed() ? " in module " + module.getName() : " on the class path")
                + jar(type).map(jar -> " (" + jar + ")").orElse("");
    }

    /**
     * Whether a plugin is another's, loaded beside the program.
     *
     * @param plugin a provider, or what one created
     * @return false for what comes with the program, and for all that shares the api's layer
     */
    public static boolean isForeign(Object plugin) {
        ModuleLayer layer = plugin.getClass().getModule().getLayer();
        return layer != null && layer != Origin.class.getModule().getLayer();
    }

    /**
     * The jar that holds a class.
     *
     * @param type a class
     * @return the jar's name without its directory; empty for classes in no jar
     */
    public static Optional<String> jar(Class<?> type) {
        return location(type)
                .map(URI::getPath)
                .filter(path -> path.endsWith(".jar"))
                .map(path -> path.substring(path.lastIndexOf('/') + 1));
    }

    private static Optional<URI> location(Class<?> type) {
        Module module = type.getModule();
        if (module.getLayer() != null) {
            return module.getLayer()
                    .configuration()
                    .findModule(module.getName())
                    .flatMap(found -> found.reference().location());
        }
        CodeSource source = type.getProtectionDomain().getCodeSource();
        return Optional.ofNullable(source)
                .map(found -> URI.create(found.getLocation().toString()));
    }
}
