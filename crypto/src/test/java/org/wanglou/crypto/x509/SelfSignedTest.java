package org.wanglou.crypto.x509;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.junit.jupiter.api.Test;

class SelfSignedTest {
    private static final Instant NOW = Instant.parse("2026-11-24T02:00:00Z");

    @Test
    void a_certificate_names_host_and_addresses_and_verifies_with_its_own_key() throws Exception {
        SelfSigned made = SelfSigned.make(
                List.of("localhost", "tower.example"),
                List.of(InetAddress.getByName("127.0.0.1"), InetAddress.getByName("::1")),
                NOW,
                SelfSigned.LONGEST);

        made.certificate().verify(made.certificate().getPublicKey());
        made.certificate().checkValidity(Date.from(NOW));
        assertThat(made.certificate().getSubjectAlternativeNames())
                .extracting(name -> String.valueOf(name.get(1)))
                .containsExactly("localhost", "tower.example", "127.0.0.1", "0:0:0:0:0:0:0:1");
        assertThat(made.certificate().getBasicConstraints()).isEqualTo(-1);
        assertThat(made.certificate().getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.1");
        assertThat(made.certificate().getSigAlgName()).isEqualToIgnoringCase("SHA256withECDSA");
    }

    @Test
    void a_certificate_that_browsers_would_refuse_is_not_made() {
        assertThatThrownBy(() -> SelfSigned.make(List.of("a"), List.of(), NOW, Duration.ofDays(398)))
                .hasMessageContaining("397");
        assertThatThrownBy(() -> SelfSigned.make(List.of(), List.of(), NOW, Duration.ofDays(1)))
                .hasMessageContaining("name");
    }
}
