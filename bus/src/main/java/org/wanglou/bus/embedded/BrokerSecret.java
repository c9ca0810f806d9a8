package org.wanglou.bus.embedded;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.NameCallback;
import javax.security.auth.callback.PasswordCallback;
import javax.security.auth.callback.UnsupportedCallbackException;
import javax.security.auth.login.AppConfigurationEntry;
import org.apache.kafka.common.security.auth.AuthenticateCallbackHandler;
import org.apache.kafka.common.security.auth.SaslExtensionsCallback;
import org.apache.kafka.common.security.plain.PlainAuthenticateCallback;

/**
 * The secret that this process's clients share with its own broker: 32 random bytes, new at each start.
 *
 * <p>Kafka makes callback handlers by reflection from a class name, so the secret has to sit in a static field; it stands
 * in no configuration value, no file and no log. Thread-safe.
 */
public final class BrokerSecret {
    static final String USER = "wanglou";

    private static final char[] SECRET = random();

    private BrokerSecret() {}

    private static char[] random() {
        byte[] bytes = new byte[32];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes).toCharArray();
    }

    private static byte[] utf8(char[] text) {
        return new String(text).getBytes(StandardCharsets.UTF_8);
    }

    /** Broker side: says whether a stranger knows the secret. */
    public static final class Server implements AuthenticateCallbackHandler {
        @Override
        public void configure(Map<String, ?> configs, String mechanism, List<AppConfigurationEntry> entries) {}

        @Override
        public void close() {}

        @Override
        public void handle(Callback[] callbacks) throws UnsupportedCallbackException {
            String user = "";
            for (Callback callback : callbacks) {
                if (callback instanceof NameCallback name) {
                    user = name.getDefaultName();
                } else if (callback instanceof PlainAuthenticateCallback plain) {
                    plain.authenticated(
                            USER.equals(user) && MessageDigest.isEqual(utf8(plain.password()), utf8(SECRET)));
                } else {
                    throw new UnsupportedCallbackException(callback);
                }
            }
        }
    }

    /** Client side: presents the secret. */
    public static final class Client implements AuthenticateCallbackHandler {
        @Override
        public void configure(Map<String, ?> configs, String mechanism, List<AppConfigurationEntry> entries) {}

        @Override
        public void close() {}

        @Override
        public void handle(Callback[] callbacks) throws UnsupportedCallbackException {
            for (Callback callback : callbacks) {
                if (callback instanceof NameCallback name) {
                    name.setName(USER);
                } else if (callback instanceof PasswordCallback password) {
                    password.setPassword(SECRET.clone());
                } else if (!(callback instanceof SaslExtensionsCallback)) {
                    throw new UnsupportedCallbackException(callback);
                }
            }
        }
    }
}
