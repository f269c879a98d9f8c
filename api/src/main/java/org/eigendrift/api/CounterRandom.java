package org.eigendrift.api;

/**
 * Random numbers that are a pure function of (seed, stream, index): no state, so a sample does not depend on the
 * batch it was drawn in, on the number of threads, or on how many others were drawn.
 *
 * <p>Philox4x32-10 (Salmon, Moraes, Dror, Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011): the 64-bit
 * seed is the key, (stream, index) the 128-bit counter. Every method is thread-safe.
 */
public final class CounterRandom {
    private static final int M0 = 0xD2511F53;
    private static final int M1 = 0xCD9E8D57;
    private static final int W0 = 0x9E3779B9;
    private static final int W1 = 0xBB67AE85;
    private static final int ROUNDS = 10;

    private final int key0;
    private final int key1;

    /**
     * Creates the generator.
     *
     * @param seed any number; one seed, one family of streams
     */
    public CounterRandom(long seed) {
        this.key0 = (int) seed;
        this.key1 = (int) (seed >>> 32);
    }

    /**
     * A generator for another purpose, independent of this one.
     *
     * @param purpose a number that names the purpose
     * @return a generator whose seed is drawn from this one
     */
    public CounterRandom derive(long purpose) {
        return new CounterRandom(bits(0x5EEDL, purpose));
    }

    /**
     * Sixty-four random bits.
     *
     * @param stream for example the point's number
     * @param index for example step and coordinate
     * @return uniformly distributed bits
     */
    public long bits(long stream, long index) {
        long[] block = new long[2];
        philox((int) index, (int) (index >>> 32), (int) stream, (int) (stream >>> 32), key0, key1, block);
        return block[0];
    }

    /**
     * A uniform number in the open interval (0, 1), on a grid of 2^-53, offset by half a step.
     *
     * @param stream for example the point's number
     * @param index for example step and coordinate
     * @return never 0 and never 1
     */
    public double uniform(long stream, long index) {
        return open(bits(stream, index));
    }

    /**
     * A standard normal number (Box and Muller).
     *
     * @param stream for example the point's number
     * @param index for example step and coordinate; the numbers of indices 2k and 2k + 1 share one block
     * @return a draw of N(0, 1)
     */
    public double normal(long stream, long index) {
        long[] block = new long[2];
        long pair = index >>> 1;
        philox((int) pair, (int) (pair >>> 32), (int) stream, (int) (stream >>> 32), key0, key1 ^ 0x4E4F524D, block);
        double radius = Math.sqrt(-2 * Math.log(open(block[0])));
        double angle = 2 * Math.PI * open(block[1]);
        return radius * ((index & 1) == 0 ? Math.cos(angle) : Math.sin(angle));
    }

    private static double open(long bits) {
        return ((bits >>> 11) + 0.5) * 0x1p-53;
    }

    /** Ten rounds on counter (c0..c3) and key (k0, k1); out[0] holds words 0 and 1, out[1] words 2 and 3. */
    static void philox(int c0, int c1, int c2, int c3, int k0, int k1, long[] out) {
        for (int round = 0; round < ROUNDS; round++) {
            long product0 = (M0 & 0xFFFFFFFFL) * (c0 & 0xFFFFFFFFL);
            long product1 = (M1 & 0xFFFFFFFFL) * (c2 & 0xFFFFFFFFL);
            c0 = (int) (product1 >>> 32) ^ c1 ^ k0;
            c1 = (int) product1;
            c2 = (int) (product0 >>> 32) ^ c3 ^ k1;
            c3 = (int) product0;
            k0 += W0;
            k1 += W1;
        }
        out[0] = (c0 & 0xFFFFFFFFL) | ((long) c1 << 32);
        out[1] = (c2 & 0xFFFFFFFFL) | ((long) c3 << 32);
    }
}
