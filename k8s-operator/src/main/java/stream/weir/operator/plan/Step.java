package stream.weir.operator.plan;

import java.util.Map;

/** One thing to do. Doing it again does no harm. */
public sealed interface Step {
    /** Makes the Deployment of a stage's revision, with the pipeline file of now. One that is there is left as it is. */
    record CreateStage(String stage, String revision, int replicas) implements Step {}

    /** Sets how many pods a Deployment has. */
    record ScaleDeployment(String deployment, int replicas) implements Step {}

    record DeleteDeployment(String deployment) implements Step {}

    /** Makes the coordinator's Deployment, or gives it the pipeline file of now. */
    record ApplyCoordinator(int replicas) implements Step {}

    /** Sets how many pods the coordinator has. */
    record ScaleCoordinator(int replicas) implements Step {}

    /** Remembers beside the coordinator that the job has come to its end with the file of now. */
    record RememberCompleted() implements Step {}

    /** Starts a pod that compares states. */
    record StartCheck(String stage, String revision) implements Step {}

    /** Removes such pods. */
    record DropChecks(String stage) implements Step {}

    /** Tells the coordinator how many replicas each stage is to have. */
    record AskReplicas(Map<String, Integer> replicas) implements Step {
        public AskReplicas {
            replicas = Map.copyOf(replicas);
        }
    }

    record AskCheckpoint() implements Step {}

    record AskStop() implements Step {}

    /** Says which pods may go first when a Deployment gets fewer. */
    record MarkPod(String pod, int cost) implements Step {}

    /** Deletes a pod that is gone already, without asking its node. */
    record ReplacePod(String pod, String why) implements Step {}

    /** Gives up the lease of a coordinator that is gone, so that the next one need not wait until it has run out for it as well. */
    record ReleaseLease(String version) implements Step {}

    /** Keeps new pods off a node. */
    record TaintNode(String node) implements Step {}
}
