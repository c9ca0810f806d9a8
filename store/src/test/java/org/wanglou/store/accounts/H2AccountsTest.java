package org.wanglou.store.accounts;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.wanglou.store.cases.CaseDatabases;
import org.wanglou.store.cases.JdbcCaseDatabase;

class H2AccountsTest extends AccountsContract {
    @TempDir
    Path directory;

    @Override
    JdbcCaseDatabase open() {
        return CaseDatabases.embedded(directory);
    }
}
