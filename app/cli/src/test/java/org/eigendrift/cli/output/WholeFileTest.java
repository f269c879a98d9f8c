package org.eigendrift.cli.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.eigendrift.api.InputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WholeFileTest {
    @TempDir
    private Path directory;

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void aFileAppearsOnlyWhenItIsComplete() throws IOException {
        Path file = directory.resolve("a.txt");
        WholeFile.write(file, temporary -> {
            Files.writeString(temporary, "half");
            assertTrue(temporary.getFileName().toString().endsWith("a.txt"), "writers may look at the ending");
            assertEquals(directory, temporary.getParent(), "a move within one directory");
            assertTrue(Files.notExists(file));
        });
        assertEquals("half", Files.readString(file));
        assertEquals(List.of("a.txt"), names());
    }

    @Test
    void aFailureLeavesWhatWasThere() throws IOException {
        Path file = directory.resolve("a.txt");
        Files.writeString(file, "before");
        assertThrows(
                IOException.class,
                () -> WholeFile.write(file, temporary -> {
                    Files.writeString(temporary, "half");
                    throw new IOException("disk full");
                }));
        assertEquals("before", Files.readString(file));
        assertEquals(List.of("a.txt"), names());
    }

    @Test
    void aPlaceThatCannotBeWrittenIsNamedBeforeAnyWork() throws IOException {
        Path file = directory.resolve("file");
        Files.writeString(file, "");
        for (Path bad : List.of(file, file.resolve("sub"), file.resolve("sub/sub"))) {
            String message = assertThrows(InputException.class, () -> WholeFile.checkDirectory("--out", bad))
                    .getMessage();
            assertTrue(message.startsWith("--out: cannot write to " + bad + ": "), message);
            assertEquals(1, message.lines().count(), message);
        }
        assertTrue(assertThrows(InputException.class, () -> WholeFile.check("--out", directory))
                .getMessage()
                .contains("is a directory"));
        Path deep = directory.resolve("new/deep/a.csv");
        WholeFile.check("--out", deep);
        assertTrue(Files.notExists(directory.resolve("new")), "what is refused later leaves no directory behind");
        WholeFile.write(deep, temporary -> Files.writeString(temporary, "there"));
        assertEquals("there", Files.readString(deep));
    }
}
