package org.showroomlab.app.live;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.showroomlab.jobs.results.ResultCodec;
import org.showroomlab.jobs.results.RolledBack;
import org.showroomlab.jobs.source.ResultSinks;
import org.showroomlab.reports.store.Interruption;
import org.showroomlab.reports.store.LiveRows;
import org.showroomlab.reports.store.ResultPartition;
import org.showroomlab.reports.store.Store;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the {@code results} topic into a store. The store keeps the offsets with the rows, so this goes on exactly where
 * the stored rows end, whatever happened to the process.
 */
public final class ResultsFeed implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ResultsFeed.class);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration RETRY = Duration.ofSeconds(1);
    /** How often brokers are asked what there is, while a job catches up on it. */
    private static final Duration ASK = Duration.ofSeconds(1);
    /** How often brokers are asked whether they are there, and the same. */
    private static final Duration CHECK = Duration.ofSeconds(5);

    /** After reading up, what has no other half by then is taken for a state. */
    private static final Duration LONGEST_HALF = WaitingRows.LONGEST_WAIT;

    private static final Duration ANSWER = Duration.ofSeconds(5);
    /** Until then a feed that waits for nobody has ended by itself; an interrupted consumer writes of errors. */
    private static final Duration STOP_BY_ITSELF = Duration.ofSeconds(2);

    private static final Duration STOP = Duration.ofSeconds(20);

    private final String brokers;
    private final Store store;
    private final Map<String, UnsettledRows> unsettledByJob = new TreeMap<>();
    private final Thread thread;
    private final CountDownLatch stop = new CountDownLatch(1);
    private long heardAtNanos = System.nanoTime();
    /** Experiments between two states that no job counts any more. */
    private final Set<String> left = new HashSet<>();
    /** How far the topic has been read. */
    private final Map<ResultPartition, Long> read = new HashMap<>();
    /** Where the topic ended when reading began: until then rows are of the past. Empty when they have become a state. */
    private Map<TopicPartition, Long> ends = Map.of();
    /** When it was known last that there was more of that. */
    private long readUpAtNanos;
    /** When brokers were asked last what there is to catch up on. */
    private long askedAtNanos;

    private ResultsFeed(String brokers, Store store) {
        this.brokers = brokers;
        this.store = store;
        this.thread = new Thread(this::feed, "results-feed");
    }

    private static KafkaConsumer<byte[], byte[]> consumer(String brokers) {
        return new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers", brokers,
                        "enable.auto.commit", "false",
                        // Made by asking for it, the topic would lack its settings.
                        "allow.auto.create.topics", "false",
                        // Offsets that are not there are those of another topic, which must be noticed.
                        "auto.offset.reset", "none",
                        "max.poll.records", "20000",
                        "default.api.timeout.ms", "20000"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }

    /**
     * Starts reading. From then on brokers may go away and come back; rows wait for them.
     *
     * @throws KafkaException when the brokers do not answer now
     */
    public static ResultsFeed start(String brokers, Store store) {
        ResultsFeed feed = new ResultsFeed(brokers, store);
        try (KafkaConsumer<byte[], byte[]> probe = consumer(brokers);
                Admin admin = admin(brokers)) {
            feed.assign(probe, admin);
        }
        feed.thread.start();
        return feed;
    }

    private static Admin admin(String brokers) {
        String millis = Long.toString(ANSWER.toMillis());
        return Admin.create(
                Map.of("bootstrap.servers", brokers, "request.timeout.ms", millis, "default.api.timeout.ms", millis));
    }

    private void assign(KafkaConsumer<byte[], byte[]> consumer, Admin admin) {
        unsettledByJob.clear();
        read.clear();
        left.clear();
        left.addAll(store.leftBetweenStates());
        Set<String> all = new HashSet<>(store.liveExperiments());
        all.addAll(left);
        store.restating(all);
        List<TopicPartition> partitions = consumer.partitionsFor(ResultSinks.RESULTS_TOPIC).stream()
                .map(p -> new TopicPartition(p.topic(), p.partition()))
                .toList();
        consumer.assign(partitions);
        follow(admin);
        Map<ResultPartition, Long> offsets = store.offsets();
        Map<TopicPartition, Long> first = consumer.beginningOffsets(partitions);
        Map<TopicPartition, Long> end = consumer.endOffsets(partitions);
        for (TopicPartition partition : partitions) {
            Long stored = offsets.get(new ResultPartition(partition.topic(), partition.partition()));
            if (stored == null
                    || stored < first.getOrDefault(partition, 0L)
                    || stored > end.getOrDefault(partition, 0L)) {
                consumer.seekToBeginning(List.of(partition));
            } else {
                consumer.seek(partition, stored);
            }
        }
        ends = end;
        readUpAtNanos = System.nanoTime();
        heardAtNanos = System.nanoTime();
    }

    /**
     * Tells the store whose rows these are, if the brokers say so. Behind an address that stays the same there may be
     * another cluster one day.
     *
     * @return whether they are another's than before
     */
    private boolean follow(Admin admin) {
        try {
            String cluster = admin.describeCluster().clusterId().get();
            TopicDescription topic = admin.describeTopics(List.of(ResultSinks.RESULTS_TOPIC))
                    .allTopicNames()
                    .get()
                    .get(ResultSinks.RESULTS_TOPIC);
            return cluster != null
                    && topic != null
                    && store.follow(cluster, topic.topicId().toString());
        } catch (ExecutionException e) {
            throw new KafkaException(
                    "the brokers do not say which cluster and topic they have: " + e.getCause(), e.getCause());
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    private void feed() {
        while (!isStopping()) {
            try (KafkaConsumer<byte[], byte[]> consumer = consumer(brokers);
                    Admin admin = admin(brokers)) {
                assign(consumer, admin);
                while (!isStopping()) {
                    if (!take(consumer.poll(POLL), consumer, admin)) {
                        LOG.info("an experiment that a run had counted is live now; the results are read again");
                        assign(consumer, admin);
                    }
                    sayWhatIsRestated(consumer);
                    if (System.nanoTime() - heardAtNanos > CHECK.toNanos()) {
                        check(consumer, admin);
                    }
                }
            } catch (InterruptException e) {
                LOG.debug("stopping", e);
            } catch (RuntimeException | Error e) {
                // Nothing is lost by it: the store knows what it has, and a new consumer goes on from there. Nobody
                // would hear of a thread that ended.
                LOG.warn("the results feed was interrupted; it goes on from the stored offsets", e);
                interrupted(e);
                pause();
            }
        }
    }

    /**
     * Also that rows come, when all is read that was there when reading began, and the other halves of it: after a failure,
     * not before.
     */
    private void sayWhatIsRestated(KafkaConsumer<byte[], byte[]> consumer) {
        if (isBehind(consumer)) {
            readUpAtNanos = System.nanoTime();
        } else if (!ends.isEmpty() && (areAllWhole() || System.nanoTime() - readUpAtNanos > LONGEST_HALF.toNanos())) {
            ends = Map.of();
            heard();
        }
        store.restating(restated());
    }

    /** The experiments whose tables are between two states: while the past is read, of all jobs. */
    private Set<String> restated() {
        boolean isPast = !ends.isEmpty();
        Set<String> experiments = new HashSet<>(isPast ? store.liveExperiments() : Set.of());
        unsettledByJob.values().stream()
                .filter(ofJob -> isPast || ofJob.isBetweenStates())
                .forEach(ofJob -> experiments.addAll(ofJob.experiments()));
        unsettledByJob.values().forEach(ofJob -> left.removeAll(ofJob.experiments()));
        experiments.addAll(left);
        return experiments;
    }

    private boolean isBehind(KafkaConsumer<byte[], byte[]> consumer) {
        return ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue());
    }

    private boolean areAllWhole() {
        return unsettledByJob.values().stream().allMatch(UnsettledRows::isWhole);
    }

    /** For jobs that have begun and read what was there before them. */
    private void askWhatThereIs(Admin admin) {
        if (unsettledByJob.values().stream().noneMatch(UnsettledRows::isCatchingUp)) {
            return;
        }
        askedAtNanos = System.nanoTime();
        EventTopics topics = new EventTopics(admin);
        unsettledByJob.values().forEach(unsettled -> ask(unsettled, topics));
    }

    private static void ask(UnsettledRows unsettled, EventTopics topics) {
        try {
            unsettled.ask(topics);
        } catch (InterruptException e) {
            throw e;
        } catch (KafkaException e) {
            LOG.debug("the brokers did not say what there is to catch up on", e);
        }
    }

    /** Silence is the same whether there is nothing to say or nobody there. */
    private void check(KafkaConsumer<byte[], byte[]> consumer, Admin admin) {
        boolean isAnother;
        try {
            isAnother = follow(admin);
        } catch (InterruptException e) {
            throw e;
        } catch (KafkaException e) {
            LOG.debug("the brokers did not say whose the results are", e);
            heardAtNanos = System.nanoTime();
            interrupted(e);
            return;
        }
        if (isAnother) {
            LOG.info("these are the results of another Kafka cluster, or of a topic that was made anew");
            assign(consumer, admin);
        }
        heard();
    }

    private void interrupted(Throwable e) {
        boolean silent = e instanceof TimeoutException || e.getCause() instanceof TimeoutException;
        store.interrupted(new Interruption(
                Instant.now(),
                silent
                        ? "the brokers at " + brokers + " do not answer"
                        : "the results could not be taken in: "
                                + Objects.requireNonNullElse(e.getMessage(), e.toString())));
    }

    private void heard() {
        heardAtNanos = System.nanoTime();
        store.resumed();
    }

    private boolean isStopping() {
        return stop.getCount() == 0;
    }

    private void pause() {
        try {
            stop.await(RETRY.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            LOG.debug("stopping", e);
        }
    }

    /** Whether the records are stored; otherwise they are to be read again. */
    private boolean take(ConsumerRecords<byte[], byte[]> records, KafkaConsumer<byte[], byte[]> consumer, Admin admin) {
        if (System.nanoTime() - askedAtNanos > ASK.toNanos()) {
            askWhatThereIs(admin);
        }
        if (records.isEmpty() && nothingWaits()) {
            return true;
        }
        boolean anyBegins = false;
        for (ConsumerRecord<byte[], byte[]> record : records) {
            ResultPartition partition = new ResultPartition(record.topic(), record.partition());
            read.put(partition, record.offset() + 1);
            if (record.value() != null) {
                ResultCodec.Stamped said = ResultCodec.decodeStamped(record.value());
                UnsettledRows ofJob = unsettledByJob.computeIfAbsent(
                        said.job(),
                        job -> new UnsettledRows(store.liveExperiments(job), store::hasBegun, System::nanoTime));
                // One that only recovers takes nothing from another.
                boolean isSubmitted = said.row() instanceof RolledBack back && ofJob.isSubmitted(back);
                Set<String> halfSaid =
                        isSubmitted && ends.isEmpty() && ofJob.isBetweenStates() ? ofJob.experiments() : Set.of();
                ofJob.take(said, partition, record.offset());
                // Those that it leaves out, it leaves as they are.
                left.addAll(halfSaid);
                anyBegins |= said.row() instanceof RolledBack;
                if (isSubmitted && said.row() instanceof RolledBack back) {
                    unsettledByJob.forEach((job, unsettled) -> {
                        if (!job.equals(said.job())) {
                            unsettled.overtakenBy(back);
                        }
                    });
                }
            }
        }
        if (anyBegins) {
            askWhatThereIs(admin);
        }
        // What begins to be said again does so before the store takes rows in, and what is said again is so afterwards:
        // who reads in between must not take that for a state.
        Set<String> before = new HashSet<>(store.restating());
        before.addAll(restated());
        store.restating(before);
        boolean isBehind = isBehind(consumer);
        boolean caughtUp = consumer.assignment().stream()
                .allMatch(partition -> consumer.currentLag(partition).orElse(0) == 0);
        Map<String, LiveRows> saidByJob = new TreeMap<>();
        Map<ResultPartition, Long> next = new HashMap<>(read);
        unsettledByJob.forEach((job, unsettled) -> {
            // Rows of the past are no state before all of them are read.
            saidByJob.put(job, unsettled.drain(isBehind, caughtUp));
            unsettled.hold(next);
        });
        // What was just taken out may be half of a flush.
        Set<String> after = new HashSet<>(before);
        after.addAll(restated());
        store.restating(after);
        return store.apply(saidByJob, next);
    }

    private boolean nothingWaits() {
        return unsettledByJob.values().stream().noneMatch(UnsettledRows::isWaiting);
    }

    @Override
    public void close() {
        stop.countDown();
        try {
            thread.join(STOP_BY_ITSELF.toMillis());
            // It may be waiting for brokers that are not there.
            thread.interrupt();
            thread.join(STOP.toMillis());
        } catch (InterruptedException e) {
            thread.interrupt();
            Thread.currentThread().interrupt();
        }
    }
}
