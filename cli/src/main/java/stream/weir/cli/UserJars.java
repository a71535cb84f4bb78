package stream.weir.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;
import stream.weir.definition.UserCode;

/** The option that names jars with functions and connectors. */
final class UserJars {
    @Option(
            names = "--jars",
            paramLabel = "PATH",
            split = ",",
            description =
                    "Jars with functions and connectors that the file names, or folders of jars; with commas between.")
    private List<Path> places = List.of();

    ClassLoader code() throws IOException {
        return UserCode.in(places, UserJars.class.getClassLoader());
    }
}
