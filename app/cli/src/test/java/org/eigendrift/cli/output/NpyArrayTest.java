package org.eigendrift.cli.output;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.eigendrift.api.InputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NpyArrayTest {
    @TempDir
    private Path directory;

    /** The header as numpy.save writes it for this shape, from the format's specification. */
    private static byte[] numpy(String header, double... values) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, 118, 0});
        out.write((header + " ".repeat(117 - header.length()) + "\n").getBytes(StandardCharsets.US_ASCII));
        ByteBuffer numbers = ByteBuffer.allocate(8 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        for (double value : values) {
            numbers.putDouble(value);
        }
        out.write(numbers.array());
        return out.toByteArray();
    }

    @Test
    void filesAreThoseOfNumPy() throws IOException {
        Path file = directory.resolve("a.npy");
        new NpyArray(new int[] {1, 3, 2}, new double[] {1, 2, 3, -4, 5e-300, 6}).write(file);
        assertArrayEquals(
                numpy("{'descr': '<f8', 'fortran_order': False, 'shape': (1, 3, 2), }", 1, 2, 3, -4, 5e-300, 6),
                Files.readAllBytes(file));
        new NpyArray(new int[] {2}, new double[] {1, 2}).write(file);
        assertArrayEquals(
                numpy("{'descr': '<f8', 'fortran_order': False, 'shape': (2,), }", 1, 2), Files.readAllBytes(file));
    }

    @Test
    void whatWasWrittenIsRead() throws IOException {
        Path file = directory.resolve("a.npy");
        Files.write(file, numpy("{'descr': '<f8', 'fortran_order': False, 'shape': (2, 2), }", 1, 2, 3, 4));
        NpyArray array = NpyArray.read(file, "sample.initial", 2);
        assertArrayEquals(new int[] {2, 2}, array.shape());
        assertArrayEquals(new double[] {1, 2, 3, 4}, array.values());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 2), }|expected float64 in C order",
                "{'descr': 'O', 'fortran_order': False, 'shape': (2, 2), }|expected float64 in C order",
                "{'descr': '<f8', 'fortran_order': True, 'shape': (2, 2), }|expected float64 in C order",
                "{'descr': '<f8', 'fortran_order': False, 'shape': (4,), }|expected 2 dimensions",
                "{'descr': '<f8', 'fortran_order': False, 'shape': (2, 3), }|expected 2 dimensions",
                "{'descr': '<f8', 'fortran_order': False, 'shape': (99999, 99999), }|expected 2 dimensions",
                "nonsense|expected float64 in C order"
            })
    void otherFilesAreRefusedWithWhatWasFound(String header, String expected) throws IOException {
        Path file = directory.resolve("a.npy");
        Files.write(file, numpy(header.replace("'O'", "'\u007cO'"), 1, 2, 3, 4));
        String message = assertThrows(InputException.class, () -> NpyArray.read(file, "sample.initial", 2))
                .getMessage();
        assertTrue(message.startsWith("sample.initial: " + file) && message.contains(expected), message);
        assertEquals(1, message.lines().count());
    }

    @Test
    void aMissingOrShortFileIsNamed() throws IOException {
        Path file = directory.resolve("a.npy");
        assertTrue(assertThrows(InputException.class, () -> NpyArray.read(file, "sample.noise", 3))
                .getMessage()
                .contains("there is no such file"));
        Files.write(file, new byte[] {(byte) 0x93, 'N'});
        assertTrue(assertThrows(InputException.class, () -> NpyArray.read(file, "sample.noise", 3))
                .getMessage()
                .contains("not an NPY file"));
    }
}
