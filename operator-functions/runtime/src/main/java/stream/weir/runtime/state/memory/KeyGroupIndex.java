package stream.weir.runtime.state.memory;

import stream.weir.protocol.keygroup.KeyGroupRange;

/** Where a key group is in arrays of one element for each group of a range. */
final class KeyGroupIndex {
    private KeyGroupIndex() {}

    static int of(KeyGroupRange range, int keyGroup) {
        if (!range.contains(keyGroup)) {
            throw new IllegalArgumentException("key group " + keyGroup + " is not held here, where groups "
                    + range.first() + " to " + range.last() + " are: the record was routed wrongly");
        }
        return keyGroup - range.first();
    }
}
