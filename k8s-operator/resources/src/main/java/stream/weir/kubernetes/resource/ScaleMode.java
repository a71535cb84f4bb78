package stream.weir.kubernetes.resource;

/** Whether the number of replicas follows the load. */
public enum ScaleMode {
    Auto,
    Recommend,
    Off
}
