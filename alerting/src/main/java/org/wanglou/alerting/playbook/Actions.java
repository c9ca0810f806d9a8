package org.wanglou.alerting.playbook;

import java.util.List;
import java.util.Optional;
import org.wanglou.alerting.notify.Outbox;

/** The visible table of actions: a new one is a class and a line here. Immutable. */
public final class Actions {
    /** Every class of action that exists. */
    public static final List<Class<? extends Action>> ALL = List.of(NotifyAction.class, ManualAction.class);

    private final List<Action> actions;

    public Actions(Outbox outbox) {
        this.actions = List.of(new NotifyAction(outbox), new ManualAction());
    }

    public Optional<Action> named(String name) {
        return actions.stream().filter(action -> action.name().equals(name)).findFirst();
    }
}
