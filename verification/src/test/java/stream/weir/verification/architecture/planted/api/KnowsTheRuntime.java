package stream.weir.verification.architecture.planted.api;

import stream.weir.verification.architecture.planted.runtime.stage.Joint;

/** The API may know nobody. */
record KnowsTheRuntime(Joint joint) {}
