package stream.weir.verification.architecture.planted.coordinator.store;

import stream.weir.verification.architecture.planted.coordinator.loop.There;

/** Looks up what it calls. */
public record Back() {
    static Object looksUp(There there) throws ReflectiveOperationException {
        return Class.forName("java.lang.String").getMethod("length").invoke(there.toString());
    }
}
