package org.wanglou.store.cases;

class PostgresCaseDatabaseTest extends CaseDatabaseContract {
    private String url = "";

    @Override
    CaseDatabase open() throws Exception {
        url = PostgresServer.freshDatabase();
        return CaseDatabases.open(url, "postgres", "");
    }

    @Override
    CaseDatabase reopen() {
        return CaseDatabases.open(url, "postgres", "");
    }
}
