package org.eigendrift.cli.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.eigendrift.api.InputException;
import org.eigendrift.api.catalog.Catalog;
import org.eigendrift.api.metric.MetricProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExtrasTest {
    private static final String HOME = "eigendrift.home";

    @TempDir
    Path home;

    private String before;

    @BeforeEach
    void aDistributionWithAPlugin() throws IOException {
        before = System.getProperty(HOME);
        System.setProperty(HOME, home.toString());
        Files.createDirectories(home.resolve("plugins"));
        PluginSource.metric("one.extra", "Mine", "mine", "").jar(home.resolve("extras/strong/mine.jar"));
    }

    @AfterEach
    void asBefore() {
        if (before == null) {
            System.clearProperty(HOME);
        } else {
            System.setProperty(HOME, before);
        }
    }

    private static Extras extras() {
        return Extras.ofDistribution().orElseThrow();
    }

    private Catalog catalog() {
        return PluginLayers.catalog(List.of(home.resolve("plugins")));
    }

    @Test
    void whatAnExtraHasIsToldAndThereOnceItIsAdded() {
        InputException unknown =
                assertThrows(InputException.class, () -> catalog().find(MetricProvider.class, "mine"));
        assertTrue(
                unknown.getMessage()
                        .endsWith("; the plugin strong of the distribution has it: 'eigendrift plugins add strong'"),
                unknown.getMessage());
        assertEquals(home.resolve("plugins/strong"), extras().add("strong"));
        assertEquals("mine", catalog().find(MetricProvider.class, "mine").name());
    }

    @Test
    void whatNobodyHasIsToldAsEver() {
        InputException unknown =
                assertThrows(InputException.class, () -> catalog().find(MetricProvider.class, "others"));
        assertTrue(unknown.getMessage().contains("searched were the program itself and "), unknown.getMessage());
    }

    @Test
    void namesAndWrongNames() {
        assertEquals(List.of("strong"), extras().names());
        InputException wrong = assertThrows(InputException.class, () -> extras().add("stron"));
        assertTrue(wrong.getMessage().contains("did you mean 'strong'"), wrong.getMessage());
        extras().add("strong");
        InputException again = assertThrows(InputException.class, () -> extras().add("strong"));
        assertTrue(again.getMessage().contains("is there already"), again.getMessage());
    }

    @Test
    void withoutADistributionThereAreNone() {
        System.clearProperty(HOME);
        assertTrue(Extras.ofDistribution().isEmpty());
    }
}
