package stream.weir.images;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Other programs, run to their end. */
final class Program {
    private static final int MOST_MINUTES = 10;
    private static final int TAIL = 2_000;

    private Program() {}

    /** @throws ImageFailedException when the program fails, with the end of what it printed */
    static void run(List<String> command) throws ImageFailedException {
        Result result = execute(command);
        if (result.code() != 0) {
            throw new ImageFailedException("'" + String.join(" ", command) + "' failed with code " + result.code()
                    + ": "
                    + result.output().substring(Math.max(0, result.output().length() - TAIL)));
        }
    }

    static boolean succeeds(List<String> command) {
        try {
            return execute(command).code() == 0;
        } catch (ImageFailedException e) {
            return false;
        }
    }

    private record Result(int code, String output) {}

    private static Result execute(List<String> command) throws ImageFailedException {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(MOST_MINUTES, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                throw new ImageFailedException("'" + String.join(" ", command) + "' did not end");
            }
            return new Result(process.exitValue(), output);
        } catch (IOException e) {
            throw new ImageFailedException("'" + command.getFirst() + "' cannot be started: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ImageFailedException("interrupted", e);
        }
    }
}
