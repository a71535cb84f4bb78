package stream.weir.api.pipeline;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Which valid name somebody may have meant. */
public final class NearestName {
    private NearestName() {}

    /**
     * The candidate with the least edit distance (Levenshtein: letters inserted, removed or replaced; a swap of neighbours counts
     * as one), capitals counting like small letters; empty where all are further away
     * than a third of the name's length, rounded, and than 1.
     */
    public static Optional<String> of(String name, Collection<String> candidates) {
        int limit = Math.max(1, (name.length() + 1) / 3);
        String wanted = name.toLowerCase(Locale.ROOT);
        return candidates.stream()
                .filter(candidate -> distance(wanted, candidate.toLowerCase(Locale.ROOT)) <= limit)
                .min(Comparator.<String>comparingInt(candidate -> distance(wanted, candidate.toLowerCase(Locale.ROOT)))
                        .thenComparing(Comparator.naturalOrder()));
    }

    private static int distance(String from, String to) {
        int[][] costs = new int[from.length() + 1][to.length() + 1];
        for (int i = 0; i <= from.length(); i++) {
            for (int j = 0; j <= to.length(); j++) {
                costs[i][j] = cost(from, to, i, j, costs);
            }
        }
        return costs[from.length()][to.length()];
    }

    private static int cost(String from, String to, int i, int j, int[][] costs) {
        if (i == 0 || j == 0) {
            return i + j;
        }
        int replaced = costs[i - 1][j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        int best = Math.min(replaced, Math.min(costs[i - 1][j], costs[i][j - 1]) + 1);
        boolean swapped =
                i > 1 && j > 1 && from.charAt(i - 1) == to.charAt(j - 2) && from.charAt(i - 2) == to.charAt(j - 1);
        return swapped ? Math.min(best, costs[i - 2][j - 2] + 1) : best;
    }
}
