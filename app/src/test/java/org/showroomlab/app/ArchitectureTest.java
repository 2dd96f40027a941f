package org.showroomlab.app;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Who may import whom: ingest → jobs count → stats judge → web shows, and app sees all. */
@AnalyzeClasses(packages = "org.showroomlab", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String[] INGEST = {"org.showroomlab.ingest.."};
    private static final String STATS = "org.showroomlab.stats..";
    private static final String JOBS = "org.showroomlab.jobs..";
    private static final String REPORTS = "org.showroomlab.reports..";
    private static final String APP = "org.showroomlab.app..";

    @ArchTest
    static final ArchRule INGEST_SEES_NOTHING_OF_OURS = noClasses()
            .that()
            .resideInAnyPackage(INGEST)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(STATS, JOBS, REPORTS, APP);

    @ArchTest
    static final ArchRule STATS_IS_PURE = noClasses()
            .that()
            .resideInAPackage(STATS)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "org.showroomlab.ingest..",
                    JOBS,
                    REPORTS,
                    APP,
                    "java.io..",
                    "java.nio.file..",
                    "java.net..",
                    "java.sql..",
                    "java.time..",
                    "org.slf4j..",
                    "com.fasterxml..");

    @ArchTest
    static final ArchRule JOBS_ONLY_COUNT = noClasses()
            .that()
            .resideInAPackage(JOBS)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(STATS, REPORTS, APP);

    @ArchTest
    static final ArchRule REPORTS_DO_NOT_KNOW_THE_APP = noClasses()
            .that()
            .resideInAPackage(REPORTS)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(APP, "org.apache.flink..");

    @ArchTest
    static final ArchRule A_SECOND_OPINION_KNOWS_NOTHING_OF_THE_FIRST = noClasses()
            .that()
            .resideInAPackage("org.showroomlab.reports.verify..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(JOBS, "org.showroomlab.ingest.codec..");

    @ArchTest
    static final ArchRule THE_CORE_OF_COUNTING_KNOWS_NO_FLINK = noClasses()
            .that()
            .resideInAnyPackage(
                    "org.showroomlab.jobs.count..", "org.showroomlab.jobs.plan..", "org.showroomlab.jobs.observe..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.apache.flink..", "org.apache.kafka..", "com.fasterxml..");

    @ArchTest
    static final ArchRule ONLY_THE_CODEC_KNOWS_JSON = noClasses()
            .that()
            .resideInAnyPackage("org.showroomlab.ingest.event..", "org.showroomlab.ingest.experiment..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.fasterxml..");

    @ArchTest
    static final ArchRule NO_CIRCLES =
            slices().matching("org.showroomlab.(*).(*)..").should().beFreeOfCycles();
}
