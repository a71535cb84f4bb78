package stream.weir.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import stream.weir.api.pipeline.Pipeline;
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
            description =
                    "Go back although sinks have committed output beyond that checkpoint, which is then made again.")
    private boolean acceptDuplicates;

    @Option(
            names = "--allow-dropped-state",
            description = "Leave behind state of the checkpoint that nothing claims any more.")
    private boolean allowDroppedState;

    @Mixin
    private RunTuning tuning = new RunTuning();

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

        @Option(names = "--fresh", description = "Start empty, although there are checkpoints.")
        private boolean fresh;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (verbose) {
            Logging.verbose();
        }
        PrintWriter err = spec.commandLine().getErr();
        try {
            Optional<Pipeline> pipeline = Pipelines.load(file, err);
            return pipeline.isPresent() ? run(pipeline.get()) : ExitCode.PROBLEMS;
        } catch (IOException e) {
            err.println("Cannot run " + file + ": " + e.getMessage());
            return ExitCode.USAGE;
        }
    }

    private int run(Pipeline pipeline) throws IOException, InterruptedException {
        if (pipeline.restoreFrom().isPresent()) {
            throw new IOException("spec.restoreFrom is for clusters: here, say --from-checkpoint N"
                    + " (weir checkpoints lists them), and take restoreFrom out of the file");
        }
        PrintWriter out = spec.commandLine().getOut();
        Stores.Place place = Stores.of(pipeline);
        try (Interruption interruption = new Interruption();
                ObjectStore store = Stores.open(place);
                WorkFolder work = WorkFolder.open(tuning.workFolder(store))) {
            if (isRefused(place, store)) {
                return ExitCode.REFUSED;
            }
            Progress progress = Progress.of(pipeline, out, System.console());
            LocalJob job = LocalJob.start(pipeline, tuning.settings(store, work).withStart(startOptions()), progress);
            interruption.stops(job, progress);
            progress.follow(job);
            int code = report(job.await(), progress);
            interruption.exitsWith(code);
            return code;
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

    private StartOptions startOptions() {
        StartOptions options = StartOptions.newest();
        if (start.fresh) {
            options = StartOptions.fresh();
        } else if (start.checkpoint.isPresent()) {
            options = StartOptions.at(start.checkpoint.get());
        }
        if (allowDroppedState) {
            options = options.allowingDroppedState();
        }
        return acceptDuplicates ? options.acceptingDuplicates() : options;
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
