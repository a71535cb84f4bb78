package stream.weir.verification.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.core.importer.Locations;
import com.tngtech.archunit.lang.ArchRule;
import java.nio.file.Files;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** All main code is held to the rules. */
final class ArchitectureTest {
    private static final Rules RULES = new Rules("stream.weir", Rim.TABLE);
    private static final List<String> SERVICES =
            List.of("coordinator-service", "operator-functions/stage", "network/services");

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

    /**
     * Everything of ours on the class path but tests: those of other modules come in jars and folders of their own. The services, whose
     * frameworks are better not on it, are read from where they were built.
     */
    private static JavaClasses main() {
        Set<Location> all = new HashSet<>(Locations.ofPackage("stream.weir"));
        SERVICES.stream()
                .map(service -> Repository.ROOT.resolve(service).resolve("target/classes"))
                .filter(Files::exists)
                .forEach(classes -> all.add(Location.of(classes)));
        return new ClassFileImporter()
                .withImportOption(location -> !location.contains("/test-classes/") && !location.contains("-tests.jar"))
                .importLocations(all)
                .that(resideOutsideOfPackage("stream.weir.verification.."));
    }
}
