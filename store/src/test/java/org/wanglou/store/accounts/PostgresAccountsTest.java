package org.wanglou.store.accounts;

import org.wanglou.store.cases.CaseDatabases;
import org.wanglou.store.cases.JdbcCaseDatabase;
import org.wanglou.store.cases.PostgresServer;

class PostgresAccountsTest extends AccountsContract {
    @Override
    JdbcCaseDatabase open() throws Exception {
        return CaseDatabases.open(PostgresServer.freshDatabase(), "postgres", "");
    }
}
