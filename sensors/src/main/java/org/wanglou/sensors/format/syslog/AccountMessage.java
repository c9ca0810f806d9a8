package org.wanglou.sensors.format.syslog;

import java.time.ZoneId;
import java.util.List;
import org.wanglou.model.Ecs;
import org.wanglou.model.Event;
import org.wanglou.sensors.format.Message;
import org.wanglou.sensors.format.part.Fill;
import org.wanglou.sensors.format.part.Pairs;
import org.wanglou.sensors.format.part.Words;

/** Accounts and groups made, changed and removed by the shadow suite (useradd.c, userdel.c, groupadd.c …). Immutable. */
final class AccountMessage implements Message {
    @Override
    public boolean read(String text, Event.Builder event, ZoneId zone) {
        if (text.startsWith("new user: ") || text.startsWith("new account: ")) {
            return fields(text, event, Words.USER_CREATION, "added-user-account");
        }
        if (text.startsWith("new group: ") || text.startsWith("group added to ")) {
            return fields(text, event, Words.GROUP_CREATION, "added-group-account");
        }
        if (text.startsWith("delete user ") || text.startsWith("removed user ")) {
            return named(text, event, Words.USER_DELETION, "deleted-user-account");
        }
        if (text.startsWith("removed group ") || text.startsWith("group ") && text.indexOf("removed") > 0) {
            return group(text, event, Words.GROUP_DELETION, "deleted-group-account");
        }
        if (text.startsWith("password changed for ") || text.startsWith("password for '")) {
            return named(text, event, Words.USER_CHANGE, "changed-password");
        }
        if (text.startsWith("change user ")
                || text.startsWith("lock user ")
                || text.startsWith("unlock user ")
                || text.startsWith("changed user ")
                || text.startsWith("changed password expiry for ")) {
            return named(text, event, Words.USER_CHANGE, "modified-user-account");
        }
        if (text.startsWith("add ") && text.indexOf(" to group ") > 0
                || text.startsWith("delete ") && text.indexOf(" from group ") > 0
                || text.startsWith("user ") && text.indexOf(" group ") > 0) {
            return member(text, event);
        }
        if (text.startsWith("failed adding user ")) {
            named(text, event, Words.USER_CREATION, "added-user-account");
            event.set(Ecs.EVENT_OUTCOME, Words.FAILURE);
            return true;
        }
        return PamMessage.read(text, event);
    }

    private static void iam(Event.Builder event, List<String> type, String action) {
        event.set(Ecs.EVENT_CATEGORY, Words.IAM)
                .set(Ecs.EVENT_TYPE, type)
                .set(Ecs.EVENT_ACTION, action)
                .set(Ecs.EVENT_OUTCOME, Words.SUCCESS);
    }

    /** {@code new user: name=apache, UID=48, GID=48, home=/usr/share/httpd, shell=/sbin/nologin}. */
    private static boolean fields(String text, Event.Builder event, List<String> type, String action) {
        iam(event, type, action);
        boolean user = type == Words.USER_CREATION;
        Pairs pairs = Pairs.parted(text, text.indexOf(": ") + 1, '=', ',');
        while (pairs.next()) {
            switch (pairs.key().toLowerCase(java.util.Locale.ROOT)) {
                case "name" -> Fill.text(event, user ? Ecs.USER_NAME : Ecs.GROUP_NAME, pairs.value());
                case "uid" -> Fill.text(event, Ecs.USER_ID, pairs.value());
                case "gid" -> Fill.text(event, Ecs.GROUP_ID, pairs.value());
                case "home" -> Fill.text(event, "system.auth.useradd.home", pairs.value());
                case "shell" -> Fill.text(event, "system.auth.useradd.shell", pairs.value());
                case "from" -> Fill.text(event, "system.auth.useradd.from", pairs.value());
                default -> {
                    // new in some later release: the message keeps it
                }
            }
        }
        return true;
    }

    private static boolean named(String text, Event.Builder event, List<String> type, String action) {
        iam(event, type, action);
        int quote = text.indexOf('\'');
        int close = quote < 0 ? -1 : text.indexOf('\'', quote + 1);
        if (close > 0) {
            Fill.text(event, Ecs.USER_NAME, text.substring(quote + 1, close));
        } else {
            Fill.text(event, Ecs.USER_NAME, text.substring(text.lastIndexOf(' ') + 1));
        }
        return true;
    }

    private static boolean group(String text, Event.Builder event, List<String> type, String action) {
        iam(event, type, action);
        int quote = text.indexOf('\'');
        int close = quote < 0 ? -1 : text.indexOf('\'', quote + 1);
        if (close > 0) {
            Fill.text(event, Ecs.GROUP_NAME, text.substring(quote + 1, close));
        }
        return true;
    }

    /** {@code add 'li' to group 'wheel'}, {@code delete 'li' from shadow group 'wheel'}, {@code user li added by root to group wheel}. */
    private static boolean member(String text, Event.Builder event) {
        iam(event, Words.GROUP_CHANGE, text.startsWith("delete ") ? "removed-user-from-group" : "added-user-to-group");
        String[] words = text.replace("'", "").split(" ", 12);
        if (words.length > 3) {
            Fill.text(event, Ecs.USER_NAME, words[1]);
            Fill.text(event, Ecs.GROUP_NAME, words[words.length - 1]);
        }
        return true;
    }
}
