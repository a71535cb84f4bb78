package stream.weir.images;

import com.google.cloud.tools.jib.api.buildplan.Platform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import stream.weir.images.Application.Role;

/** The command behind {@code deploy/images}. */
@Command(
        name = "deploy/images",
        description = "Builds the container images of Weir's services and pushes them; no container engine is needed.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
public final class Images implements Callable<Integer> {
    @Option(
            names = "--registry",
            required = true,
            paramLabel = "HOST/PREFIX",
            description = "Where the images go: they are called HOST/PREFIX/weir-stage and so on.")
    private String registry = "";

    @Option(
            names = "--base",
            defaultValue = "docker.io/library/eclipse-temurin:25-jre",
            paramLabel = "IMAGE",
            description = "Image with Java 25 and glibc to build upon (${DEFAULT-VALUE}).")
    private String base = "";

    @Option(
            names = "--tag",
            defaultValue = "dev",
            paramLabel = "T",
            description = "Tag of the images (${DEFAULT-VALUE}).")
    private String tag = "";

    @Option(
            names = "--architecture",
            defaultValue = "amd64",
            description = "Processors that the images are for, amd64 or arm64 (${DEFAULT-VALUE}).")
    private String architecture = "";

    @Option(names = "--insecure", description = "Allow plain HTTP, and certificates that are not trusted.")
    private boolean insecure;

    @Option(
            names = "--no-aot",
            description = "Leave the AOT caches out, which make services start in a third of the time.")
    private boolean noAot;

    @Option(
            names = "--only",
            split = ",",
            paramLabel = "NAME",
            description = "Push only these images, named as in the registry.")
    private List<String> only = List.of();

    @Option(
            names = "--stage-app",
            paramLabel = "NAME=FOLDER",
            description = "Build an image of a stage service of your own, too: FOLDER is its target/quarkus-app.")
    private Map<String, Path> own = Map.of();

    @Option(names = "--root", hidden = true, required = true)
    private Path root = Path.of("");

    /** @param arguments {@code --help} explains them */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Images())
                .setExecutionExceptionHandler((error, command, parsed) -> {
                    if (error instanceof ImageFailedException) {
                        command.getErr().println("deploy/images: " + error.getMessage());
                        return 1;
                    }
                    throw error;
                })
                .execute(arguments));
    }

    @Override
    public Integer call() throws IOException, ImageFailedException {
        Path work = root.resolve("k8s-operator/images/target/images");
        Files.createDirectories(work);
        // Jib knows layers by names and times of files, and those stay as they are here whatever is in the files.
        Layout.deleteAll(work.resolve("layers/application"));
        Registry images =
                new Registry(insecure ? Registry.Access.INSECURE : Registry.Access.SECURE, work.resolve("layers"));
        Map<Application, Layout> layouts = new LinkedHashMap<>();
        for (Application application : applications()) {
            Path home = work.resolve(application.name()).resolve("app");
            layouts.put(application, Layout.of(application, home, nativePlatform()));
        }
        if (!noAot) {
            train(images, layouts, work);
        }
        for (Map.Entry<Application, Layout> each : layouts.entrySet()) {
            Application application = each.getKey();
            if (only.isEmpty() || only.contains(application.name())) {
                String name = registry + "/" + application.name() + ":" + tag;
                String digest = images.push(
                        ServiceImage.of(images.from(base), application, each.getValue(), architecture), name);
                say(name + " is " + digest);
            }
        }
        return 0;
    }

    private void train(Registry images, Map<Application, Layout> layouts, Path work)
            throws IOException, ImageFailedException {
        Path saved = work.resolve("base.tar");
        images.save(images.from(base).setPlatforms(Set.of(new Platform(architecture, "linux"))), saved);
        BaseImage unpacked = BaseImage.unpack(saved, work.resolve("base"));
        Files.delete(saved);
        Optional<Path> java = unpacked.java();
        if (java.isEmpty()) {
            say("this machine cannot run the Java of " + base + " (JAVA_HOME in the image, glibc, " + architecture
                    + "): the images get no AOT cache, and services start in about 3 s instead of 1.");
            return;
        }
        say("training with Java " + unpacked.javaVersion() + " of " + base);
        List<Layout> stages = new ArrayList<>();
        Optional<Layout> coordinator = Optional.empty();
        Optional<Layout> operator = Optional.empty();
        for (Map.Entry<Application, Layout> each : layouts.entrySet()) {
            switch (each.getKey().role()) {
                case STAGE -> stages.add(each.getValue());
                case COORDINATOR -> coordinator = Optional.of(each.getValue());
                case OPERATOR -> operator = Optional.of(each.getValue());
            }
        }
        if (coordinator.isPresent()) {
            new Training(java.get(), work.resolve("training")).train(coordinator.get(), stages);
        }
        if (operator.isPresent()) {
            new OperatorTraining(java.get(), work.resolve("operator-training")).train(operator.get());
        }
    }

    private List<Application> applications() throws ImageFailedException {
        List<Application> all = new ArrayList<>();
        all.add(application("weir-stage", Role.STAGE, root.resolve("operator-functions/stage/target/quarkus-app")));
        all.add(application(
                "weir-coordinator", Role.COORDINATOR, root.resolve("coordinator-service/target/quarkus-app")));
        if (Files.exists(root.resolve("k8s-operator/target/quarkus-app").resolve(JavaCommand.JAR))) {
            all.add(application("weir-operator", Role.OPERATOR, root.resolve("k8s-operator/target/quarkus-app")));
        }
        for (Map.Entry<String, Path> each : own.entrySet()) {
            all.add(application(each.getKey(), Role.STAGE, each.getValue()));
        }
        return all;
    }

    private static Application application(String name, Role role, Path folder) throws ImageFailedException {
        if (!Files.exists(folder.resolve(JavaCommand.JAR))) {
            throw new ImageFailedException(folder + " has no " + JavaCommand.JAR
                    + ": build it first (mvn package -Dquarkus.package.jar.type=aot-jar)");
        }
        return new Application(name, role, folder);
    }

    private String nativePlatform() throws ImageFailedException {
        return switch (architecture) {
            case "amd64" -> "linux64";
            case "arm64" -> "linux-aarch64";
            default -> throw new ImageFailedException("--architecture is amd64 or arm64, not '" + architecture + "'");
        };
    }

    private static void say(String line) {
        System.out.println(line);
    }
}
