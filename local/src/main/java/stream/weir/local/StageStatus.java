package stream.weir.local;

import java.util.SortedMap;

/**
 * What the replicas of a stage have done in the present run.
 *
 * @param records read: by a source from outside, by others from their links
 * @param busyShare of the replicas' time since the last status, 0 to 1
 * @param blockedShare time spent waiting for those downstream
 * @param watermark event time in milliseconds, {@link Long#MIN_VALUE} before the first
 * @param counts what steps counted: late rows, skipped ones
 */
public record StageStatus(
        String stage,
        int replicas,
        long records,
        double busyShare,
        double blockedShare,
        long watermark,
        SortedMap<String, Long> counts) {}
