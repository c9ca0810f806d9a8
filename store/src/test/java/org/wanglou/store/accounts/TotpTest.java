package org.wanglou.store.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TotpTest {
    /** Base32 of the secret 12345678901234567890 of RFC 6238, Appendix B. */
    private static final String SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

    @ParameterizedTest
    @CsvSource({"59,287082", "1111111109,081804", "1111111111,050471", "1234567890,005924", "2000000000,279037"})
    void the_values_of_rfc_6238_come_out(long seconds, String code) {
        assertThat(Totp.code(SECRET, seconds * 1_000)).isEqualTo(code);
    }

    @Test
    void one_step_either_way_is_allowed_and_an_old_one_is_not() {
        long now = 1_111_111_111_000L;
        long step = now / 30_000;
        assertThat(Totp.step(SECRET, Totp.code(SECRET, now - 30_000), now, 0)).hasValue(step - 1);
        assertThat(Totp.step(SECRET, Totp.code(SECRET, now + 30_000), now, 0)).hasValue(step + 1);
        assertThat(Totp.step(SECRET, Totp.code(SECRET, now - 60_000), now, 0)).isEmpty();
        assertThat(Totp.step(SECRET, Totp.code(SECRET, now), now, step)).isEmpty();
        assertThat(Totp.step(SECRET, "", now, 0)).isEmpty();
    }

    @Test
    void a_fresh_secret_is_base32_and_its_own() {
        assertThat(Totp.secret()).matches("[A-Z2-7]{32}").isNotEqualTo(Totp.secret());
        assertThat(Totp.uri("ying", SECRET)).startsWith("otpauth://totp/Wanglou:ying?secret=" + SECRET);
    }
}
