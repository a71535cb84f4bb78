package stream.weir.images;

import java.nio.file.Path;
import java.util.List;

/**
 * A service that goes into an image.
 *
 * @param name of the image
 * @param role what the service does when it runs
 * @param folder what the Quarkus build left, {@code quarkus-app}
 */
record Application(String name, Role role, Path folder) {
    /** What a service does, which says which ports it has and how it is trained. */
    enum Role {
        STAGE(List.of(7070, 8080)),
        COORDINATOR(List.of(7071, 8081)),
        OPERATOR(List.of(8080));

        private final List<Integer> ports;

        Role(List<Integer> ports) {
            this.ports = ports;
        }

        List<Integer> ports() {
            return ports;
        }
    }
}
