package stream.weir.verification.architecture.planted.runtime.stage;

/** Knows its neighbours; they do not know it. */
public record Joint() {}
