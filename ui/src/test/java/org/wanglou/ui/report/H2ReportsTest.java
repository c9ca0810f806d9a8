package org.wanglou.ui.report;

import java.nio.file.Path;
import org.wanglou.store.cases.CaseDatabase;
import org.wanglou.store.cases.CaseDatabases;

class H2ReportsTest extends ReportsContract {
    @Override
    CaseDatabase open(Path directory) {
        return CaseDatabases.embedded(directory.resolve("cases"));
    }
}
