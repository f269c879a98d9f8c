package org.eigendrift.engine.kernel;

import java.util.Arrays;
import org.eigendrift.api.CounterRandom;
import org.eigendrift.api.Points;

/**
 * Points spread evenly over the unit cube: a lattice sequence under a random shift (Cools, Kuo and Nuyens, SIAM J. Sci.
 * Comput. 28, 2006; its two-dimensional projections are all of them good), each block of its points in random order. Every
 * point alone is uniform; a mean over the first N of them scatters less than one of N independent points by up to the root
 * of N. The order within blocks keeps every second point, or every tenth, from lying on one side of the cube. Columns beyond
 * those of the lattice are independent. Immutable, thread-safe.
 */
public final class EvenPoints {
    /** Points in random order among themselves, a power of two. */
    private static final int BLOCK = 64;

    private static final long SHIFT = 1;
    private static final long ORDER = 2;
    private static final long BEYOND = 3;

    /** In place of 0, half a step of {@link CounterRandom#uniform}. */
    private static final double LEAST = 0x1p-54;

    /**
     * The generating vector {@code exod2_base2_m20_CKN} of Nuyens, "The Magic Point Shop of QMC point generators and
     * generating vectors": for up to 2^20 points in 250 columns.
     */
    private static final int[] GENERATOR =
            Arrays.stream("""
            1 182667 469891 498753 110745 446247 250185 118627 245333 283199 408519 391023 246327 126539 399185
            461527 300343 69681 516695 436179 106383 238523 413283 70841 47719 300129 113029 123925 410745 211325
            17489 511893 40767 186077 519471 255369 101819 243573 66189 152143 503455 113217 132603 463967 297717
            157383 224015 502917 36237 94049 170665 79397 123963 223451 323871 303633 98567 318855 494245 477137
            177975 64483 26695 88779 94497 239429 381007 110205 339157 73397 407559 181791 442675 301397 32569
            147737 189949 138655 350241 63371 511925 515861 434045 383435 249187 492723 479195 84589 99703 239831
            269423 182241 61063 130789 143095 471209 139019 172565 487045 304803 45669 380427 19547 425593 337729
            237863 428453 291699 238587 110653 196113 465711 141583 224183 266671 169063 317617 68143 291637 263355
            427191 200211 365773 254701 368663 248047 209221 279201 323179 80217 122791 316633 118515 14253 129509
            410941 402601 511437 10469 366469 463959 442841 54641 44167 19703 209585 69037 33317 433373 55879
            245295 10905 468881 128617 417919 45067 442243 359529 51109 290275 168691 212061 217775 405485 313395
            256763 152537 326437 332981 406755 423147 412621 362019 279679 169189 107405 251851 5413 316095 247945
            422489 2555 282267 121027 369319 204587 445191 337315 322505 388411 102961 506099 399801 254381 452545
            309001 147013 507865 32283 320511 264647 417965 227069 341461 466581 386241 494585 201479 151243 481337
            68195 75401 58359 448107 459499 9873 365117 350845 181873 7917 436695 43899 348367 423927 437399
            385089 21693 268793 49257 250211 125071 341631 310163 94631 108795 21175 142847 383599 71105 65989
            446433 177457 107311 295679 442763 40729 322721 420175 430359 480757
            """.trim().split("\\s+")).mapToInt(Integer::parseInt).toArray();

    private final double[] shift;
    private final CounterRandom order;
    private final CounterRandom beyond;

    /**
     * Draws a sequence.
     *
     * @param random draws shift and order
     * @param dim columns
     */
    public EvenPoints(CounterRandom random, int dim) {
        CounterRandom shifts = random.derive(SHIFT);
        this.shift = new double[Math.min(dim, GENERATOR.length)];
        for (int i = 0; i < shift.length; i++) {
            shift[i] = shifts.uniform(0, i);
        }
        this.order = random.derive(ORDER);
        this.beyond = random.derive(BEYOND);
    }

    /**
     * Points of the sequence.
     *
     * @param first the number of the first, at least 0
     * @param out receives them, every number in (0, 1); modified
     */
    public void fill(long first, Points out) {
        double[] place = places(first, out.size());
        for (int i = 0; i < out.dim(); i++) {
            for (int n = 0; n < out.size(); n++) {
                out.set(i, n, i < shift.length ? shifted(i, place[n]) : beyond.uniform(first + n, i));
            }
        }
    }

    private double shifted(int column, double place) {
        double u = place * GENERATOR[column] + shift[column];
        u -= Math.floor(u);
        return u > 0 ? u : LEAST;
    }

    /** Where points lie along the lattice: the van der Corput sequence, its blocks shuffled. */
    private double[] places(long first, int count) {
        double[] places = new double[count];
        long block = -1;
        int[] shuffled = {};
        for (int n = 0; n < count; n++) {
            long number = first + n;
            if (number / BLOCK != block) {
                block = number / BLOCK;
                shuffled = shuffled(block);
            }
            places[n] = (Long.reverse(block * BLOCK + shuffled[(int) (number % BLOCK)]) >>> 11) * 0x1p-53;
        }
        return places;
    }

    private int[] shuffled(long block) {
        int[] numbers = new int[BLOCK];
        for (int i = 0; i < BLOCK; i++) {
            int j = (int) Math.floorMod(order.bits(block, i), i + 1L);
            numbers[i] = numbers[j];
            numbers[j] = i;
        }
        return numbers;
    }
}
