package stream.weir.cli;

import java.util.logging.ConsoleHandler;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** Log lines on standard error: warnings and errors, or everything. */
final class Logging {
    private static final String FORMAT = "%1$tFT%1$tT.%1$tL %4$s %3$s: %5$s%6$s%n";

    /** Kept, as the JDK forgets the levels of loggers that nobody holds. */
    /** Kafka's clients tell all their settings each time they are made. */
    private static final Logger KAFKA = Logger.getLogger("org.apache.kafka");

    private static final Logger COORDINATOR = Logger.getLogger("stream.weir.coordinator");

    private Logging() {}

    /** Warnings and errors of the replicas; what the coordinator has to say is shown by {@link Progress}. */
    static void quiet() {
        set(Level.WARNING);
        COORDINATOR.setLevel(Level.OFF);
    }

    static void verbose() {
        set(Level.FINE);
        COORDINATOR.setLevel(Level.FINE);
    }

    private static void set(Level level) {
        System.setProperty("java.util.logging.SimpleFormatter.format", FORMAT);
        LogManager.getLogManager().reset();
        Handler handler = new ConsoleHandler();
        handler.setLevel(level);
        handler.setFormatter(new SimpleFormatter());
        Logger root = Logger.getLogger("");
        root.addHandler(handler);
        root.setLevel(Level.INFO);
        KAFKA.setLevel(Level.WARNING);
        Logger.getLogger("stream.weir").setLevel(level);
    }
}
