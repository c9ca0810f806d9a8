package org.wanglou.store.cases;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.testcontainers.junit.jupiter.Container;
import org.testcontainers.junit.jupiter.Testcontainers;
import org.testcontainers.postgresql.PostgreSQLContainer;

/** The contract on a PostgreSQL in a container; without Docker it is reported as skipped, with that reason. */
@Tag("containers")
@Testcontainers(disabledWithoutDocker = true)
class ContainerCaseDatabaseTest extends CaseDatabaseContract {
    @Container
    private static final PostgreSQLContainer SERVER = new PostgreSQLContainer("postgres:18");

    private static final AtomicInteger NUMBER = new AtomicInteger();

    private String url = "";

    @Override
    CaseDatabase open() throws Exception {
        String name = "contract" + NUMBER.incrementAndGet();
        try (Connection connection =
                        DriverManager.getConnection(SERVER.getJdbcUrl(), SERVER.getUsername(), SERVER.getPassword());
                Statement statement = connection.createStatement()) {
            statement.execute("create database " + name);
        }
        url = "jdbc:postgresql://" + SERVER.getHost() + ":" + SERVER.getFirstMappedPort() + "/" + name;
        return reopen();
    }

    @Override
    CaseDatabase reopen() {
        return CaseDatabases.open(url, SERVER.getUsername(), SERVER.getPassword());
    }
}
