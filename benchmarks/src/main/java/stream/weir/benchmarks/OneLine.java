package stream.weir.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** What the main programs here do alike: they measure something in a folder of their own below {@code target}, and print one line. */
public final class OneLine {
    private OneLine() {}

    /** What is measured. */
    public interface Measurement {
        /**
         * The line to print.
         *
         * @param folder empty and absolute; the caller's to delete
         */
        Object line(WorkloadOptions options, Path folder) throws Exception;
    }

    /**
     * Measures, prints, and ends this process, whatever threads are left. Of what fails the folder stays, to be looked at.
     *
     * @param name that the folder's begins with
     */
    public static void print(String name, String[] arguments, Measurement measurement) throws Exception {
        WorkloadOptions options = WorkloadOptions.parse(arguments);
        Path folder = Files.createTempDirectory(Files.createDirectories(Path.of("target")), name + "-")
                .toAbsolutePath();
        System.out.println(measurement.line(options, folder));
        delete(folder);
        System.exit(0);
    }

    /** With all that is in it. */
    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
