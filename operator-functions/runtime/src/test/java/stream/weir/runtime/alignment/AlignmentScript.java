package stream.weir.runtime.alignment;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import stream.weir.protocol.checkpoint.CheckpointFailure;
import stream.weir.protocol.checkpoint.CheckpointKind;
import stream.weir.protocol.frame.Frame;
import stream.weir.protocol.frame.Link;

/**
 * A small language for alignments.
 *
 * <pre>
 * goes in    1:a   a record frame named a, of 100 credit bytes, on input 1     N7   checkpoint 7 is announced
 *            1:W   a watermark                                                 A7   checkpoint 7 is aborted
 *            1:B7  barrier 7        1:C7  cancel marker 7        1:E  end
 * comes out  1:a, 1:W, 1:E   delivered                      S7@1   snapshot, input 1 was the last   S7   all had ended
 *            D7:REASON       declined                       X7:REASON   cancel marker sent on
 * </pre>
 */
final class AlignmentScript {
    static final int RECORD_CREDIT_BYTES = 100;
    static final CheckpointFailure CANCEL_REASON = CheckpointFailure.TIMED_OUT;
    static final CheckpointFailure ABORT_REASON = CheckpointFailure.REPLICA_LOST;

    private final AlignedInputs inputs;
    private final List<String> consumed = new ArrayList<>();

    AlignmentScript(AlignedInputs inputs) {
        this.inputs = inputs;
    }

    /** Plays the events, takes every turn as soon as there is one, and tells what came out. */
    String play(String events) {
        List<String> out = new ArrayList<>();
        for (String event : events.split(" ")) {
            put(event);
            drainInto(out);
        }
        return String.join(" ", out);
    }

    /** Plays the events without taking a turn. */
    void putAll(String events) {
        for (String event : events.split(" ")) {
            put(event);
        }
    }

    String drain() {
        List<String> out = new ArrayList<>();
        drainInto(out);
        return String.join(" ", out);
    }

    /** Events whose credit has gone back, in that order. */
    String consumed() {
        return String.join(" ", consumed);
    }

    Optional<String> next() {
        return inputs.next().map(this::take);
    }

    void put(String event) {
        switch (event.charAt(0)) {
            case 'N' -> inputs.announced(number(event, 1), CheckpointKind.PERIODIC);
            case 'A' -> inputs.aborted(number(event, 1), ABORT_REASON);
            default -> {
                int colon = event.indexOf(':');
                int input = Integer.parseInt(event.substring(0, colon));
                inputs.arrived(input, new Arrival(frame(input, event.substring(colon + 1)), () -> consumed.add(event)));
            }
        }
    }

    private void drainInto(List<String> out) {
        for (Optional<String> turn = next(); turn.isPresent(); turn = next()) {
            out.add(turn.get());
        }
    }

    private String take(Turn turn) {
        return switch (turn) {
            case Turn.Deliver(int input, Arrival arrival) -> {
                arrival.consumed().run();
                yield input + ":" + name(arrival.frame().content());
            }
            case AlignmentEffect.Snapshot snapshot ->
                "S" + snapshot.checkpoint()
                        + (snapshot.lastInput().isPresent()
                                ? "@" + snapshot.lastInput().getAsInt()
                                : "");
            case AlignmentEffect.Decline decline -> "D" + decline.checkpoint() + ":" + decline.reason();
            case AlignmentEffect.ForwardCancel cancel -> "X" + cancel.checkpoint() + ":" + cancel.reason();
        };
    }

    private static Frame frame(int input, String what) {
        Frame.Content content =
                switch (what.charAt(0)) {
                    case 'B' -> new Frame.Barrier(number(what, 1), CheckpointKind.PERIODIC);
                    case 'C' -> new Frame.Cancel(number(what, 1), CANCEL_REASON);
                    case 'E' -> new Frame.End();
                    case 'W' -> new Frame.Watermark(0);
                    default -> record(what);
                };
        return new Frame("p", 1, new Link("from", input, "", "to", 0), 0, content);
    }

    /** The name, then zeros up to the size. */
    private static Frame.Records record(String name) {
        byte[] bytes = new byte[RECORD_CREDIT_BYTES - Frame.OVERHEAD_BYTES];
        for (int i = 0; i < name.length(); i++) {
            bytes[i] = (byte) name.charAt(i);
        }
        return new Frame.Records(bytes, 0, bytes.length, 1);
    }

    private static String name(Frame.Content content) {
        return switch (content) {
            case Frame.Records records ->
                new String(records.bytes(), records.offset(), records.length(), StandardCharsets.US_ASCII)
                        .chars()
                        .filter(c -> c != 0)
                        .mapToObj(Character::toString)
                        .collect(Collectors.joining());
            case Frame.Watermark _ -> "W";
            case Frame.End _ -> "E";
            default -> throw new IllegalStateException("never delivered: " + content);
        };
    }

    private static long number(String text, int from) {
        return Long.parseLong(text.substring(from));
    }
}
