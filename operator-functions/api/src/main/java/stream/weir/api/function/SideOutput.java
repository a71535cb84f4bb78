package stream.weir.api.function;

import stream.weir.api.codec.Codec;

/** A second output of a function, under a name that other stages use as {@code from: stage.name}. */
public record SideOutput<T>(String name, Codec<T> codec) {}
