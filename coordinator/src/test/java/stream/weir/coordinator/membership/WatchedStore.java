package stream.weir.coordinator.membership;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import stream.weir.coordinator.store.TestStore;
import stream.weir.store.StoreException;

/** The store of a {@link ProcessWorld}: fails at times, and sees to it that no old leader opens a run. */
final class WatchedStore extends TestStore {
    private static final Pattern TERM = Pattern.compile("\"term\" : (\\d+)");

    private final ProcessWorld world;
    private long newestTakeover;

    WatchedStore(ProcessWorld world) {
        this.world = world;
    }

    void fail(Random random) {
        for (int i = random.nextInt(4); i >= 0; i--) {
            failing(Fault.values()[random.nextInt(Fault.values().length)]);
        }
    }

    void tookOver(long term) {
        newestTakeover = Math.max(newestTakeover, term);
    }

    @Override
    public Created create(String name, byte[] content) throws StoreException {
        String text = new String(content, StandardCharsets.UTF_8);
        if (world.bug() == ProcessWorld.Bug.TAKEOVER_NOT_RECORDED && text.contains("\"takeover\"")) {
            return Created.CREATED;
        }
        if (world.bug() == ProcessWorld.Bug.SAVEPOINT_NOT_RECORDED && name.startsWith("wishes/")) {
            return Created.CREATED;
        }
        Created created = super.create(name, content);
        if (created == Created.CREATED && name.startsWith("runs/")) {
            Matcher term = TERM.matcher(text);
            world.require(
                    term.find() && Long.parseLong(term.group(1)) >= newestTakeover,
                    name + " was written by an old leader, after term " + newestTakeover + " had taken over");
        }
        return created;
    }
}
