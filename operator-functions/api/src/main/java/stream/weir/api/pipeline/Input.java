package stream.weir.api.pipeline;

/**
 * An edge, seen from the stage that reads it.
 *
 * @param from the stage that writes
 * @param output which of its outputs, {@link Stage#MAIN} or a side output
 */
public record Input(String from, String output, Partitioning partitioning) {}
