package stream.weir.runtime.function;

import stream.weir.api.pipeline.WindowSpec;

/**
 * Windows of one length that start at each multiple of {@code slide}, cut into panes: the longest stretches of time none of
 * which lies partly inside a window. A record is added to one pane only; a window is made of the panes within it when it is due
 * (Li, Maier, Tufte, Papadimos, Tucker: "No Pane, No Gain", 2005). Panes and windows are named by their ends, exclusive. Times
 * in milliseconds, within {@link EventTimes}.
 *
 * @param length of a pane: the greatest common divisor of size and slide
 */
record Panes(long size, long slide, long length) {
    static Panes of(WindowSpec.Tumbling window) {
        long size = EventTimes.span("window size", window.size(), 1);
        return new Panes(size, size, size);
    }

    static Panes of(WindowSpec.Sliding window) {
        long size = EventTimes.span("window size", window.size(), 1);
        long slide = EventTimes.span("slide", window.slide(), 1);
        return new Panes(size, slide, gcd(size, slide));
    }

    long paneOf(long timestamp) {
        return (Math.floorDiv(timestamp, length) + 1) * length;
    }

    /** The first window that holds the pane; where slides are longer than windows, it may begin after the pane. */
    long firstWindow(long pane) {
        return Math.ceilDiv(pane - size, slide) * slide + size;
    }

    /** The last window that holds the pane; one before {@link #firstWindow} where no window holds it. */
    long lastWindow(long pane) {
        return Math.floorDiv(pane - length, slide) * slide + size;
    }

    /** The first window that is not over at a watermark: its last instant, end minus 1 ms, is after it. */
    long firstOpenWindow(long watermark) {
        return (Math.floorDiv(EventTimes.clamp(watermark) + 1 - size, slide) + 1) * slide + size;
    }

    long firstPane(long window) {
        return window - size + length;
    }

    long start(long window) {
        return window - size;
    }

    private static long gcd(long a, long b) {
        return b == 0 ? a : gcd(b, a % b);
    }
}
