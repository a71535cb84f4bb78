package stream.weir.runtime.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Flow;
import org.junit.jupiter.api.Test;

final class DemandQueueTest {
    private final List<String> seen = new ArrayList<>();
    private final List<String> dropped = new ArrayList<>();
    private final DemandQueue<String> queue = new DemandQueue<>(dropped::add, () -> seen.add("demand"));

    @Test
    void when_nothing_is_asked_for_then_nothing_comes() {
        subscribe(0);
        put("a", "b");

        assertThat(seen).isEmpty();
        assertThat(queue.hasDemand()).isFalse();
    }

    @Test
    void when_items_are_asked_for_then_so_many_come_in_order() {
        Probe probe = subscribe(0);
        put("a", "b", "c");

        probe.subscription.request(2);

        assertThat(seen).containsExactly("a", "b", "demand");
    }

    @Test
    void when_there_is_demand_then_an_item_goes_straight_through() {
        subscribe(1);
        assertThat(queue.hasDemand()).isTrue();

        put("a");

        assertThat(seen).containsExactly("demand", "a");
        assertThat(queue.hasDemand()).isFalse();
    }

    @Test
    void when_the_subscriber_asks_from_within_a_signal_then_the_next_item_comes_after_it() {
        Probe probe = subscribe(0);
        probe.askAgain = true;
        put("a", "b", "c");

        probe.subscription.request(1);

        assertThat(seen).containsExactly("a.", "b.", "c.", "demand");
    }

    @Test
    void when_it_completes_then_the_subscriber_is_told_once_after_the_last_item() {
        Probe probe = subscribe(0);
        put("a");
        queue.complete();
        assertThat(seen).isEmpty();

        probe.subscription.request(5);
        queue.complete();

        assertThat(seen).containsExactly("a", "complete", "demand");
    }

    @Test
    void when_it_has_completed_before_anyone_subscribes_then_the_subscriber_is_told() {
        queue.complete();
        subscribe(0);

        assertThat(seen).containsExactly("complete");
    }

    @Test
    void when_it_is_cancelled_then_what_waits_and_what_comes_is_dropped() {
        Probe probe = subscribe(0);
        put("a");

        probe.subscription.cancel();
        put("b");

        assertThat(dropped).containsExactly("a", "b");
        assertThat(seen).isEmpty();
    }

    @Test
    void when_less_than_one_item_is_asked_for_then_that_is_an_error() {
        Probe probe = subscribe(0);

        probe.subscription.request(0);
        put("a");

        assertThat(seen).containsExactly("asked for 0 items: the number is at least 1", "demand");
        assertThat(dropped).containsExactly("a");
    }

    @Test
    void when_there_is_a_subscriber_then_another_is_refused() {
        subscribe(0);
        subscribe(1);

        assertThat(seen).singleElement().asString().contains("there is one already");
    }

    @Test
    void when_demand_is_without_bound_then_it_stays_so() {
        Probe probe = subscribe(Long.MAX_VALUE);
        probe.subscription.request(Long.MAX_VALUE);
        seen.clear();

        put("a", "b");

        assertThat(seen).containsExactly("a", "b");
        assertThat(queue.hasDemand()).isTrue();
    }

    private void put(String... items) {
        for (String item : items) {
            queue.put(item);
        }
    }

    private Probe subscribe(long demand) {
        Probe probe = new Probe(demand);
        queue.subscribe(probe);
        return probe;
    }

    private final class Probe implements Flow.Subscriber<String> {
        private final long demand;
        private boolean askAgain;

        @SuppressWarnings("NullAway.Init")
        private Flow.Subscription subscription;

        Probe(long demand) {
            this.demand = demand;
        }

        @Override
        public void onSubscribe(Flow.Subscription newSubscription) {
            subscription = newSubscription;
            if (demand > 0) {
                newSubscription.request(demand);
            }
        }

        @Override
        public void onNext(String item) {
            if (askAgain) {
                int at = seen.size();
                subscription.request(1);
                seen.removeLast(); // The queue's own "demand".
                assertThat(seen).hasSize(at);
                seen.add(item + ".");
            } else {
                seen.add(item);
            }
        }

        @Override
        public void onError(Throwable error) {
            seen.add(error.getMessage());
        }

        @Override
        public void onComplete() {
            seen.add("complete");
        }
    }
}
