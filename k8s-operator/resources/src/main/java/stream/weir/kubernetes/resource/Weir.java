package stream.weir.kubernetes.resource;

import java.util.Locale;

/** Names that operator, coordinator and users share. */
public final class Weir {
    public static final String GROUP = "weir.stream";
    public static final String VERSION = "v1alpha1";
    public static final String API_VERSION = GROUP + "/" + VERSION;
    public static final String CATEGORY = "streaming";

    public static final String LABEL_PIPELINE = GROUP + "/pipeline";
    /** The part of a pipeline between durable edges, where it has several. */
    public static final String LABEL_REGION = GROUP + "/region";

    public static final String LABEL_STAGE = GROUP + "/stage";
    public static final String LABEL_REVISION = GROUP + "/revision";
    /** Of a checkpoint: how it was taken, in lower case. */
    public static final String LABEL_TYPE = GROUP + "/type";
    /** Of a checkpoint or savepoint: how far it has come. */
    public static final String LABEL_STATE = GROUP + "/state";

    /** Of a pipeline that is never run, and shows whether the operator hears of changes. */
    public static final String LABEL_CANARY = GROUP + "/canary";

    /** Keeps a pipeline's record until its data are deleted, or a last savepoint is taken. */
    public static final String FINALIZER = GROUP + "/cleanup";
    /** Keeps new pods off a node that looks lost. */
    public static final String TAINT_LOST = GROUP + "/lost";

    public static final String FIELD_MANAGER_OPERATOR = "weir-operator";
    public static final String FIELD_MANAGER_COORDINATOR = "weir-coordinator";
    public static final String FIELD_MANAGER_AUTOSCALER = "weir-autoscaler";

    private Weir() {}

    /** The name of the coordinator's Deployment, Service and Lease. @param region has the pipeline's name where there is one only */
    public static String coordinator(String region) {
        return region + "-coordinator";
    }

    /** The name of a {@link StreamStage}. */
    public static String stage(String pipeline, String stage) {
        return pipeline + "-" + stage;
    }

    /** The name of a {@link StreamCheckpoint}: sorted by name is sorted by age. */
    public static String checkpoint(String region, long id) {
        return String.format(Locale.ROOT, "%s-%010d", region, id);
    }
}
