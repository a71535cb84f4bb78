package stream.weir.stage.app;

import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Who this process is.
 *
 * @param revision of the stage, as the pipeline file of this process has it
 * @param instance name, of no other process of the pipeline at the same time; the pod's in Kubernetes
 * @param life unique for the life of the process: one that was started again under its name remembers nothing of its links
 */
record StageIdentity(String pipeline, String stage, String revision, String instance, UUID life) {
    private static final String IN_KUBERNETES = "KUBERNETES_SERVICE_HOST";
    private static final String POD = "HOSTNAME";

    /**
     * @param told the name that somebody chose
     * @param life the name of a process that nobody has named
     */
    static String instance(Optional<String> told, Map<String, String> environment, UUID life) {
        // Elsewhere many processes share a host.
        Optional<String> pod = environment.containsKey(IN_KUBERNETES)
                ? Optional.ofNullable(environment.get(POD)).filter(name -> !name.isBlank())
                : Optional.empty();
        return told.or(() -> pod).orElseGet(life::toString);
    }
}
