package org.wanglou.ui.session;

import java.time.Clock;
import javax.sql.DataSource;
import org.wanglou.store.accounts.Accounts;
import org.wanglou.store.accounts.OneTimeLinks;
import org.wanglou.store.accounts.PasswordHash;
import org.wanglou.store.accounts.Sessions;

/** The three stores behind signing in. Thread-safe. */
public record Access(Accounts accounts, Sessions sessions, OneTimeLinks links) {
    /** Over the case database's pool, with {@link PasswordHash#STRONG} in earnest. */
    public static Access of(DataSource database, PasswordHash passwords, Clock clock) {
        Accounts accounts = new Accounts(database, passwords, clock);
        return new Access(accounts, new Sessions(database, accounts, clock), new OneTimeLinks(database, clock));
    }
}
