package org.wanglou.sensors.format.vary;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** What stands before the text of devices that a relay or the device itself wrote twice. */
class DeviceHeadersTest {
    private static Map<String, String> auto(String line) {
        return Fields.of("auto", line);
    }

    @Test
    void behind_a_relays_time_and_address_the_devices_own_number_and_time_hold() {
        assertThat(auto("<189>Nov 24 10:23:01 10.20.0.2 4471: Nov 24 10:22:58.412 CST: %SYS-5-CONFIG_I: Configured from"
                        + " console by zhang on vty0 (203.0.113.81)"))
                .containsEntry("@timestamp", "2026-11-24T02:22:58.412Z")
                .containsEntry("event.sequence", "4471")
                .containsEntry("host.ip", "10.20.0.2")
                .containsEntry("user.name", "zhang")
                .doesNotContainKey("process.name");
    }

    @Test
    void a_zones_name_before_the_colon_is_no_program() {
        for (String zone : new String[] {"UTC", "GMT"}) {
            assertThat(auto("<189>12: sw-lab: Nov 24 02:23:00.001 " + zone
                            + ": %LINK-3-UPDOWN: Interface Gi1/0/1, changed"))
                    .containsEntry("@timestamp", "2026-11-24T02:23:00.001Z")
                    .containsEntry("host.hostname", "sw-lab")
                    .doesNotContainKey("process.name");
        }
        assertThat(auto("<189>12: sw-lab: Nov 24 09:53:00 UTC+07:30: %LINK-3-UPDOWN: Interface Gi1/0/1, changed"))
                .containsEntry("@timestamp", "2026-11-24T02:23:00Z");
        assertThat(auto("<38>Nov 24 10:23:00 sshd: Accepted password for li from 203.0.113.9 port 5 ssh2"))
                .containsEntry("process.name", "sshd");
    }

    @Test
    void a_router_of_ios_xr_is_no_module_of_vrp() {
        assertThat(auto("<190>Nov 24 10:23:09 xr-core RP/0/RP0/CPU0:Nov 24 02:23:09.630 UTC: ipv4_acl_mgr[310]:"
                        + " %ACL-IPV4_ACL-6-IPACCESSLOGP : access-list EDGE-IN deny udp 203.0.113.84(1900) ->"
                        + " 10.20.1.80(1901), 1 packet"))
                .containsEntry("wanglou.format", "cisco-ios")
                .containsEntry("source.ip", "203.0.113.84")
                .containsEntry("destination.port", "1901")
                .containsEntry("rule.name", "EDGE-IN");
    }

    @Test
    void a_name_and_the_address_it_speaks_from_are_one_host() {
        assertThat(
                        auto(
                                "<30>Nov 24 10:35:00 ddi-1.example 10.20.1.53 named[12261]: client 10.20.13.7#59605: view 2: UDP:"
                                        + " query: www.school.example IN A response: NOERROR + www.school.example. 3600 IN A 198.51.100.80;"))
                .containsEntry("host.ip", "10.20.1.53")
                .containsEntry("process.name", "named")
                .containsEntry("dns.question.name", "www.school.example");
    }

    @Test
    void lines_of_mail_and_web_servers_are_not_taken_for_iis_by_their_number_of_words() {
        assertThat(auto("2026-11-24 10:22:05 login authenticator failed for host9.example (USER) [203.0.113.72]: 535"
                        + " Incorrect authentication data (set_id=li)"))
                .containsEntry("wanglou.format", "exim")
                .containsEntry("source.ip", "203.0.113.72");
        assertThat(
                        auto(
                                "2026/11/24 10:22:05 [error] 812#0: *3 limiting requests, excess: 1.852 by zone \"one\", client:"
                                        + " 203.0.113.73, server: www.school.example, request: \"GET / HTTP/1.1\", host: \"www\""))
                .containsEntry("wanglou.format", "nginx-error");
    }

    @Test
    void the_address_before_which_a_word_stands_is_the_peer_whatever_the_account_is_called() {
        assertThat(auto("<86>Nov 24 10:30:15 web-edu webmail: Login failed for x from 10.0.0.1 from 203.0.113.125"))
                .containsEntry("source.ip", "203.0.113.125")
                .containsEntry("event.outcome", "failure");
    }

    @Test
    void a_line_that_names_transports_without_end_is_read_as_any_other() {
        assertThat(auto("<86>Nov 24 10:30:15 pbx app: Login failed " + "udp ".repeat(20_000) + "203.0.113.125"))
                .containsEntry("source.ip", "203.0.113.125");
        assertThat(auto("<86>Nov 24 10:30:15 pbx app: SecurityEvent=\"InvalidPassword\",AccountID=\"301\","
                        + "RemoteAddress=\"IPV4/UDP/203.0.113.126/5060\""))
                .containsEntry("source.ip", "203.0.113.126")
                .containsEntry("source.port", "5060");
    }
}
