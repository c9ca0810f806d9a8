package org.wanglou.ui.session;

import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import org.wanglou.alerting.evidence.Texts;
import org.wanglou.model.Meters;
import org.wanglou.store.accounts.Account;
import org.wanglou.store.cases.CaseDatabase;
import org.wanglou.ui.api.Call;

/**
 * The ledger entries owed for what people do at the console beside deciding cases: sign-in and sign-out, accounts, exports,
 * reads of events and messages. Failed sign-ins are sealed at most {@value #FAILED_A_MINUTE} a minute, the rest are counted
 * and the next sealed one says how many. Thread-safe.
 */
public final class AuditTrail {
    static final int FAILED_A_MINUTE = 20;
    private static final long MINUTE_MILLIS = 60_000;

    private final CaseDatabase database;
    private final Clock clock;
    private final Meters meters;
    private long minute;
    private int sealed;
    private long unsealed;

    public AuditTrail(CaseDatabase database, Clock clock, Meters meters) {
        this.database = database;
        this.clock = clock;
        this.meters = meters;
    }

    /** Seals what the call's account did to an object of the console. */
    public void did(Call call, String type, String objectType, String objectId, Map<String, ?> detail) {
        Account account = call.account();
        did(account, call.address(), type, objectType, objectId, detail);
    }

    /** As above, for an account that has no session yet or none any more. */
    public void did(
            Account account, String address, String type, String objectType, String objectId, Map<String, ?> detail) {
        Map<String, Object> object = new LinkedHashMap<>(detail);
        object.put("role", account.role().word());
        object.put("address", address);
        owe(type, objectType, objectId, account.organization(), account.name(), object);
    }

    /**
     * Seals a refused sign-in.
     *
     * @param name the account's, {@code unknown} when there is none: what was typed may be somebody's password
     */
    void failed(String name, String organization, String address) {
        meters.counter("wanglou_ui_sign_in_failed_total").increment();
        long missed;
        synchronized (this) {
            long now = clock.millis() / MINUTE_MILLIS;
            if (now != minute) {
                minute = now;
                sealed = 0;
            }
            if (sealed >= FAILED_A_MINUTE) {
                unsealed++;
                return;
            }
            sealed++;
            missed = unsealed;
            unsealed = 0;
        }
        owe(
                "login.failed",
                "account",
                name,
                organization,
                name,
                Map.of("address", address, "notSealedBefore", Long.toString(missed)));
    }

    private void owe(
            String type, String objectType, String objectId, String organization, String actor, Map<String, ?> detail) {
        long now = clock.millis();
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("id", objectId);
        object.put("what", type);
        object.put("by", actor);
        object.put("at", now);
        object.put("detail", detail);
        String json = Texts.canonical(object);
        database.transaction(tx -> {
            tx.oweEntry(type, objectType, objectId, 0, organization, actor, now, json, "");
            tx.feed("audit", objectId, 0, now);
            return json;
        });
    }
}
