package org.showroomlab.app.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import me.tongfei.progressbar.ProgressBar;
import org.showroomlab.jobs.source.ReadProgress;

/** A bar on the console while files are read: bytes done, events, events per second. */
final class ReadingProgress {
    private static final long MEGABYTE = 1_000_000;
    private static final int UPDATE_MILLIS = 250;

    private ReadingProgress() {}

    @SuppressWarnings("FutureReturnValueIgnored") // a bar that stops moving is no reason to stop the work
    static <T> T during(String what, List<Path> files, Supplier<T> work) {
        long bytesBefore = ReadProgress.bytes();
        long recordsBefore = ReadProgress.records();
        long started = System.nanoTime();
        ScheduledExecutorService updates = Executors.newSingleThreadScheduledExecutor(r -> {
            Thread thread = new Thread(r, "progress");
            thread.setDaemon(true);
            return thread;
        });
        try (ProgressBar bar = bar(what, totalBytes(files))) {
            Runnable update = () -> show(bar, bytesBefore, recordsBefore, started);
            updates.scheduleAtFixedRate(update, UPDATE_MILLIS, UPDATE_MILLIS, TimeUnit.MILLISECONDS);
            T result = work.get();
            updates.shutdownNow();
            update.run();
            return result;
        } finally {
            updates.shutdownNow();
        }
    }

    private static ProgressBar bar(String what, long bytes) {
        return Bars.builder(what).setInitialMax(bytes).setUnit(" MB", MEGABYTE).build();
    }

    private static void show(ProgressBar bar, long bytesBefore, long recordsBefore, long started) {
        long records = ReadProgress.records() - recordsBefore;
        double seconds = (System.nanoTime() - started) / 1e9;
        bar.stepTo(ReadProgress.bytes() - bytesBefore);
        bar.setExtraMessage(String.format(Locale.ROOT, " %,d events, %,.0f/s", records, records / seconds));
    }

    private static long totalBytes(List<Path> files) {
        long total = 0;
        for (Path file : files) {
            try {
                total += Files.size(file);
            } catch (IOException e) {
                throw new CommandProblem("the file " + file + " cannot be read", e);
            }
        }
        return total;
    }
}
