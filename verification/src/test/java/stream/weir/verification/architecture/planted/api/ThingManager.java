package stream.weir.verification.architecture.planted.api;

/** A name that says nothing, in a package without package-info. */
record ThingManager() {}
