package org.wanglou.alerting.notify;

import java.util.List;
import org.wanglou.model.Level;

/**
 * One way to a recipient, from configuration.
 *
 * @param name unique; part of the message id, so renaming a route makes new messages
 * @param notifier kind of notifier, such as {@code webhook}
 * @param target URL or address
 * @param organizations only incidents of these units and the units below them; empty means all
 * @param minimum only incidents of that severity or higher
 * @param secret the route's HMAC secret, never printed
 */
public record Route(
        String name, String notifier, String target, List<String> organizations, Level minimum, Secret secret) {
    public Route {
        if (!name.matches("[A-Za-z0-9._-]{1,64}")) {
            throw new IllegalArgumentException("route name \"" + name.replaceAll("[^ -~]", "?")
                    + "\" must be 1 to 64 letters, digits, dots, dashes or underscores");
        }
        organizations = List.copyOf(organizations);
    }
}
