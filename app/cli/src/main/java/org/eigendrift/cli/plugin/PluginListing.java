package org.eigendrift.cli.plugin;

import java.io.PrintStream;
import java.util.List;
import org.eigendrift.api.catalog.Catalog;
import org.eigendrift.api.plugin.Kind;
import org.eigendrift.api.plugin.Option;
import org.eigendrift.api.plugin.OptionSpec;
import org.eigendrift.api.plugin.Origin;
import org.eigendrift.api.plugin.Provider;

/** Writes what plugins there are, and what options each takes. */
public final class PluginListing {
    private static final int TEXT_WIDTH = 96;

    private final Catalog catalog;
    private final PrintStream out;

    /**
     * Creates a listing.
     *
     * @param catalog the plugins
     * @param out receives the text
     */
    public PluginListing(Catalog catalog, PrintStream out) {
        this.catalog = catalog;
        this.out = out;
    }

    /** Writes every kind with its plugins. */
    public void all() {
        for (Kind<?, ?> kind : Catalog.KINDS) {
            of(kind);
        }
    }

    /**
     * Writes the plugins of one kind.
     *
     * @param kind the kind
     */
    public void of(Kind<?, ?> kind) {
        List<Provider<?, ?, ?>> providers = catalog.all(kind);
        int width = providers.stream().mapToInt(p -> p.name().length()).max().orElse(0);
        out.println(kind.label());
        for (Provider<?, ?, ?> provider : providers) {
            out.println("  " + pad(provider.name(), width) + "  " + provider.summary() + source(provider));
        }
        if (providers.isEmpty()) {
            out.println("  (none)");
        }
    }

    /** Jar, module and version of what is not the program's own. */
    private static String source(Provider<?, ?, ?> provider) {
        Module module = provider.getClass().getModule();
        if (!Origin.isForeign(provider)) {
            return "";
        }
        String version = module.getDescriptor().rawVersion().map(v -> " " + v).orElse(" without a version");
        return " [" + Origin.jar(provider.getClass()).orElse("no jar") + ", module " + module.getName() + version + "]";
    }

    /**
     * Writes one plugin with its options.
     *
     * @param kind its kind
     * @param name its name
     * @throws org.eigendrift.api.InputException if there is none of that name
     */
    public void show(Kind<?, ?> kind, String name) {
        Provider<?, ?, ?> provider = catalog.find(kind.provider(), name);
        out.println(kind.label() + " " + provider.name() + ": " + provider.summary());
        out.println("from " + Origin.of(provider));
        List<OptionSpec> options = provider.options().options();
        out.println(options.isEmpty() ? "no options" : "options:");
        for (OptionSpec option : options) {
            Option declaration = option.declaration();
            String preset = option.required() ? "required" : "default " + option.standard();
            out.println("  " + option.key() + ": " + option.expected() + " (" + preset + ")" + choices(option));
            wrap(declaration.doc());
        }
    }

    /** Names the plugins an option chooses among. */
    private String choices(OptionSpec option) {
        Class<?> chosen = option.declaration().kind();
        for (Kind<?, ?> kind : Catalog.KINDS) {
            if (kind.provider() == chosen) {
                return ", see 'eigendrift plugins list " + kind.label() + "'";
            }
        }
        return "";
    }

    private void wrap(String text) {
        StringBuilder line = new StringBuilder("     ");
        for (String word : text.split("\\s+")) {
            if (line.length() + 1 + word.length() > TEXT_WIDTH
                    && !line.toString().isBlank()) {
                out.println(line);
                line = new StringBuilder("     ");
            }
            line.append(' ').append(word);
        }
        out.println(line);
    }

    private static String pad(String text, int width) {
        return text + " ".repeat(Math.max(0, width - text.length()));
    }
}
