package org.eigendrift.targets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.module.ModuleDescriptor;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.eigendrift.api.catalog.Catalog;
import org.eigendrift.api.output.WriterProvider;
import org.eigendrift.api.plugin.Provider;
import org.eigendrift.api.target.TargetProvider;
import org.junit.jupiter.api.Test;

class ProvidersTest {

    @Test
    void descriptorAndServiceFilesListTheSameProviders() throws IOException {
        Module module = KnownLaw.class.getModule();
        assertTrue(module.isNamed(), "tests run on the module path");
        for (ModuleDescriptor.Provides provides : module.getDescriptor().provides()) {
            assertEquals(new TreeSet<>(provides.providers()), new TreeSet<>(services(module, provides.service())));
        }
    }

    private static List<String> services(Module module, String service) throws IOException {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(
                module.getResourceAsStream("META-INF/services/" + service), StandardCharsets.UTF_8))) {
            return reader.lines().toList();
        }
    }

    @Test
    void catalogTakesThemAll() {
        Catalog catalog = Catalog.discover(List.of());
        Set<String> targets = new TreeSet<>(
                catalog.all(TargetProvider.KIND).stream().map(Provider::name).toList());
        assertTrue(targets.containsAll(Set.of("csv", "npy", "penguins", "two-moons", "checkerboard")), "" + targets);
        assertEquals(
                List.of("csv", "npy"),
                catalog.all(WriterProvider.KIND).stream().map(Provider::name).toList());
        for (Provider<?, ?, ?> provider : catalog.all(TargetProvider.KIND)) {
            assertFalse(provider.summary().endsWith("."), provider.summary());
        }
    }
}
