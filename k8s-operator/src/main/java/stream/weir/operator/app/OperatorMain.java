package stream.weir.operator.app;

import io.javaoperatorsdk.operator.Operator;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import io.quarkus.runtime.annotations.QuarkusMain;
import jakarta.inject.Inject;

/** Starts the operator; ends with the process. */
@QuarkusMain
public class OperatorMain implements QuarkusApplication {
    private final Operator operator;
    private final JobWatching watching;

    @Inject
    OperatorMain(Operator operator, JobWatching watching) {
        this.operator = operator;
        this.watching = watching;
    }

    @Override
    public int run(String... arguments) {
        operator.start();
        watching.start();
        Quarkus.waitForExit();
        return 0;
    }
}
