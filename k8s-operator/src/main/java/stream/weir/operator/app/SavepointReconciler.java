package stream.weir.operator.app;

import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import jakarta.inject.Inject;
import stream.weir.kubernetes.resource.StreamSavepoint;
import stream.weir.operator.reconcile.SavepointControl;

/** Has savepoints taken that resources ask for. */
@ControllerConfiguration(name = "savepoints")
public class SavepointReconciler implements Reconciler<StreamSavepoint> {
    private final SavepointControl control;

    @Inject
    public SavepointReconciler(SavepointControl control) {
        this.control = control;
    }

    @Override
    public UpdateControl<StreamSavepoint> reconcile(StreamSavepoint savepoint, Context<StreamSavepoint> context) {
        UpdateControl<StreamSavepoint> nothing = UpdateControl.noUpdate();
        control.reconcile(
                        savepoint.getMetadata().getNamespace(),
                        savepoint.getMetadata().getName())
                .ifPresent(nothing::rescheduleAfter);
        return nothing;
    }
}
