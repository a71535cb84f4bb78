package stream.weir.connector.http;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import stream.weir.api.codec.ByteReader;
import stream.weir.api.codec.ByteWriter;
import stream.weir.api.codec.Bytes;
import stream.weir.api.codec.MalformedDataException;
import stream.weir.api.source.SourceContext;

/**
 * Keys of requests that a complete checkpoint covers: the newest of this replica, which go into its checkpoints, and those that all
 * other replicas had in the restored one. Used under the lock of {@link Deliveries}.
 */
final class CoveredKeys {
    private static final String POSITION = "keys-";
    private static final int VERSION = 1;

    private final int most;
    private final LinkedHashSet<RequestKey> own = new LinkedHashSet<>();
    private final Set<RequestKey> others = new HashSet<>();

    /** @param most keys of this replica */
    CoveredKeys(int most) {
        this.most = most;
    }

    /** Replicas that are no more are answered for by those that are. */
    static CoveredKeys restored(SourceContext context, int most) {
        CoveredKeys keys = new CoveredKeys(most);
        context.restored().forEach((name, position) -> {
            if (name.startsWith(POSITION)) {
                int replica = Integer.parseInt(name.substring(POSITION.length()));
                boolean mine = replica % context.replicas() == context.replica();
                decode(position).forEach(mine ? keys::add : keys.others::add);
            }
        });
        return keys;
    }

    boolean contains(RequestKey key) {
        return own.contains(key) || others.contains(key);
    }

    void add(RequestKey key) {
        own.add(key);
        if (own.size() > most) {
            own.removeFirst();
        }
    }

    /** @param coming keys of requests that the checkpoint will cover */
    Map<String, Bytes> position(int replica, Collection<RequestKey> coming) {
        List<RequestKey> all = new ArrayList<>(own);
        all.addAll(coming);
        List<RequestKey> newest = all.subList(Math.max(0, all.size() - most), all.size());
        Map<String, Bytes> position = new HashMap<>();
        if (!newest.isEmpty()) {
            ByteWriter out = new ByteWriter();
            out.writeByte(VERSION);
            out.writeVarInt(newest.size());
            newest.forEach(key -> key.encode(out));
            position.put(POSITION + replica, Bytes.of(out.toByteArray()));
        }
        return position;
    }

    private static List<RequestKey> decode(Bytes position) {
        ByteReader in = new ByteReader(position.toByteArray());
        int version = in.readByte();
        if (version != VERSION) {
            throw new MalformedDataException("keys of requests are of version " + version + ", this source knows "
                    + VERSION + ": they were written by a newer Weir");
        }
        int size = in.readLength();
        List<RequestKey> keys = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            keys.add(RequestKey.decode(in));
        }
        return keys;
    }
}
