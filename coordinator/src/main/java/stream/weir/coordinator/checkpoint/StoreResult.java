package stream.weir.coordinator.checkpoint;

/** What came of creating an object in the store. */
public sealed interface StoreResult {
    /** It is there, durably, with our content. */
    record Durable() implements StoreResult {}

    /** Something else is there. */
    record Foreign(String found) implements StoreResult {}

    /** It is not there, and this attempt will not bring it there. */
    record NotApplied(String error) implements StoreResult {}

    /** It is larger than may be stored; nothing was attempted. */
    record TooLarge(String error) implements StoreResult {}

    /** It may or may not be there, or come there later. */
    record Unknown(String error) implements StoreResult {}
}
