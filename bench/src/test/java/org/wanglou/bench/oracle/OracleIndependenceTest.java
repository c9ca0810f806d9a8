package org.wanglou.bench.oracle;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class OracleIndependenceTest {
    @Test
    void the_oracle_knows_nothing_but_the_language_and_plain_json() {
        classes()
                .that()
                .resideInAPackage("org.wanglou.bench.oracle..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("org.wanglou.bench.oracle..", "java..", "com.fasterxml.jackson..", "org.jspecify..")
                .check(new ClassFileImporter()
                        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                        .importPackages("org.wanglou.bench.oracle"));
    }
}
