package org.wanglou.app;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The table of allowed edges of docs/architecture.md, held by the build. */
class DirectionTest {
    private static final List<String> ROOMS = List.of(
            "model", "crypto", "bus", "rules", "sensors", "correlator", "store", "alerting", "ui", "app", "bench");

    private static final Map<String, List<String>> ALLOWED = Map.ofEntries(
            Map.entry("model", List.of()),
            Map.entry("crypto", List.of()),
            Map.entry("bus", List.of("model")),
            Map.entry("rules", List.of("model", "crypto")),
            Map.entry("sensors", List.of("model", "bus", "crypto")),
            Map.entry("correlator", List.of("model", "bus", "rules", "crypto")),
            Map.entry("store", List.of("model", "bus", "crypto")),
            Map.entry("alerting", List.of("model", "bus", "rules", "crypto", "store")),
            Map.entry("ui", List.of("model", "bus", "rules", "crypto", "store", "alerting")),
            Map.entry("app", ROOMS.subList(0, ROOMS.size() - 1)),
            Map.entry("bench", ROOMS));

    private static JavaClasses classes;

    @BeforeAll
    static void read() {
        classes = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("org.wanglou");
    }

    @Test
    void every_room_depends_only_on_the_rooms_it_may() {
        for (String room : ROOMS) {
            for (String other : ROOMS) {
                if (!other.equals(room) && !ALLOWED.get(room).contains(other)) {
                    noClasses()
                            .that()
                            .resideInAPackage("org.wanglou." + room + "..")
                            .should()
                            .dependOnClassesThat()
                            .resideInAPackage("org.wanglou." + other + "..")
                            .allowEmptyShould(true)
                            .check(classes);
                }
            }
        }
    }

    @Test
    void the_correlator_never_reads_the_wall_clock() {
        for (Class<?> clock : List.of(java.time.Clock.class)) {
            noClasses()
                    .that()
                    .resideInAPackage("org.wanglou.correlator..")
                    .should()
                    .dependOnClassesThat()
                    .areAssignableTo(clock)
                    .allowEmptyShould(true)
                    .check(classes);
        }
        noClasses()
                .that()
                .resideInAPackage("org.wanglou.correlator..")
                .should()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(java.time.Instant.class, "now")
                .allowEmptyShould(true)
                .check(classes);
    }

    @Test
    void nothing_deserialises_java_objects() {
        noClasses()
                .that()
                .resideInAPackage("org.wanglou..")
                .should()
                .dependOnClassesThat()
                .areAssignableTo(java.io.ObjectInputStream.class)
                .check(classes);
    }
}
