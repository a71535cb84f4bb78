package stream.weir.definition.spec;

import stream.weir.definition.yaml.Cursor;

/** An expression as it is written. */
public record ExpressionText(String text, Cursor cursor) {}
