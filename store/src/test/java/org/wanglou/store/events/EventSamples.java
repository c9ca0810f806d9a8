package org.wanglou.store.events;

import org.wanglou.model.Ecs;
import org.wanglou.model.Event;

/** Events to test with. */
final class EventSamples {
    static final long NOW = 1_795_478_400_000L;

    private EventSamples() {}

    static String id(long number) {
        return "%032x".formatted(number);
    }

    static Event login(long number, String source, String user, String outcome, String organization) {
        return Event.builder()
                .set(Ecs.EVENT_ID, id(number))
                .set(Ecs.TIMESTAMP, NOW + number * 1_000)
                .set(Ecs.EVENT_INGESTED, NOW + number * 1_000 + 5)
                .set(Ecs.EVENT_DATASET, "sshd")
                .set(Ecs.EVENT_CATEGORY, "authentication")
                .set(Ecs.EVENT_ACTION, "ssh_login")
                .set(Ecs.EVENT_OUTCOME, outcome)
                .set(Ecs.SOURCE_IP, source)
                .set(Ecs.USER_NAME, user)
                .set(Ecs.HOST_NAME, "web01")
                .set(Ecs.ORGANIZATION_ID, organization)
                .set(Ecs.WL_SOURCE, "syslog")
                .set(
                        Ecs.EVENT_ORIGINAL,
                        "Failed password for " + user + " from " + source + " port 4242 ssh2 登录失败 口令错误")
                .build();
    }

    static Event request(long number, String source, String path, long status, String organization) {
        return Event.builder()
                .set(Ecs.EVENT_ID, id(number))
                .set(Ecs.TIMESTAMP, NOW + number * 1_000)
                .set(Ecs.EVENT_DATASET, "nginx.access")
                .set(Ecs.EVENT_OUTCOME, status < 400 ? "success" : "failure")
                .set(Ecs.SOURCE_IP, source)
                .set(Ecs.DESTINATION_IP, "10.100.1.10")
                .set(Ecs.URL_PATH, path)
                .set(Ecs.HTTP_STATUS, status)
                .set(Ecs.ORGANIZATION_ID, organization)
                .set(Ecs.EVENT_ORIGINAL, source + " - - \"GET " + path + " HTTP/1.1\" " + status)
                .set("custom.field", "kept")
                .build();
    }
}
