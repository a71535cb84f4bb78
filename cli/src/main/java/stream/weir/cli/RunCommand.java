package stream.weir.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import stream.weir.api.pipeline.Pipeline;
import stream.weir.api.pipeline.Regions;
import stream.weir.api.pipeline.Stage;
import stream.weir.coordinator.checkpoint.LastCheckpoint;
import stream.weir.coordinator.store.StartOptions;
import stream.weir.coordinator.store.StartRefusal;
import stream.weir.local.JobOutcome;
import stream.weir.local.LocalJob;
import stream.weir.local.WorkFolder;
import stream.weir.store.ObjectStore;
import stream.weir.store.StoreException;

/** {@code weir run}: all stages of a pipeline in this process. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Runs all stages of a pipeline in this process.",
            "Goes on from the newest checkpoint where there is one. Ctrl-C takes a last checkpoint and ends."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:the input has ended, or the pipeline was stopped with a last checkpoint",
            "1:the pipeline failed",
            "2:the command line is wrong, or the file cannot be read",
            "3:the pipeline file has problems",
            "4:the start was refused, because of the checkpoints that are there",
            "5:stopped, but without a last checkpoint, or before sinks had committed it"
        })
final class RunCommand implements Callable<Integer> {
    @Parameters(paramLabel = "FILE", description = "The pipeline file.")
    private Path file = Path.of("");

    @ArgGroup(exclusive = true)
    private Start start = new Start();

    @Option(
            names = "--accept-duplicates",
            description = "Go back, or begin anew, although sinks have committed output, which is then made again.")
    private boolean acceptDuplicates;

    @Option(
            names = "--allow-dropped-state",
            description = "Leave behind state of the checkpoint that nothing claims any more.")
    private boolean allowDroppedState;

    @Option(
            names = "--region",
            paramLabel = "NAME",
            description =
                    "Run this region only, of a pipeline with durable edges; others run in processes of their own.")
    private Optional<String> region = Optional.empty();

    @Mixin
    private UserJars jars = new UserJars();

    @Mixin
    private RunTuning tuning = new RunTuning();

    @Mixin
    private ConsoleOptions console = new ConsoleOptions();

    @Option(
            names = {"-v", "--verbose"},
            description = "Log what happens, on standard error.")
    private boolean verbose;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** Where to start; one of them at most. */
    private static final class Start {
        @Option(
                names = "--from-checkpoint",
                paramLabel = "N",
                description = "Start from checkpoint N instead of the newest (see: weir checkpoints FILE).")
        private Optional<Long> checkpoint = Optional.empty();

        @Option(
                names = "--from-savepoint",
                paramLabel = "NAME",
                description = "Start from a savepoint of this pipeline (see: weir savepoint).")
        private Optional<String> savepoint = Optional.empty();

        @Option(names = "--fresh", description = "Start empty, although there are checkpoints.")
        private boolean fresh;

        Optional<StartOptions> options() throws IOException {
            if (fresh) {
                return Optional.of(StartOptions.fresh());
            }
            if (savepoint.isPresent()) {
                return Optional.of(StartOptions.at(RestoreChoice.savepoint(savepoint.get())));
            }
            return checkpoint.map(StartOptions::at);
        }
    }

    @Override
    public Integer call() throws InterruptedException {
        if (verbose) {
            Logging.verbose();
        }
        PrintWriter err = spec.commandLine().getErr();
        try {
            Optional<Pipeline> pipeline = Pipelines.load(file, jars, err);
            return pipeline.isPresent() ? run(regions(pipeline.get())) : ExitCode.PROBLEMS;
        } catch (IOException e) {
            err.println("Cannot run " + file + ": " + e.getMessage());
            return ExitCode.USAGE;
        }
    }

    /** What is to be run. */
    private List<Pipeline> regions(Pipeline pipeline) throws IOException {
        List<Pipeline> all = Regions.of(pipeline);
        List<Pipeline> wanted = all.stream()
                .filter(each -> region.map(each.name()::equals).orElse(true))
                .toList();
        if (wanted.isEmpty()) {
            throw new IOException("there is no region " + region.orElse("") + ", only "
                    + all.stream().map(Pipeline::name).toList());
        }
        return wanted;
    }

    /** Regions go on and fail on their own; only when one ends with a failure the others are stopped. */
    private int run(List<Pipeline> regions) throws IOException, InterruptedException {
        try (Interruption interruption = new Interruption();
                ExecutorService others = Executors.newCachedThreadPool()) {
            List<Future<Integer>> under = new ArrayList<>();
            for (Pipeline other : regions.subList(1, regions.size())) {
                under.add(others.submit(() -> runToTheEnd(other, interruption)));
            }
            int code = runToTheEnd(regions.getFirst(), interruption);
            for (Future<Integer> other : under) {
                code = Math.max(code, ended(other));
            }
            interruption.exitsWith(code);
            return code;
        }
    }

    private int runToTheEnd(Pipeline pipeline, Interruption interruption) throws IOException, InterruptedException {
        int code = ExitCode.FAILED;
        try {
            code = run(pipeline, interruption);
            return code;
        } finally {
            if (code != ExitCode.DONE) {
                interruption.stopAll();
            }
        }
    }

    private static int ended(Future<Integer> other) throws IOException, InterruptedException {
        try {
            return other.get();
        } catch (ExecutionException e) {
            throw new IOException(String.valueOf(e.getCause()), e);
        }
    }

    private int run(Pipeline pipeline, Interruption interruption) throws IOException, InterruptedException {
        List<String> left = start.fresh && !acceptDuplicates ? leftBefore(pipeline) : List.of();
        if (!left.isEmpty()) {
            spec.commandLine()
                    .getErr()
                    .println("Refused: a start from nothing writes all rows anew, beside those of before: "
                            + String.join(", ", left)
                            + ": move them away, give the sinks a new target, or say --accept-duplicates");
            return ExitCode.REFUSED;
        }
        PrintWriter out = spec.commandLine().getOut();
        Stores.Place place = Stores.of(pipeline);
        try (ObjectStore store = Stores.open(place);
                RestoreChoice choice = choice(pipeline, store);
                WorkFolder work = WorkFolder.open(tuning.workFolder(store, pipeline.name()))) {
            if (isRefused(place, store)) {
                return ExitCode.REFUSED;
            }
            if (!choice.said().isEmpty()) {
                out.println(pipeline.name() + ": " + choice.said());
                out.flush();
            }
            Progress progress = Progress.of(pipeline, out, System.console());
            LocalJob job = LocalJob.start(pipeline, tuning.settings(store, work).withStart(choice.options()), progress);
            interruption.stops(job, progress);
            try (LocalConsole served = console.open(file, pipeline, job, out)) {
                progress.follow(job);
                JobOutcome outcome = job.await();
                interruption.ended(job);
                return report(outcome, progress);
            }
        }
    }

    private boolean isRefused(Stores.Place place, ObjectStore store) {
        try {
            Stores.probe(place, store);
            return false;
        } catch (StoreException e) {
            spec.commandLine().getErr().println("Refused: " + StartRefusal.STORE_FAILED + ": " + e.getMessage());
            return true;
        }
    }

    /** What earlier courses have left at the sinks. */
    private static List<String> leftBefore(Pipeline pipeline) throws IOException {
        List<String> left = new ArrayList<>();
        for (Stage stage : pipeline.stages()) {
            if (stage.sink().isPresent()) {
                try {
                    stage.sink().get().leftBefore().ifPresent(found -> left.add(stage.name() + ": " + found));
                } catch (IOException e) {
                    throw e;
                } catch (Exception e) {
                    throw new IOException("cannot look at the target of stage " + stage.name() + ": " + e, e);
                }
            }
        }
        return left;
    }

    /** What the command line says holds for this start; else what the file says. */
    private RestoreChoice choice(Pipeline pipeline, ObjectStore store) throws IOException {
        Optional<StartOptions> said = start.options();
        RestoreChoice choice = said.isEmpty() && pipeline.restoreFrom().isPresent()
                ? RestoreChoice.of(pipeline, pipeline.restoreFrom().get(), store)
                : new RestoreChoice(said.orElse(StartOptions.newest()), "", Optional.empty());
        StartOptions options = choice.options();
        if (allowDroppedState) {
            options = options.allowingDroppedState();
        }
        return new RestoreChoice(
                acceptDuplicates ? options.acceptingDuplicates() : options, choice.said(), choice.opened());
    }

    private int report(JobOutcome outcome, Progress progress) {
        PrintWriter err = spec.commandLine().getErr();
        return switch (outcome) {
            case JobOutcome.Completed(var last) -> {
                progress.completed(last);
                yield ExitCode.DONE;
            }
            case JobOutcome.Stopped(var last, var newest, String detail) -> {
                progress.stopped(newest, detail);
                yield last == LastCheckpoint.COMMITTED ? ExitCode.DONE : ExitCode.STOPPED_WITHOUT_CHECKPOINT;
            }
            case JobOutcome.Failed(var reason, String detail, var newest) -> {
                progress.end();
                err.println("Failed: " + reason + ": " + detail);
                newest.ifPresent(manifest ->
                        err.println("Started again, it goes on from checkpoint " + manifest.checkpoint() + "."));
                yield ExitCode.FAILED;
            }
            case JobOutcome.Refused(var reason) -> {
                progress.end();
                err.println("Refused: " + reason.reason() + ": " + reason.getMessage());
                yield ExitCode.REFUSED;
            }
            case JobOutcome.NotOpened(var replica, Throwable error) -> {
                progress.end();
                err.println("Failed: " + replica + " cannot be opened: " + Causes.describe(error));
                yield ExitCode.FAILED;
            }
        };
    }
}
