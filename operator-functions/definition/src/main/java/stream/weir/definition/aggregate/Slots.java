package stream.weir.definition.aggregate;

/** Hands out the slots of an accumulator. */
final class Slots {
    private int numbers;
    private int objects;

    int number() {
        return numbers++;
    }

    int object() {
        return objects++;
    }

    int numbers() {
        return numbers;
    }

    int objects() {
        return objects;
    }
}
