package org.wanglou.store.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PasswordHashTest {
    private final PasswordHash weak = new PasswordHash(64, 1);

    @Test
    void a_hash_carries_its_parameters_and_matches_under_others() {
        String hash = weak.hash("密码 password");
        assertThat(hash).startsWith("$argon2id$v=19$m=64,t=1,p=1$");
        assertThat(new PasswordHash(128, 2).matches("密码 password", hash)).isTrue();
        assertThat(weak.matches("密码 passwort", hash)).isFalse();
        assertThat(weak.hash("密码 password")).isNotEqualTo(hash);
    }

    @Test
    void what_is_no_hash_matches_nothing() {
        for (String text :
                new String[] {"", "plain", "$argon2id$v=19$m=64,t=1,p=1$x$y", "$2a$10$abcdefghijklmnopqrstuv"}) {
            assertThat(weak.matches("", text)).isFalse();
            assertThat(weak.matches(text, text)).isFalse();
        }
    }

    @Test
    void the_shipped_strength_is_64_mib_and_three_passes() {
        assertThat(PasswordHash.STRONG).isEqualTo(new PasswordHash(65_536, 3));
        assertThat(PasswordHash.STRONG.matches("right", PasswordHash.STRONG.hash("right")))
                .isTrue();
    }
}
