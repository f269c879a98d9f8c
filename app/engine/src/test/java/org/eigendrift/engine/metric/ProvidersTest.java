package org.eigendrift.engine.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.eigendrift.api.metric.MetricProvider;
import org.junit.jupiter.api.Test;

/** Module descriptor and service file name the same providers, each with a name of its own. */
class ProvidersTest {

    private static List<String> serviceFile() throws IOException {
        String file = "/META-INF/services/" + MetricProvider.class.getName();
        try (InputStream in = LogLikelihood.class.getResourceAsStream(file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        }
    }

    @Test
    void descriptorAndServiceFileAgree() throws IOException, URISyntaxException {
        // Also where tests run on the class path.
        Path classes = Path.of(LogLikelihood.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        ModuleDescriptor descriptor =
                ModuleFinder.of(classes).findAll().iterator().next().descriptor();
        List<String> provided = descriptor.provides().stream()
                .filter(p -> p.service().equals(MetricProvider.class.getName()))
                .flatMap(p -> p.providers().stream())
                .toList();
        assertEquals(new HashSet<>(serviceFile()), new HashSet<>(provided));
    }

    @Test
    void namesAreUnique() throws ReflectiveOperationException, IOException {
        Set<String> names = new HashSet<>();
        for (String provider : serviceFile()) {
            MetricProvider<?> metric =
                    (MetricProvider<?>) Class.forName(provider).getConstructor().newInstance();
            assertTrue(names.add(metric.name()), metric.name());
        }
        assertTrue(names.containsAll(
                Set.of("log-likelihood", "evidence-bound", "sliced-wasserstein", "mmd", "second-moment", "energy")));
    }
}
