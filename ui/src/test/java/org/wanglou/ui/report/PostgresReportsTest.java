package org.wanglou.ui.report;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.wanglou.store.cases.CaseDatabase;
import org.wanglou.store.cases.CaseDatabases;

class PostgresReportsTest extends ReportsContract {
    private static EmbeddedPostgres server;
    private static int number;

    @BeforeAll
    static void start() throws Exception {
        server = EmbeddedPostgres.builder().start();
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    @Override
    CaseDatabase open(Path directory) throws Exception {
        String name = "reports" + number++;
        try (var connection = server.getPostgresDatabase().getConnection();
                var statement = connection.createStatement()) {
            statement.execute("create database " + name);
        }
        return CaseDatabases.open("jdbc:postgresql://localhost:" + server.getPort() + "/" + name, "postgres", "");
    }
}
