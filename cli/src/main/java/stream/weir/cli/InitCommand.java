package stream.weir.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import stream.weir.cli.answer.Value;
import stream.weir.cli.project.FunctionProject;

/** {@code weir init}: a project for functions of one's own. */
@Command(
        name = "init",
        mixinStandardHelpOptions = true,
        description = {
            "Makes a Maven project with a function in Java, a test of it with the test kit, and a pipeline that uses"
                    + " it.",
            "It builds as it stands, against the artifacts that this command was built with."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:made", "2:the command line is wrong, or the folder is there and not empty"})
final class InitCommand implements Callable<Integer> {
    /** Where the launcher says that Weir is. */
    private static final String HOME = "WEIR_HOME";

    @Parameters(index = "0", paramLabel = "DIR", description = "The project's folder, which is made.")
    private Path folder = Path.of("");

    @Option(names = "--name", paramLabel = "NAME", description = "Of the project; that of its folder unless told.")
    private Optional<String> name = Optional.empty();

    @Option(names = "--group", paramLabel = "GROUP", description = "Of the project, to Maven; org.example unless told.")
    private String group = "org.example";

    @Option(names = "--package", paramLabel = "PACKAGE", description = "Of its classes; GROUP.functions unless told.")
    private Optional<String> packageName = Optional.empty();

    @Option(
            names = "--repository",
            paramLabel = "URI",
            description = "Where Maven finds Weir's artifacts; the build of this command unless told.")
    private Optional<String> repository = Optional.empty();

    @Mixin
    private AnswerForm form = new AnswerForm();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException {
        String artifact =
                name.orElse(String.valueOf(folder.toAbsolutePath().normalize().getFileName()));
        FunctionProject project = new FunctionProject(
                artifact, group, packageName.orElse(group + ".functions"), repository.orElseGet(InitCommand::built));
        List<Path> written = project.writeTo(folder);
        List<String> lines = new ArrayList<>();
        written.forEach(path -> lines.add(folder.resolve(path).toString()));
        lines.add("Next: cd " + folder + " && mvn package && weir run --jars target pipeline.yaml");
        form.print(
                spec.commandLine().getOut(),
                Value.fields()
                        .with("folder", folder.toString())
                        .with("files", Value.of(written, path -> Value.of(path.toString())))
                        .build(),
                lines);
        return ExitCode.DONE;
    }

    private static String built() {
        String home = Optional.ofNullable(System.getenv(HOME)).orElse(".");
        return Path.of(home, "cli", "target", "repository")
                .toAbsolutePath()
                .normalize()
                .toUri()
                .toString();
    }
}
