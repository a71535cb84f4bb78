package stream.weir.runtime.channel.connector;

import java.util.Optional;
import org.eclipse.microprofile.config.Config;
import stream.weir.protocol.frame.Frame;

/**
 * What a channel's configuration says, checked. Names and meaning stand at {@link WeirConnector}.
 */
public final class ChannelAttributes {
    /** Credit of a link unless the channel says otherwise: 4 MiB. */
    public static final long DEFAULT_CREDIT_BYTES = 4 << 20;

    private final Config config;

    public ChannelAttributes(Config config) {
        this.config = config;
    }

    /** Of an incoming channel. */
    public ReceivingEnd receivingEnd() {
        return new ReceivingEnd(required("stage"), replica(), required("from"), output());
    }

    /** Of an outgoing channel. */
    public SendingEnd sendingEnd() {
        return new SendingEnd(required("stage"), replica(), output(), required("to"));
    }

    /** Bytes of a link that may be on their way. */
    public long creditBytes() {
        long credit = number(
                "credit", config.getOptionalValue("credit", String.class).orElse(String.valueOf(DEFAULT_CREDIT_BYTES)));
        if (credit < Frame.OVERHEAD_BYTES) {
            throw wrong("credit", String.valueOf(credit), "it is a number of bytes, at least " + Frame.OVERHEAD_BYTES);
        }
        return credit;
    }

    void requireTransport(Transport transport) {
        String name = transport();
        if (!name.equals(transport.name())) {
            throw wrong("transport", name, "this process has " + transport.name());
        }
        String pipeline = required("pipeline");
        if (!pipeline.equals(transport.pipeline())) {
            throw wrong("pipeline", pipeline, "this process runs pipeline " + transport.pipeline());
        }
        creditBytes();
    }

    private int replica() {
        Optional<String> given = config.getOptionalValue("replica", String.class);
        if (given.isEmpty() && !transport().equals(MemoryTransport.NAME)) {
            return ReceivingEnd.ANY_REPLICA;
        }
        String text = required("replica");
        long replica = number("replica", text);
        if (replica < 0 || replica > Integer.MAX_VALUE) {
            throw wrong("replica", text, "replicas are numbered from 0");
        }
        return (int) replica;
    }

    private String transport() {
        return config.getOptionalValue("transport", String.class).orElse(MemoryTransport.NAME);
    }

    private String output() {
        return config.getOptionalValue("output", String.class).orElse("");
    }

    private String required(String attribute) {
        return config.getOptionalValue(attribute, String.class)
                .orElseThrow(() ->
                        wrong(attribute, "missing", "every channel of connector " + WeirConnector.NAME + " needs it"));
    }

    private long number(String attribute, String text) {
        try {
            return Long.parseLong(text.strip());
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    wrong(attribute, text, "it is a whole number").getMessage(), e);
        }
    }

    private IllegalArgumentException wrong(String attribute, String value, String why) {
        String channel = config.getOptionalValue("channel-name", String.class).orElse("(unnamed)");
        return new IllegalArgumentException(
                "channel " + channel + ": attribute " + attribute + " is " + value + ": " + why);
    }
}
