package org.wanglou.store.cases;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import org.flywaydb.core.Flyway;

/** Opens a case database by its JDBC URL: H2 beside the data, or PostgreSQL. Brings the tables up to date first. */
public final class CaseDatabases {
    private static final String H2 = "jdbc:h2:";
    private static final String POSTGRESQL = "jdbc:postgresql:";

    /**
     * What makes H2 behave as PostgreSQL does, and durable: with WRITE_DELAY=0 a commit is in the file before it
     * returns, so that kill -9 takes nothing back. The file is synchronised with the disk each second, which bounds what a
     * power loss takes and lets space be used again after 5 s: measured at 180 commits a second of 3 KB, the file stays
     * near 100 MB instead of 800 MB with H2's 45 s. The database is closed by us, not by H2's own shutdown hook.
     */
    private static final String H2_SETTINGS = ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH"
            + ";WRITE_DELAY=0;RETENTION_TIME=5000;DB_CLOSE_ON_EXIT=FALSE;LOCK_TIMEOUT=10000";

    private static final int CONNECTIONS = 8;

    private CaseDatabases() {}

    /**
     * Opens the database behind the URL.
     *
     * @throws IllegalArgumentException when the URL is neither H2's nor PostgreSQL's
     */
    public static JdbcCaseDatabase open(String url, String user, String password) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("store-sql");
        config.setJdbcUrl(complete(url));
        config.setUsername(user);
        config.setPassword(password);
        config.setMaximumPoolSize(CONNECTIONS);
        config.setMinimumIdle(1);
        config.setConnectionTimeout(10_000);
        config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
        HikariDataSource pool = new HikariDataSource(config);
        try {
            Flyway.configure(CaseDatabases.class.getClassLoader())
                    .dataSource(pool)
                    .locations("classpath:db/migration")
                    .load()
                    .migrate();
        } catch (RuntimeException e) {
            pool.close();
            throw e;
        }
        return new JdbcCaseDatabase(pool, url.startsWith(H2) ? "checkpoint sync" : "");
    }

    /** Opens the H2 file {@code cases} in a directory with a password of the caller's. */
    public static JdbcCaseDatabase embedded(Path directory, String password) {
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return open(H2 + "file:" + directory.resolve("cases").toAbsolutePath(), "wanglou", password);
    }

    /** As {@link #embedded(Path, String)} with a random password kept beside the file, readable by its owner only. */
    public static JdbcCaseDatabase embedded(Path directory) {
        try {
            Files.createDirectories(directory);
            Path kept = directory.resolve("cases.password");
            if (!Files.exists(kept)) {
                byte[] secret = new byte[24];
                new SecureRandom().nextBytes(secret);
                Path fresh = directory.resolve("cases.password.new");
                Files.deleteIfExists(fresh);
                if (directory.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                    Files.createFile(
                            fresh, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
                }
                Files.writeString(
                        fresh,
                        HexFormat.of().formatHex(secret),
                        StandardCharsets.US_ASCII,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.SYNC);
                Files.move(fresh, kept);
            }
            return embedded(
                    directory, Files.readString(kept, StandardCharsets.US_ASCII).strip());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String complete(String url) {
        if (url.startsWith(H2)) {
            return url + H2_SETTINGS;
        }
        if (url.startsWith(POSTGRESQL)) {
            return url;
        }
        throw new IllegalArgumentException(
                "database url must begin with " + H2 + " or " + POSTGRESQL + ", is " + url.replaceAll("[?;].*", ""));
    }
}
