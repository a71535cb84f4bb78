package stream.weir.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import stream.weir.images.Application.Role;

final class LayoutIT {
    private static final String JAR = "lib/main/org.rocksdb.rocksdbjni-10.jar";

    @TempDir
    private Path folder;

    private Application application;

    @BeforeEach
    void build() throws IOException {
        Path built = folder.resolve("built");
        Files.createDirectories(built.resolve("lib/main"));
        Files.writeString(built.resolve("quarkus-run.jar"), "run");
        try (ZipOutputStream jar = new ZipOutputStream(Files.newOutputStream(built.resolve(JAR)))) {
            for (String name :
                    new String[] {"org/rocksdb/RocksDB.class", "librocksdbjni-linux64.so", "librocksdbjni-win64.dll"}) {
                jar.putNextEntry(new ZipEntry(name));
                jar.write(name.getBytes(StandardCharsets.UTF_8));
            }
        }
        application = new Application("weir-stage", Role.STAGE, built);
    }

    @Test
    void when_laid_out_then_the_native_library_of_the_platform_lies_beside_the_jars() throws IOException {
        // when
        Layout layout = Layout.of(application, folder.resolve("app"), "linux64");
        // then
        assertThat(layout.home().resolve("native/librocksdbjni.so")).hasContent("librocksdbjni-linux64.so");
        try (ZipFile jar = new ZipFile(layout.home().resolve(JAR).toFile())) {
            assertThat(jar.stream().map(ZipEntry::getName)).containsExactly("org/rocksdb/RocksDB.class");
        }
    }

    @Test
    void when_laid_out_then_the_bill_of_materials_has_each_jar_as_it_is_there() throws Exception {
        // given
        Path library = folder.resolve("built/lib/main/com.example.tool-1.2.jar");
        try (ZipOutputStream jar = new ZipOutputStream(Files.newOutputStream(library))) {
            jar.putNextEntry(new ZipEntry("META-INF/maven/com.example/tool/pom.properties"));
            jar.write("groupId=com.example\nartifactId=tool\nversion=1.2\n".getBytes(StandardCharsets.UTF_8));
        }
        // when
        Layout layout = Layout.of(application, folder.resolve("app"), "linux64");
        // then
        String sha256 =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(library)));
        assertThat(layout.home().resolve("sbom.cdx.json"))
                .content()
                .contains("\"bomFormat\": \"CycloneDX\"", "\"name\": \"weir-stage\"")
                .contains("\"purl\": \"pkg:maven/com.example/tool@1.2\"", sha256)
                .contains("pkg:maven/org.rocksdb.rocksdbjni@10", "pkg:maven/quarkus-run.jar");
    }

    @Test
    void when_laid_out_twice_then_files_and_their_times_are_the_same() throws IOException {
        // given
        byte[] first = Files.readAllBytes(
                Layout.of(application, folder.resolve("app"), "linux64").home().resolve(JAR));
        // when
        Layout again = Layout.of(application, folder.resolve("app"), "linux64");
        // then
        assertThat(again.home().resolve(JAR)).hasBinaryContent(first);
        assertThat(Files.getLastModifiedTime(again.home().resolve(JAR)).toInstant())
                .isEqualTo(Layout.FILE_TIME);
    }

    @Test
    void when_the_library_does_not_know_the_platform_then_it_is_named() {
        assertThatThrownBy(() -> Layout.of(application, folder.resolve("app"), "linux-vax"))
                .hasMessageContaining("no native library for linux-vax");
    }
}
