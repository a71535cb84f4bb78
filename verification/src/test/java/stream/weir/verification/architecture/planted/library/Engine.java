package stream.weir.verification.architecture.planted.library;

/** Stands for a framework. */
public record Engine() {}
