package stream.weir.coordinator.membership;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import stream.weir.coordinator.PipelineDescription;
import stream.weir.protocol.control.Address;
import stream.weir.protocol.control.FromInstance;
import stream.weir.protocol.control.FromInstance.Held;
import stream.weir.protocol.control.ReplicaId;
import stream.weir.protocol.control.ToCoordinator;

/** A stage process, as far as it is known. */
final class Instance {
    private final String name;
    private final String stage;
    private String revision;
    private final long order;
    private Address address;
    private OptionalLong deadline = OptionalLong.empty();
    private String detail = "";
    private boolean connected;
    private boolean heard;
    private boolean departing;
    private boolean failed;
    private Optional<Held> held = Optional.empty();
    private Optional<ReplicaId> files = Optional.empty();
    private ToCoordinator.@Nullable Opened opened;
    private ToCoordinator.@Nullable Finished finished;
    private ToCoordinator.@Nullable Committed committed;

    /** @param order who came first is served first */
    Instance(String name, String stage, String revision, Address address, long order) {
        this.name = name;
        this.stage = stage;
        this.revision = revision;
        this.address = address;
        this.order = order;
    }

    String name() {
        return name;
    }

    String stage() {
        return stage;
    }

    String revision() {
        return revision;
    }

    long order() {
        return order;
    }

    Address address() {
        return address;
    }

    /** @param silentUntil it has to say by then what it holds */
    void connect(String withRevision, Address at, long silentUntil) {
        revision = withRevision;
        address = at;
        connected = true;
        heard = false;
        deadline = OptionalLong.of(silentUntil);
        detail = "it did not say what it holds";
        forgetReports();
    }

    void disconnect(String why, long comeBackBy) {
        connected = false;
        heard = false;
        detail = "its connection broke and it did not come back: " + why;
        deadline = OptionalLong.of(comeBackBy);
    }

    void holds(FromInstance.Holding holding) {
        heard = true;
        deadline = OptionalLong.empty();
        held = holding.running();
        files = holding.files();
    }

    /** Is to be this from now on, and nothing else. */
    void told(Optional<Held> what) {
        held = what;
        failed = false;
        forgetReports();
    }

    /** When it counts as gone, unless it is heard of. */
    OptionalLong deadline() {
        return deadline;
    }

    /** Why it counts as gone then. */
    String detail() {
        return detail;
    }

    boolean isConnected() {
        return connected;
    }

    /** Whether it is connected and has said what it holds. */
    boolean isReady() {
        return connected && heard;
    }

    boolean isDeparting() {
        return departing;
    }

    void departs() {
        departing = true;
    }

    boolean hasFailed() {
        return failed;
    }

    void fails() {
        failed = true;
    }

    Optional<Held> held() {
        return held;
    }

    boolean holds(long run, ReplicaId replica) {
        return held.isPresent()
                && held.get().fence().run() == run
                && held.get().replica().equals(replica);
    }

    boolean isIn(long run) {
        return held.isPresent() && held.get().fence().run() == run;
    }

    boolean hasStateOf(ReplicaId replica) {
        return files.filter(replica::equals).isPresent()
                || held.map(Held::replica).filter(replica::equals).isPresent();
    }

    /** Keeps what a replica says of itself before there is anybody to hear it. */
    void keep(ToCoordinator message) {
        switch (message) {
            case ToCoordinator.Opened said -> opened = said;
            case ToCoordinator.Finished said -> finished = said;
            case ToCoordinator.Committed said -> {
                if (committed == null || committed.checkpoint() <= said.checkpoint()) {
                    committed = said;
                }
            }
            case ToCoordinator.Failed said -> failed = true;
            case ToCoordinator.Acknowledge acknowledge -> {}
            case ToCoordinator.Decline decline -> {}
        }
    }

    /** Whether it can be a replica of a stage of this pipeline; otherwise it is a guest, who may wait for another one. */
    boolean fits(PipelineDescription pipeline) {
        return pipeline.stages().stream()
                .anyMatch(each -> each.name().equals(stage) && each.revision().equals(revision));
    }

    /** What it has said of itself, but for that it has opened. */
    List<ToCoordinator> keptReports() {
        List<ToCoordinator> reports = new ArrayList<>();
        if (committed != null) {
            reports.add(committed);
        }
        if (finished != null) {
            reports.add(finished);
        }
        return reports;
    }

    Optional<ToCoordinator.Opened> keptOpened() {
        return Optional.ofNullable(opened);
    }

    private void forgetReports() {
        opened = null;
        finished = null;
        committed = null;
    }

    @Override
    public String toString() {
        return "process " + name + " of " + stage + " at " + address;
    }
}
