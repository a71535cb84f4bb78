package stream.weir.stage.app;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.security.Security;

/**
 * Begins the process. The coordinators' name stands for nobody while the pod of the only one is replaced, and Java would remember that for
 * ten seconds. It reads the setting once, before the first name is looked up, and no system property comes before its own default.
 */
@QuarkusMain
public final class StageMain {
    private static final String REMEMBERED_SECONDS = "1";

    private StageMain() {}

    /** @param arguments those of Quarkus */
    public static void main(String... arguments) {
        Security.setProperty("networkaddress.cache.negative.ttl", REMEMBERED_SECONDS);
        Quarkus.run(arguments);
    }
}
