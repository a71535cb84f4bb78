package stream.weir.verification.architecture;

import java.util.List;

/**
 * A library, and the packages that alone may use it.
 *
 * @param library prefixes of its class names
 * @param packages below the root package; those below them are not meant
 */
record Rim(List<String> library, List<String> packages) {
    /** Rows are looked at in turn, and the first one that a class name matches counts. */
    static final List<Rim> TABLE = List.of(
            // What travels through a channel, and all that the engine itself has to know of SmallRye.
            new Rim(
                    List.of(
                            "org.eclipse.microprofile.reactive.messaging.Message",
                            "org.eclipse.microprofile.reactive.messaging.Metadata"),
                    List.of(
                            "runtime.channel",
                            "runtime.channel.connector",
                            "local",
                            "stage.app",
                            "stage.channel",
                            "transport",
                            "benchmarks.processes")),
            new Rim(
                    List.of("io.smallrye.", "org.eclipse.microprofile.", "jakarta."),
                    List.of(
                            "runtime.channel.connector",
                            "stage.app",
                            "stage.channel",
                            "service.app",
                            "service.rest",
                            "network.service",
                            "operator.app")),
            new Rim(List.of("org.rocksdb."), List.of("runtime.state.rocksdb")),
            new Rim(List.of("com.google.cloud.tools.jib."), List.of("images")),
            new Rim(List.of("dev.cel.", "com.google."), List.of("definition.expression")),
            new Rim(List.of("org.snakeyaml."), List.of("definition.yaml")),
            new Rim(
                    List.of("com.fasterxml.jackson."),
                    List.of(
                            "cli.answer",
                            "coordinator.store",
                            "console.json",
                            "connector.format",
                            "kubernetes.resource",
                            "operator.job")),
            // Kinds of Kubernetes are values to those that make or read them; only the rim talks to the API server.
            new Rim(
                    List.of("io.fabric8.kubernetes.client.KubernetesClient", "io.fabric8.kubernetes.client.dsl."),
                    List.of("operator.reconcile", "operator.app", "service.kubernetes", "service.app")),
            new Rim(
                    List.of("io.fabric8."),
                    List.of(
                            "kubernetes.resource",
                            "operator.plan",
                            "operator.resource",
                            "operator.reconcile",
                            "operator.status",
                            "operator.app",
                            "service.kubernetes",
                            "service.app")),
            new Rim(List.of("io.javaoperatorsdk.", "io.quarkiverse."), List.of("operator.app")),
            new Rim(List.of("software.amazon."), List.of("store.s3")),
            new Rim(
                    List.of("io.vertx.", "io.netty."),
                    List.of("network", "stage.app", "service.app", "network.service", "benchmarks.processes")),
            new Rim(List.of("org.apache.kafka."), List.of("connector.kafka", "testservers")),
            new Rim(List.of("org.apache.avro."), List.of("connector.kafka")),
            new Rim(List.of("io.minio.", "okhttp3."), List.of("store.minio")),
            new Rim(
                    List.of("io.quarkus.", "org.jboss.", "io.micrometer."),
                    List.of("stage.app", "service.app", "service.rest", "network.service", "operator.app")),
            new Rim(List.of("io.opentelemetry."), List.of("service.trace")),
            new Rim(List.of("picocli."), List.of("cli", "images")),
            new Rim(
                    List.of("org.slf4j."),
                    List.of(
                            "runtime.snapshot",
                            "runtime.stage",
                            "runtime.state.rocksdb",
                            "coordinator.loop",
                            "coordinator.membership",
                            "coordinator.election",
                            "console.http",
                            "connector.kafka",
                            "connector.jdbc",
                            "local",
                            "network",
                            "operator.app",
                            "operator.reconcile",
                            "service",
                            "service.app",
                            "service.kubernetes",
                            "stage",
                            "stage.app",
                            "network.service")),
            new Rim(List.of("javax.annotation.processing.", "javax.lang.model."), List.of("codegen")));

    boolean isOf(String className) {
        return library.stream().anyMatch(className::startsWith);
    }
}
