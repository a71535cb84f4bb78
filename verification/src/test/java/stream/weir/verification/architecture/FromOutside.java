package stream.weir.verification.architecture;

import java.util.Map;
import java.util.Set;

/** What domain code is given by constructors instead of taking it: clocks, randomness, threads; and what it never does. */
final class FromOutside {
    private static final String ANY = "*";
    private static final String NEW = "<init>";

    private static final Map<String, Set<String>> TAKEN = Map.ofEntries(
            Map.entry("java.lang.System", Set.of("currentTimeMillis", "nanoTime")),
            Map.entry("java.time.Clock", Set.of("systemUTC", "systemDefaultZone", "system")),
            Map.entry("java.time.InstantSource", Set.of("system")),
            Map.entry("java.time.Instant", Set.of("now")),
            Map.entry("java.time.LocalDate", Set.of("now")),
            Map.entry("java.time.LocalDateTime", Set.of("now")),
            Map.entry("java.time.ZonedDateTime", Set.of("now")),
            Map.entry("java.lang.Math", Set.of("random")),
            Map.entry("java.util.UUID", Set.of("randomUUID")),
            Map.entry("java.util.concurrent.ThreadLocalRandom", Set.of(ANY)),
            Map.entry("java.security.SecureRandom", Set.of(NEW)),
            Map.entry("java.lang.Thread", Set.of(NEW, "sleep", "ofPlatform", "ofVirtual", "startVirtualThread")),
            Map.entry("java.util.concurrent.Executors", Set.of(ANY)),
            Map.entry("java.util.concurrent.ForkJoinPool", Set.of(ANY)),
            Map.entry("java.util.Timer", Set.of(NEW)));

    private static final Map<String, Set<String>> REFLECTIVE = Map.of(
            "java.lang.Class", Set.of("forName"),
            "java.lang.ClassLoader", Set.of("loadClass", "defineClass"),
            "java.lang.invoke.MethodHandles$Lookup", Set.of("defineClass", "defineHiddenClass", "findClass"));

    private FromOutside() {}

    /** Whether a call takes time, randomness or a thread out of nowhere. */
    static boolean isTaken(String owner, String method) {
        return isIn(TAKEN, owner, method);
    }

    /** Whether a call looks up or makes a class when the program runs. */
    static boolean isReflective(String owner, String method) {
        return isIn(REFLECTIVE, owner, method) || owner.startsWith("java.lang.reflect.");
    }

    private static boolean isIn(Map<String, Set<String>> calls, String owner, String method) {
        Set<String> methods = calls.getOrDefault(owner, Set.of());
        return methods.contains(method) || methods.contains(ANY);
    }
}
