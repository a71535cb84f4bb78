package stream.weir.verification.architecture;

import static com.tngtech.archunit.lang.SimpleConditionEvent.violated;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;

/**
 * The rules, for classes below a root package.
 *
 * @param root {@code stream.weir}, or the package of the classes that break the rules
 * @param rims libraries and who may use them
 */
record Rules(String root, List<Rim> rims) {
    private static final Set<String> MAY_TAKE = Set.of(
            "local",
            "cli",
            "benchmarks",
            "testkit",
            "testservers",
            "images",
            "operator.app",
            "stage.app",
            "service.app");
    private static final Set<String> MAY_REFLECT = Set.of("codegen", "cli", "benchmarks", "testkit");
    private static final List<String> SAY_NOTHING = List.of("Manager", "Helper", "Util", "Utils", "Impl");
    /** Names of temporary files are the one thing that is made up inside, as no result depends on them. */
    private static final String TEMPORARY_NAMES = "store.directory.DirectoryStore";

    ArchRule modulesKnowWhatTheTableSays() {
        return each("know only modules that the table allows", (type, events) -> {
            Optional<Module> own = module(type);
            if (own.isEmpty()) {
                events.add(violated(type, type.getName() + " is in no module of the table"));
            }
            own.ifPresent(module -> targets(type)
                    .filter(target -> module(target).filter(module::mayKnow).isEmpty())
                    .forEach(target -> events.add(violated(
                            type,
                            type.getName() + " of " + module.artifact() + " uses " + target.getName() + ", and may use "
                                    + module.mayKnow()))));
        });
    }

    ArchRule packagesOfAModuleHaveNoCycles(Module module) {
        return slices().matching(root + "." + module.packages() + ".(**)")
                .should()
                .beFreeOfCycles()
                .allowEmptyShould(true);
    }

    ArchRule packagesOfTheRuntimeKnowTheirNeighbours() {
        return each("know only the packages of the runtime that are listed", (type, events) -> inRuntime(type)
                .ifPresent(from -> targets(type)
                        .filter(target -> inRuntime(target)
                                .filter(to -> !RuntimePackages.mayKnow(from, to))
                                .isPresent())
                        .forEach(target -> events.add(
                                violated(type, type.getName() + " uses " + target.getName() + ", unlisted")))));
    }

    ArchRule librariesStayAtTheRim() {
        return each(
                "use libraries only where they belong", (type, events) -> type.getDirectDependenciesFromSelf().stream()
                        .map(dependency -> dependency
                                .getTargetClass()
                                .getBaseComponentType()
                                .getName())
                        .distinct()
                        .forEach(target -> rims.stream()
                                .filter(rim -> rim.isOf(target))
                                .findFirst()
                                .filter(rim -> !rim.packages().contains(below(type)))
                                .ifPresent(rim -> events.add(violated(
                                        type,
                                        type.getName() + " uses " + target + ": that is for " + rim.packages())))));
    }

    ArchRule timeRandomnessAndThreadsComeIn() {
        return each("be given clocks, randomness and threads", (type, events) -> calls(
                        type, outside(MAY_TAKE), FromOutside::isTaken)
                .filter(call -> !isTemporaryName(type, call))
                .forEach(call -> events.add(violated(type, call.getDescription()))));
    }

    ArchRule nothingIsLookedUpWhileRunning() {
        return each("not use reflection", (type, events) -> calls(type, outside(MAY_REFLECT), FromOutside::isReflective)
                .forEach(call -> events.add(violated(type, call.getDescription()))));
    }

    ArchRule namesSaySomething() {
        return each("have names that say what they do", (type, events) -> SAY_NOTHING.stream()
                .filter(word -> type.getSimpleName().endsWith(word))
                .forEach(word -> events.add(violated(type, type.getName() + " ends with " + word))));
    }

    ArchRule packagesAreNullMarked() {
        return each("be in packages with @NullMarked", (type, events) -> {
            if (!type.getPackage().isAnnotatedWith(NullMarked.class)) {
                events.add(violated(type, type.getPackageName() + " has no package-info with @NullMarked"));
            }
        });
    }

    private ArchRule each(String what, BiConsumer<JavaClass, ConditionEvents> check) {
        return classes()
                .that(DescribedPredicate.describe("are ours", type -> isOurs(type) && !type.isAnonymousClass()))
                .should(new ArchCondition<>(what) {
                    @Override
                    public void check(JavaClass type, ConditionEvents events) {
                        check.accept(type, events);
                    }
                });
    }

    private Stream<JavaClass> targets(JavaClass type) {
        return type.getDirectDependenciesFromSelf().stream()
                .map(dependency -> dependency.getTargetClass().getBaseComponentType())
                .filter(this::isOurs)
                .distinct();
    }

    private interface Call {
        boolean matches(String owner, String method);
    }

    private static Stream<JavaAccess<?>> calls(JavaClass type, Predicate<JavaClass> applies, Call banned) {
        return type.getAccessesFromSelf().stream()
                .filter(access -> applies.test(type))
                .filter(access -> banned.matches(
                        access.getTargetOwner().getName(), access.getTarget().getName()));
    }

    private Predicate<JavaClass> outside(Set<String> exempt) {
        return type -> exempt.stream().noneMatch(name -> (below(type) + ".").startsWith(name + "."));
    }

    private boolean isTemporaryName(JavaClass type, JavaAccess<?> call) {
        return type.getName().equals(root + "." + TEMPORARY_NAMES)
                && call.getTarget().getName().equals("randomUUID");
    }

    private Optional<Module> module(JavaClass type) {
        return Module.of(below(type));
    }

    private Optional<String> inRuntime(JavaClass type) {
        String name = below(type);
        return name.startsWith("runtime.") ? Optional.of(name.substring("runtime.".length())) : Optional.empty();
    }

    private boolean isOurs(JavaClass type) {
        return type.getPackageName().startsWith(root + ".");
    }

    /** The package below the root. */
    private String below(JavaClass type) {
        return type.getPackageName().substring(Math.min(type.getPackageName().length(), root.length() + 1));
    }
}
