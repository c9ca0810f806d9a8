package org.wanglou.sensors.format.cn;

import java.time.ZoneId;
import java.util.List;
import org.wanglou.model.Ecs;
import org.wanglou.model.Event;
import org.wanglou.sensors.format.Message;
import org.wanglou.sensors.format.part.Clock;
import org.wanglou.sensors.format.part.Fill;
import org.wanglou.sensors.format.part.Words;

/**
 * Sangfor's bastion (OSM), which speaks in sentences: {@code [张三](通过账号[zs]登录)在[…]到[…]通过[192.0.2.1]访问[10.1.1.5]，用[root]账号通过[ssh2]协议…},
 * {@code sys(通过账号sys登录)，在2026-11-24 10:00:00通过192.0.2.1做登录操作，操作失败}. Immutable.
 */
public final class SangforFort implements Message {
    @Override
    public boolean read(String text, Event.Builder event, ZoneId zone) {
        int account = text.indexOf("通过账号");
        if (account < 0 || account > 200 || text.indexOf("日志级别") < 0 && text.indexOf("<AUDIT_LOG>") < 0) {
            return false;
        }
        Words.dataset(event, "sangfor.osm");
        Words.observer(event, "Sangfor", "OSM", "bastion");
        Fill.text(event, Ecs.USER_NAME, after(text, account + 4));
        int in = text.indexOf("在", account);
        if (in > 0) {
            Clock.stamp(event, Clock.any(after(text, in + 1), zone));
        }
        for (int at = text.indexOf("通过", account + 4); at > 0; at = text.indexOf("通过", at + 2)) {
            String word = after(text, at + 2);
            if (!Fill.canonical(word).isEmpty()) {
                Fill.source(event, word);
            } else if (text.startsWith("协议", end(text, at + 2))) {
                Fill.text(event, Ecs.NETWORK_PROTOCOL, word);
            }
        }
        int visit = text.indexOf("访问[", account);
        if (visit > 0) {
            session(text, visit, event);
        } else {
            operation(text, account, event);
        }
        return true;
    }

    private static void session(String text, int visit, Event.Builder event) {
        String target = after(text, visit + 2);
        if (Fill.canonical(target).isEmpty()) {
            Fill.text(event, "destination.domain", target);
        } else {
            Fill.destination(event, target);
        }
        int use = text.indexOf("用[", visit);
        if (use > 0 && text.startsWith("账号", end(text, use + 1))) {
            Fill.text(event, "user.target.name", after(text, use + 1));
        }
        event.set(Ecs.EVENT_ACTION, "访问")
                .set(Ecs.EVENT_CATEGORY, List.of("authentication", "session"))
                .set(Ecs.EVENT_TYPE, Words.END)
                .set(Ecs.EVENT_OUTCOME, Words.SUCCESS);
    }

    private static void operation(String text, int account, Event.Builder event) {
        int done = text.indexOf('做', account);
        int end = done < 0 ? -1 : text.indexOf("操作", done);
        String what = end < 0 ? "" : text.substring(done + 1, end).strip();
        boolean login = what.contains("登录");
        int alarm = text.indexOf("触发[", account);
        Fill.text(event, Ecs.EVENT_ACTION, what.startsWith("[") ? after(what, 0) : what);
        event.set(Ecs.EVENT_CATEGORY, login ? Words.AUTHENTICATION : Words.CONFIGURATION)
                .set(Ecs.EVENT_TYPE, login ? Words.START : Words.CHANGE)
                .set(
                        Ecs.EVENT_OUTCOME,
                        text.contains("操作失败") ? Words.FAILURE : text.contains("操作成功") ? Words.SUCCESS : Words.UNKNOWN);
        if (alarm > 0) {
            event.set(Ecs.EVENT_KIND, "alert").set(Ecs.RULE_NAME, after(text, alarm + 2));
        }
    }

    /** The word in brackets at an index, or the one that ends before the next Chinese letter or bracket. */
    private static String after(String text, int from) {
        int end = end(text, from);
        return text.startsWith("[", from)
                ? text.substring(from + 1, Math.max(from + 1, end - 1))
                : text.substring(from, end);
    }

    private static int end(String text, int from) {
        if (text.startsWith("[", from)) {
            int close = text.indexOf(']', from);
            return close < 0 ? text.length() : close + 1;
        }
        int end = from;
        while (end < text.length() && text.charAt(end) < 128 && text.charAt(end) != '[' && text.charAt(end) != ')') {
            end++;
        }
        return end;
    }
}
