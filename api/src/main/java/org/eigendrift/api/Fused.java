package org.eigendrift.api;

/**
 * Multiplication and addition in one rounding where the processor has an instruction for it. Where it has none, {@link Math#fma}
 * computes with decimal numbers of any length, hundreds of times slower, and a product that is rounded before it is added is
 * taken instead: as right to within the last digit, but of other bits. Every sum of products of this project goes through here, so
 * that results have the same bits on all machines that have the instruction, and on all that have not.
 */
public final class Fused {
    /** Calls timed at once: few, so that some batches run without interruption even on a busy machine. */
    private static final int CALLS = 64;

    private static final int BATCHES = 64;

    /**
     * An instruction takes about as long as a product and a sum, decimal numbers more than fifty times as long, interpreted or
     * compiled (measured: 1.0 to 1.6, and 60 to 400).
     */
    private static final double SLOWER = 10;

    /** Whether the processor has the instruction; found once, when this class is first used. */
    private static final boolean INSTRUCTION = fastest(true) < SLOWER * fastest(false);

    private Fused() {}

    /**
     * Whether products and sums are rounded once.
     *
     * @return false where the processor, or the Java machine as it was started, has no instruction for it
     */
    public static boolean instruction() {
        return INSTRUCTION;
    }

    /**
     * A product and a sum.
     *
     * @param a a factor
     * @param b the other factor
     * @param c what is added
     * @return a b + c, rounded once where there is an instruction for it
     */
    public static double multiplyAdd(double a, double b, double c) {
        return INSTRUCTION ? Math.fma(a, b, c) : a * b + c;
    }

    /** Nanoseconds of the fastest batch: interruptions make batches slower, never faster. */
    private static long fastest(boolean fused) {
        long fastest = Long.MAX_VALUE;
        double sum = 1;
        for (int batch = 0; batch < BATCHES; batch++) {
            long begin = System.nanoTime();
            for (int call = 0; call < CALLS; call++) {
                sum = fused ? Math.fma(sum, 0.75, 0.3) : plain(sum, 0.75, 0.3);
            }
            fastest = Math.min(fastest, System.nanoTime() - begin);
        }
        // The sum tends to 1.2; asked for so that the calls are not left out.
        return sum > 2 ? Long.MAX_VALUE : Math.max(1, fastest);
    }

    private static double plain(double a, double b, double c) {
        return a * b + c;
    }
}
