package org.eigendrift.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.eigendrift.cli.plugin.PluginSource;

/** Runs configurations with a third party's plugin, the jar {@code wrong.jar}. */
record PluginRun(Path directory, Command command) {

    int run(PluginSource source, String configuration) throws IOException {
        source.jar(directory.resolve("plugins/wrong.jar"));
        Files.writeString(directory.resolve("run.yaml"), configuration);
        return command.run(
                "run", "run.yaml", "--plugins", directory.resolve("plugins").toString(), "--out", "out");
    }

    /** The last line names the jar and says the parts; it is nobody else's fault. */
    void assertBlamed(int code, String... parts) {
        assertEquals(Main.FAULT, code, command.err());
        String last = command.err().lines().reduce((a, b) -> b).orElse("");
        for (String part : parts) {
            assertTrue(last.contains(part), () -> "expected '" + part + "' in: " + command.err());
        }
        assertTrue(last.contains("(wrong.jar)"), command.err());
        assertFalse(last.contains("a fault in eigendrift"), last);
    }
}
