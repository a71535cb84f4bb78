package stream.weir.testservers;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A PostgreSQL server with a cluster of its own. The programs are those of Debian's package {@code postgresql}, or of the folder that
 * the system property {@code weir.postgres} names. The server refuses to run as root: then it is run as {@code postgres} or {@code
 * nobody}, by {@code setpriv}.
 */
public final class PostgresServer implements AutoCloseable {
    private static final Duration READY_WITHIN = Duration.ofMinutes(5);
    private static final int STATUS_LINE = 7;

    private final Programs programs;
    private final Path folder;
    private final int port;
    private ServerProcess process;

    private PostgresServer(Programs programs, Path folder, int port, ServerProcess process) {
        this.programs = programs;
        this.folder = folder;
        this.port = port;
        this.process = process;
    }

    /** @param prefix of commands, which makes them run as somebody else than root */
    private record Programs(Path folder, Optional<String> user, List<String> prefix) {
        List<String> command(String program, String... arguments) {
            List<String> command = new ArrayList<>(prefix);
            command.add(folder.resolve(program).toString());
            command.addAll(List.of(arguments));
            return command;
        }
    }

    /** Why a test has to be skipped here; empty where the server can be started. */
    public static Optional<String> whyNotAvailable() {
        if (folder().isEmpty()) {
            return Optional.of(
                    "no PostgreSQL at any of " + folders()
                            + ": install Debian's package postgresql, or name the folder of its programs with -Dweir.postgres=FOLDER");
        }
        return isRoot() && user().isEmpty()
                ? Optional.of("PostgreSQL does not run as root, and there is no user postgres or nobody, or no setpriv")
                : Optional.empty();
    }

    /** Starts a server with an empty cluster on a free port of the loopback address and waits until it answers. */
    public static PostgresServer start() throws IOException {
        Optional<String> missing = whyNotAvailable();
        if (missing.isPresent()) {
            throw new IOException(missing.get());
        }
        Optional<String> user = isRoot() ? user() : Optional.empty();
        Programs programs =
                new Programs(folder().orElseThrow(), user, user.isPresent() ? prefix(user.get()) : List.of());
        Path folder = Files.createTempDirectory("weir-postgres-");
        own(folder, programs);
        ServerProcess.start(
                        "initdb",
                        programs.command(
                                "initdb",
                                "--pgdata=" + folder.resolve("data"),
                                "--username=weir",
                                "--auth=trust",
                                "--encoding=UTF8",
                                "--no-locale",
                                "--no-sync"),
                        Map.of(),
                        folder)
                .awaitSuccess(READY_WITHIN);
        int port = Ports.reserve();
        return new PostgresServer(programs, folder, port, launch(programs, folder, port));
    }

    /** One server for all tests of this process that only need a table of their own; never stop it. */
    public static PostgresServer shared() throws IOException {
        return Shared.SERVER.get();
    }

    /** For JDBC, with the user, who may do everything. */
    public String url() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/postgres?user=weir";
    }

    /** As a crash: sessions end where they are, and the next start recovers from the log. */
    public synchronized void kill() throws IOException {
        process.signal("CONT");
        process.signal("QUIT");
        process.stop();
    }

    /** Starts it again on the same port, after having killed it if it was running. */
    public synchronized void restart() throws IOException {
        kill();
        process = launch(programs, folder, port);
    }

    /** Ends the server and removes its files. */
    @Override
    public void close() throws IOException {
        kill();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    private static ServerProcess launch(Programs programs, Path folder, int port) throws IOException {
        Path data = folder.resolve("data");
        Files.deleteIfExists(data.resolve("postmaster.pid"));
        // No sync: what the process has written outlives it, and the machine does not crash in tests.
        ServerProcess process = ServerProcess.start(
                "postgres",
                programs.command(
                        "postgres",
                        "-D",
                        data.toString(),
                        "-p",
                        String.valueOf(port),
                        "-c",
                        "listen_addresses=127.0.0.1",
                        "-c",
                        "unix_socket_directories=",
                        "-c",
                        "fsync=off",
                        "-c",
                        "max_connections=200"),
                Map.of(),
                folder);
        process.await(() -> isReady(data, process.pid()), READY_WITHIN);
        return process;
    }

    private static boolean isReady(Path data, long pid) throws IOException {
        List<String> lines = Files.readAllLines(data.resolve("postmaster.pid"));
        return lines.size() > STATUS_LINE
                && lines.getFirst().strip().equals(String.valueOf(pid))
                && lines.get(STATUS_LINE).strip().equals("ready");
    }

    private static void own(Path folder, Programs programs) throws IOException {
        if (programs.user().isPresent()) {
            Files.setOwner(
                    folder,
                    folder.getFileSystem()
                            .getUserPrincipalLookupService()
                            .lookupPrincipalByName(programs.user().get()));
        }
    }

    private static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }

    private static Optional<String> user() {
        if (!Files.isExecutable(Path.of("/usr/bin/setpriv"))) {
            return Optional.empty();
        }
        return Stream.of("postgres", "nobody")
                .filter(name -> !group(name).isEmpty())
                .findFirst();
    }

    private static List<String> prefix(String user) {
        return List.of("/usr/bin/setpriv", "--reuid=" + user, "--regid=" + group(user), "--clear-groups", "--");
    }

    /** The number of a user's group; empty where there is no such user. */
    private static String group(String user) {
        try {
            Process id = new ProcessBuilder("id", "-g", user)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return new String(id.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            return ""; // no program id: no user to be found either
        }
    }

    private static Optional<Path> folder() {
        return folders().stream()
                .filter(folder ->
                        Files.isExecutable(folder.resolve("initdb")) && Files.isExecutable(folder.resolve("postgres")))
                .findFirst();
    }

    /** Of the packages the newest first. */
    private static List<Path> folders() {
        String named = System.getProperty("weir.postgres", "");
        if (!named.isEmpty()) {
            return List.of(Path.of(named));
        }
        List<Path> folders = new ArrayList<>();
        Path packages = Path.of("/usr/lib/postgresql");
        if (Files.isDirectory(packages)) {
            try (Stream<Path> versions = Files.list(packages)) {
                versions.sorted(Comparator.<Path>comparingInt(version ->
                                        version.getFileName().toString().length())
                                .thenComparing(Comparator.naturalOrder())
                                .reversed())
                        .map(version -> version.resolve("bin"))
                        .forEach(folders::add);
            } catch (IOException e) {
                // Then it is not there for us.
            }
        }
        folders.add(Path.of("/usr/local/bin"));
        folders.add(Path.of("/usr/bin"));
        return folders;
    }

    /** The server of this process, started by whoever asks first. */
    private static final class Shared {
        private static final Shared SERVER = new Shared();

        private Optional<PostgresServer> server = Optional.empty();

        synchronized PostgresServer get() throws IOException {
            if (server.isEmpty()) {
                server = Optional.of(start());
            }
            return server.get();
        }
    }
}
