package org.eigendrift.metrics.xgboost;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.module.ModuleDescriptor;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.TreeSet;
import org.eigendrift.api.catalog.Catalog;
import org.eigendrift.api.metric.MetricProvider;
import org.eigendrift.api.plugin.Provider;
import org.junit.jupiter.api.Test;

class ProvidersTest {
    @Test
    void descriptorAndServiceFilesListTheSameProviders() throws IOException {
        Module module = Detection.class.getModule();
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
        assertEquals(
                List.of("detection", "tstr"),
                catalog.all(MetricProvider.KIND).stream().map(Provider::name).toList());
    }
}
