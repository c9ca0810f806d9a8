package org.wanglou.alerting.notify.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.wanglou.model.Addresses;

class SsrfGuardTest {
    /** What names resolve to; everything else does not. */
    private static final Map<String, List<String>> NAMES = Map.ofEntries(
            Map.entry("good.example", List.of("93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946")),
            Map.entry("half.example", List.of("93.184.216.34", "10.0.0.5")),
            Map.entry("half6.example", List.of("93.184.216.34", "fd00::1")),
            Map.entry("localhost", List.of("127.0.0.1", "::1")),
            Map.entry("localtest.example", List.of("127.0.0.1")),
            Map.entry("metadata.google.internal", List.of("169.254.169.254")),
            Map.entry("intranet.example", List.of("10.1.2.3")),
            Map.entry("nat64.example", List.of("64:ff9b::7f00:1")),
            Map.entry("empty.example", List.of()));

    private static List<InetAddress> resolve(String host) throws UnknownHostException {
        List<String> texts = NAMES.get(host);
        if (texts == null) {
            throw new UnknownHostException(host);
        }
        List<InetAddress> addresses = new ArrayList<>();
        for (String text : texts) {
            addresses.add(InetAddress.getByAddress(Addresses.parse(text).orElseThrow()));
        }
        return addresses;
    }

    private final SsrfGuard guard = new SsrfGuard(
            List.of("127.0.0.1:8088", "[::1]:8088", "intranet.example:8443", "10.9.9.9:443", "good.example:8080"),
            SsrfGuardTest::resolve);

    @ParameterizedTest
    @ValueSource(
            strings = {
                // schemes and shapes
                "http://good.example/",
                "ftp://good.example/",
                "file:///etc/passwd",
                "gopher://good.example:70/_x",
                "jar:https://good.example/!/x",
                "javascript:alert(1)",
                "//good.example/",
                "good.example",
                "",
                "https://",
                "https:///path",
                "https://user:pw@good.example/",
                "https://good.example@127.0.0.1/",
                "https://good.example#@127.0.0.1/",
                "https://good.example:0/",
                "https://good.example:70000/",
                "https://good.example./",
                "https://good.example/\r\nX: y",
                "https://good.example/é",
                "https://good_example/",
                "https://１２７.0.0.1/",
                "https://ⓛocalhost/",
                // IPv4 that is not public
                "https://0.0.0.0/",
                "https://0.1.2.3/",
                "https://10.0.0.1/",
                "https://10.9.9.9:444/",
                "https://100.64.0.1/",
                "https://100.127.255.254/",
                "https://127.0.0.1/",
                "https://127.1.2.3/",
                "https://169.254.169.254/latest/meta-data/",
                "https://172.16.0.1/",
                "https://172.31.255.255/",
                "https://192.0.0.8/",
                "https://192.0.2.1/",
                "https://192.88.99.1/",
                "https://192.168.1.1/",
                "https://198.18.0.1/",
                "https://198.51.100.7/",
                "https://203.0.113.9/",
                "https://224.0.0.1/",
                "https://239.255.255.250/",
                "https://240.0.0.1/",
                "https://255.255.255.255/",
                // other writings of 127.0.0.1 and friends
                "https://2130706433/",
                "https://0177.0.0.1/",
                "https://0x7f.0.0.1/",
                "https://0x7f000001/",
                "https://017700000001/",
                "https://127.1/",
                "https://127.0.1/",
                "https://127.0.0.1./",
                "https://127.000.000.001/",
                "https://8.8.8.08/",
                "https://3232235777/",
                "https://1.2.3.4.5/",
                "https://256.256.256.256/",
                // IPv6 that is not public
                "https://[::1]/",
                "https://[::]/",
                "https://[::ffff:127.0.0.1]/",
                "https://[::ffff:7f00:1]/",
                "https://[::ffff:8.8.8.8]/",
                "https://[::127.0.0.1]/",
                "https://[fe80::1]/",
                "https://[fe80::1%25eth0]/",
                "https://[fc00::1]/",
                "https://[fd12:3456::1]/",
                "https://[fec0::1]/",
                "https://[ff02::1]/",
                "https://[64:ff9b::7f00:1]/",
                "https://[64:ff9b:1::1]/",
                "https://[100::1]/",
                "https://[2001:db8::1]/",
                "https://[2001::1]/",
                "https://[2001:10::1]/",
                "https://[2002:7f00:1::]/",
                "https://[3fff::1]/",
                "https://[5f00::1]/",
                // names
                "https://localhost/",
                "https://localhost:8088/",
                "https://localtest.example/",
                "https://metadata.google.internal/computeMetadata/v1/",
                "https://half.example/",
                "https://half6.example/",
                "https://nat64.example/",
                "https://intranet.example/",
                "https://intranet.example:8444/",
                "https://empty.example/",
                "https://nowhere.example/",
                // http beside the loopback exception
                "http://127.0.0.1:8089/",
                "http://127.0.0.2:8088/",
                "http://localhost:8088/",
                "http://10.9.9.9:443/",
                "http://good.example:8080/",
                "http://intranet.example:8443/",
                "http://[::1]:8089/",
            })
    void is_refused(String url) {
        assertThat(guard.check(url)).isInstanceOf(SsrfGuard.Refusal.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://good.example/",
                "https://GOOD.example:8443/a?b=c",
                "https://93.184.216.34/hook",
                "https://[2606:2800:220:1:248:1893:25c8:1946]/",
                "https://127.0.0.1:8088/",
                "http://127.0.0.1:8088/hook",
                "http://[::1]:8088/hook",
                "https://intranet.example:8443/",
                "https://10.9.9.9/",
                "HTTPS://good.example/%E4%BD%A0"
            })
    void passes(String url) {
        assertThat(guard.check(url)).isInstanceOf(SsrfGuard.Pass.class);
    }

    @Test
    void a_name_is_resolved_once_and_the_judged_address_is_the_one_to_connect_to() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        SsrfGuard rebinding = new SsrfGuard(
                List.of(),
                host -> List.of(asked.getAndIncrement() == 0 ? address("93.184.216.34") : address("127.0.0.1")));

        SsrfGuard.Pass pass = (SsrfGuard.Pass) rebinding.check("https://rebind.example:8443/x?y");

        assertThat(asked).hasValue(1);
        assertThat(pass.address()).isEqualTo(address("93.184.216.34"));
        assertThat(pass.host()).isEqualTo("rebind.example");
        assertThat(pass.hostHeader()).isEqualTo("rebind.example:8443");
        assertThat(pass.path()).isEqualTo("/x?y");
        assertThat(rebinding.check("https://rebind.example/")).isInstanceOf(SsrfGuard.Refusal.class);
    }

    @Test
    void a_refusal_for_what_a_name_resolves_to_may_pass_later_and_one_for_the_url_may_not() {
        assertThat(((SsrfGuard.Refusal) guard.check("https://half.example/")).lasting())
                .isFalse();
        assertThat(((SsrfGuard.Refusal) guard.check("https://nowhere.example/")).lasting())
                .isFalse();
        assertThat(((SsrfGuard.Refusal) guard.check("https://10.0.0.1/")).lasting())
                .isTrue();
        assertThat(((SsrfGuard.Refusal) guard.check("ftp://good.example/")).lasting())
                .isTrue();
    }

    @Test
    void an_allow_entry_is_exactly_one_host_and_port() {
        for (String wrong : List.of("10.0.0.0/8", "10.0.0.1", "*.example:443", "host:port", "", "::1:8080", "a b:1")) {
            assertThatThrownBy(() -> new SsrfGuard(List.of(wrong), SsrfGuardTest::resolve))
                    .hasMessageContaining("notify.allow");
        }
    }

    private static InetAddress address(String text) throws UnknownHostException {
        return InetAddress.getByAddress(Addresses.parse(text).orElseThrow());
    }
}
