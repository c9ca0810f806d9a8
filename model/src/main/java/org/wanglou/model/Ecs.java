package org.wanglou.model;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.wanglou.model.Field.Type;

/**
 * The fields of ECS 8 (and {@code wanglou.*}) that have a slot of their own. Anything else an event carries is kept by
 * its dotted name in {@link Event#extra()}; nothing is dropped.
 */
public final class Ecs {
    private static final List<Field> ALL = new ArrayList<>();
    private static final Map<String, Field> BY_NAME = new HashMap<>();

    public static final Field TIMESTAMP = time("@timestamp");
    public static final Field EVENT_ID = text("event.id");
    public static final Field EVENT_INGESTED = time("event.ingested");
    /** The time the source claimed, kept when it was more than 24 h from receipt and therefore replaced. */
    public static final Field EVENT_CREATED = time("event.created");

    public static final Field EVENT_KIND = text("event.kind");
    public static final Field EVENT_CATEGORY = texts("event.category");
    public static final Field EVENT_TYPE = texts("event.type");
    public static final Field EVENT_ACTION = text("event.action");
    public static final Field EVENT_OUTCOME = text("event.outcome");
    public static final Field EVENT_REASON = text("event.reason");
    public static final Field EVENT_DATASET = text("event.dataset");
    public static final Field EVENT_MODULE = text("event.module");
    public static final Field EVENT_PROVIDER = text("event.provider");
    public static final Field EVENT_ORIGINAL = text("event.original");
    public static final Field EVENT_TIMEZONE = text("event.timezone");
    public static final Field EVENT_CODE = text("event.code");
    public static final Field EVENT_SEVERITY = number("event.severity");
    public static final Field EVENT_DURATION = number("event.duration");
    public static final Field EVENT_START = time("event.start");
    public static final Field EVENT_END = time("event.end");
    public static final Field MESSAGE = text("message");
    public static final Field TAGS = texts("tags");
    public static final Field OBSERVER_NAME = text("observer.name");
    public static final Field OBSERVER_TYPE = text("observer.type");
    public static final Field OBSERVER_VENDOR = text("observer.vendor");
    public static final Field OBSERVER_PRODUCT = text("observer.product");
    public static final Field OBSERVER_IP = address("observer.ip");
    public static final Field ORGANIZATION_ID = text("organization.id");
    public static final Field ORGANIZATION_NAME = text("organization.name");
    public static final Field HOST_NAME = text("host.name");
    public static final Field HOST_IP = address("host.ip");
    public static final Field HOST_HOSTNAME = text("host.hostname");
    public static final Field LOG_LEVEL = text("log.level");
    public static final Field LOG_FILE_PATH = text("log.file.path");
    public static final Field LOG_SYSLOG_PRIORITY = number("log.syslog.priority");
    public static final Field LOG_SYSLOG_FACILITY = number("log.syslog.facility.code");
    public static final Field LOG_SYSLOG_SEVERITY = number("log.syslog.severity.code");
    public static final Field LOG_SYSLOG_APPNAME = text("log.syslog.appname");
    public static final Field LOG_SYSLOG_PROCID = text("log.syslog.procid");
    public static final Field LOG_SYSLOG_MSGID = text("log.syslog.msgid");
    public static final Field LOG_SYSLOG_VERSION = text("log.syslog.version");
    public static final Field PROCESS_NAME = text("process.name");
    public static final Field PROCESS_PID = number("process.pid");
    public static final Field PROCESS_COMMAND_LINE = text("process.command_line");
    public static final Field PROCESS_EXECUTABLE = text("process.executable");
    public static final Field PROCESS_WORKING_DIRECTORY = text("process.working_directory");
    public static final Field PROCESS_PARENT_NAME = text("process.parent.name");
    public static final Field PROCESS_PARENT_PID = number("process.parent.pid");
    public static final Field PROCESS_PARENT_EXECUTABLE = text("process.parent.executable");
    public static final Field PROCESS_PARENT_COMMAND_LINE = text("process.parent.command_line");
    public static final Field SOURCE_IP = address("source.ip");
    public static final Field SOURCE_PORT = number("source.port");
    public static final Field SOURCE_ADDRESS = text("source.address");
    public static final Field SOURCE_DOMAIN = text("source.domain");
    public static final Field SOURCE_BYTES = number("source.bytes");
    public static final Field SOURCE_PACKETS = number("source.packets");
    public static final Field SOURCE_MAC = text("source.mac");
    public static final Field SOURCE_NAT_IP = address("source.nat.ip");
    public static final Field SOURCE_NAT_PORT = number("source.nat.port");
    public static final Field DESTINATION_IP = address("destination.ip");
    public static final Field DESTINATION_PORT = number("destination.port");
    public static final Field DESTINATION_ADDRESS = text("destination.address");
    public static final Field DESTINATION_DOMAIN = text("destination.domain");
    public static final Field DESTINATION_BYTES = number("destination.bytes");
    public static final Field DESTINATION_PACKETS = number("destination.packets");
    public static final Field DESTINATION_MAC = text("destination.mac");
    public static final Field DESTINATION_NAT_IP = address("destination.nat.ip");
    public static final Field DESTINATION_NAT_PORT = number("destination.nat.port");
    public static final Field NETWORK_TRANSPORT = text("network.transport");
    public static final Field NETWORK_IANA = text("network.iana_number");
    public static final Field NETWORK_TYPE = text("network.type");
    public static final Field NETWORK_BYTES = number("network.bytes");
    public static final Field NETWORK_PACKETS = number("network.packets");
    public static final Field NETWORK_PROTOCOL = text("network.protocol");
    public static final Field NETWORK_APPLICATION = text("network.application");
    public static final Field NETWORK_DIRECTION = text("network.direction");
    public static final Field INGRESS_ZONE = text("observer.ingress.zone");
    public static final Field INGRESS_INTERFACE = text("observer.ingress.interface.name");
    public static final Field EGRESS_ZONE = text("observer.egress.zone");
    public static final Field EGRESS_INTERFACE = text("observer.egress.interface.name");
    public static final Field RULE_ID = text("rule.id");
    public static final Field RULE_NAME = text("rule.name");
    public static final Field RULE_CATEGORY = text("rule.category");
    public static final Field USER_NAME = text("user.name");
    public static final Field USER_ID = text("user.id");
    public static final Field USER_EFFECTIVE_NAME = text("user.effective.name");
    public static final Field USER_DOMAIN = text("user.domain");
    public static final Field USER_TARGET_NAME = text("user.target.name");
    public static final Field GROUP_NAME = text("group.name");
    public static final Field GROUP_ID = text("group.id");
    public static final Field HTTP_METHOD = text("http.request.method");
    public static final Field HTTP_REFERRER = text("http.request.referrer");
    public static final Field HTTP_STATUS = number("http.response.status_code");
    public static final Field HTTP_BODY_BYTES = number("http.response.body.bytes");
    public static final Field HTTP_VERSION = text("http.version");
    public static final Field URL_ORIGINAL = text("url.original");
    public static final Field URL_PATH = text("url.path");
    public static final Field URL_QUERY = text("url.query");
    public static final Field URL_FULL = text("url.full");
    public static final Field URL_DOMAIN = text("url.domain");
    public static final Field URL_EXTENSION = text("url.extension");
    public static final Field USER_AGENT_ORIGINAL = text("user_agent.original");
    public static final Field DNS_QUESTION_NAME = text("dns.question.name");
    public static final Field DNS_QUESTION_TYPE = text("dns.question.type");
    public static final Field DNS_RESPONSE_CODE = text("dns.response_code");
    public static final Field DNS_RESOLVED_IP = texts("dns.resolved_ip");
    public static final Field TLS_SERVER_NAME = text("tls.client.server_name");
    public static final Field FILE_NAME = text("file.name");
    public static final Field FILE_PATH = text("file.path");
    public static final Field RELATED_IP = texts("related.ip");
    public static final Field RELATED_USER = texts("related.user");
    public static final Field RELATED_HOSTS = texts("related.hosts");
    /** Configured name of the sensor whose listener received the event. */
    public static final Field WL_SOURCE = text("wanglou.source");
    /** True (1) when the event came later than the grace allows. */
    public static final Field WL_LATE = number("wanglou.late");
    /** Why {@code organization.id} is {@code unassigned}, or by what it was attributed. */
    public static final Field WL_UNIT_BASIS = text("wanglou.unit_basis");
    /** Which classes of personal identifier were replaced by tokens (data class names). */
    public static final Field WL_MASKED = texts("wanglou.masked");
    /** Why an input was kept as {@code event.dataset: unparsed}. */
    public static final Field WL_UNPARSED_REASON = text("wanglou.unparsed_reason");
    /** Identifier of the asset the event's target belongs to, filled by enrichment. */
    public static final Field WL_ASSET = text("wanglou.asset.id");

    private static final Field[] SLOTS = ALL.toArray(new Field[0]);

    private Ecs() {}

    /** How many slots there are. */
    public static int slots() {
        return SLOTS.length;
    }

    /** The field of a slot in [0, {@link #slots()}). */
    public static Field at(int slot) {
        return SLOTS[slot];
    }

    /** The field with this dotted name, empty if it has no slot. */
    public static Optional<Field> named(String name) {
        return Optional.ofNullable(BY_NAME.get(name));
    }

    private static Field text(String name) {
        return add(name, Type.TEXT);
    }

    private static Field texts(String name) {
        return add(name, Type.TEXTS);
    }

    private static Field number(String name) {
        return add(name, Type.NUMBER);
    }

    private static Field address(String name) {
        return add(name, Type.ADDRESS);
    }

    private static Field time(String name) {
        return add(name, Type.TIME);
    }

    private static Field add(String name, Type type) {
        Field field = new Field(name, type, ALL.size());
        ALL.add(field);
        BY_NAME.put(name, field);
        return field;
    }
}
