package org.showroomlab.jobs.count;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Arrays;
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
                long[] a = value();
                long[] b = value();
                BigInteger product = whole(a).multiply(whole(b));
                switch (random.nextInt(6)) {
                    case 0 -> {
                        Wide.addProduct(words, 0, a[0], a[1], b[0], b[1]);
                        first = first.add(product);
                    }
                    case 1 -> {
                        Wide.subtractProduct(words, 0, a[0], a[1], b[0], b[1]);
                        first = first.subtract(product);
                    }
                    case 2 -> {
                        Wide.add(words, Wide.WORDS, a[0], a[1]);
                        second = second.add(whole(a));
                    }
                    case 3 -> {
                        Wide.subtract(words, Wide.WORDS, a[0], a[1]);
                        second = second.subtract(whole(a));
                    }
                    case 4 -> {
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

    @Test
    void valuesOfOneUnitAddUp() {
        for (int run = 0; run < 1_000; run++) {
            long[] value = new long[4];
            BigInteger sum = BigInteger.ZERO;
            for (int step = 0; step < 20; step++) {
                long more = number();
                Wide.addTo(value, 2, more);
                sum = sum.add(BigInteger.valueOf(more));
            }
            assertThat(whole(new long[] {value[2], value[3]})).isEqualTo(sum);
            assertThat(value).startsWith(0, 0);
        }
    }

    @Test
    void theWordsThatTellASumAreEnough() {
        int[] seen = new int[Wide.WORDS + 1];
        for (int run = 0; run < 5_000; run++) {
            long[] words = new long[2 * Wide.WORDS];
            long[] a = random.nextInt(8) == 0 ? new long[2] : value();
            long[] b = value();
            Wide.addProduct(words, Wide.WORDS, a[0], a[1], b[0], b[1]);
            if (random.nextInt(4) == 0) {
                words[Wide.WORDS] = number();
            }
            int telling = Wide.tellingWords(words, Wide.WORDS);
            seen[telling]++;
            long[] back = words.clone();
            Arrays.fill(back, Wide.WORDS, 2 * Wide.WORDS - telling, random.nextLong());
            Wide.extend(back, Wide.WORDS, telling);
            assertThat(back).isEqualTo(words);
        }
        assertThat(seen).doesNotContain(0);
    }

    /** Of up to 94 bits, most of one word. */
    private long[] value() {
        long low = number();
        return random.nextInt(3) == 0
                ? new long[] {random.nextLong() >> (34 + random.nextInt(30)), low}
                : new long[] {low >> 63, low};
    }

    private static BigInteger whole(long[] value) {
        return new BigInteger(
                ByteBuffer.allocate(16).putLong(value[0]).putLong(value[1]).array());
    }

    private long number() {
        return random.nextInt(3) == 0 ? ENDS[random.nextInt(ENDS.length)] : random.nextLong() >> random.nextInt(64);
    }

    @Test
    void narrowerSumsAreRead() {
        long[] ofTwo = Wide.widened(new long[] {-1, -5, 0, 7, Long.MIN_VALUE, 0}, 2);
        assertThat(Wide.value(ofTwo, 0)).isEqualTo(BigInteger.valueOf(-5));
        assertThat(Wide.value(ofTwo, Wide.WORDS)).isEqualTo(BigInteger.valueOf(7));
        assertThat(Wide.value(ofTwo, 2 * Wide.WORDS))
                .isEqualTo(BigInteger.ONE.shiftLeft(127).negate());
        long[] ofThree = Wide.widened(new long[] {-1, -1, -5, 1, 0, 7}, 3);
        assertThat(Wide.value(ofThree, 0)).isEqualTo(BigInteger.valueOf(-5));
        assertThat(Wide.value(ofThree, Wide.WORDS))
                .isEqualTo(BigInteger.ONE.shiftLeft(128).add(BigInteger.valueOf(7)));
    }
}
