package stream.weir.verification.cluster;

import java.util.List;
import java.util.Map;

/** Manifests as a person without the operator would write them: they prove the images, and nothing else. */
final class HandMade {
    private HandMade() {}

    /**
     * A job whose output {@link SumsTopic} knows.
     *
     * @param numbers how many
     * @param rate in a second
     * @param prefix of its own, in the bucket
     */
    static String sums(String name, long numbers, int rate, String prefix, String brokers) {
        return """
                apiVersion: weir.stream/v1alpha1
                kind: StreamPipeline
                metadata: {name: %s}
                spec:
                  checkpoint:
                    interval: 1s
                    tolerableFailures: -1
                    snapshots:
                      uri: "s3://weir/%s"
                      endpoint: "${S3_ENDPOINT}"
                      pathStyle: true
                  state: {backend: RocksDB, incremental: true}
                  stages:
                    - name: numbers
                      source:
                        generator: {count: %d, splits: 1, fields: {n: {sequence: 0}}}
                        rate: %d
                      steps:
                        - map: {key: "n %% 7", n: n}
                    - name: sums
                      replicas: 2
                      inputs: [{from: numbers, keyBy: [key]}]
                      steps:
                        - aggregate: {fields: {count: {count: "*"}, sum: {sum: n}}}
                    - name: report
                      inputs: [{from: sums}]
                      sink:
                        kafka: {brokers: "%s", topic: %s, key: [key], format: json}
                """.formatted(name, prefix, numbers, rate, brokers, name);
    }

    /** Everything around a pipeline file: two coordinators with a Lease, and one Deployment for each stage. */
    static String manifests(String name, String pipeline, Map<String, Integer> stages) {
        StringBuilder all = new StringBuilder(around(name, pipeline));
        all.append(deployment(
                name, "coordinator", "weir-coordinator", 2, 8081, Map.of("WEIR_KUBERNETES_ENABLED", "true")));
        stages.forEach((stage, replicas) -> all.append(deployment(
                name,
                stage,
                "weir-stage",
                replicas,
                8080,
                Map.of(
                        "WEIR_STAGE_NAME",
                        stage,
                        "WEIR_COORDINATOR_ADDRESSES",
                        name + "-coordinator:7071",
                        "WEIR_STATE_CACHE",
                        "32M",
                        "WEIR_STATE_ROCKSDB_MEMORY",
                        "64M"))));
        return all.toString();
    }

    private static String around(String name, String pipeline) {
        return """
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: @name@}
                data:
                  pipeline.yaml: |
                @pipeline@
                ---
                apiVersion: v1
                kind: Service
                metadata: {name: @name@-coordinator}
                spec:
                  clusterIP: None
                  publishNotReadyAddresses: true
                  selector: {app: @name@, part: coordinator}
                  ports: [{name: control, port: 7071}, {name: http, port: 8081}]
                ---
                apiVersion: v1
                kind: ServiceAccount
                metadata: {name: @name@-coordinator}
                ---
                apiVersion: rbac.authorization.k8s.io/v1
                kind: Role
                metadata: {name: @name@-coordinator}
                rules:
                  - {apiGroups: [coordination.k8s.io], resources: [leases], verbs: [get, create, update]}
                  - {apiGroups: [weir.stream], resources: [checkpointcoordinators], verbs: [get]}
                  - {apiGroups: [weir.stream], resources: [checkpointcoordinators/status], verbs: [get, patch]}
                  - {apiGroups: [weir.stream], resources: [streamcheckpoints], verbs: [get, list, create, patch, delete]}
                  - {apiGroups: [weir.stream], resources: [streamcheckpoints/status], verbs: [get, patch]}
                ---
                apiVersion: rbac.authorization.k8s.io/v1
                kind: RoleBinding
                metadata: {name: @name@-coordinator}
                roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: @name@-coordinator}
                subjects: [{kind: ServiceAccount, name: @name@-coordinator}]
                ---
                apiVersion: weir.stream/v1alpha1
                kind: CheckpointCoordinator
                metadata: {name: @name@}
                spec: {pipeline: @name@}
                """.replace("@pipeline@", pipeline.indent(4).stripTrailing()).replace("@name@", name);
    }

    private static String deployment(
            String name, String part, String image, int replicas, int port, Map<String, String> settings) {
        StringBuilder environment = new StringBuilder();
        settings.forEach(
                (key, value) -> environment.append("            - {name: %s, value: \"%s\"}\n".formatted(key, value)));
        List<String> kept = List.of("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY");
        kept.forEach(key -> environment.append("            - {name: %s, value: \"${%s}\"}\n".formatted(key, key)));
        String account = part.equals("coordinator")
                ? "serviceAccountName: " + name + "-coordinator"
                : "automountServiceAccountToken: false";
        return """
                ---
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: @name@-@part@}
                spec:
                  replicas: @replicas@
                  selector: {matchLabels: {app: @name@, part: @part@}}
                  template:
                    metadata: {labels: {app: @name@, part: @part@}}
                    spec:
                      @account@
                      tolerations:
                        - {key: node.kubernetes.io/unreachable, operator: Exists, effect: NoExecute, tolerationSeconds: 2}
                        - {key: node.kubernetes.io/not-ready, operator: Exists, effect: NoExecute, tolerationSeconds: 2}
                      topologySpreadConstraints:
                        - maxSkew: 1
                          topologyKey: kubernetes.io/hostname
                          whenUnsatisfiable: ScheduleAnyway
                          labelSelector: {matchLabels: {app: @name@, part: @part@}}
                      securityContext: {runAsNonRoot: true, fsGroup: 10001, seccompProfile: {type: RuntimeDefault}}
                      containers:
                        - name: weir
                          image: ${IMAGES}/@image@:${TAG}
                          imagePullPolicy: Always
                          securityContext:
                            allowPrivilegeEscalation: false
                            readOnlyRootFilesystem: true
                            capabilities: {drop: [ALL]}
                          resources: {requests: {cpu: 20m, memory: 150Mi}, limits: {memory: 512Mi}}
                          env:
                            - {name: WEIR_PIPELINE_FILE, value: /etc/weir/pipeline.yaml}
                @env@
                          startupProbe: {httpGet: {path: /q/health/started, port: @port@}, periodSeconds: 1, failureThreshold: 120}
                          readinessProbe: {httpGet: {path: /q/health/ready, port: @port@}, periodSeconds: 2}
                          volumeMounts:
                            - {name: pipeline, mountPath: /etc/weir}
                            - {name: work, mountPath: /var/lib/weir}
                            - {name: tmp, mountPath: /tmp}
                      volumes:
                        - {name: pipeline, configMap: {name: @name@}}
                        - {name: work, emptyDir: {sizeLimit: 1Gi}}
                        - {name: tmp, emptyDir: {sizeLimit: 100Mi}}
                """.replace("@env@", environment.toString().stripTrailing())
                .replace("@account@", account)
                .replace("@replicas@", String.valueOf(replicas))
                .replace("@image@", image)
                .replace("@port@", String.valueOf(port))
                .replace("@name@", name)
                .replace("@part@", part);
    }
}
