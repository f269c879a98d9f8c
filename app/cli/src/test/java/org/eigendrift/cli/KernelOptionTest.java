package org.eigendrift.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.lang.module.ModuleFinder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.eigendrift.api.linear.ProductKernels;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code --kernel}: another way to the same bits. */
class KernelOptionTest {
    @TempDir
    private Path directory;

    private Command command;

    @BeforeEach
    void begin() throws IOException {
        command = new Command(directory);
        Files.writeString(
                directory.resolve("c.yaml"),
                "target: { type: two-moons, rows: 600, noise: 0.1, heldout: 50 }\ncomponents: 1\ndensity: flow\n"
                        + "basis: { family: cosine, degree: 7 }\nevaluate: []\nsample: { count: 33 }\n");
    }

    @AfterEach
    void leave() {
        ProductKernels.use(ProductKernels.PORTABLE);
    }

    private byte[] file(String kernel, String name) throws IOException {
        return Files.readAllBytes(directory.resolve(kernel).resolve(name));
    }

    @Test
    void vectorInstructionsChangeNoBitOfModelAndSamples() throws IOException {
        assertEquals(
                Main.DONE, command.run("run", "c.yaml", "--kernel", "portable", "--out", "portable"), command.err());
        assumeTrue(ModuleFinder.ofSystem().find("jdk.incubator.vector").isPresent(), "this Java has no vector API");
        assertEquals(Main.DONE, command.run("run", "c.yaml", "--kernel", "vector", "--out", "vector"), command.err());
        assertFalse(ProductKernels.current() == ProductKernels.PORTABLE, "the kernel was not chosen");
        for (String name : new String[] {"model.safetensors", "samples.npy"}) {
            assertArrayEquals(file("portable", name), file("vector", name), name);
        }
    }

    @Test
    void anUnknownKernelIsRefusedWithThoseThereAre() {
        assertEquals(Main.WRONG_INPUT, command.run("run", "c.yaml", "--kernel", "vectr", "--out", "no"));
        assertEquals(1, command.err().lines().count(), command.err());
        assertTrue(command.err().contains("'vectr'"), command.err());
        assertTrue(command.err().contains("portable, vector"), command.err());
        assertFalse(Files.exists(directory.resolve("no/model.safetensors")));
    }
}
