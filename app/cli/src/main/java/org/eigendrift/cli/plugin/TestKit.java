package org.eigendrift.cli.plugin;

import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToIntBiFunction;
import org.eigendrift.api.plugin.Chosen;

/**
 * The test kit with its runner, which the distribution brings in {@code testkit/}. It is loaded by a loader of its own: no other
 * command has JUnit among its classes.
 */
final class TestKit {
    private static final String INSPECTION = "org.eigendrift.contract.Inspection";

    private TestKit() {}

    /**
     * The kit of the distribution that runs.
     *
     * @return runs the rules of a kind and adds those that are broken; empty if the program does not run from a distribution
     */
    static Optional<ToIntBiFunction<Chosen<?, ?>, List<String>>> ofDistribution() {
        return Optional.ofNullable(System.getProperty("eigendrift.home"))
                .map(home -> Path.of(home, "testkit"))
                .filter(Files::isDirectory)
                .map(TestKit::load);
    }

    @SuppressWarnings("unchecked") // what the kit's class says of itself
    private static ToIntBiFunction<Chosen<?, ?>, List<String>> load(Path directory) {
        // Open as long as the program runs: rules load classes when they are run.
        ClassLoader loader = new URLClassLoader(jars(directory), TestKit.class.getClassLoader());
        try {
            return (ToIntBiFunction<Chosen<?, ?>, List<String>>)
                    loader.loadClass(INSPECTION).getConstructor().newInstance();
        } catch (ReflectiveOperationException | LinkageError e) {
            throw new IllegalStateException("the test kit in " + directory + " cannot be loaded", e);
        }
    }

    private static URL[] jars(Path directory) {
        List<URL> jars = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*.jar")) {
            for (Path file : files) {
                jars.add(file.toUri().toURL());
            }
        } catch (MalformedURLException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new IllegalStateException(directory + " cannot be read", e);
        }
        return jars.toArray(URL[]::new);
    }
}
