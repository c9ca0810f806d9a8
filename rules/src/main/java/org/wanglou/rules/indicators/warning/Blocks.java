package org.wanglou.rules.indicators.warning;

import java.util.Optional;
import org.wanglou.model.Addresses;

/** Arithmetic on blocks of addresses. Stateless. */
final class Blocks {
    private Blocks() {}

    static boolean isAddress(String text) {
        int slash = text.indexOf('/');
        return Addresses.parse(slash < 0 ? text : text.substring(0, slash)).isPresent()
                && (slash < 0 || text.substring(slash + 1).matches("\\d{1,3}"));
    }

    /** The last address of a block. */
    static Optional<String> last(String block) {
        int slash = block.indexOf('/');
        String digits = block.substring(slash + 1);
        return Addresses.parse(block.substring(0, slash))
                .filter(address -> digits.matches("\\d{1,3}"))
                .map(address -> {
                    for (int i = Integer.parseInt(digits); i < address.length * 8; i++) {
                        address[i >> 3] |= (byte) (0x80 >> (i & 7));
                    }
                    return Addresses.format(address);
                });
    }
}
