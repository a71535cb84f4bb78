package stream.weir.operator.app;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * Every setting of the operator; environment variables are named after them ({@code WEIR_OPERATOR_STAGE_IMAGE}). What pipelines say
 * comes before.
 */
@ConfigMapping(prefix = "weir.operator")
interface OperatorConfiguration {
    StageSettings stage();

    CoordinatorSettings coordinator();

    UpgradeSettings upgrade();

    ElectionSettings election();

    /** Pull policy of images; Kubernetes' own unless told. */
    Optional<String> imagePullPolicy();

    /** How long pods stay on a node that the control plane cannot reach, where the operator does not replace them before. */
    @WithDefault("30s")
    Duration evictAfter();

    /** Whether pods of pipelines log JSON. */
    @WithDefault("false")
    boolean jsonLogs();

    /** How long the deletion of a pipeline may be held up by its last savepoint, or by the deletion of its data. */
    @WithDefault("5m")
    Duration cleanupTimeout();

    /** How long a savepoint may take. */
    @WithDefault("30m")
    Duration savepointTimeout();

    /** How often each coordinator is asked how its job is. */
    @WithDefault("1s")
    Duration watchInterval();

    /** How long one coordinator may take to answer. */
    @WithDefault("2s")
    Duration requestTimeout();

    interface StageSettings {
        /** Image of stages that name none. */
        @WithDefault("weir-stage")
        String image();

        /** Requests of a stage's container, unless told cpu 100m and memory 768Mi. */
        Map<String, String> requests();

        /** Limits of a stage's container, unless told memory 1536Mi. */
        Map<String, String> limits();

        /** Most bytes of working state on a node's disk. */
        @WithDefault("10Gi")
        String localStorage();
    }

    interface CoordinatorSettings {
        /** Image of coordinators. */
        @WithDefault("weir-coordinator")
        String image();

        /** Requests of a coordinator's container, unless told cpu 50m and memory 256Mi. */
        Map<String, String> requests();

        /** Limits of a coordinator's container, unless told memory 512Mi. */
        Map<String, String> limits();
    }

    interface UpgradeSettings {
        /** How long the pods of a change may take to come up. */
        @WithDefault("5m")
        Duration progressDeadline();

        /** Whether state is held against the last checkpoint before a change. */
        @WithDefault("true")
        boolean checkState();
    }

    interface ElectionSettings {
        /** Name of the Lease by which one of several operators leads. */
        @WithDefault("weir-operator")
        String lease();

        /** Namespace of the Lease; the operator's own unless told. */
        Optional<String> namespace();
    }
}
