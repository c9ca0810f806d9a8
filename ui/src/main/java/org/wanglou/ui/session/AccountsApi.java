package org.wanglou.ui.session;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.wanglou.store.accounts.Account;
import org.wanglou.store.accounts.OneTimeLinks;
import org.wanglou.store.accounts.Role;
import org.wanglou.ui.api.Call;
import org.wanglou.ui.api.Visible;
import org.wanglou.ui.http.Body;
import org.wanglou.ui.http.Problem;

/** What the system administrator does with accounts: it makes them, and opens and shuts them. Thread-safe. */
public final class AccountsApi {
    private final Access access;
    private final AuditTrail trail;
    private final Function<String, String> link;
    private final Clock clock;

    /** @param link full URL of a token */
    public AccountsApi(Access access, AuditTrail trail, Function<String, String> link, Clock clock) {
        this.access = access;
        this.trail = trail;
        this.link = link;
        this.clock = clock;
    }

    /** One account as the administrator sees it. */
    record Row(
            String name,
            String displayName,
            String role,
            String organization,
            String organizationName,
            String locale,
            boolean hasPassword,
            boolean hasTotp,
            boolean disabled,
            long lockedUntil) {}

    /** Whom a case can be given to. */
    record Assignable(String name, String displayName) {}

    private static Row row(Account account, Visible visible) {
        return new Row(
                account.name(),
                account.displayName(),
                account.role().word(),
                account.organization(),
                account.organization().isEmpty() ? "" : visible.name(account.organization()),
                account.locale(),
                account.hasPassword(),
                account.hasTotp(),
                account.disabled(),
                account.lockedUntil());
    }

    /** An account of all units is above every account of one. */
    private static boolean sees(Visible visible, Account account) {
        return visible.whole() || !account.organization().isEmpty() && visible.sees(account.organization());
    }

    private Account seen(Call call) {
        return access.accounts()
                .account(call.path("name"))
                .filter(account -> sees(call.visible(), account))
                .orElseThrow(Problem::notFound);
    }

    public void list(Call call) {
        Visible visible = call.visible();
        call.reply(access.accounts().all().stream()
                .filter(account -> sees(visible, account))
                .map(account -> row(account, visible))
                .toList());
    }

    public void create(Call call) {
        Body body = call.body();
        Visible visible = call.visible();
        String name = body.required("name", 63);
        if (!name.matches("[a-z][a-z0-9._-]{1,62}") || name.equals("machine") || name.equals("unknown")) {
            throw Problem.field("/name", "field.name");
        }
        String displayName = body.required("displayName", 100);
        if (displayName.codePoints().anyMatch(Character::isISOControl)) {
            throw Problem.field("/displayName", "field.word");
        }
        Role role = body.word("role", Role.class);
        String organization = body.text("organization", 64);
        if (organization.isEmpty()
                ? !visible.whole()
                : visible.units(organization).isEmpty()) {
            throw Problem.field("/organization", "field.organization");
        }
        String locale = body.has("locale") ? body.required("locale", 16) : "zh-CN";
        if (!List.of("zh-CN", "en").contains(locale)) {
            throw Problem.field("/locale", "field.word");
        }
        if (!access.accounts().create(name, displayName, role, organization, locale)) {
            throw Problem.of(409, "taken");
        }
        trail.did(
                call,
                "account.create",
                "account",
                name,
                Map.of("account", name, "newRole", role.word(), "organization", organization));
        call.reply(201, row(access.accounts().account(name).orElseThrow(), visible));
    }

    /** A one-time link; earlier ones of the account end. Sealed, for whoever holds it is that account. */
    public void link(Call call) {
        Account account = seen(call);
        String token = access.links().issue(account.name());
        trail.did(call, "account.link", "account", account.name(), Map.of("account", account.name()));
        call.reply(Map.of("link", link.apply(token), "expiresAt", clock.millis() + OneTimeLinks.VALID_MILLIS));
    }

    public void disabled(Call call) {
        Account account = seen(call);
        boolean disabled = call.body().truth("disabled");
        if (disabled && (account.name().equals(call.account().name()) || lastOfItsRole(account))) {
            throw Problem.of(409, "last-administrator");
        }
        access.accounts().setDisabled(account.name(), disabled);
        if (disabled) {
            access.sessions().revoke(account.name());
        }
        trail.did(call, disabled ? "account.disable" : "account.enable", "account", account.name(), Map.of());
        call.reply(row(access.accounts().account(account.name()).orElseThrow(), call.visible()));
    }

    private boolean lastOfItsRole(Account account) {
        return account.role() != Role.OPERATOR
                && access.accounts().all().stream()
                        .filter(other -> other.role() == account.role() && !other.disabled())
                        .allMatch(other -> other.name().equals(account.name()));
    }

    public void assignable(Call call) {
        call.reply(assignable(call.visible()));
    }

    /** Operators of the units seen, and the asker's like. */
    private List<Assignable> assignable(Visible visible) {
        return access.accounts().all().stream()
                .filter(account -> account.role() == Role.OPERATOR && !account.disabled() && sees(visible, account))
                .map(account -> new Assignable(account.name(), account.displayName()))
                .toList();
    }

    /** Whether a case may be given to that account by the asker; an empty name gives it back. */
    public boolean assignable(Call call, String name) {
        return name.isEmpty()
                || assignable(call.visible()).stream()
                        .anyMatch(other -> other.name().equals(name));
    }
}
