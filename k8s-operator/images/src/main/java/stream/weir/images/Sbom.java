package stream.weir.images;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.HexFormat;
import java.util.List;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * The bill of materials of an image, in the form of CycloneDX 1.6: every jar that is in it, by its Maven coordinates where it says
 * them, with the checksum of the file as it is in the image. The same bytes for the same files.
 *
 * @param application name of the image
 */
record Sbom(String application, List<Component> components) {
    /** Below the image's {@code /app}. */
    static final String FILE = "sbom.cdx.json";

    private static final String COORDINATES = "META-INF/maven/[^/]+/[^/]+/pom\\.properties";
    private static final Pattern FILE_NAME = Pattern.compile("(.+?)-(\\d[^/]*)\\.jar");

    /**
     * A jar.
     *
     * @param group empty where it is not known
     * @param version empty where it is not known
     */
    record Component(String group, String name, String version, String sha256) {
        String purl() {
            return "pkg:maven/" + (group.isEmpty() ? "" : group + "/") + name
                    + (version.isEmpty() ? "" : "@" + version);
        }
    }

    /** @param home whose jars are looked at, and whatever folders are below it */
    static Sbom of(String application, Path home) throws IOException {
        List<Component> components = new ArrayList<>();
        try (Stream<Path> files = Files.walk(home)) {
            for (Path jar : files.filter(file -> file.toString().endsWith(".jar"))
                    .sorted()
                    .toList()) {
                components.add(component(jar));
            }
        }
        return new Sbom(application, List.copyOf(components));
    }

    void write(Path home) throws IOException {
        Files.writeString(home.resolve(FILE), json());
    }

    String json() {
        String all = components.stream().map(Sbom::json).collect(Collectors.joining(",\n"));
        return "{\n  \"bomFormat\": \"CycloneDX\",\n  \"specVersion\": \"1.6\",\n  \"version\": 1,\n"
                + "  \"metadata\": {\"component\": {\"type\": \"container\", \"name\": \"" + application + "\"}},\n"
                + "  \"components\": [\n" + all + "\n  ]\n}\n";
    }

    private static String json(Component one) {
        return "    {\"type\": \"library\", \"group\": \"" + one.group() + "\", \"name\": \"" + one.name()
                + "\", \"version\": \"" + one.version() + "\", \"purl\": \"" + one.purl()
                + "\", \"hashes\": [{\"alg\": \"SHA-256\", \"content\": \"" + one.sha256() + "\"}]}";
    }

    private static Component component(Path jar) throws IOException {
        String sha256 = sha256(jar);
        List<Properties> said = coordinates(jar);
        if (said.size() == 1) {
            Properties only = said.getFirst();
            return new Component(
                    only.getProperty("groupId", ""),
                    only.getProperty("artifactId", ""),
                    only.getProperty("version", ""),
                    sha256);
        }
        // Nothing, or those of others that were put into it: the file's name has group, name and version.
        String file = jar.getFileName().toString();
        Matcher parts = FILE_NAME.matcher(file);
        return parts.matches()
                ? new Component("", parts.group(1), parts.group(2), sha256)
                : new Component("", file, "", sha256);
    }

    private static List<Properties> coordinates(Path jar) throws IOException {
        List<Properties> all = new ArrayList<>();
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            for (Enumeration<? extends ZipEntry> entries = zip.entries(); entries.hasMoreElements(); ) {
                ZipEntry entry = entries.nextElement();
                if (entry.getName().matches(COORDINATES)) {
                    Properties properties = new Properties();
                    try (InputStream in = zip.getInputStream(entry)) {
                        properties.load(in);
                    }
                    all.add(properties);
                }
            }
        } catch (ZipException e) {
            // No archive, whatever it is called: its file name is all there is.
            return List.of();
        }
        return all;
    }

    private static String sha256(Path file) throws IOException {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
