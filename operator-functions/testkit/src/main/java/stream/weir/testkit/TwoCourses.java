package stream.weir.testkit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import stream.weir.api.codec.Codec;
import stream.weir.api.pipeline.Input;
import stream.weir.api.pipeline.Step;

/** A function that runs through, and the same one restored after every call; held against each other after every call. */
final class TwoCourses {
    private final Course through;
    private final Course restored;
    private final List<Course.Out> collected = new ArrayList<>();
    private final Map<String, List<Course.Out>> sides = new HashMap<>();

    private TwoCourses(Course through, Course restored) {
        this.through = through;
        this.restored = restored;
    }

    static TwoCourses of(Step step, List<Input> inputs, Codec<?> keyCodec) {
        return new TwoCourses(Course.of(step, inputs, keyCodec), Course.of(step, inputs, keyCodec));
    }

    /** One call of a course. */
    interface Call {
        void on(Course course) throws Exception;
    }

    void run(String what, Call call) {
        on(through, call);
        on(restored, call);
        on(restored, Course::restore);
        List<Course.Out> expected = through.taken();
        List<Course.Out> found = restored.taken();
        if (!expected.equals(found)) {
            throw new AssertionError("After " + what + ", the function emitted " + expected
                    + " when it ran through, but " + found
                    + " when it was restored from a snapshot after every call: keep all that it remembers in the states"
                    + " that it declares in open(), and make a new instance in the supplier");
        }
        for (Course.Out out : expected) {
            (out.side().isEmpty() ? collected : sides.computeIfAbsent(out.side(), name -> new ArrayList<>())).add(out);
        }
    }

    List<Course.Out> taken() {
        return taken(collected);
    }

    List<Course.Out> takenFrom(String side) {
        return taken(sides.getOrDefault(side, new ArrayList<>()));
    }

    void close() throws Exception {
        try {
            through.close();
        } finally {
            restored.close();
        }
    }

    private static List<Course.Out> taken(List<Course.Out> outs) {
        List<Course.Out> taken = List.copyOf(outs);
        outs.clear();
        return taken;
    }

    private static void on(Course course, Call call) {
        try {
            call.on(course);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("the function could not be run: " + e, e);
        }
    }
}
