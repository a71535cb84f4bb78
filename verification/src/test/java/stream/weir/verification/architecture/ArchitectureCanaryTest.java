package stream.weir.verification.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.EvaluationResult;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Each rule catches the class that was planted for it; a rule that catches nothing would pass for ever. */
final class ArchitectureCanaryTest {
    private static final String PLANTED = "stream.weir.verification.architecture.planted";
    private static final Rules RULES =
            new Rules(PLANTED, List.of(new Rim(List.of(PLANTED + ".library."), List.of("runtime.channel.connector"))));

    private final JavaClasses planted = new ClassFileImporter().importPackages(PLANTED);

    @Test
    void when_a_module_knows_another_one_that_it_may_not_then_caught() {
        assertCaught(RULES.modulesKnowWhatTheTableSays(), "api.KnowsTheRuntime", "runtime.stage.Joint");
    }

    @Test
    void when_a_class_is_in_no_module_then_caught() {
        assertCaught(RULES.modulesKnowWhatTheTableSays(), "library.Engine is in no module");
    }

    @Test
    void when_packages_know_each_other_both_ways_then_caught() {
        Module coordinator = Module.of("coordinator").orElseThrow();
        assertCaught(
                RULES.packagesOfAModuleHaveNoCycles(coordinator), "coordinator.loop.There", "coordinator.store.Back");
    }

    @Test
    void when_a_package_of_the_runtime_knows_an_unlisted_one_then_caught() {
        ArchRule rule = RULES.packagesOfTheRuntimeKnowTheirNeighbours();
        assertCaught(rule, "runtime.alignment.KnowsTheStage", "runtime.stage.Joint");
        assertCaught(rule, "runtime.alignment.KnowsTheStage", "runtime.channel.connector.Face");
    }

    @Test
    void when_a_library_is_used_elsewhere_then_caught_and_where_it_belongs_it_is_not() {
        assertCaught(RULES.librariesStayAtTheRim(), "runtime.alignment.KnowsTheStage", "library.Engine");
        assertThat(violations(RULES.librariesStayAtTheRim())).noneMatch(line -> line.contains("connector.Face uses"));
    }

    @Test
    void when_domain_code_reads_a_clock_or_starts_a_thread_then_caught_and_in_the_command_it_is_not() {
        ArchRule rule = RULES.timeRandomnessAndThreadsComeIn();
        assertCaught(rule, "coordinator.loop.There", "System.currentTimeMillis");
        assertCaught(rule, "coordinator.loop.There", "System.nanoTime"); // by a method reference
        assertCaught(rule, "coordinator.loop.There", "Thread.<init>");
        assertCaught(rule, "coordinator.loop.There", "Math.random");
        assertThat(violations(rule)).noneMatch(line -> line.contains("cli.MayReadClocks"));
    }

    @Test
    void when_a_class_is_looked_up_by_name_then_caught() {
        assertCaught(RULES.nothingIsLookedUpWhileRunning(), "coordinator.store.Back", "Class.forName");
        assertCaught(RULES.nothingIsLookedUpWhileRunning(), "coordinator.store.Back", "Method.invoke");
    }

    @Test
    void when_a_name_says_nothing_then_caught() {
        assertCaught(RULES.namesSaySomething(), "api.ThingManager ends with Manager");
    }

    @Test
    void when_a_package_does_not_say_null_marked_then_caught() {
        assertCaught(RULES.packagesAreNullMarked(), "planted.api has no package-info");
        assertThat(violations(RULES.packagesAreNullMarked())).noneMatch(line -> line.contains("planted.library has"));
    }

    private void assertCaught(ArchRule rule, String... parts) {
        assertThat(violations(rule)).anyMatch(line -> List.of(parts).stream().allMatch(line::contains));
    }

    private List<String> violations(ArchRule rule) {
        EvaluationResult result = rule.evaluate(planted);
        return result.getFailureReport().getDetails();
    }
}
