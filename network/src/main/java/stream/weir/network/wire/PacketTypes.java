package stream.weir.network.wire;

/** The numbers that stand for packets. They never change and are never used again. */
final class PacketTypes {
    static final int HELLO_DATA = 1;
    static final int HELLO_CONTROL = 2;
    static final int WELCOME_DATA = 3;
    static final int WELCOME_CONTROL = 4;
    static final int REFUSAL = 5;
    static final int CREDIT = 16;
    static final int PAYLOAD = 17;
    static final int PING = 18;
    static final int PONG = 19;
    static final int BYE = 20;
    static final int LAST = 21;

    private PacketTypes() {}
}
