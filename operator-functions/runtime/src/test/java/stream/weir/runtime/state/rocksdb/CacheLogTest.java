package stream.weir.runtime.state.rocksdb;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import stream.weir.runtime.state.Slice;
import stream.weir.runtime.state.rocksdb.RocksDbConfig.Uploads;

class CacheLogTest {
    private static final int PAGE = 1024;
    private static final int BUDGET = 16 * PAGE;

    private final List<Page> frozen = new ArrayList<>();
    private final List<Page> given = new ArrayList<>();
    private final Writer writer = new Writer();
    private final CacheLog log = new CacheLog(new RocksDbConfig(Uploads.FULL, BUDGET, PAGE, 1, BUDGET, 1), writer);
    private final EncodedKey key = new EncodedKey(5);
    private int keys = 100_000;

    @Test
    void when_more_is_written_than_fits_then_memory_stays_in_its_budget_and_the_oldest_goes_flushed() {
        for (int i = 0; i < 5000; i++) {
            put("key" + i, "value" + i);
            assertThat(log.heldBytes()).isLessThanOrEqualTo(BUDGET + PAGE);
        }

        assertThat(value("key4999")).isEqualTo("value4999");
        assertThat(value("key0")).isNull();
        assertThat(writer.waits).isPositive();
        assertThat(writer.flushed).isPositive();
    }

    @Test
    void when_values_become_larger_than_pages_then_memory_stays_in_its_budget() {
        for (int i = 0; i < 1000; i++) {
            put("key" + i, "value" + i);
        }
        String large = "v".repeat(3 * PAGE);
        for (int i = 0; i < 100; i++) {
            put("large" + i, large);
            assertThat(log.heldBytes()).isLessThanOrEqualTo(BUDGET + 5 * PAGE);
        }
        assertThat(value("large99")).isEqualTo(large);
    }

    @Test
    void when_a_page_was_not_flushed_yet_then_it_goes_only_after_the_wait_for_it() {
        for (int i = 0; i < 3000; i++) {
            put("key" + i, "value" + i);
            assertThat(log.holds(writer.flushed))
                    .as("what has not been flushed is held")
                    .isTrue();
        }
    }

    @Test
    void when_a_value_fits_then_it_changes_in_place_and_after_a_freeze_it_gets_a_new_version() {
        put("key", "first");
        long address = log.find(encoded("key"));
        put("key", "12345");
        assertThat(log.find(encoded("key"))).isEqualTo(address);

        frozen.addAll(log.freeze());
        put("key", "other");

        assertThat(log.find(encoded("key"))).isGreaterThan(address);
        assertThat(value("key")).isEqualTo("other");
        assertThat(text(frozen.getFirst(), Page.FIRST_ENTRY)).isEqualTo("12345");
    }

    @Test
    void when_there_is_no_more_room_then_the_oldest_quarter_is_frozen_and_the_rest_still_changes_in_place() {
        int last = 0;
        while (frozen.isEmpty()) {
            put("key" + ++last, "value");
        }
        long newest = log.find(encoded("key" + (last - 1)));
        long oldest = log.find(encoded("key1"));

        put("key" + (last - 1), "other");
        put("key1", "other");

        assertThat(frozen).hasSizeBetween(3, 5);
        assertThat(log.find(encoded("key" + (last - 1)))).isEqualTo(newest);
        assertThat(log.find(encoded("key1"))).isGreaterThan(oldest);
    }

    @Test
    void when_it_is_frozen_then_nothing_is_flushed_until_there_is_no_more_room() {
        put("key", "value");
        frozen.addAll(log.freeze());
        assertThat(given).isEmpty();

        for (int i = 0; given.isEmpty(); i++) {
            put("key" + i, "value");
        }
        assertThat(given).contains(frozen.getFirst()).hasSizeBetween(3, 5);
    }

    @Test
    void when_what_is_frozen_is_to_be_flushed_then_that_and_no_more() {
        put("key", "value");
        frozen.addAll(log.freeze());
        put("key", "other");

        log.flushFrozen();
        log.flushFrozen();

        assertThat(given).isEqualTo(frozen);
    }

    @Test
    void when_a_value_outgrows_its_room_then_the_version_before_is_not_flushed() {
        put("key", "short");
        put("key", "x".repeat(100));

        Page page = log.freeze().getFirst();
        assertThat(page.kind(Page.FIRST_ENTRY)).isEqualTo(Page.DEAD);
        assertThat(text(page, page.next(Page.FIRST_ENTRY))).isEqualTo("x".repeat(100));
    }

    @Test
    void when_a_value_is_larger_than_a_page_then_it_is_kept_among_small_ones() {
        for (int i = 0; i < 40; i++) {
            put("small" + i, "s" + i);
            put("large" + i, String.valueOf(i % 10).repeat(700 + 100 * i));
            assertThat(value("large" + i)).isEqualTo(String.valueOf(i % 10).repeat(700 + 100 * i));
            assertThat(value("small" + i)).isEqualTo("s" + i);
        }
    }

    @Test
    void when_it_is_pinned_then_nothing_is_dropped_until_it_is_not() {
        log.pin();
        for (int i = 0; i < 2000; i++) {
            put("key" + i, "value" + i);
        }
        assertThat(value("key0")).isEqualTo("value0");

        log.unpin();
        for (int i = 0; i < 100; i++) {
            put("more" + i, "value");
        }
        assertThat(value("key0")).isNull();
        assertThat(log.heldBytes()).isLessThanOrEqualTo(BUDGET + 2000 * 16);
    }

    @Test
    void when_a_pane_is_forgotten_then_none_of_its_entries_is_found_and_none_is_flushed() {
        List<Long> addresses = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            addresses.add(put("key" + i, "value", addresses.isEmpty() ? CacheLog.NONE : addresses.getLast()));
        }
        put("other", "pane");

        log.forgetPane(addresses.getLast());

        assertThat(value("key0")).isNull();
        assertThat(value("key49")).isNull();
        assertThat(value("other")).isEqualTo("pane");
        assertThat(log.freeze().stream().mapToInt(CacheLogTest::changes).sum()).isEqualTo(1);
    }

    @Test
    void when_frozen_pages_are_recorded_then_some_are_frozen_before_there_is_no_more_room() {
        log.limit(20L * BUDGET);
        writer.takesFrozenAhead = true;
        for (int i = 0; frozen.isEmpty(); i++) {
            put("key" + i, "value");
        }

        assertThat(frozen).as("that have eight pages of changes").hasSize(9);
        assertThat(given).as("to be flushed").isEmpty();
        assertThat(log.isMutable(log.find(encoded("key0")))).isFalse();
    }

    @Test
    void when_keys_hardly_change_again_then_frozen_ahead_is_all_that_has_become_eight_pages() {
        log.limit(20L * BUDGET);
        writer.takesFrozenAhead = true;
        putNew(9);
        log.freeze();

        putNew(36);

        assertThat(frozen).hasSize(9 + 3 * 9);
    }

    @Test
    void when_more_than_a_quarter_of_what_was_frozen_ahead_changes_again_then_it_is_the_last_of_that_epoch() {
        log.limit(20L * BUDGET);
        writer.takesFrozenAhead = true;
        putNew(9);
        log.freeze();
        int before = keys;

        putNew(9);
        for (int i = before; i < before + (keys - before) / 2; i++) {
            put("key" + i, "again");
        }
        putNew(24);

        assertThat(frozen).hasSize(9 + 9);
    }

    @Test
    void when_the_log_is_full_of_copies_then_only_changes_count_for_what_is_frozen_ahead() {
        log.limit(20L * BUDGET);
        writer.takesFrozenAhead = true;
        copy(200_000, 200_500);
        putNew(7);
        assertThat(frozen).isEmpty();

        putNew(2);

        assertThat(frozen).hasSizeGreaterThan(9);
    }

    @Test
    void when_copies_change_in_their_place_then_they_count_for_what_is_frozen_ahead() {
        log.limit(20L * BUDGET);
        writer.takesFrozenAhead = true;
        copy(200_000, 200_250);
        assertThat(frozen).isEmpty();

        for (int i = 200_000; i < 200_250; i++) {
            put("key" + i, "again");
        }
        putNew(1);

        assertThat(frozen).hasSize(11);
    }

    @Test
    void when_what_was_changed_is_gone_before_it_was_frozen_then_it_does_not_count() {
        log.limit(20L * BUDGET);
        writer.takesFrozenAhead = true;
        long last = CacheLog.NONE;
        for (int i = 0; i < 150; i++) {
            last = put("gone" + i, "value", last);
        }
        log.forgetPane(last);
        for (int i = 0; i < 50; i++) {
            log.find(encoded("key" + i));
            put("key" + i, "value");
            log.find(encoded("key" + i));
            log.discardFound();
        }

        putNew(8);

        assertThat(frozen).isEmpty();
    }

    @Test
    void when_copies_are_among_what_was_frozen_ahead_then_a_quarter_of_the_changes_is_still_the_most_in_vain() {
        log.limit(20L * BUDGET);
        writer.takesFrozenAhead = true;
        putNew(9);
        log.freeze();
        putNew(36);
        log.freeze();
        frozen.clear();

        copy(200_000, 201_000);
        int before = keys;
        putNew(9);
        int once = frozen.size();
        for (int i = before; i < before + (keys - before) / 2; i++) {
            put("key" + i, "again");
        }
        putNew(24);

        assertThat(once).isGreaterThan(40);
        assertThat(frozen).hasSize(once);
    }

    @Test
    void when_what_was_frozen_ahead_changes_again_in_a_copy_then_that_is_in_vain_too() {
        log.limit(20L * BUDGET);
        writer.takesFrozenAhead = true;
        putNew(9);
        log.freeze();
        frozen.clear();
        int before = keys;
        putNew(9);

        copy(before, before + (keys - before) / 2);
        for (int i = before; i < before + (keys - before) / 2; i++) {
            put("key" + i, "again");
        }
        putNew(24);

        assertThat(frozen).hasSize(9);
    }

    /** As reads do that found them in RocksDB, or in old pages. */
    private void copy(int from, int to) {
        for (int i = from; i < to; i++) {
            Slice content = new Slice("value".getBytes(UTF_8));
            log.reserve(encoded("key" + i).length(), content.length());
            log.find(key);
            log.append(key, Page.CLEAN, content, CacheLog.NONE);
        }
    }

    /** As many pages of keys that are new, and one entry on the next. */
    private void putNew(int pages) {
        int entries = (PAGE - Page.FIRST_ENTRY)
                / (int) Page.entryBytes(encoded("key" + keys).length(), 5);
        for (int i = 0; i <= pages * entries; i++) {
            put("key" + keys++, "value");
        }
    }

    private void put(String name, String value) {
        put(name, value, CacheLog.NONE);
    }

    private long put(String name, String value, long before) {
        Slice content = new Slice(value.getBytes(UTF_8));
        log.reserve(encoded(name).length(), content.length());
        log.find(key);
        return log.overwrite(Page.PUT, content) ? log.find(key) : log.append(key, Page.PUT, content, before);
    }

    private @Nullable String value(String name) {
        long address = log.find(encoded(name));
        return address == CacheLog.NONE ? null : text(log.page(address), log.offset(address));
    }

    private EncodedKey encoded(String name) {
        byte[] bytes = name.getBytes(UTF_8);
        return key.set(3, 0, bytes, 0, bytes.length);
    }

    private static String text(Page page, int at) {
        return new String(page.data, page.valueOffset(at), page.valueLength(at), UTF_8);
    }

    private static int changes(Page page) {
        int changes = 0;
        for (int at = Page.FIRST_ENTRY; at < page.end(); at = page.next(at)) {
            changes += page.kind(at) == Page.PUT ? 1 : 0;
        }
        return changes;
    }

    /** Flushes only what is waited for, as late as can be. */
    private final class Writer implements CacheLog.Owner {
        private long flushed = PAGE;
        private int waits;
        private boolean takesFrozenAhead;

        @Override
        public void frozen(List<Page> pages) {
            frozen.addAll(pages);
        }

        @Override
        public boolean takesFrozenAhead() {
            return takesFrozenAhead;
        }

        @Override
        public void flush(List<Page> pages) {
            assertThat(pages).isSubsetOf(frozen);
            given.addAll(pages);
        }

        @Override
        public void awaitFlushed(long address) {
            assertThat(address).isLessThanOrEqualTo((given.getLast().number() + 1) * PAGE);
            waits++;
            flushed = Math.max(flushed, address);
        }
    }
}
