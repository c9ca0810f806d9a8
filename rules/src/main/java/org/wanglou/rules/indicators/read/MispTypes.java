package org.wanglou.rules.indicators.read;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.wanglou.rules.indicators.Indicator.Side;
import org.wanglou.rules.indicators.IndicatorType;
import org.wanglou.rules.indicators.live.LivePattern.Value;

/** What attributes of MISP (core format, types) are about. Stateless. */
final class MispTypes {
    private static final Set<String> HASHES = Set.of(
            "md5",
            "sha1",
            "sha224",
            "sha256",
            "sha384",
            "sha512",
            "sha512/224",
            "sha512/256",
            "sha3-224",
            "sha3-256",
            "sha3-384",
            "sha3-512",
            "sm3");

    private MispTypes() {}

    /**
     * The values of an attribute; each alone tells. Empty when no event field is about its type.
     *
     * @throws IllegalArgumentException when a composite value has not its two halves
     */
    static List<Value> values(String type, String value) {
        int bar = value.indexOf('|');
        String left = bar < 0 ? value : value.substring(0, bar);
        String right = bar < 0 ? "" : value.substring(bar + 1);
        if (type.indexOf('|') >= 0 && bar < 0) {
            throw new IllegalArgumentException("a value of type " + type + " has two halves with | between");
        }
        if (HASHES.contains(type)) {
            return one(IndicatorType.HASH, value, Side.ANY);
        }
        if (type.startsWith("filename|")) {
            // The file may have been renamed, its content not.
            return HASHES.contains(type.substring(9)) ? one(IndicatorType.HASH, right, Side.ANY) : List.of();
        }
        return switch (type) {
            case "malware-sample" -> one(IndicatorType.HASH, right, Side.ANY);
            case "ip", "ip-any" -> one(IndicatorType.IP, value, Side.ANY);
            case "ip-src" -> one(IndicatorType.IP, value, Side.SOURCE);
            case "ip-dst" -> one(IndicatorType.IP, value, Side.DESTINATION);
            case "ip-src|port" -> List.of(new Value(IndicatorType.IP, left, Side.SOURCE, port(right)));
            case "ip-dst|port" -> List.of(new Value(IndicatorType.IP, left, Side.DESTINATION, port(right)));
            case "domain", "hostname" -> one(IndicatorType.DOMAIN, value, Side.ANY);
            case "hostname|port" -> List.of(new Value(IndicatorType.DOMAIN, left, Side.DESTINATION, port(right)));
            case "domain|ip" -> {
                List<Value> both = new ArrayList<>(one(IndicatorType.DOMAIN, left, Side.ANY));
                both.addAll(one(IndicatorType.IP, right, Side.ANY));
                yield both;
            }
            case "url", "uri", "link" -> one(IndicatorType.URL, value, Side.ANY);
            case "email" -> one(IndicatorType.EMAIL, value, Side.ANY);
            case "email-src", "email-reply-to" -> one(IndicatorType.EMAIL, value, Side.SOURCE);
            case "email-dst" -> one(IndicatorType.EMAIL, value, Side.DESTINATION);
            case "filename", "email-attachment" -> one(IndicatorType.FILE_NAME, value, Side.ANY);
            case "user-agent" -> one(IndicatorType.USER_AGENT, value, Side.ANY);
            case "ja3-fingerprint-md5" -> one(IndicatorType.JA3, value, Side.ANY);
            case "x509-fingerprint-md5", "x509-fingerprint-sha1", "x509-fingerprint-sha256" ->
                one(IndicatorType.CERTIFICATE, value, Side.ANY);
            default -> List.of();
        };
    }

    private static List<Value> one(IndicatorType type, String value, Side side) {
        return List.of(new Value(type, value, side, 0));
    }

    private static int port(String digits) {
        int port = digits.matches("\\d{1,5}") ? Integer.parseInt(digits) : 0;
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("no port: " + digits);
        }
        return port;
    }
}
