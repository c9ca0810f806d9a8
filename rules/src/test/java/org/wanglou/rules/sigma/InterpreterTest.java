package org.wanglou.rules.sigma;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import org.junit.jupiter.api.Test;

class InterpreterTest {
    @Test
    void the_interpreter_knows_nothing_of_the_compiled_matcher() {
        noClasses()
                .that()
                .haveSimpleName("Interpreter")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.wanglou.rules.sigma.match..", "org.wanglou.rules.sigma.regex..")
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(Fold.class)
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(RuleSet.class)
                .check(new ClassFileImporter().importClasses(Interpreter.class));
    }
}
