package org.wanglou.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wanglou.crypto.sm.KeyRing;

class DataDirectoryTest {
    @TempDir
    Path temp;

    @Test
    void keys_are_made_once_and_only_the_owner_can_read_them() throws Exception {
        try (DataDirectory data = DataDirectory.open(temp.resolve("d"))) {
            KeyRing first = data.keys();
            KeyRing again = data.keys();
            assertThat(again.signer("ledger").kid())
                    .isEqualTo(first.signer("ledger").kid());
            assertThat(again.secret("tokens")).isEqualTo(first.secret("tokens"));
            Path keys = data.root().resolve("keys");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(keys)))
                    .isEqualTo("rwx------");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(keys.resolve("keyring.p12"))))
                    .isEqualTo("rw-------");
            assertThat(Files.readString(keys.resolve("ledger.pub.pem"))).startsWith("-----BEGIN PUBLIC KEY-----");
        }
    }

    @Test
    void a_second_user_of_the_same_directory_is_refused_by_name() {
        try (DataDirectory data = DataDirectory.open(temp.resolve("d"))) {
            assertThatThrownBy(() -> DataDirectory.open(data.root()))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("in use by another process");
        }
    }

    @Test
    void a_wrong_password_says_so() throws Exception {
        try (DataDirectory data = DataDirectory.open(temp.resolve("d"))) {
            data.keys();
            Files.writeString(data.root().resolve("keys/keyring.password"), "wrong");
            assertThatThrownBy(data::keys).hasMessageContaining("does not open");
        }
    }
}
