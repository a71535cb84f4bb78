package stream.weir.runtime.alignment;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import stream.weir.protocol.frame.FrameCodec;

/**
 * Held frames go to a temporary file per input ({@code alignment.spill}), and their credit goes back to the sender as soon as
 * they are there: an alignment does not stop the senders. A file is read back in order and deleted when it is used up.
 *
 * <p>What is on disk is not bounded by credit any more but by {@code alignment.maxBytes} alone. The files are of no use to
 * another process: those that a crash has left are overwritten.
 *
 * @see java.io.UncheckedIOException thrown by all methods, naming the file, when the disk fails; the replica cannot go on then
 */
public final class SpilledFrames implements HeldFrames {
    private final List<SpillFile> files;

    private SpilledFrames(List<SpillFile> files) {
        this.files = files;
    }

    /**
     * @param directory belongs to this replica alone; made when the first frame is held back
     */
    public static SpilledFrames forInputs(int inputs, Path directory, FrameCodec codec) {
        List<SpillFile> files = new ArrayList<>(inputs);
        for (int i = 0; i < inputs; i++) {
            files.add(new SpillFile(directory.resolve("input-" + i + ".held"), codec));
        }
        return new SpilledFrames(files);
    }

    @Override
    public void hold(int input, Arrival arrival) {
        files.get(input).append(arrival.frame());
        arrival.consumed().run();
    }

    @Override
    public Optional<Arrival> poll(int input) {
        // The credit went back when the frame was written.
        return files.get(input).poll().map(frame -> new Arrival(frame, () -> {}));
    }

    @Override
    public boolean isEmpty(int input) {
        return files.get(input).isEmpty();
    }

    @Override
    public long bytes(int input) {
        return files.get(input).bytes();
    }

    @Override
    public void close() {
        files.forEach(SpillFile::delete);
    }
}
