package stream.weir.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Stack;
import java.util.concurrent.atomic.AtomicInteger;
import picocli.CommandLine.IParameterPreprocessor;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import stream.weir.api.pipeline.Pipeline;
import stream.weir.console.ConsoleSettings;
import stream.weir.local.LocalJob;

/** Whether a browser can look at the run. */
final class ConsoleOptions {
    private static final String DEFAULT_PORT = "8080";
    private static final int TOKEN_BYTES = 16;

    @Option(
            names = "--console",
            paramLabel = "[PORT]",
            preprocessor = PortOrNone.class,
            description = "Serve the console on this port, " + DEFAULT_PORT + " unless told, 0 for any that is free.")
    private Optional<Integer> port = Optional.empty();

    @Option(
            names = "--console-host",
            paramLabel = "ADDRESS",
            defaultValue = "127.0.0.1",
            description = "Where the console listens, ${DEFAULT-VALUE} unless told; elsewhere it needs a token.")
    private String host = "127.0.0.1";

    @Option(
            names = "--console-token-file",
            paramLabel = "FILE",
            description = "A file with the token that orders need; one is made and printed unless told.")
    private Optional<Path> tokenFile = Optional.empty();

    /** Regions are jobs of their own, each with a console: the ports follow one another. */
    private final AtomicInteger opened = new AtomicInteger();

    /** The port may be left out, also in front of the pipeline file. */
    static final class PortOrNone implements IParameterPreprocessor {
        @Override
        @SuppressWarnings("JdkObsolete") // picocli's own type
        public boolean preprocess(
                Stack<String> arguments, CommandSpec command, ArgSpec option, Map<String, Object> info) {
            if (arguments.isEmpty() || !arguments.peek().matches("\\d+")) {
                arguments.push(DEFAULT_PORT);
            }
            return false;
        }
    }

    /** Serves the job's console where it is wanted, and says where. */
    LocalConsole open(Path file, Pipeline pipeline, LocalJob job, PrintWriter out) throws IOException {
        if (port.isEmpty()) {
            return LocalConsole.none();
        }
        int first = port.get();
        String token = token();
        ConsoleSettings settings =
                new ConsoleSettings(host, first == 0 ? 0 : first + opened.getAndIncrement(), Optional.of(token));
        LocalConsole console;
        try {
            console = LocalConsole.open(settings, LocalConsoleJob.of(file, pipeline, job));
        } catch (IOException | IllegalArgumentException e) {
            job.stop();
            throw new IOException(e.getMessage(), e);
        }
        String secret = tokenFile.isEmpty() ? "#token=" + token : "";
        out.println("console of " + pipeline.name() + ": http://" + host + ":" + console.port() + "/" + secret);
        out.flush();
        return console;
    }

    private String token() throws IOException {
        if (tokenFile.isPresent()) {
            return Files.readString(tokenFile.get()).strip();
        }
        byte[] random = new byte[TOKEN_BYTES];
        new SecureRandom().nextBytes(random);
        return HexFormat.of().formatHex(random);
    }
}
