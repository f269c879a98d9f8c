package org.eigendrift.targets.file;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.eigendrift.api.InputException;
import org.eigendrift.api.Points;
import org.eigendrift.api.data.InMemory;
import org.eigendrift.api.target.Target;
import org.eigendrift.contract.TargetContract;
import org.eigendrift.targets.Bound;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NpzTest extends TargetContract {
    @TempDir
    private Path directory;

    @Override
    protected Target target() {
        double[] values = new double[3000];
        for (int j = 0; j < values.length; j++) {
            values[j] = Math.sin(j) * j;
        }
        return create(archive(Map.of("data", values)), Map.of());
    }

    /** Arrays of two columns, the first stored, further ones compressed, as savez and savez_compressed do. */
    static byte[] archive(Map<String, double[]> arrays) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            boolean stored = true;
            for (Map.Entry<String, double[]> array : new TreeMap<>(arrays).entrySet()) {
                double[] values = array.getValue();
                String shape = "(" + values.length / 2 + ", 2)";
                byte[] npy = NpyTest.array(1, "'<f8'", "False", shape, b -> {
                    for (double value : values) {
                        b.putDouble(value);
                    }
                });
                put(zip, array.getKey() + ".npy", npy, stored);
                stored = false;
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return bytes.toByteArray();
    }

    private static void put(ZipOutputStream zip, String name, byte[] content, boolean stored) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        if (stored) {
            CRC32 check = new CRC32();
            check.update(content);
            entry.setMethod(ZipEntry.STORED);
            entry.setSize(content.length);
            entry.setCrc(check.getValue());
        }
        zip.putNextEntry(entry);
        zip.write(content);
        zip.closeEntry();
    }

    private Target create(byte[] bytes, Map<String, Object> options) {
        try {
            Path file = Files.write(directory.resolve("data.npz"), bytes);
            Map<String, Object> all = new HashMap<>(options);
            all.put("path", file.toString());
            return Bound.target(new Npz(), 1, all);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private String refusal(byte[] bytes, Map<String, Object> options) {
        InputException e = assertThrows(
                InputException.class, () -> InMemory.read(create(bytes, options).train(), 1000));
        assertEquals(1, e.getMessage().lines().count(), e.getMessage());
        return e.getMessage().substring(directory.resolve("data.npz").toString().length());
    }

    @Test
    void choosesArraysByName() {
        byte[] two = archive(Map.of("train", new double[] {1, 2, 3, 4}, "test", new double[] {5, 6}));
        Target target = create(two, Map.of("array", "train", "test_array", "test"));
        assertArrayEquals(new double[] {3, 4}, InMemory.read(target.train(), 10).row(1));
        Points heldout = InMemory.read(target.heldout().orElseThrow(), 10);
        assertArrayEquals(new double[] {5, 6}, heldout.row(0));
        assertEquals(
                ": there is no array 'tran'; did you mean 'train'? known: test, train",
                refusal(two, Map.of("array", "tran")));
        assertEquals(" has 2 arrays; choose one with array: test, train", refusal(two, Map.of()));
    }

    @Test
    void refusesWhatIsNoArchive() throws IOException {
        assertTrue(refusal(new byte[] {1, 2, 3}, Map.of()).startsWith(": not a valid zip archive"));
        ByteArrayOutputStream none = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(none)) {
            put(zip, "readme.txt", new byte[] {65}, true);
        }
        assertEquals(" has no arrays; expected entries that end in .npy", refusal(none.toByteArray(), Map.of()));
        ByteArrayOutputStream columns = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(columns)) {
            byte[] npy = NpyTest.array(
                    1, "'<f8'", "True", "(1, 2)", b -> b.putDouble(1).putDouble(2));
            put(zip, "a.npy", npy, false);
        }
        assertTrue(refusal(columns.toByteArray(), Map.of()).contains("an array in Fortran order"));
        byte[] good = archive(Map.of("a", new double[200]));
        assertTrue(refusal(Arrays.copyOf(good, good.length / 2), Map.of()).startsWith(": not a valid zip archive"));
        InputException e = assertThrows(
                InputException.class,
                () -> Bound.target(
                        new Npz(),
                        1,
                        Map.of("path", directory.resolve("nowhere.npz").toString())));
        assertTrue(e.getMessage().contains("there is no such file"), e.getMessage());
    }
}
