package org.wanglou.sensors.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.wanglou.model.Ecs;
import org.wanglou.model.Event;
import org.wanglou.sensors.frame.Frame;

class FormatsTest {
    private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");
    private static final long NOW = Instant.parse("2026-11-24T02:00:00Z").toEpochMilli();

    private static Decoded decode(String format, byte[] bytes, long received) {
        return Formats.named(format)
                .orElseThrow()
                .decode(new Frame(bytes, "192.0.2.1", received, "o", false), SHANGHAI);
    }

    private static Event syslog(String line) {
        return event(decode("syslog", line.getBytes(StandardCharsets.UTF_8), NOW));
    }

    private static Event event(Decoded decoded) {
        assertThat(decoded).isInstanceOf(Decoded.Events.class);
        return ((Decoded.Events) decoded).events().get(0).build();
    }

    @Test
    void a_failed_password_is_a_failed_authentication_from_its_source() {
        Event event = syslog(
                "<38>Nov 24 09:59:58 web01 sshd[812]: Failed password for root from 203.0.113.7 port 53221 ssh2");
        assertThat(event.texts(Ecs.EVENT_CATEGORY)).containsExactly("authentication");
        assertThat(event.text(Ecs.EVENT_OUTCOME)).contains("failure");
        assertThat(event.text(Ecs.SOURCE_IP)).contains("203.0.113.7");
        assertThat(event.number(Ecs.SOURCE_PORT, -1)).isEqualTo(53221);
        assertThat(event.text(Ecs.USER_NAME)).contains("root");
        assertThat(event.text(Ecs.HOST_NAME)).contains("web01");
        assertThat(event.text(Ecs.PROCESS_NAME)).contains("sshd");
        assertThat(event.number(Ecs.PROCESS_PID, -1)).isEqualTo(812);
        assertThat(event.text(Ecs.EVENT_DATASET)).contains("system.auth");
        assertThat(event.time()).isEqualTo(Instant.parse("2026-11-24T01:59:58Z"));
        assertThat(event.number(Ecs.LOG_SYSLOG_FACILITY, -1)).isEqualTo(4);
    }

    @Test
    void an_object_with_other_bytes_behind_it_is_no_json_behind_a_header_either() {
        Event whole = syslog("<38>Nov 24 09:59:58 web01 app: {\"colour\":\"blue\"} ");
        assertThat(whole.extra()).containsEntry("json.colour", "blue");
        Event torn = syslog("<38>Nov 24 09:59:58 web01 app: {\"colour\":\"blue\"}x\u0001");
        assertThat(torn.extra()).doesNotContainKey("json.colour");
    }

    @Test
    void a_user_name_cannot_forge_the_source_address() {
        Event event = syslog("<38>Nov 24 09:59:58 web01 sshd[812]: Failed password for invalid user"
                + " x from 10.0.0.1 port 1 ssh2 from 203.0.113.7 port 53221 ssh2");
        assertThat(event.text(Ecs.SOURCE_IP)).contains("203.0.113.7");
        assertThat(event.text(Ecs.USER_NAME)).contains("x from 10.0.0.1 port 1 ssh2");
        assertThat(event.text(Ecs.EVENT_REASON)).contains("invalid user");
    }

    @Test
    void an_accepted_key_is_a_success_and_other_chatter_stays_a_plain_message() {
        assertThat(syslog(
                                "Nov 24 09:59:58 web01 sshd[1]: Accepted publickey for li from 2001:db8::7 port 22 ssh2: ED25519 SHA256:abc")
                        .text(Ecs.EVENT_OUTCOME))
                .contains("success");
        Event chatter = syslog("Nov 24 09:59:58 web01 sshd[1]: Server listening on 0.0.0.0 port 22.");
        assertThat(chatter.get(Ecs.EVENT_CATEGORY)).isNull();
        assertThat(chatter.text(Ecs.MESSAGE)).contains("Server listening on 0.0.0.0 port 22.");
    }

    @Test
    void a_line_of_new_years_eve_read_after_midnight_is_last_years() {
        long afterMidnight = Instant.parse("2026-12-31T16:00:05Z").toEpochMilli();
        Event event =
                event(decode("syslog", "<13>Dec 31 23:59:59 h app: x".getBytes(StandardCharsets.UTF_8), afterMidnight));
        assertThat(event.time()).isEqualTo(Instant.parse("2026-12-31T15:59:59Z"));
        long beforeMidnight = Instant.parse("2026-12-31T15:59:50Z").toEpochMilli();
        Event ahead = event(
                decode("syslog", "<13>Jan  1 00:00:01 h app: x".getBytes(StandardCharsets.UTF_8), beforeMidnight));
        assertThat(ahead.time()).isEqualTo(Instant.parse("2026-12-31T16:00:01Z"));
    }

    @Test
    void a_year_that_is_given_is_believed() {
        assertThat(syslog("<13>Dec 31 2025 23:59:59 h app: x").time()).isEqualTo(Instant.parse("2025-12-31T15:59:59Z"));
        assertThat(syslog("<13>Jan  1 2026 00:00:00 h app: x").time()).isEqualTo(Instant.parse("2025-12-31T16:00:00Z"));
    }

    @Test
    void rfc_5424_with_structured_data_is_read_whole() {
        Event event = syslog(
                "<165>1 2026-11-24T01:59:58.003Z host.example sshd 812 ID47"
                        + " [ex@32473 a=\"1\" b=\"x\\\"]y\"][p@1 q=\"2\"] \ufeffFailed password for a from 192.0.2.9 port 5 ssh2");
        assertThat(event.text(Ecs.HOST_NAME)).contains("host.example");
        assertThat(event.text(Ecs.LOG_SYSLOG_MSGID)).contains("ID47");
        assertThat(event.text(Ecs.SOURCE_IP)).contains("192.0.2.9");
        assertThat(event.timeMillis())
                .isEqualTo(Instant.parse("2026-11-24T01:59:58.003Z").toEpochMilli());
    }

    @Test
    void sudo_tells_who_ran_what_and_what_was_refused() {
        Event ran = syslog(
                "<85>Nov 24 09:59:58 h sudo:   li : TTY=pts/0 ; PWD=/home/li ; USER=root ; COMMAND=/bin/cat /etc/shadow");
        assertThat(ran.text(Ecs.USER_NAME)).contains("li");
        assertThat(ran.text(Ecs.PROCESS_COMMAND_LINE)).contains("/bin/cat /etc/shadow");
        assertThat(ran.text(Ecs.EVENT_OUTCOME)).contains("success");
        Event refused = syslog(
                "<81>Nov 24 09:59:58 h sudo:   li : user NOT in sudoers ; TTY=pts/0 ; PWD=/ ; USER=root ; COMMAND=/bin/sh");
        assertThat(refused.text(Ecs.EVENT_OUTCOME)).contains("failure");
        assertThat(refused.text(Ecs.EVENT_REASON)).contains("user NOT in sudoers");
    }

    @Test
    void an_access_line_is_read_plain_and_inside_syslog() {
        String line =
                "2001:db8::5 - - [24/Nov/2026:09:59:58 +0800] \"GET /a/b.jsp?x=\\x22<1> HTTP/1.1\" 404 153 \"-\" \"curl \\\"7\\\"\"";
        Event plain = event(decode("nginx-access", line.getBytes(StandardCharsets.UTF_8), NOW));
        Event inside = syslog("<190>Nov 24 09:59:58 portal01 nginx: " + line);
        for (Event event : List.of(plain, inside)) {
            assertThat(event.text(Ecs.EVENT_DATASET)).contains("nginx.access");
            assertThat(event.text(Ecs.SOURCE_IP)).contains("2001:db8::5");
            assertThat(event.text(Ecs.URL_PATH)).contains("/a/b.jsp");
            assertThat(event.text(Ecs.URL_EXTENSION)).contains("jsp");
            assertThat(event.number(Ecs.HTTP_STATUS, -1)).isEqualTo(404);
            assertThat(event.number(Ecs.HTTP_BODY_BYTES, -1)).isEqualTo(153);
            assertThat(event.time()).isEqualTo(Instant.parse("2026-11-24T01:59:58Z"));
        }
    }

    @Test
    void a_netflow_5_record_is_a_flow_with_wall_times() {
        ByteBuffer d = ByteBuffer.allocate(24 + 48);
        d.putShort(0, (short) 5).putShort(2, (short) 1).putInt(4, 10_000).putInt(8, (int) (NOW / 1000));
        d.put(24, new byte[] {10, 1, 2, 3}).put(28, new byte[] {(byte) 203, 0, 113, 66});
        d.putInt(40, 7).putInt(44, 900).putInt(48, 4_000).putInt(52, 9_000);
        d.putShort(56, (short) 40_000).putShort(58, (short) 443).put(62, (byte) 6);
        Event flow = event(decode("netflow-v5", d.array(), NOW));
        assertThat(flow.text(Ecs.SOURCE_IP)).contains("10.1.2.3");
        assertThat(flow.text(Ecs.DESTINATION_IP)).contains("203.0.113.66");
        assertThat(flow.number(Ecs.SOURCE_PORT, -1)).isEqualTo(40_000);
        assertThat(flow.number(Ecs.NETWORK_BYTES, -1)).isEqualTo(900);
        assertThat(flow.text(Ecs.NETWORK_TRANSPORT)).contains("tcp");
        assertThat(flow.number(Ecs.EVENT_START, -1)).isEqualTo(NOW - 6_000);
        assertThat(flow.timeMillis()).isEqualTo(NOW - 1_000);
        d.putShort(2, (short) 3);
        assertThat(decode("netflow-v5", d.array(), NOW)).isInstanceOf(Decoded.Malformed.class);
    }

    @Property(tries = 1000)
    void whatever_the_bytes_no_format_throws(@ForAll byte[] bytes) {
        for (Format format : Formats.bare()) {
            assertThat(format.decode(new Frame(bytes, "192.0.2.1", NOW, "o", false), SHANGHAI))
                    .isNotNull();
        }
    }

    @Test
    void a_thousand_mutilated_lines_are_events_or_malformed_and_nothing_else() {
        Random random = new Random(20261124);
        byte[] good = ("<38>Nov 24 09:59:58 web01 sshd[812]: Failed password for root from 203.0.113.7 port 53221 ssh2")
                .getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < 1000; i++) {
            byte[] bad = good.clone();
            for (int n = random.nextInt(6); n >= 0; n--) {
                bad[random.nextInt(bad.length)] = (byte) random.nextInt(256);
            }
            for (Format format : Formats.bare()) {
                assertThat(format.decode(new Frame(bad, "192.0.2.1", NOW, "o", false), SHANGHAI))
                        .isNotNull();
            }
        }
    }
}
