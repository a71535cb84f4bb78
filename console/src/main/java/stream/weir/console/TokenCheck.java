package stream.weir.console;

/** Says whether whoever has a token may give orders. Any thread; may take as long as it takes to ask whoever signs tokens. */
@FunctionalInterface
public interface TokenCheck {
    boolean accepts(String token);
}
