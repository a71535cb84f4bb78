package stream.weir.verification.reference;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What native executables are told of: only classes that there are, as a name that is wrong is passed over without a word. */
class NativeMetadataTest {
    private static final Path ROOT =
            Path.of(System.getProperty("weir.root", "..")).toAbsolutePath().normalize();
    private static final List<String> MODULES = List.of(
            "operator-functions/stage",
            "operator-functions/definition",
            "operator-functions/connectors/kafka",
            "object-store-minio");
    private static final Pattern TYPE = Pattern.compile("\"type\": \"([^\"]+)\"");

    @Test
    void when_types_are_named_then_there_are_such() throws IOException {
        List<String> missing = new ArrayList<>();
        int named = 0;
        for (Path file : metadata()) {
            Matcher types = TYPE.matcher(Files.readString(file));
            while (types.find()) {
                named++;
                if (!exists(types.group(1))) {
                    missing.add(types.group(1) + " in " + ROOT.relativize(file));
                }
            }
        }

        assertThat(missing).isEmpty();
        assertThat(named).isPositive();
    }

    private static List<Path> metadata() throws IOException {
        List<Path> all = new ArrayList<>();
        for (String module : MODULES) {
            try (Stream<Path> files =
                    Files.walk(ROOT.resolve(module).resolve("src/main/resources/META-INF/native-image"))) {
                List<Path> its = files.filter(file -> file.endsWith("reachability-metadata.json"))
                        .toList();
                assertThat(its).as(module).hasSize(1);
                all.addAll(its);
            }
        }
        return all;
    }

    /** As a resource: nothing of them is to run. */
    private static boolean exists(String type) {
        String element = type.replace("[]", "");
        return element.equals("byte")
                || NativeMetadataTest.class.getClassLoader().getResource(element.replace('.', '/') + ".class") != null;
    }
}
