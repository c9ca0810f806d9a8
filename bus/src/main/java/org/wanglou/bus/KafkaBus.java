package org.wanglou.bus;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.wanglou.model.Meters;

/** Kafka as the corridor, embedded broker and cluster alike. Thread-safe. */
public final class KafkaBus implements Bus {
    private final Map<String, Object> client;
    private final Meters meters;

    /** @param clientProperties bootstrap servers and security, as {@code EmbeddedBroker.clientProperties()} gives */
    public KafkaBus(Map<String, Object> clientProperties, Meters meters) {
        this.client = Map.copyOf(clientProperties);
        this.meters = meters;
    }

    /**
     * Creates the topics that are missing.
     *
     * @param partitions count for partitioned topics; an existing topic keeps its own
     * @param replication replication factor: 1 embedded, 3 in a cluster
     * @throws IllegalStateException when an existing topic has another partition count: hashes would move keys
     */
    public void createTopics(int partitions, short replication) {
        try (Admin admin = Admin.create(client)) {
            Set<String> existing = admin.listTopics().names().get();
            List<NewTopic> missing = new ArrayList<>();
            List<String> present = new ArrayList<>();
            for (Topic topic : Topic.values()) {
                if (existing.contains(topic.topicName())) {
                    present.add(topic.topicName());
                } else {
                    missing.add(new NewTopic(
                                    topic.topicName(),
                                    Optional.of(topic.partitioned() ? partitions : 1),
                                    Optional.of(replication))
                            .configs(topic.config()));
                }
            }
            if (!missing.isEmpty()) {
                admin.createTopics(missing).all().get();
            }
            admin.describeTopics(present).allTopicNames().get().forEach((name, description) -> {
                int wanted = topicNamed(name).partitioned() ? partitions : 1;
                if (description.partitions().size() != wanted) {
                    throw new IllegalStateException("topic " + name + " has "
                            + description.partitions().size() + " partitions, configured are " + wanted
                            + ": set the old number, or start with an empty data directory");
                }
            });
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while creating topics", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("cannot create topics", e.getCause());
        }
    }

    private static Topic topicNamed(String name) {
        for (Topic topic : Topic.values()) {
            if (topic.topicName().equals(name)) {
                return topic;
            }
        }
        throw new IllegalArgumentException("no such topic " + name);
    }

    @Override
    public Publisher publisher(String name) {
        return new KafkaPublisher(name, clientProperties(), meters);
    }

    @Override
    public Worker worker(String name, Set<Topic> topics, BatchHandler handler) {
        return new KafkaWorker(name, clientProperties(), topics, handler, meters);
    }

    @Override
    public Map<String, Object> clientProperties() {
        return new HashMap<>(client);
    }
}
