package org.showroomlab.bench;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Locale;

/** Wall clock and processor time of this process since a moment. */
final class Stopwatch {
    private static final OperatingSystemMXBean SYSTEM =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    private final long startNanos = System.nanoTime();
    private final long startCpuNanos = SYSTEM.getProcessCpuTime();

    private Stopwatch() {}

    static Stopwatch start() {
        return new Stopwatch();
    }

    double seconds() {
        return (System.nanoTime() - startNanos) / 1e9;
    }

    double cpuSeconds() {
        return (SYSTEM.getProcessCpuTime() - startCpuNanos) / 1e9;
    }

    /** Tells a parent process: a line that {@link Child} understands. */
    void print(String what) {
        System.out.printf(Locale.ROOT, "%s%s %.4f %.4f%n", Child.MARK, what, seconds(), cpuSeconds());
    }
}
