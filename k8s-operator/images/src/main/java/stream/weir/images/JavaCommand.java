package stream.weir.images;

import java.util.ArrayList;
import java.util.List;

/**
 * How a service is started, in the image and when it is trained. The AOT cache is refused at start when the flags that shape
 * objects differ, so both take them from here.
 */
final class JavaCommand {
    static final String HOME = "/app";
    static final String JAR = "quarkus-run.jar";
    static final String CACHE = "app.aot";
    static final String NATIVE = "native";

    /**
     * The serial collector has the smallest footprint and no barriers that would cost a replica's one thread; the heap starts small
     * and grows on demand. Freed native memory goes back to the system. Half of the memory limit is for the heap, as RocksDB,
     * network buffers and code live outside of it. Addresses of names are looked up anew each second: those of coordinators change
     * with their pods. The AOT cache is mapped at the address that it was made for: moved to a random one, as is the default, its
     * pages would be changed, and so be this process's alone.
     */
    private static final List<String> SHAPE = List.of(
            "-XX:+UseSerialGC",
            "-XX:+UseCompactObjectHeaders",
            "-Xms16m",
            "-XX:MaxRAMPercentage=50",
            "-XX:TrimNativeHeapInterval=5000",
            "-XX:+UnlockDiagnosticVMOptions",
            "-XX:ArchiveRelocationMode=0",
            "-XX:+ExitOnOutOfMemoryError",
            "-Dsun.net.inetaddr.ttl=1",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow");

    private JavaCommand() {}

    /** The entry point of the image. A cache that is missing or was made by another Java is passed over. */
    static List<String> entryPoint() {
        List<String> command = new ArrayList<>();
        command.add("java");
        command.add("-XX:AOTCache=" + HOME + "/" + CACHE);
        command.addAll(arguments(HOME));
        return command;
    }

    /** What is the same whether the service runs in the image or is trained. */
    static List<String> arguments(String home) {
        List<String> arguments = new ArrayList<>(SHAPE);
        arguments.add("-Djava.library.path=" + home + "/" + NATIVE + ":/usr/lib64:/lib64:/lib:/usr/lib");
        arguments.add("-jar");
        arguments.add(home + "/" + JAR);
        return arguments;
    }

    /** The same for the step that writes the cache: only the default collector can write objects of the heap into it. */
    static List<String> creating(String home) {
        return arguments(home).stream()
                .map(flag -> flag.equals("-XX:+UseSerialGC") ? "-XX:+UseG1GC" : flag)
                .toList();
    }
}
