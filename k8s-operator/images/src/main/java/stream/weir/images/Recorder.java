package stream.weir.images;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Makes the AOT cache of a service from what it is seen to do.
 *
 * @param java the base image's runtime
 * @param layout the service
 * @param recording what was seen, until the cache is made
 */
record Recorder(Path java, Layout layout, Path recording) {
    /** Starts the service and records what it does until it ends. */
    Process start(Map<String, String> environment, Path log) throws IOException {
        // Profiles are left out: with them the compiler works ahead while the service starts, and the cache is larger.
        return start(
                List.of(
                        "-XX:AOTMode=record",
                        "-XX:AOTConfiguration=" + recording,
                        "-XX:+UnlockDiagnosticVMOptions",
                        "-XX:-AOTRecordTraining"),
                environment,
                log);
    }

    /** Starts the service, to keep another one company. */
    Process startOnly(Map<String, String> environment, Path log) throws IOException {
        return start(List.of(), environment, log);
    }

    private Process start(List<String> flags, Map<String, String> environment, Path log) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(java.resolve("bin/java").toString());
        command.addAll(flags);
        command.addAll(JavaCommand.arguments(layout.home().toString()));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(layout.home().toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().putAll(environment);
        builder.environment().remove("JAVA_TOOL_OPTIONS");
        return builder.start();
    }

    /** Makes the cache when the service has ended. */
    void create() throws ImageFailedException, IOException {
        List<String> command = new ArrayList<>();
        command.add(java.resolve("bin/java").toString());
        command.add("-XX:AOTMode=create");
        command.add("-XX:AOTConfiguration=" + recording);
        command.add("-XX:AOTCache=" + layout.cache());
        command.addAll(JavaCommand.creating(layout.home().toString()));
        Program.run(command);
        Files.delete(recording);
    }
}
