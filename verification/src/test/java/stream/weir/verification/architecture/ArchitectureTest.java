package stream.weir.verification.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** All main code is held to the rules. */
final class ArchitectureTest {
    private static final Rules RULES = new Rules("stream.weir", Rim.TABLE);

    @TestFactory
    Stream<DynamicTest> when_main_code_is_read_then_it_keeps_the_rules() {
        JavaClasses main = main();
        Stream<ArchRule> rules = Stream.of(
                RULES.modulesKnowWhatTheTableSays(),
                RULES.packagesOfTheRuntimeKnowTheirNeighbours(),
                RULES.librariesStayAtTheRim(),
                RULES.timeRandomnessAndThreadsComeIn(),
                RULES.nothingIsLookedUpWhileRunning(),
                RULES.namesSaySomething(),
                RULES.packagesAreNullMarked());
        return Stream.concat(rules, Module.all().map(RULES::packagesOfAModuleHaveNoCycles))
                .map(rule -> DynamicTest.dynamicTest(rule.getDescription(), () -> rule.check(main)));
    }

    /** Everything of ours on the class path but tests: those of other modules come in jars and folders of their own. */
    private static JavaClasses main() {
        return new ClassFileImporter()
                .withImportOption(location -> !location.contains("/test-classes/") && !location.contains("-tests.jar"))
                .importPackages("stream.weir")
                .that(resideOutsideOfPackage("stream.weir.verification.."));
    }
}
