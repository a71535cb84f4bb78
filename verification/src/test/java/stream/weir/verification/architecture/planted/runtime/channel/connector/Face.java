package stream.weir.verification.architecture.planted.runtime.channel.connector;

import stream.weir.verification.architecture.planted.library.Engine;

/** May use the library. */
public record Face(Engine engine) {}
