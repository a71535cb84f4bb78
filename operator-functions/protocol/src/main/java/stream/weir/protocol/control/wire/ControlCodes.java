package stream.weir.protocol.control.wire;

import stream.weir.protocol.bytes.Codes;
import stream.weir.protocol.control.Assignment.DroppedState;
import stream.weir.protocol.control.FromInstance.Cause;
import stream.weir.protocol.control.ToInstance.Departure;

/** The numbers of constants that only control messages have. */
final class ControlCodes {
    static final Codes<DroppedState> DROPPED_STATE =
            Codes.of("way with dropped state", DroppedState.values(), value -> switch (value) {
                case REFUSE -> 1;
                case ALLOW -> 2;
            });

    static final Codes<Departure> DEPARTURES = Codes.of("departure", Departure.values(), value -> switch (value) {
        case COMPLETED -> 1;
        case STOPPED -> 2;
        case FAILED -> 3;
        case SURPLUS -> 4;
        case REPLACED -> 5;
    });

    static final Codes<Cause> CAUSES = Codes.of("cause", Cause.values(), value -> switch (value) {
        case DOES_NOT_FIT -> 1;
        case TROUBLE -> 2;
    });

    private ControlCodes() {}
}
