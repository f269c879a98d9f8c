package org.eigendrift.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class FusedTest {
    /** Prints what a Java machine finds out about itself, and a sum of a million products. */
    public static final class Probe {
        private Probe() {}

        /**
         * Prints.
         *
         * @param arguments none
         */
        public static void main(String[] arguments) {
            double sum = 0;
            for (int n = 0; n < 1_000_000; n++) {
                sum = Fused.multiplyAdd(0.1, n, sum);
            }
            System.out.print(Fused.instruction() + " " + sum);
        }
    }

    private static String probe(String option) throws IOException, InterruptedException {
        Path here = Path.of(FusedTest.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .getPath());
        String classes = here + System.getProperty("path.separator") + here.resolveSibling("classes");
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        option,
                        "-cp",
                        classes,
                        Probe.class.getName()))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(process.waitFor(60, TimeUnit.SECONDS));
        return out;
    }

    /** 0.1 (0 + ... + 999999) = 49999950000, each of a million roundings of partial sums erring by at most 2^-18. */
    @Test
    void aMachineWithoutTheInstructionIsFoundOut() throws IOException, InterruptedException {
        String[] without = probe("-XX:-UseFMA").split(" ");
        assertEquals("false", without[0]);
        assertEquals(49_999_950_000.0, Double.parseDouble(without[1]), 1e6 / (1 << 18));
    }

    @Test
    void theInstructionIsFoundWhereThereIsOne() throws IOException, InterruptedException {
        // Whether there is one, the machine says itself: without it the option draws a warning and stays off.
        String[] with = probe("-XX:+UseFMA").split(" ");
        assertEquals(Boolean.toString(Fused.instruction()), with[0]);
        assertEquals(49_999_950_000.0, Double.parseDouble(with[1]), 1e6 / (1 << 18));
    }

    @Test
    void oneRoundingWhereThereIsAnInstruction() {
        double a = 1 + 0x1p-30;
        double exact = 0x1p-60;
        double rest = Fused.multiplyAdd(a, a, -(1 + 0x1p-29));
        assertEquals(Fused.instruction() ? exact : 0, rest);
    }
}
