package org.eigendrift.targets.duckdb;

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
import org.eigendrift.api.output.WriterProvider;
import org.eigendrift.api.plugin.Provider;
import org.eigendrift.api.target.TargetProvider;
import org.junit.jupiter.api.Test;

class ProvidersTest {
    @Test
    void descriptorAndServiceFilesListTheSameProviders() throws IOException {
        Module module = Parquet.class.getModule();
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
                List.of("parquet", "sql"),
                catalog.all(TargetProvider.KIND).stream().map(Provider::name).toList());
        assertEquals(
                List.of("parquet"),
                catalog.all(WriterProvider.KIND).stream().map(Provider::name).toList());
    }
}
