package org.wanglou.sensors.format.windows.ecs;

import java.util.Set;
import org.wanglou.model.Ecs;
import org.wanglou.model.Event;
import org.wanglou.sensors.format.part.Fill;

/** Whom an audited action was done to: another account, a group and its member, or the account acted as. Pure. */
final class SecurityTarget {
    private static final Set<String> GROUPS = Set.of(
            "4727", "4728", "4729", "4730", "4731", "4732", "4733", "4734", "4735", "4737", "4744", "4745", "4746",
            "4747", "4748", "4749", "4750", "4751", "4752", "4753", "4754", "4755", "4756", "4757", "4758", "4759",
            "4760", "4761", "4762", "4763", "4764", "4799");

    private SecurityTarget() {}

    static void fill(String code, Event.Builder event) {
        if (GROUPS.contains(code)) {
            group(event);
        } else if (code.equals("4648") || code.equals("4688")) {
            account(event, "user.effective.", "TargetUserSid");
        } else if (event.get(Ecs.USER_NAME) != null || code.equals("4740")) {
            account(event, "user.target.", "TargetSid");
        }
        WindowsEcs.copy(event, "OldTargetUserName", Ecs.USER_TARGET_NAME);
        WindowsEcs.copy(event, "NewTargetUserName", "user.changes.name");
    }

    private static void account(Event.Builder event, String place, String sid) {
        String name = WindowsEcs.data(event, "TargetUserName");
        int at = name.indexOf('@');
        WindowsEcs.absent(event, place + "name", at > 0 ? name.substring(0, at) : name);
        WindowsEcs.absent(event, place + "domain", WindowsEcs.data(event, "TargetDomainName"));
        WindowsEcs.absent(event, place + "id", WindowsEcs.data(event, sid));
    }

    private static void group(Event.Builder event) {
        String name = WindowsEcs.data(event, "TargetUserName");
        String domain = WindowsEcs.data(event, "TargetDomainName");
        String id = WindowsEcs.data(event, "TargetSid");
        id = id.isEmpty() ? WindowsEcs.data(event, "TargetUserSid") : id;
        WindowsEcs.absent(event, "group.name", name);
        WindowsEcs.absent(event, "group.domain", domain);
        WindowsEcs.absent(event, "group.id", id);
        String member = WindowsEcs.data(event, "MemberName");
        String sid = WindowsEcs.data(event, "MemberSid");
        if (Fill.absent(member) && Fill.absent(sid)) {
            return;
        }
        WindowsEcs.absent(event, "user.target.name", commonName(member));
        WindowsEcs.absent(event, "user.target.id", sid);
        WindowsEcs.absent(event, "user.target.group.name", name);
        WindowsEcs.absent(event, "user.target.group.domain", domain);
        WindowsEcs.absent(event, "user.target.group.id", id);
    }

    /** {@code CN=li,OU=teachers,DC=example}: the name of the entry (RFC 4514 §3). */
    private static String commonName(String member) {
        if (!member.regionMatches(true, 0, "CN=", 0, 3)) {
            return member.substring(member.indexOf('\\') + 1);
        }
        StringBuilder name = new StringBuilder();
        for (int i = 3; i < member.length() && member.charAt(i) != ','; i++) {
            if (member.charAt(i) == '\\' && i + 1 < member.length()) {
                i++;
            }
            name.append(member.charAt(i));
        }
        return name.toString();
    }
}
