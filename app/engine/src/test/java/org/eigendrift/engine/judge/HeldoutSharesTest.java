package org.eigendrift.engine.judge;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Who is held out, counted. */
class HeldoutSharesTest {
    @Test
    void ofFewNumbersEveryRowIsHeldOutOnce() {
        HeldoutShares shares = HeldoutShares.of(9_999, 2);
        assertEquals(new HeldoutShares(5, 5), shares);
        for (int row = 0; row < 9_999; row++) {
            int n = row;
            assertEquals(
                    1, IntStream.range(0, 5).filter(f -> shares.heldOut(f, n)).count());
        }
    }

    @Test
    void ofManyOneFoldOfAFifthOrTwoThousandRows() {
        assertEquals(new HeldoutShares(1, 5), HeldoutShares.of(10_000, 2));
        assertEquals(new HeldoutShares(1, 25), HeldoutShares.of(50_000, 2));
        HeldoutShares shares = HeldoutShares.of(50_000, 2);
        long held = IntStream.range(0, 50_000).filter(n -> shares.heldOut(0, n)).count();
        // Binomial with mean 2,000 and standard deviation 44; five of them.
        assertEquals(2_000, held, 220);
    }
}
