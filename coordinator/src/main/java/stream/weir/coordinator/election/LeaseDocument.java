package stream.weir.coordinator.election;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;

/**
 * What a lease says.
 *
 * @param holder who has it; one line
 * @param turn tells each renewal from all others: equal contents may have equal versions
 * @param state whether it holds
 */
public record LeaseDocument(String holder, String turn, State state) {
    private static final String TITLE = "weir lease 1";

    /** Whether somebody has it. */
    public enum State {
        /** Until it expires. */
        HELD,
        /** Given up: whoever comes next has it. */
        RELEASED
    }

    /** As text, a line for each field. */
    byte[] bytes() {
        return String.join("\n", TITLE, holder, turn, state.name(), "").getBytes(UTF_8);
    }

    /** What cannot be read is somebody's all the same, and expires as any other. */
    static LeaseDocument of(byte[] content) {
        List<String> lines = new String(content, UTF_8).lines().toList();
        boolean known = lines.size() == 4 && lines.getFirst().equals(TITLE);
        return known
                ? new LeaseDocument(
                        lines.get(1),
                        lines.get(2),
                        lines.get(3).equals(State.RELEASED.name()) ? State.RELEASED : State.HELD)
                : new LeaseDocument("somebody whose lease cannot be read", "", State.HELD);
    }
}
