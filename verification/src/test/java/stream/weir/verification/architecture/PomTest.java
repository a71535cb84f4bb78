package stream.weir.verification.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The poms are held to the module table, and everything foreign in them is explained in DEPENDENCIES.md. */
final class PomTest {
    private static final Pattern DEPENDENCY = Pattern.compile(
            "<(dependency|path)>\\s*<groupId>([^<]+)</groupId>\\s*<artifactId>([^<]+)</artifactId>(.*?)</\\1>",
            Pattern.DOTALL);
    private static final Pattern PLUGIN = Pattern.compile(
            "<plugin>\\s*(?:<!--.*?-->\\s*)?(?:<groupId>[^<]+</groupId>\\s*)?<artifactId>([^<]+)</artifactId>",
            Pattern.DOTALL);
    private static final String OURS = "stream.weir";

    private record Dependency(String group, String artifact, String scope) {}

    @Test
    void when_a_module_depends_on_another_then_the_table_allows_it() {
        assertThat(Module.TABLE).allSatisfy(module -> {
            Path pom = Repository.ROOT.resolve(module.path()).resolve("pom.xml");
            Set<String> allowed = new TreeSet<>(module.mayKnow());
            assertThat(allowed).as(module.artifact()).containsAll(ours(pom, "compile"));
            allowed.addAll(Module.FOUND_WHEN_RUNNING);
            assertThat(allowed).as(module.artifact()).containsAll(ours(pom, "runtime"));
        });
    }

    @Test
    void when_the_root_pom_lists_modules_then_they_are_those_of_the_table_and_verification() {
        Matcher listed = Pattern.compile("<module>([^<]+)</module>").matcher(Repository.text(rootPom()));
        Set<String> expected = new TreeSet<>(Module.all().map(Module::path).toList());
        expected.add("verification");
        assertThat(new TreeSet<>(listed.results().map(found -> found.group(1)).toList()))
                .isEqualTo(expected);
    }

    @Test
    void when_something_foreign_is_in_a_pom_then_it_is_explained() {
        String explained = Repository.text(Repository.ROOT.resolve("DEPENDENCIES.md"));
        Set<String> unexplained = new TreeSet<>();
        for (Path pom : Repository.files("xml")) {
            if (pom.endsWith("pom.xml")) {
                foreign(pom).stream()
                        .filter(artifact -> !explained.contains("`" + artifact + "`"))
                        .forEach(unexplained::add);
            }
        }
        assertThat(unexplained).isEmpty();
    }

    private static List<String> ours(Path pom, String scope) {
        return dependencies(pom).stream()
                .filter(dependency -> dependency.group.equals(OURS) && dependency.scope.equals(scope))
                .map(Dependency::artifact)
                .toList();
    }

    private static Set<String> foreign(Path pom) {
        Set<String> artifacts = new TreeSet<>();
        dependencies(pom).stream()
                .filter(dependency -> !dependency.group.equals(OURS))
                .map(Dependency::artifact)
                .forEach(artifacts::add);
        PLUGIN.matcher(Repository.text(pom))
                .results()
                .map(found -> found.group(1))
                .forEach(artifacts::add);
        return artifacts;
    }

    private static List<Dependency> dependencies(Path pom) {
        return DEPENDENCY
                .matcher(Repository.text(pom))
                .results()
                .map(found -> new Dependency(found.group(2), found.group(3), scope(found.group(1), found.group(4))))
                .toList();
    }

    /** @param element {@code path} for processors of the compiler, which no class depends on */
    private static String scope(String element, String rest) {
        if (element.equals("path")) {
            return "processor";
        }
        Matcher scope = Pattern.compile("<scope>([^<]+)</scope>").matcher(rest);
        return scope.find() ? scope.group(1) : "compile";
    }

    private static Path rootPom() {
        return Repository.ROOT.resolve("pom.xml");
    }
}
