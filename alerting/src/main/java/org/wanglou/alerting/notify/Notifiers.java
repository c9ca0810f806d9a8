package org.wanglou.alerting.notify;

import java.util.List;
import java.util.Optional;
import org.wanglou.alerting.notify.webhook.WebhookNotifier;

/** The visible table of notifiers: a new one is a class and a line here. Immutable. */
public final class Notifiers {
    /** Every class of notifier that exists. */
    public static final List<Class<? extends Notifier>> ALL = List.of(WebhookNotifier.class);

    private final List<Notifier> notifiers;

    public Notifiers(WebhookNotifier webhook) {
        this.notifiers = List.of(webhook);
    }

    /** The notifier of that kind. */
    public Optional<Notifier> of(String kind) {
        return notifiers.stream()
                .filter(notifier -> notifier.kind().equals(kind))
                .findFirst();
    }
}
