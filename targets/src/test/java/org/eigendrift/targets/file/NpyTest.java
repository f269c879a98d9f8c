package org.eigendrift.targets.file;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.eigendrift.api.InputException;
import org.eigendrift.api.Points;
import org.eigendrift.api.data.Dataset;
import org.eigendrift.api.data.InMemory;
import org.eigendrift.api.target.Target;
import org.eigendrift.contract.TargetContract;
import org.eigendrift.targets.Bound;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NpyTest extends TargetContract {
    @TempDir
    private Path directory;

    @Override
    protected Target target() {
        return create(array(1, "'<f8'", "False", "(700, 3)", buffer -> {
            for (int j = 0; j < 2100; j++) {
                buffer.putDouble(Math.sin(j) * j);
            }
        }));
    }

    /** An array as NumPy lays it out. */
    static byte[] array(int version, String descr, String fortran, String shape, Consumer<ByteBuffer> elements) {
        String header = "{'descr': " + descr + ", 'fortran_order': " + fortran + ", 'shape': " + shape + ", }\n";
        byte[] text = header.getBytes(StandardCharsets.UTF_8);
        ByteBuffer buffer = ByteBuffer.allocate(1 << 16).order(ByteOrder.LITTLE_ENDIAN);
        buffer.put((byte) 0x93).put("NUMPY".getBytes(StandardCharsets.US_ASCII));
        buffer.put((byte) version).put((byte) 0);
        if (version == 1) {
            buffer.putShort((short) text.length);
        } else {
            buffer.putInt(text.length);
        }
        buffer.put(text);
        elements.accept(buffer.order(descr.startsWith("'>") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN));
        byte[] bytes = new byte[buffer.position()];
        buffer.flip().get(bytes);
        return bytes;
    }

    private Target create(byte[] bytes) {
        try {
            Path file = Files.write(directory.resolve("data.npy"), bytes);
            return Bound.target(new Npy(), 1, Map.of("path", file.toString()));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private Points all(byte[] bytes) throws IOException {
        Path file = Files.write(directory.resolve("data.npy"), bytes);
        Dataset data = Bound.target(new Npy(), 1, Map.of("path", file.toString(), "holdout", 0))
                .train();
        return InMemory.read(data, 1000);
    }

    private String refusal(byte[] bytes) {
        String message = assertThrows(InputException.class, () -> all(bytes)).getMessage();
        assertEquals(1, message.lines().count(), message);
        assertTrue(message.startsWith(directory.resolve("data.npy").toString()), message);
        return message.substring(directory.resolve("data.npy").toString().length());
    }

    private static void put(ByteBuffer buffer, String code, int value) {
        switch (code) {
            case "f8" -> buffer.putDouble(value);
            case "f4" -> buffer.putFloat(value);
            case "i8" -> buffer.putLong(value);
            case "i4" -> buffer.putInt(value);
            case "i2" -> buffer.putShort((short) value);
            default -> buffer.put((byte) value);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"<f8", ">f8", "<f4", ">f4", "<i8", ">i8", "<i4", ">i4", "<i2", "|i1", "|u1"})
    void readsEveryType(String descr) throws IOException {
        for (int version = 1; version <= 3; version++) {
            byte[] rows = array(version, "'" + descr + "'", "False", "(2, 3)", b -> {
                for (int value : new int[] {1, 2, 3, 40, 50, 60}) {
                    put(b, descr.substring(1), value);
                }
            });
            assertArrayEquals(new double[] {1, 40, 2, 50, 3, 60}, all(rows).values(), descr);
            byte[] columns = array(version, "'" + descr + "'", "True", "(2, 3)", b -> {
                for (int value : new int[] {1, 40, 2, 50, 3, 60}) {
                    put(b, descr.substring(1), value);
                }
            });
            assertArrayEquals(new double[] {1, 40, 2, 50, 3, 60}, all(columns).values(), descr);
        }
    }

    @Test
    void signedAndUnsignedBytesDiffer() throws IOException {
        assertEquals(
                -56,
                all(array(1, "'|i1'", "False", "(1,)", b -> b.put((byte) 200))).get(0, 0));
        assertEquals(
                200,
                all(array(1, "'|u1'", "False", "(1,)", b -> b.put((byte) 200))).get(0, 0));
    }

    @Test
    void oneAxisIsOneColumnAndFurtherAxesAreLaidOutFlat() throws IOException {
        Consumer<ByteBuffer> eight = b -> {
            for (int j = 0; j < 8; j++) {
                b.putDouble(j);
            }
        };
        assertEquals(1, all(array(1, "'<f8'", "False", "(8,)", eight)).dim());
        Points images = all(array(1, "'<f8'", "False", "(2, 2, 2)", eight));
        assertArrayEquals(new double[] {4, 5, 6, 7}, images.row(1));
    }

    @Test
    void heldOutFileMustHaveAsManyColumns() throws IOException {
        Path train = Files.write(
                directory.resolve("a.npy"),
                array(1, "'<f8'", "False", "(1, 2)", b -> b.putDouble(1).putDouble(2)));
        Path test = Files.write(directory.resolve("b.npy"), array(1, "'<f8'", "False", "(1, 1)", b -> b.putDouble(3)));
        Target same = Bound.target(new Npy(), 1, Map.of("path", train.toString(), "test", train.toString()));
        assertArrayEquals(
                new double[] {1, 2},
                InMemory.read(same.heldout().orElseThrow(), 5).values());
        InputException e = assertThrows(
                InputException.class,
                () -> Bound.target(new Npy(), 1, Map.of("path", train.toString(), "test", test.toString())));
        assertTrue(e.getMessage().contains("1 columns, expected 2"), e.getMessage());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "'|O'; False; (1, 1); an array of Python objects",
                "'<U5'; False; (1, 1); dtype '<U5'; expected one of f8",
                "'<c16'; False; (1, 1); dtype '<c16'",
                "'<f2'; False; (1, 1); dtype '<f2'",
                "[('a', '<f8')]; False; (1, 1); a structured array",
                "'<f8'; False; (); a single number",
                "'<f8'; False; (0, 3); has no numbers",
                "'<f8'; False; (3, 0); has no numbers",
                "'<f8'; Maybe; (1, 1); its header is not one of an NPY array",
                "'<f8'; False; (1, -1); its header is not one of an NPY array",
                "'<f8'; False; (99999999999999999999, 1); its shape",
                "'<f8'; False; (1, 4611686018427387904, 4); too many",
                "'<f8'; False; (1152921504606846976, 16); it is truncated",
                "'<f8'; False; (1000000000000, 2); it is truncated",
                "'<f8'; True; (1, 1, 1); in Fortran order",
                "'<f8'; False; (1, 2); it is truncated",
                "'<f4'; False; (1, 1); it is damaged",
            })
    void refusesOtherArrays(String descr, String fortran, String shape, String expected) {
        String unquoted = descr.startsWith("[") ? descr : "'" + descr.replace("'", "") + "'";
        String message = refusal(array(1, unquoted, fortran, shape, b -> b.putDouble(1)));
        assertTrue(message.contains(expected), message);
    }

    @Test
    void refusesWhatIsNoArray() {
        assertEquals(
                ": not an NPY file; expected the bytes \\x93NUMPY at its beginning",
                refusal("a,b\n1,2\n3,4\n".getBytes(StandardCharsets.UTF_8)));
        assertEquals(": not an NPY file; expected the bytes \\x93NUMPY at its beginning", refusal(new byte[0]));
        byte[] good = array(1, "'<f8'", "False", "(1, 1)", b -> b.putDouble(1));
        byte[] future = good.clone();
        future[6] = 9;
        assertEquals(": NPY version 9.0; expected 1.0, 2.0 or 3.0", refusal(future));
        byte[] hostile = array(2, "'<f8'", "False", "(1, 1)", b -> b.putDouble(1));
        hostile[10] = (byte) 0xFF;
        assertEquals(
                ": its header claims " + (0xFF0000 + (hostile[8] & 0xFF) + ((hostile[9] & 0xFF) << 8))
                        + " bytes; expected at most 65536",
                refusal(hostile));
        for (int length = 8; length < 60; length += 7) {
            assertTrue(refusal(Arrays.copyOf(good, length)).contains("truncated"));
        }
    }

    @Test
    void refusesValuesThatAreNotFiniteOrNotExact() throws IOException {
        assertEquals(
                " row 2, column 'x1': found no value (empty, NaN or null); set missing: keep to "
                        + "model gaps, drop to leave out rows that lack a value, or impute to fill it in",
                refusal(array(
                        1,
                        "'<f8'",
                        "False",
                        "(2, 2)",
                        b -> b.putDouble(1).putDouble(2).putDouble(Double.NaN).putDouble(4))));
        byte[] large = array(
                1, "'<i8'", "False", "(2,)", b -> b.putLong((1L << 53) + 3).putLong(1));
        Path file = Files.write(directory.resolve("large.npy"), large);
        Map<String, Object> off = Map.of("path", file.toString(), "holdout", 0, "detect", "off");
        Target target = Bound.target(new Npy(), 1, off);
        assertTrue(assertThrows(InputException.class, () -> InMemory.read(target.train(), 5))
                .getMessage()
                .contains("2^53 or more"));
        Target exact = Bound.target(new Npy(), 1, Map.of("path", file.toString(), "holdout", 0));
        assertEquals(
                List.of("1", "9007199254740995"), exact.train().columns().get(0).levels());
    }

    @Test
    void readsTenThousandColumnsAndTreatsNanAsTold() throws IOException {
        byte[] wide = array(1, "'<f4'", "False", "(1, 10000)", buffer -> {
            for (int j = 0; j < 10_000; j++) {
                buffer.putFloat(j);
            }
        });
        Path file = Files.write(directory.resolve("wide.npy"), wide);
        Target target = Bound.target(
                new Npy(), 1, Map.of("path", file.toString(), "holdout", 0, "columns", List.of("x10000", "x1")));
        assertArrayEquals(
                new double[] {9999, 0}, InMemory.read(target.train(), 5).row(0));
        byte[] gaps = array(
                1,
                "'<f8'",
                "False",
                "(3, 1)",
                b -> b.putDouble(1).putDouble(Double.NaN).putDouble(4));
        Path holes = Files.write(directory.resolve("gaps.npy"), gaps);
        Target dropped = Bound.target(new Npy(), 1, Map.of("path", holes.toString(), "holdout", 0, "missing", "drop"));
        assertArrayEquals(new double[] {1, 4}, InMemory.read(dropped.train(), 5).values());
        assertEquals(List.of("1 row of " + holes + " was left out for a missing value"), dropped.remarks());
        Target filled = Bound.target(
                new Npy(), 1, Map.of("path", holes.toString(), "holdout", 0, "missing", "impute", "impute", "mean"));
        assertArrayEquals(
                new double[] {1, 2.5, 4}, InMemory.read(filled.train(), 5).values());
    }
}
