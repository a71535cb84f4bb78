package stream.weir.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import stream.weir.api.pipeline.CheckpointConfig;
import stream.weir.api.pipeline.CheckpointConfig.Snapshots;
import stream.weir.cli.answer.Value;
import stream.weir.coordinator.CoordinatorConfig;
import stream.weir.coordinator.RestartPolicy;
import stream.weir.coordinator.store.GarbageCollector;
import stream.weir.coordinator.store.GarbageCollector.Preview;
import stream.weir.coordinator.store.InvalidDocumentException;
import stream.weir.wiring.Coordination;

/** {@code weir gc}: what the next collection would delete. */
@Command(
        name = "gc",
        mixinStandardHelpOptions = true,
        description = {
            "Shows which checkpoints and files nobody needs any more, and how many bytes they take, straight from the"
                    + " store.",
            "Deletes nothing: that is what the job's coordinator does after each checkpoint."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:shown",
            "1:an entry is damaged: then nobody knows what is needed, and nothing would be deleted",
            "2:the command line is wrong, or the store cannot be read",
            "3:the pipeline file has problems"
        })
final class GcCommand implements Callable<Integer> {
    @Mixin
    private Target target = new Target();

    @Option(names = "--dry-run", description = "Show what would be deleted; has to be given.")
    private boolean dryRun;

    @Option(
            names = "--retained",
            paramLabel = "N",
            description =
                    "As if this many complete checkpoints were kept; what the pipeline file says unless told, or 3.")
    private Optional<Integer> retained = Optional.empty();

    @Mixin
    private AnswerForm form = new AnswerForm();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException, InvalidDocumentException {
        if (!dryRun) {
            throw new ParameterException(
                    spec.commandLine(),
                    "Only the coordinator that leads deletes, as it alone knows which checkpoints are under way: say"
                            + " --dry-run to see what it would");
        }
        Optional<Stores.Place> place = target.store(spec.commandLine().getErr());
        if (place.isEmpty()) {
            return ExitCode.PROBLEMS;
        }
        Stores.requireFolder(place.get());
        try (CheckpointFolder folder = CheckpointFolder.open(place.get())) {
            Preview preview = new GarbageCollector(folder.checkpoints(), config()).preview();
            form.print(spec.commandLine().getOut(), value(preview), lines(preview));
        }
        return ExitCode.DONE;
    }

    private CoordinatorConfig config() throws IOException {
        CheckpointConfig file = target.text().contains(":")
                ? CheckpointConfig.defaults(Snapshots.at(target.text()))
                : Pipelines.outline(
                                java.nio.file.Path.of(target.text()),
                                spec.commandLine().getErr())
                        .orElseThrow()
                        .checkpoint();
        CoordinatorConfig config = Coordination.config(file, 1, RestartPolicy.defaults());
        return retained.map(config::withRetained).orElse(config);
    }

    private static Value value(Preview preview) {
        return Value.fields()
                .with("checkpoints", Value.of(preview.plan().entries(), Value::of))
                .with("files", Value.of(preview.plan().files(), Value::of))
                .with("bytes", preview.bytes())
                .with("keptBytes", preview.keptBytes())
                .build();
    }

    private static List<String> lines(Preview preview) {
        List<String> lines = new ArrayList<>(preview.plan().entries());
        lines.addAll(preview.plan().files());
        lines.add(preview.plan().entries().size() + " checkpoints and "
                + preview.plan().files().size() + " files would be deleted, " + Texts.bytes(preview.bytes()) + "; "
                + Texts.bytes(preview.keptBytes()) + " would stay");
        return lines;
    }
}
