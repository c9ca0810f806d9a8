package org.wanglou.bus.embedded;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.AbortTransactionSpec;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.clients.admin.RemoveMembersFromConsumerGroupOptions;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.common.TopicPartition;
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

    /** How long a transaction must stand unchanged before it is taken for abandoned. */
    private static final long STANDING_MILLIS = 100;

    private StartupFence() {}

    /**
     * @param groups application and group ids whose members are dead
     * @return how many transactions were aborted
     */
    public static int clear(Admin admin, Collection<String> groups, Duration limit) throws InterruptedException {
        int aborted = 0;
        try {
            long deadline = System.nanoTime() + limit.toNanos();
            aborted += fenceOngoing(admin);
            awaitNonePreparing(admin, deadline, limit);
            aborted += abortHanging(admin, deadline, limit);
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

    private static void awaitNonePreparing(Admin admin, long deadline, Duration limit)
            throws InterruptedException, ExecutionException {
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
     * Aborts what stays open although the coordinator has nothing in preparation. The coordinator's own marker may still be
     * on its way, and may say commit: only a transaction that stands unchanged over a pause is aborted, and one whose
     * epoch moves on meanwhile has just been ended by its coordinator.
     */
    private static int abortHanging(Admin admin, long deadline, Duration limit)
            throws InterruptedException, ExecutionException {
        List<TopicPartition> partitions = partitions(admin);
        Set<AbortTransactionSpec> aborted = new HashSet<>();
        Set<AbortTransactionSpec> before = open(admin, partitions);
        while (!before.isEmpty()) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("transactions left by a crash did not end within " + limit);
            }
            Thread.sleep(STANDING_MILLIS);
            awaitNonePreparing(admin, deadline, limit);
            Set<AbortTransactionSpec> now = open(admin, partitions);
            for (AbortTransactionSpec hanging : now) {
                if (before.contains(hanging) && abort(admin, hanging)) {
                    aborted.add(hanging);
                }
            }
            before = now.isEmpty() ? now : open(admin, partitions);
        }
        return aborted.size();
    }

    private static boolean abort(Admin admin, AbortTransactionSpec hanging) throws InterruptedException {
        try {
            admin.abortTransaction(hanging).all().get();
            return true;
        } catch (ExecutionException e) {
            // looked at again: either it is over, or the deadline will say so
            LOG.info("open transaction not aborted spec={} reason={}", hanging, String.valueOf(e.getCause()));
            return false;
        }
    }

    private static List<TopicPartition> partitions(Admin admin) throws InterruptedException, ExecutionException {
        List<TopicPartition> partitions = new ArrayList<>();
        var names = admin.listTopics(new ListTopicsOptions().listInternal(true))
                .names()
                .get();
        admin.describeTopics(names).allTopicNames().get().forEach((name, topic) -> topic.partitions()
                .forEach(p -> partitions.add(new TopicPartition(name, p.partition()))));
        return partitions;
    }

    private static Set<AbortTransactionSpec> open(Admin admin, List<TopicPartition> partitions)
            throws InterruptedException, ExecutionException {
        Set<AbortTransactionSpec> open = new HashSet<>();
        admin.describeProducers(partitions).all().get().forEach((partition, state) -> state.activeProducers().stream()
                .filter(producer -> producer.currentTransactionStartOffset().isPresent())
                .map(producer -> new AbortTransactionSpec(
                        partition,
                        producer.producerId(),
                        (short) producer.producerEpoch(),
                        producer.coordinatorEpoch().orElse(0)))
                .forEach(open::add));
        return open;
    }
}
