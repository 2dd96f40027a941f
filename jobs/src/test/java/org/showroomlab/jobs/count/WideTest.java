package org.showroomlab.jobs.count;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class WideTest {
    private static final long[] ENDS = {0, 1, -1, Long.MAX_VALUE, Long.MIN_VALUE, 1L << 32, -(1L << 32)};

    private final SplittableRandom random = new SplittableRandom(192);

    @Test
    void sumsOfProductsAreThoseOfWholeNumbers() {
        for (int run = 0; run < 2_000; run++) {
            long[] words = new long[2 * Wide.WORDS];
            BigInteger first = BigInteger.ZERO;
            BigInteger second = BigInteger.ZERO;
            for (int step = 0; step < 40; step++) {
                long a = number();
                long b = number();
                BigInteger product = BigInteger.valueOf(a).multiply(BigInteger.valueOf(b));
                switch (random.nextInt(5)) {
                    case 0 -> {
                        Wide.addProduct(words, 0, a, b);
                        first = first.add(product);
                    }
                    case 1 -> {
                        Wide.subtractProduct(words, 0, a, b);
                        first = first.subtract(product);
                    }
                    case 2 -> {
                        Wide.addLong(words, Wide.WORDS, a);
                        second = second.add(BigInteger.valueOf(a));
                    }
                    case 3 -> {
                        Wide.add(words, Wide.WORDS, words, 0);
                        second = second.add(first);
                    }
                    default -> {
                        Wide.subtract(words, 0, words, Wide.WORDS);
                        first = first.subtract(second);
                    }
                }
                assertThat(Wide.value(words, 0)).isEqualTo(first);
                assertThat(Wide.value(words, Wide.WORDS)).isEqualTo(second);
            }
        }
    }

    private long number() {
        return random.nextInt(3) == 0 ? ENDS[random.nextInt(ENDS.length)] : random.nextLong() >> random.nextInt(64);
    }

    @Test
    void saturatedStopsAtTheEnds() {
        long[] words = new long[Wide.WORDS];
        Wide.addLong(words, 0, Long.MAX_VALUE);
        assertThat(Wide.saturated(words, 0)).isEqualTo(Long.MAX_VALUE);
        Wide.addLong(words, 0, 1);
        assertThat(Wide.saturated(words, 0)).isEqualTo(Long.MAX_VALUE);
        Wide.addLong(words, 0, -2);
        assertThat(Wide.saturated(words, 0)).isEqualTo(Long.MAX_VALUE - 1);
        Wide.subtractProduct(words, 0, Long.MAX_VALUE, Long.MAX_VALUE);
        assertThat(Wide.saturated(words, 0)).isEqualTo(-Long.MAX_VALUE);
    }

    @Test
    void twoWordsAreRead() {
        long[] two = {-1, -5, 0, 7, Long.MIN_VALUE, 0};
        long[] wide = Wide.ofTwoWords(two);
        assertThat(Wide.value(wide, 0)).isEqualTo(BigInteger.valueOf(-5));
        assertThat(Wide.value(wide, Wide.WORDS)).isEqualTo(BigInteger.valueOf(7));
        assertThat(Wide.value(wide, 2 * Wide.WORDS))
                .isEqualTo(BigInteger.ONE.shiftLeft(127).negate());
    }
}
