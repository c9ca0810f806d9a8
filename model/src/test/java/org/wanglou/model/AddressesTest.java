package org.wanglou.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class AddressesTest {
    @Test
    void ipv6_is_written_as_rfc_5952_asks() {
        assertThat(Addresses.canonical("2001:DB8:0:0:0:0:0:1")).contains("2001:db8::1");
        assertThat(Addresses.canonical("2001:db8:0:1:1:1:1:1")).contains("2001:db8:0:1:1:1:1:1");
        assertThat(Addresses.canonical("2001:0:0:1:0:0:0:1")).contains("2001:0:0:1::1");
        assertThat(Addresses.canonical("2001:db8:0:0:1:0:0:1")).contains("2001:db8::1:0:0:1");
        assertThat(Addresses.canonical("::")).contains("::");
        assertThat(Addresses.canonical("fe80::1%eth0")).contains("fe80::1");
    }

    @Test
    void an_ipv4_mapped_address_is_ipv4() {
        assertThat(Addresses.canonical("::ffff:192.0.2.1")).contains("192.0.2.1");
    }

    @Test
    void names_and_malformed_literals_are_no_addresses_and_nobody_is_asked() {
        for (String text : new String[] {
            "",
            "localhost",
            "%eth0",
            "%x:y",
            "cafe%:",
            "cafe%eth0:1",
            "example.org",
            "1.2.3",
            "1.2.3.4.5",
            "256.1.1.1",
            "1.2.3.",
            ".1.2.3",
            "1..2.3",
            "0x7f.0.0.1",
            "1.2.3.4 ",
            "::g",
            "1:2:3",
            "2001:db8::1::2",
            "１.2.3.4",
            "+1.2.3.4"
        }) {
            assertThat(Addresses.canonical(text)).as(text).isEmpty();
        }
    }

    @Property(tries = 500)
    void any_16_bytes_survive_writing_and_reading(@ForAll @Size(16) byte[] bytes) throws Exception {
        byte[] back = Addresses.parse(Addresses.format(bytes)).orElseThrow();
        assertThat(back).isEqualTo(InetAddress.getByAddress(bytes).getAddress());
    }
}
