package org.eigendrift.cli.plugin;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.eigendrift.api.plugin.Provider;

/** Compiles a third party's plugin and packs it into a jar, as the third party's own build would. */
public final class PluginSource {
    private final Map<String, String> sources = new LinkedHashMap<>();
    private final List<String> options = new ArrayList<>(List.of("-proc:none"));

    /** A plugin without sources. */
    public PluginSource() {}

    /** Adds a class or a module descriptor. */
    public PluginSource with(String file, String source) {
        sources.put(file, source);
        return this;
    }

    /** Changes a passage wherever it stands. */
    public PluginSource replacing(String passage, String changed) {
        if (sources.values().stream().noneMatch(text -> text.contains(passage))) {
            throw new IllegalArgumentException("there is no '" + passage + "'");
        }
        sources.replaceAll((file, text) -> text.replace(passage, changed));
        return this;
    }

    /** Adds options of the compiler. */
    public PluginSource option(String... more) {
        options.addAll(List.of(more));
        return this;
    }

    /** A module with a metric, whose constructor and name are given. */
    public static PluginSource metric(String module, String type, String name, String constructor) {
        return new PluginSource()
                .with("module-info.java", """
                        module %1$s {
                            requires org.eigendrift.api;
                            provides org.eigendrift.api.metric.MetricProvider with %1$s.%2$s;
                        }
                        """.formatted(module, type))
                .with(module.replace('.', '/') + "/" + type + ".java", """
                        package %1$s;
                        import java.lang.invoke.MethodHandles;
                        import java.util.List;
                        import org.eigendrift.api.RunContext;
                        import org.eigendrift.api.metric.*;
                        import org.eigendrift.api.plugin.*;
                        public final class %2$s implements MetricProvider<%2$s.Options> {
                            public record Options(@Option(doc = "How much.", value = "0.5", min = 0, max = 1) double share) {}
                            private static final OptionSchema<Options> SCHEMA =
                                    OptionSchema.of(MethodHandles.lookup(), Options.class);
                            public %2$s() { %4$s }
                            public String name() { return "%3$s"; }
                            public String summary() { return "a third party's metric"; }
                            public OptionSchema<Options> options() { return SCHEMA; }
                            public Metric create(Options options, RunContext run) { return evaluation -> List.of(); }
                        }
                        """.formatted(module, type, name, constructor));
    }

    /**
     * A module with one provider, without options, of the name {@code wrong}: the kind's interface and the class's other members are
     * given. All packages of the api that members may need are imported.
     */
    public static PluginSource of(String kind, String members) {
        return new PluginSource()
                .with("module-info.java", """
                        module org.example.wrong {
                            requires org.eigendrift.api;
                            provides %s with org.example.wrong.Wrong;
                        }
                        """.formatted(kind))
                .with("org/example/wrong/Wrong.java", """
                        package org.example.wrong;
                        import java.lang.invoke.MethodHandles;
                        import java.util.*;
                        import org.eigendrift.api.*;
                        import org.eigendrift.api.data.*;
                        import org.eigendrift.api.frame.*;
                        import org.eigendrift.api.guidance.*;
                        import org.eigendrift.api.law.*;
                        import org.eigendrift.api.linear.*;
                        import org.eigendrift.api.metric.*;
                        import org.eigendrift.api.output.*;
                        import org.eigendrift.api.pass.*;
                        import org.eigendrift.api.plugin.*;
                        import org.eigendrift.api.sampler.*;
                        import org.eigendrift.api.score.*;
                        import org.eigendrift.api.target.*;
                        public final class Wrong implements %s<Wrong.Options> {
                            public record Options() {}
                            private static final OptionSchema<Options> SCHEMA =
                                    OptionSchema.of(MethodHandles.lookup(), Options.class);
                            public String name() { return "wrong"; }
                            public String summary() { return "with a fault"; }
                            public OptionSchema<Options> options() { return SCHEMA; }
                            %s
                        }
                        """.formatted(kind, members));
    }

    /** The sample plugin of this project, with one passage of one of its classes changed. */
    public static PluginSource sample(String type, String passage, String changed) throws IOException {
        PluginSource source = new PluginSource();
        Path root = Path.of("../../it-tests/sample-plugin/src/main/java");
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
                String text = Files.readString(file);
                if (file.endsWith(type + ".java")) {
                    if (!text.contains(passage)) {
                        throw new IllegalArgumentException(type + " has no '" + passage + "'");
                    }
                    text = text.replace(passage, changed);
                }
                source.with(root.relativize(file).toString().replace('\\', '/'), text);
            }
        }
        return source;
    }

    /** Compiles and packs. */
    public Path jar(Path file, Path... modulePath) throws IOException {
        Path classes = Files.createTempDirectory("plugin-classes");
        try {
            compile(classes, modulePath);
            Files.createDirectories(file.getParent());
            pack(classes, file);
        } finally {
            delete(classes);
        }
        return file;
    }

    private static void pack(Path classes, Path file) throws IOException {
        try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(file));
                Stream<Path> found = Files.walk(classes)) {
            for (Path entry : found.filter(Files::isRegularFile).sorted().toList()) {
                jar.putNextEntry(
                        new JarEntry(classes.relativize(entry).toString().replace('\\', '/')));
                Files.copy(entry, jar);
                jar.closeEntry();
            }
        }
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> found = Files.walk(directory)) {
            for (Path entry : found.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(entry);
            }
        }
    }

    private void compile(Path classes, Path... modulePath) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        List<Path> path = new ArrayList<>(List.of(modulePath));
        path.add(location(Provider.class));
        StringWriter messages = new StringWriter();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            List<String> arguments = new ArrayList<>(options);
            arguments.addAll(List.of("-d", classes.toString(), "-p"));
            arguments.add(String.join(
                    System.getProperty("path.separator"),
                    path.stream().map(Path::toString).toList()));
            List<Source> units = sources.entrySet().stream()
                    .map(e -> new Source(e.getKey(), e.getValue()))
                    .toList();
            if (!compiler.getTask(messages, files, null, arguments, null, units).call()) {
                throw new IllegalStateException(messages.toString());
            }
        }
    }

    /** Where a class was loaded from. */
    static Path location(Class<?> type) {
        URI uri = type.getModule()
                .getLayer()
                .configuration()
                .findModule(type.getModule().getName())
                .orElseThrow()
                .reference()
                .location()
                .orElseThrow();
        return Path.of(uri);
    }

    private static final class Source extends SimpleJavaFileObject {
        private final String text;

        Source(String file, String text) {
            super(URI.create("string:///" + file), JavaFileObject.Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }
}
