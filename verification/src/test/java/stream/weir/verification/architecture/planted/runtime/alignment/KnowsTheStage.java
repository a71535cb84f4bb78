package stream.weir.verification.architecture.planted.runtime.alignment;

import stream.weir.verification.architecture.planted.library.Engine;
import stream.weir.verification.architecture.planted.runtime.channel.connector.Face;
import stream.weir.verification.architecture.planted.runtime.stage.Joint;

/** Knows three that it may not. */
record KnowsTheStage(Joint joint, Face face, Engine engine) {}
