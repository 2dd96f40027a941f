package org.showroomlab.jobs.count;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Keys of state must have the same hash in every process: it decides which task manager owns a key, and where a savepoint
 * keeps it. The hash of an enum, for one, is another in each.
 */
class KeyHashTest {
    /** Prints the hashes of some keys. */
    static final class HashesOfKeys {
        public static void main(String[] arguments) {
            System.out.print(hashes());
        }
    }

    static String hashes() {
        String cells = Arrays.stream(CellKey.Table.values())
                .map(table -> new CellKey(table, "e", "m", "v", "region", "north", "c", 3, 4, 20_000))
                .map(key -> Integer.toString(key.hashCode()))
                .collect(Collectors.joining(" "));
        return cells + " " + new ClusterUnit(2, "c", 7).hashCode();
    }

    @Test
    void keysHaveTheSameHashInEveryProcess() throws IOException {
        ProcessBuilder java = new ProcessBuilder(
                System.getProperty("java.home") + File.separator + "bin" + File.separator + "java",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                HashesOfKeys.class.getName());
        byte[] printed = java.start().getInputStream().readAllBytes();
        assertThat(new String(printed, StandardCharsets.UTF_8)).isEqualTo(hashes());
    }

    @Test
    void equalKeysHaveEqualHashes() {
        CellKey one = new CellKey(CellKey.Table.UNITS, "e", "m", "v", "", "", "", 0, 0, 1);
        CellKey other = CellKey.ofUnits("e", "m", "v", "", "", 1);
        assertThat(one).isEqualTo(other).hasSameHashCodeAs(other);
    }
}
