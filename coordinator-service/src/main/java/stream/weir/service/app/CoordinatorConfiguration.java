package stream.weir.service.app;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import stream.weir.network.service.NetworkOptions;

/** Every setting of a coordinator service; environment variables are named after them ({@code WEIR_PIPELINE_FILE}). */
@ConfigMapping(prefix = "weir")
interface CoordinatorConfiguration {
    PipelineSettings pipeline();

    ControlSettings control();

    ElectionSettings election();

    RecoverySettings recovery();

    NetworkOptions network();

    KubernetesSettings kubernetes();

    ConsoleOptions console();

    TraceOptions traces();

    interface PipelineSettings {
        /** The pipeline file, the same for all processes of the pipeline. */
        Path file();

        /** The region that this coordinator leads, of a pipeline with durable edges: each region has coordinators of its own. */
        Optional<String> region();
    }

    interface ControlSettings {
        /** Address to listen on for control connections of stage processes. */
        @WithDefault("0.0.0.0")
        String host();

        /** Port to listen on for control connections; 0 for any that is free. */
        @WithDefault("7071")
        int port();

        /** Host by which other processes reach this one; the address of its first interface unless told. */
        Optional<String> advertisedHost();

        /** End the process when the job has come to its end, with exit code 1 when it failed. */
        @WithDefault("false")
        boolean exitWhenOver();
    }

    interface ElectionSettings {
        /** How often the leader says that it is there. */
        @WithDefault("1s")
        Duration renewInterval();

        /** A leader that was silent for so long leads no more. */
        @WithDefault("4s")
        Duration leaseDuration();
    }

    interface RecoverySettings {
        /** How long a process whose connection broke has to come back before its replica counts as lost. */
        @WithDefault("500ms")
        Duration reconnectGrace();

        /** How long a new leader waits for the processes of the last run before all go back to a checkpoint. */
        @WithDefault("4s")
        Duration takeoverPatience();

        /**
         * How long other numbers of replicas wait, at the most, until their processes have fetched state files ahead, while the job goes on;
         * 0s for not at all.
         */
        @WithDefault("2m")
        Duration preparePatience();

        /** Restarts in a row without a complete checkpoint in between; -1 for any number. */
        @WithDefault("-1")
        int restarts();

        /** Pause before the first restart; grows with each one in a row. */
        @WithDefault("100ms")
        Duration restartDelay();

        /** The longest pause before a restart. */
        @WithDefault("30s")
        Duration maxRestartDelay();
    }

    interface KubernetesSettings {
        /**
         * Keep the lease as {@code coordination.k8s.io} Lease {@code PIPELINE-coordinator} instead of in the store, and show the job as
         * status of {@code CheckpointCoordinator} {@code PIPELINE} and as {@code StreamCheckpoint}s; of several regions, each by its name.
         */
        @WithDefault("false")
        boolean enabled();

        /** Where they are; the namespace of the pod unless told. */
        Optional<String> namespace();

        /** Name of this pod, by which the process is shown. */
        @WithDefault("${HOSTNAME:coordinator}")
        String pod();
    }

    interface ConsoleOptions {
        /** Serve the console. */
        @WithDefault("true")
        boolean enabled();

        /** Address to listen on; beyond the loopback only with a token, or the service does not start. */
        @WithDefault("127.0.0.1")
        String host();

        /** Port to listen on; 0 for any that is free. One that is taken is logged, and there is no console. */
        @WithDefault("8082")
        int port();

        /** A file with the token that orders need, at least 16 characters; without one the console is read-only. */
        Optional<Path> tokenFile();

        /** Whose tokens are taken for orders as well. */
        Optional<IssuerSettings> oidc();
    }

    interface IssuerSettings {
        /**
         * An OpenID Connect provider, as its tokens name it; its keys are found by {@code /.well-known/openid-configuration} below it.
         */
        String issuer();

        /** The audience that tokens have to be for; whom the provider gives such a token may give orders. */
        String audience();
    }

    interface TraceOptions {
        /** Where spans of checkpoints and recoveries are sent by OTLP over HTTP, with its path; without it none are made. */
        Optional<URI> endpoint();
    }
}
