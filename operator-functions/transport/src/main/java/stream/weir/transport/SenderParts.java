package stream.weir.transport;

import stream.weir.network.Network;

/** What the senders of a process share. */
record SenderParts(Network network, Routes routes, TcpTransportSettings settings) {}
