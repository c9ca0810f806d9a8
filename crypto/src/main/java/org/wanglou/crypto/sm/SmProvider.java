package org.wanglou.crypto.sm;

import java.nio.charset.StandardCharsets;
import java.security.Provider;
import java.util.Arrays;
import org.bouncycastle.jcajce.spec.SM2ParameterSpec;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/** The provider object and the fixed parameters that all of this package shares. Immutable. */
final class SmProvider {
    /** Held by reference: registering it would change what the rest of the process gets by name. */
    static final Provider BC = new BouncyCastleProvider();

    static final String CURVE = "sm2p256v1";
    static final String SIGNATURE = "SM3WITHSM2";

    private static final byte[] USER_ID = "1234567812345678".getBytes(StandardCharsets.US_ASCII);

    private SmProvider() {}

    /** The default user id of GM/T 0009, the one OpenSSL must be told with {@code distid:1234567812345678}. */
    static SM2ParameterSpec userId() {
        return new SM2ParameterSpec(Arrays.copyOf(USER_ID, USER_ID.length));
    }
}
