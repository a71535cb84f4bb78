package stream.weir.stage.app;

import java.util.UUID;

/**
 * Who this process is.
 *
 * @param instance unique for the life of the process
 */
record StageIdentity(String pipeline, String stage, UUID instance) {}
