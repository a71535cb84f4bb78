package stream.weir.verification.architecture;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A row of the module table: ARCHITECTURE.md shows the same one.
 *
 * @param artifact as the pom calls it
 * @param path folder below the repository's root
 * @param packages below the root package; all classes in them and below belong to the module
 * @param mayKnow artifacts whose classes it may use
 */
record Module(String artifact, String path, String packages, Set<String> mayKnow) {
    private static final String API = "weir-api";
    private static final String PROTOCOL = "weir-protocol";
    private static final String STORE = "weir-object-store";
    private static final String S3 = "weir-object-store-s3";
    private static final String MINIO = "weir-object-store-minio";
    private static final String DEFINITION = "weir-definition";
    private static final String RUNTIME = "weir-runtime";
    private static final String FORMAT = "weir-connector-format";
    private static final String FILES = "weir-connector-files";
    private static final String GENERATOR = "weir-connector-generator";
    private static final String KAFKA = "weir-connector-kafka";
    private static final String JDBC = "weir-connector-jdbc";
    private static final String HTTP = "weir-connector-http";
    private static final String BUCKETS = "weir-connector-s3";
    private static final String COORDINATOR = "weir-coordinator";
    private static final String WIRING = "weir-wiring";
    private static final String NETWORK_SERVICES = "weir-network-services";
    private static final String CONSOLE = "weir-console";
    private static final String NETWORK = "weir-network";
    private static final String TRANSPORT = "weir-transport";
    private static final String LOCAL = "weir-local";
    private static final String K8S_RESOURCES = "weir-k8s-resources";

    static final List<Module> TABLE = List.of(
            new Module(API, "operator-functions/api", "api", Set.of()),
            new Module(PROTOCOL, "operator-functions/protocol", "protocol", Set.of()),
            new Module("weir-test-servers", "test-servers", "testservers", Set.of()),
            // Before the port, whose package they are below.
            new Module(S3, "object-store-s3", "store.s3", Set.of(STORE)),
            new Module(MINIO, "object-store-minio", "store.minio", Set.of(STORE)),
            new Module(STORE, "object-store", "store", Set.of()),
            // Before the other, whose package it is below.
            new Module(NETWORK_SERVICES, "network/services", "network.service", Set.of(NETWORK)),
            new Module(NETWORK, "network", "network", Set.of(PROTOCOL)),
            new Module("weir-codegen", "operator-functions/codegen", "codegen", Set.of(API)),
            new Module(DEFINITION, "operator-functions/definition", "definition", Set.of(API)),
            new Module(FORMAT, "operator-functions/connectors/format", "connector.format", Set.of(API)),
            new Module(FILES, "operator-functions/connectors/files", "connector.files", Set.of(API, FORMAT)),
            new Module(
                    GENERATOR, "operator-functions/connectors/generator", "connector.generator", Set.of(API, FORMAT)),
            new Module(KAFKA, "operator-functions/connectors/kafka", "connector.kafka", Set.of(API, FORMAT)),
            new Module(JDBC, "operator-functions/connectors/jdbc", "connector.jdbc", Set.of(API, FORMAT)),
            new Module(HTTP, "operator-functions/connectors/http", "connector.http", Set.of(API, FORMAT)),
            new Module(BUCKETS, "operator-functions/connectors/s3", "connector.s3", Set.of(API, FORMAT, STORE)),
            new Module(RUNTIME, "operator-functions/runtime", "runtime", Set.of(API, PROTOCOL, STORE)),
            new Module(
                    "weir-transport", "operator-functions/transport", "transport", Set.of(PROTOCOL, RUNTIME, NETWORK)),
            new Module("weir-testkit", "operator-functions/testkit", "testkit", Set.of(API, PROTOCOL, RUNTIME)),
            new Module(
                    "weir-stage",
                    "operator-functions/stage",
                    "stage",
                    Set.of(
                            API,
                            PROTOCOL,
                            STORE,
                            RUNTIME,
                            DEFINITION,
                            NETWORK,
                            TRANSPORT,
                            COORDINATOR,
                            WIRING,
                            NETWORK_SERVICES)),
            new Module(COORDINATOR, "coordinator", "coordinator", Set.of(PROTOCOL, STORE)),
            new Module(WIRING, "wiring", "wiring", Set.of(API, STORE, COORDINATOR)),
            new Module(CONSOLE, "console", "console", Set.of(PROTOCOL, STORE, DEFINITION, COORDINATOR)),
            new Module(
                    "weir-coordinator-service",
                    "coordinator-service",
                    "service",
                    Set.of(
                            API,
                            PROTOCOL,
                            STORE,
                            DEFINITION,
                            NETWORK,
                            COORDINATOR,
                            WIRING,
                            NETWORK_SERVICES,
                            CONSOLE,
                            K8S_RESOURCES)),
            new Module(K8S_RESOURCES, "k8s-operator/resources", "kubernetes.resource", Set.of()),
            new Module(
                    "weir-k8s-operator", "k8s-operator", "operator", Set.of(API, PROTOCOL, DEFINITION, K8S_RESOURCES)),
            new Module(LOCAL, "local", "local", Set.of(API, PROTOCOL, STORE, RUNTIME, COORDINATOR, WIRING)),
            // The settings and figures of a local job are those of its replicas.
            new Module(
                    "weir-cli",
                    "cli",
                    "cli",
                    Set.of(API, PROTOCOL, STORE, RUNTIME, COORDINATOR, WIRING, CONSOLE, DEFINITION, LOCAL)),
            new Module("weir-images", "k8s-operator/images", "images", Set.of()),
            new Module("weir-site", "site", "site", Set.of()),
            new Module("weir-example-java-function", "examples/java-function", "examples.streak", Set.of(API)),
            new Module("weir-example-two-inputs", "examples/two-inputs", "examples.settle", Set.of(API)),
            new Module(
                    "weir-benchmarks",
                    "benchmarks",
                    "benchmarks",
                    Set.of(
                            API,
                            PROTOCOL,
                            STORE,
                            DEFINITION,
                            FORMAT,
                            FILES,
                            GENERATOR,
                            RUNTIME,
                            COORDINATOR,
                            WIRING,
                            LOCAL,
                            NETWORK,
                            TRANSPORT,
                            "weir-stage",
                            "weir-coordinator-service")));

    /** Connectors and clients of stores are found by {@link java.util.ServiceLoader}: the command needs them when it runs, not to be compiled. */
    static final Set<String> FOUND_WHEN_RUNNING = Set.of(FILES, GENERATOR, KAFKA, JDBC, HTTP, BUCKETS, S3, MINIO);

    /** @param name of a package below the root package */
    static Optional<Module> of(String name) {
        return TABLE.stream().filter(module -> module.holds(name)).findFirst();
    }

    static Stream<Module> all() {
        return TABLE.stream();
    }

    boolean mayKnow(Module other) {
        return equals(other) || mayKnow.contains(other.artifact);
    }

    private boolean holds(String name) {
        return name.equals(packages) || name.startsWith(packages + ".");
    }
}
