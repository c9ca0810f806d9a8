package org.wanglou.ui.session;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.wanglou.model.Snapshots;
import org.wanglou.model.registry.Organization;
import org.wanglou.store.accounts.Account;
import org.wanglou.store.accounts.Session;
import org.wanglou.ui.api.Permission;

/** What a page needs to know about its account and this instance. Times are milliseconds UTC. Immutable. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Me(
        AccountView account,
        String csrf,
        List<String> permissions,
        String node,
        boolean demo,
        String zone,
        long serverTime,
        String version,
        CryptoModule cryptoModule,
        @Nullable Boolean mustSetPassword) {

    record AccountView(
            String name,
            String displayName,
            String role,
            String organization,
            String organizationName,
            String locale,
            boolean hasPassword,
            boolean hasTotp) {}

    /** No claim of certification: the module in force is software. */
    record CryptoModule(String name, boolean certified) {
        static final CryptoModule SOFTWARE = new CryptoModule("Bouncy Castle (software)", false);
    }

    /** This instance, as every account is told. */
    record Instance(String node, boolean demo, String version, Snapshots snapshots) {
        Me me(Session session, long now, Optional<Boolean> mustSetPassword) {
            Account account = session.account();
            return new Me(
                    new AccountView(
                            account.name(),
                            account.displayName(),
                            account.role().word(),
                            account.organization(),
                            snapshots
                                    .registry()
                                    .organization(account.organization())
                                    .map(Organization::name)
                                    .orElse(""),
                            account.locale(),
                            account.hasPassword(),
                            account.hasTotp()),
                    session.csrf(),
                    Permission.words(account.role()),
                    node,
                    demo,
                    "Asia/Shanghai",
                    now,
                    version,
                    CryptoModule.SOFTWARE,
                    mustSetPassword.orElse(null));
        }
    }
}
