package org.showroomlab.jobs.run;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.showroomlab.ingest.experiment.Experiment;
import org.showroomlab.ingest.experiment.LoadedExperiment;

/**
 * A job that can be submitted to a cluster by its name.
 *
 * @param name what a person writes
 * @param description one line for {@code submit --list}
 * @param experiments the experiments that it counts, among those of a folder
 * @param mainClass what a cluster starts; it takes the arguments of {@link CountingMain}
 */
public record NamedJob(String name, String description, Predicate<Experiment> experiments, Class<?> mainClass) {
    private static final Duration LONGEST_DROP = Duration.ofDays(4);

    /** All jobs, in the order in which they are listed. */
    public static final List<NamedJob> ALL = List.of(
            counting("counting", "every experiment of the folder", e -> true),
            counting(
                    "ttl-speed",
                    "cache lifetimes and page speed (analysis ttl_speed)",
                    of(Experiment.Analysis.TTL_SPEED)),
            counting(
                    "price-elasticity",
                    "prices and demand (analysis price_elasticity)",
                    of(Experiment.Analysis.PRICE_ELASTICITY)),
            counting(
                    "preorder-walk-in",
                    "preorders against walk-ins (analysis preorder_walk_in)",
                    of(Experiment.Analysis.PREORDER_WALK_IN)),
            counting(
                    "drop-monitor",
                    "drops: preorder_walk_in experiments of at most 4 days",
                    of(Experiment.Analysis.PREORDER_WALK_IN).and(NamedJob::isDrop)));

    private static NamedJob counting(String name, String description, Predicate<Experiment> experiments) {
        return new NamedJob(name, description, experiments, CountingMain.class);
    }

    private static Predicate<Experiment> of(Experiment.Analysis analysis) {
        return experiment -> experiment.analysis() == analysis;
    }

    private static boolean isDrop(Experiment experiment) {
        return Duration.between(experiment.start(), experiment.end()).compareTo(LONGEST_DROP) <= 0;
    }

    public static Optional<NamedJob> of(String name) {
        return ALL.stream().filter(job -> job.name.equals(name)).findFirst();
    }

    /** All names, for messages that say what is allowed. */
    public static String allowedNames() {
        return ALL.stream().map(NamedJob::name).collect(Collectors.joining(", "));
    }

    /** Those of the experiments that this job counts. */
    public List<LoadedExperiment> among(List<LoadedExperiment> loaded) {
        return loaded.stream().filter(l -> experiments.test(l.experiment())).toList();
    }
}
