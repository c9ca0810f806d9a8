package org.wanglou.model.registry;

/**
 * Ports of a public address that an exit translates to one unit and no other (port block allocation of a NAT, RFC 6888
 * requirement 10 and RFC 7422): who was behind them needs no log of every session.
 *
 * @param organization id of the unit behind them
 * @param address public address, canonical
 * @param first lowest port, 1 to 65535
 * @param last highest port, not below {@code first}
 */
public record PortBlock(String organization, String address, int first, int last) {
    public PortBlock {
        if (first < 1 || last > 65_535 || first > last) {
            throw new IllegalArgumentException("not a range of ports: " + first + " to " + last);
        }
    }
}
