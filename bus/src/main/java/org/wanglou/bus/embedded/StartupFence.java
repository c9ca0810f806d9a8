package org.wanglou.bus.embedded;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.AbortTransactionSpec;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeProducersResult.PartitionProducerState;
import org.apache.kafka.clients.admin.ProducerState;
import org.apache.kafka.clients.admin.RemoveMembersFromConsumerGroupOptions;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Clears what a crash left open, before the stages start: open transactions and dead group members would otherwise hold
 * everything back until they time out (ten seconds measured; with this, one).
 *
 * <p>Only for the embedded broker: there, every earlier owner is dead for certain. Steps: fence ongoing transactional
 * ids, wait until none is preparing, abort transactions that hang without a coordinator entry, remove group members.
 */
public final class StartupFence {
    private static final Logger LOG = LoggerFactory.getLogger(StartupFence.class);

    private StartupFence() {}

    /**
     * @param groups application and group ids whose members are dead
     * @return how many transactions were aborted
     */
    public static int clear(Admin admin, Collection<String> groups, Duration limit) throws InterruptedException {
        int aborted = 0;
        try {
            aborted += fenceOngoing(admin);
            awaitNonePreparing(admin, limit);
            aborted += abortHanging(admin, limit);
        } catch (ExecutionException e) {
            throw new IllegalStateException("cannot clear transactions left by a crash", e.getCause());
        }
        for (String group : groups) {
            try {
                admin.removeMembersFromConsumerGroup(group, new RemoveMembersFromConsumerGroupOptions())
                        .all()
                        .get();
            } catch (ExecutionException e) {
                LOG.debug("no members to remove group={}", group);
            }
        }
        if (aborted > 0) {
            LOG.info("start-up fence aborted transactions={}", aborted);
        }
        return aborted;
    }

    private static int fenceOngoing(Admin admin) throws InterruptedException, ExecutionException {
        List<String> ids = new ArrayList<>();
        for (TransactionListing listing : admin.listTransactions().all().get()) {
            if (listing.state() == TransactionState.ONGOING) {
                ids.add(listing.transactionalId());
            }
        }
        if (!ids.isEmpty()) {
            admin.fenceProducers(ids).all().get();
        }
        return ids.size();
    }

    private static void awaitNonePreparing(Admin admin, Duration limit)
            throws InterruptedException, ExecutionException {
        long deadline = System.nanoTime() + limit.toNanos();
        while (true) {
            boolean preparing = admin.listTransactions().all().get().stream()
                    .anyMatch(listing -> listing.state() == TransactionState.PREPARE_ABORT
                            || listing.state() == TransactionState.PREPARE_COMMIT
                            || listing.state() == TransactionState.ONGOING);
            if (!preparing) {
                return;
            }
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("transactions left by a crash did not end within " + limit);
            }
            Thread.sleep(20);
        }
    }

    /**
     * Aborts until none hangs. A producer whose transaction was ended since it was looked at answers with an epoch that
     * has moved on: that is what was wanted, and the next look shows it.
     */
    private static int abortHanging(Admin admin, Duration limit) throws InterruptedException, ExecutionException {
        List<TopicPartition> partitions = new ArrayList<>();
        var names = admin.listTopics(new org.apache.kafka.clients.admin.ListTopicsOptions().listInternal(true))
                .names()
                .get();
        admin.describeTopics(names).allTopicNames().get().forEach((name, topic) -> topic.partitions()
                .forEach(p -> partitions.add(new TopicPartition(name, p.partition()))));
        int aborted = 0;
        long deadline = System.nanoTime() + limit.toNanos();
        while (true) {
            boolean moved = false;
            Map<TopicPartition, PartitionProducerState> states =
                    admin.describeProducers(partitions).all().get();
            for (var entry : states.entrySet()) {
                for (var producer : entry.getValue().activeProducers()) {
                    if (producer.currentTransactionStartOffset().isPresent()) {
                        if (abort(admin, entry.getKey(), producer)) {
                            aborted++;
                        } else {
                            moved = true;
                        }
                    }
                }
            }
            if (!moved) {
                return aborted;
            }
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("transactions left by a crash did not end within " + limit);
            }
            Thread.sleep(20);
        }
    }

    /** False when the producer has a newer epoch than was seen. */
    private static boolean abort(Admin admin, TopicPartition partition, ProducerState producer)
            throws InterruptedException, ExecutionException {
        try {
            admin.abortTransaction(new AbortTransactionSpec(
                            partition,
                            producer.producerId(),
                            (short) producer.producerEpoch(),
                            producer.coordinatorEpoch().orElse(0)))
                    .all()
                    .get();
            return true;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof InvalidProducerEpochException) {
                LOG.debug("transaction ended meanwhile partition={}", partition);
                return false;
            }
            throw e;
        }
    }
}
