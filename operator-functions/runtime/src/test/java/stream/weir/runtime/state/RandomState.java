package stream.weir.runtime.state;

import java.util.Random;
import stream.weir.protocol.keygroup.KeyGroupRange;

/** Random changes to a state and its model, and comparisons between both. */
final class RandomState {
    private final Random random;
    private final StateModel state;

    RandomState(Random random, StateModel state) {
        this.random = random;
        this.state = state;
    }

    void step() {
        KeyGroupRange range = state.backend().keyGroups();
        int group = range.first() + random.nextInt(range.size());
        String key = key();
        long pane = 100L * random.nextInt(6);
        switch (random.nextInt(12)) {
            case 0, 1 -> state.put(StateTableContract.V, group, ValueTable.NO_PANE, key, value());
            case 2 -> state.remove(StateTableContract.V, group, ValueTable.NO_PANE, key);
            case 3 -> state.verify(StateTableContract.V, group, ValueTable.NO_PANE, key);
            case 4, 5 -> state.merge(StateTableContract.W, group, pane, key, value());
            case 6 -> window(group, pane, key);
            case 7, 8, 9 -> state.put(StateTableContract.O, group, key, value());
            case 10 -> state.remove(StateTableContract.O, group, key);
            default -> ordered(group, key);
        }
    }

    private void window(int group, long pane, String key) {
        switch (random.nextInt(20)) {
            case 0 -> state.removePane(StateTableContract.W, group, pane);
            case 1, 2, 3, 4, 5, 6, 7, 8, 9 -> state.remove(StateTableContract.W, group, pane, key);
            default -> state.verify(StateTableContract.W, group, pane, key);
        }
    }

    private void ordered(int group, String key) {
        if (random.nextInt(4) == 0) {
            state.verifyScan(StateTableContract.O, group, key, random.nextBoolean() ? "" : key());
        } else {
            state.verify(StateTableContract.O, group, key);
        }
    }

    private String key() {
        return switch (random.nextInt(20)) {
            case 0 -> "long-" + "x".repeat(random.nextInt(900));
            case 1 -> String.valueOf((char) random.nextInt(256)).repeat(random.nextInt(4));
            case 2, 3, 4, 5, 6 -> String.format("%08d", random.nextInt(100));
            default -> "key-" + random.nextInt(150);
        };
    }

    private String value() {
        return switch (random.nextInt(40)) {
            case 0 -> "";
            case 1 -> "large".repeat(random.nextInt(5_000));
            case 2, 3, 4, 5 -> "v".repeat(random.nextInt(300));
            default -> "value-" + random.nextInt(10);
        };
    }
}
