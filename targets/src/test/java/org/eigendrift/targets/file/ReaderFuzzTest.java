package org.eigendrift.targets.file;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.eigendrift.api.InputException;
import org.eigendrift.api.Points;
import org.eigendrift.api.RunContext;
import org.eigendrift.api.data.Dataset;
import org.eigendrift.targets.Bound;
import org.eigendrift.targets.tables.ColumnKinds;
import org.eigendrift.targets.tables.Detection;
import org.eigendrift.targets.tables.Fill;
import org.eigendrift.targets.tables.Handling;
import org.eigendrift.targets.tables.Missing;
import org.eigendrift.targets.tables.Table;
import org.eigendrift.targets.tables.TableTarget;

/** Whatever bytes a file holds, a reader either reads finite numbers or refuses in words for the user. */
class ReaderFuzzTest {
    private static Path file;

    @BeforeContainer
    static void create() throws IOException {
        file = Files.createTempFile("fuzz", ".npy");
    }

    @AfterContainer
    static void remove() throws IOException {
        Files.delete(file);
    }

    private static void drain(Dataset data, boolean gaps) {
        Points buffer = Points.zeros(data.dim(), 16);
        try (Dataset.Reader reader = data.open()) {
            for (int count = reader.read(buffer); count > 0; count = reader.read(buffer)) {
                for (int i = 0; i < buffer.dim(); i++) {
                    for (int n = 0; n < count; n++) {
                        if (!(Double.isFinite(buffer.get(i, n)) || gaps && Double.isNaN(buffer.get(i, n)))) {
                            throw new AssertionError("read " + buffer.get(i, n));
                        }
                    }
                }
            }
        }
    }

    private static Dataset whole(Table table, Missing missing) {
        Handling handling = new Handling(
                ColumnKinds.REAL, List.of(), Detection.PROPOSE, missing, Fill.MEDIAN, 0, OptionalLong.empty());
        return TableTarget.of(table, Optional.empty(), handling, RunContext.quiet(1))
                .train();
    }

    private static void readCsv(byte[] bytes) {
        Source source = new Source("fuzz", () -> new ByteArrayInputStream(bytes));
        for (boolean header : new boolean[] {true, false}) {
            for (Missing missing : Missing.values()) {
                try {
                    drain(
                            whole(new CsvTable(source, Separator.AUTO, header, missing, List.of()), missing),
                            missing == Missing.KEEP || missing == Missing.MODEL);
                } catch (InputException e) {
                    oneLine(e);
                }
            }
        }
    }

    private static void oneLine(InputException e) {
        if (e.getMessage().isBlank() || e.getMessage().lines().count() != 1) {
            throw new AssertionError("not one line: " + e.getMessage(), e);
        }
    }

    /** Replaces, inserts and removes a few bytes. */
    private static byte[] mutate(byte[] bytes, long seed) {
        Random random = new Random(seed);
        byte[] out = bytes.clone();
        for (int change = random.nextInt(6); change >= 0; change--) {
            int at = random.nextInt(out.length);
            switch (random.nextInt(3)) {
                case 0 -> out[at] = (byte) random.nextInt(256);
                case 1 -> out[at] = bytes[random.nextInt(bytes.length)];
                default -> out = Arrays.copyOf(out, Math.max(1, at));
            }
        }
        return out;
    }

    @Provide
    Arbitrary<String> csvLike() {
        return Arbitraries.strings()
                .withChars("abc019.-+eE,;\t\"'\n\r \uFEFF\u0000NAn\u00E4")
                .ofMaxLength(120);
    }

    @Property(tries = 700, seed = "20240")
    void csvOfAnyText(@ForAll("csvLike") String text) {
        readCsv(text.getBytes(StandardCharsets.UTF_8));
    }

    @Property(tries = 500, seed = "20240")
    void csvOfAnyBytes(@ForAll byte[] bytes) {
        readCsv(bytes);
    }

    @Property(tries = 500, seed = "20240")
    void csvDamaged(@ForAll long seed) {
        String text = "\"a\",\"b\nc\",d\r\n1,2,3e4\r\n-.5,NA,\"7\"\r\n8,9,10\r\n";
        readCsv(mutate(text.getBytes(StandardCharsets.UTF_8), seed));
    }

    private static void readNpy(byte[] bytes) throws IOException {
        Files.write(file, bytes);
        try {
            for (Missing missing : Missing.values()) {
                drain(whole(new NpyTable(NpyBytes.of(file), List.of()), missing), missing == Missing.KEEP);
            }
        } catch (InputException e) {
            oneLine(e);
        }
    }

    @Property(tries = 700, seed = "20240")
    void npyDamaged(@ForAll long seed) throws IOException {
        for (int version = 1; version <= 2; version++) {
            readNpy(mutate(
                    NpyTest.array(version, "'<f8'", "False", "(3, 2)", b -> {
                        for (int j = 0; j < 6; j++) {
                            b.putDouble(j);
                        }
                    }),
                    seed));
        }
    }

    @Property(tries = 300, seed = "20240")
    void npyOfAnyBytes(@ForAll byte[] bytes) throws IOException {
        readNpy(bytes);
    }

    @Property(tries = 500, seed = "20240")
    void npzDamaged(@ForAll long seed) throws IOException {
        Files.write(file, mutate(NpzTest.archive(Map.of("a", new double[] {1, 2, 3, 4})), seed));
        try {
            drain(
                    Bound.target(new Npz(), 1, Map.of("path", file.toString(), "holdout", 0))
                            .train(),
                    false);
        } catch (InputException e) {
            oneLine(e);
        }
    }
}
