package org.wanglou.ui.session;

import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.wanglou.model.Snapshots;
import org.wanglou.store.accounts.Account;
import org.wanglou.store.accounts.Accounts;
import org.wanglou.store.accounts.Session;
import org.wanglou.store.accounts.Totp;
import org.wanglou.ui.api.Call;
import org.wanglou.ui.http.Body;
import org.wanglou.ui.http.Problem;

/** Signing in and out, and what an account changes about itself. Thread-safe. */
public final class SessionApi {
    private static final int NAME = 64;
    private static final int SECRET = 256;

    private final Access access;
    private final Gate gate;
    private final AuditTrail trail;
    private final Me.Instance instance;
    private final Clock clock;
    private final SignInLimit limit;

    public SessionApi(
            Access access, Gate gate, AuditTrail trail, String node, String version, Snapshots snapshots, Clock clock) {
        this.access = access;
        this.gate = gate;
        this.trail = trail;
        this.instance = new Me.Instance(node, gate.demo(), version, snapshots);
        this.clock = clock;
        this.limit = new SignInLimit(clock);
    }

    public void me(Call call) {
        call.reply(instance.me(call.session(), clock.millis(), Optional.empty()));
    }

    /** One answer for every refusal: wrong name, password or code, locked, disabled. */
    public void signIn(Call call) {
        Body body = call.body();
        String name = body.required("name", NAME);
        String password = body.required("password", SECRET);
        String totp = body.text("totp", 16);
        Optional<Account> account = limited(call, () -> access.accounts().signIn(name, password, totp));
        if (account.isEmpty()) {
            refuse(call, name);
            throw Problem.of(401, "sign-in-refused");
        }
        Session session = gate.open(call.http(), account.get().name());
        trail.did(account.get(), call.address(), "login", "account", name, Map.of("how", "password"));
        call.reply(instance.me(session, clock.millis(), Optional.empty()));
    }

    /** Uses a one-time link up. The page sends the token in the body, so that no log of addresses has it. */
    public void enter(Call call) {
        String token = call.body().required("token", 128);
        Optional<Account> account = limited(call, () -> access.links()
                .use(token)
                .flatMap(access.accounts()::account)
                .filter(found -> !found.disabled()));
        if (account.isEmpty()) {
            refuse(call, "");
            throw Problem.of(401, "link-refused");
        }
        Session session = gate.open(call.http(), account.get().name());
        trail.did(
                account.get(), call.address(), "login", "account", account.get().name(), Map.of("how", "link"));
        boolean mustSetPassword = !account.get().hasPassword() && !gate.demo();
        call.reply(instance.me(session, clock.millis(), Optional.of(mustSetPassword)));
    }

    private <T> T limited(Call call, Supplier<T> work) {
        if (!limit.take(call.address()) || !limit.begin()) {
            call.http().header("Retry-After", "10");
            throw Problem.of(429, "too-many");
        }
        try {
            return work.get();
        } finally {
            limit.end();
        }
    }

    private void refuse(Call call, String name) {
        Optional<Account> known =
                name.isEmpty() ? Optional.empty() : access.accounts().account(name);
        trail.failed(
                known.map(Account::name).orElse("unknown"),
                known.map(Account::organization).orElse(""),
                call.address());
    }

    public void signOut(Call call) {
        access.sessions().close(call.token());
        gate.forget(call.http());
        trail.did(call, "logout", "account", call.account().name(), Map.of());
        call.nothing();
    }

    /** Sets the account's password and ends its other sessions. */
    public void password(Call call) {
        String name = call.account().name();
        String password = call.body().required("password", SECRET);
        if (Accounts.weakness(name, password).isPresent()) {
            throw Problem.field("/password", "password.weak");
        }
        limited(call, () -> {
            access.accounts().setPassword(name, password);
            return name;
        });
        access.sessions().revokeOthers(name, call.token());
        trail.did(call, "account.password", "account", name, Map.of());
        call.nothing();
    }

    public void locale(Call call) {
        String locale = call.body().required("locale", 16);
        if (!locale.equals("zh-CN") && !locale.equals("en")) {
            throw Problem.field("/locale", "field.word");
        }
        access.accounts().setLocale(call.account().name(), locale);
        call.nothing();
    }

    /** A fresh secret; it counts once a code of it was shown to {@link #confirmTotp}. */
    public void offerTotp(Call call) {
        String secret = Totp.secret();
        call.reply(Map.of("secret", secret, "uri", Totp.uri(call.account().name(), secret)));
    }

    public void confirmTotp(Call call) {
        Body body = call.body();
        String secret = body.required("secret", 64);
        if (!secret.matches("[A-Z2-7]{32}")) {
            throw Problem.field("/secret", "field.word");
        }
        if (!Totp.matches(secret, body.required("code", 16), clock.millis())) {
            throw Problem.field("/code", "totp-code");
        }
        access.accounts().setTotp(call.account().name(), secret);
        access.sessions().revokeOthers(call.account().name(), call.token());
        trail.did(call, "account.totp", "account", call.account().name(), Map.of());
        call.nothing();
    }
}
