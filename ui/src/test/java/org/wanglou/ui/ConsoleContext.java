package org.wanglou.ui;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.wanglou.store.accounts.Role;
import org.wanglou.store.cases.CaseDatabase.OwedEntry;

/** A console on a free loopback port over a made-up province, fresh for each test. */
abstract class ConsoleContext {
    static final String PASSWORD = "correct horse 42";

    @TempDir
    Path folder;

    Town town;
    Console console;

    @BeforeEach
    void open() {
        town = new Town(folder);
        console = console(demo());
        console.start();
        town.access.accounts().create("op", "值班员甲", Role.OPERATOR, Town.PROVINCE, "zh-CN");
        town.access.accounts().create("city", "市值班员", Role.OPERATOR, Town.CITY, "zh-CN");
        town.access.accounts().create("othercity", "另一市值班员", Role.OPERATOR, Town.OTHER_CITY, "zh-CN");
        for (Role role : new Role[] {Role.SYSTEM, Role.SECURITY, Role.AUDIT}) {
            town.access.accounts().create(role.word(), role.chinese(), role, "", "zh-CN");
        }
    }

    boolean demo() {
        return true;
    }

    Console console(boolean demo) {
        return new Console(
                new ConsoleConfig(
                        "127.0.0.1", 0, Optional.empty(), Set.of("tower.example"), "metrics-token", demo, "37", "test"),
                town.parts(),
                town.clock,
                town.meters,
                "web-test");
    }

    Browser as(String account) {
        return Browser.of(console, account);
    }

    List<OwedEntry> entries(String objectType, String objectId) {
        return town.database.transaction(tx -> tx.entriesOf(objectType, objectId));
    }

    @AfterEach
    void close() {
        console.close();
        town.close();
    }
}
