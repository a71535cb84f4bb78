package stream.weir.definition.problem;

/** A value and where it stands in the file. */
public record Located<T>(T value, Place place) {}
