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

    @Inject
    public OperatorMain(Operator operator) {
        this.operator = operator;
    }

    @Override
    public int run(String... arguments) {
        operator.start();
        Quarkus.waitForExit();
        return 0;
    }
}
