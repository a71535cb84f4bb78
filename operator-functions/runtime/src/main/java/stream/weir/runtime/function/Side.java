package stream.weir.runtime.function;

import java.util.ArrayList;
import java.util.List;
import stream.weir.api.pipeline.Input;
import stream.weir.api.pipeline.Stage;

/** Which side of a step with two inputs a record is on. */
enum Side {
    LEFT,
    RIGHT,
    /** A stream that meets itself: each record is on the left first, then on the right. */
    BOTH;

    boolean isLeft() {
        return this != RIGHT;
    }

    boolean isRight() {
        return this != LEFT;
    }

    /**
     * The sides of a stage's inputs, by index. Where both names are the same and two inputs bear it, the first is the left one.
     *
     * @param left {@code stage} or {@code stage.output}
     * @throws IllegalArgumentException when an input is on neither side, or a side has no input
     */
    static Side[] of(List<Input> inputs, String left, String right) {
        List<Side> sides = new ArrayList<>();
        for (Input input : inputs) {
            boolean isLeft = matches(input, left);
            boolean isRight = matches(input, right);
            if (!isLeft && !isRight) {
                throw new IllegalArgumentException(
                        "the input " + name(input) + " is neither left (" + left + ") nor right (" + right
                                + "): name one of the stage's inputs " + names(inputs) + " on each side");
            }
            sides.add(isLeft && isRight ? BOTH : isLeft ? LEFT : RIGHT);
        }
        if (sides.equals(List.of(BOTH, BOTH))) {
            sides = List.of(LEFT, RIGHT);
        }
        if (sides.stream().noneMatch(Side::isLeft) || sides.stream().noneMatch(Side::isRight)) {
            throw new IllegalArgumentException(
                    "left is " + left + " and right is " + right + ", but the stage's inputs are " + names(inputs));
        }
        return sides.toArray(Side[]::new);
    }

    private static boolean matches(Input input, String name) {
        return name(input).equals(name);
    }

    private static String name(Input input) {
        return input.output().equals(Stage.MAIN) ? input.from() : input.from() + "." + input.output();
    }

    private static List<String> names(List<Input> inputs) {
        return inputs.stream().map(Side::name).toList();
    }
}
