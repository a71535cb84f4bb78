package stream.weir.definition.problem;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import stream.weir.api.pipeline.NearestName;

/** Collects the problems of one file, so that all of them are reported at once. */
public final class Problems {
    private static final Comparator<Problem> BY_PLACE =
            Comparator.comparingInt(Problem::line).thenComparingInt(Problem::column);

    /** Nobody means anything by a longer one, and the search would take its time. */
    private static final int LONGEST_NAME = 100;

    private final Set<Problem> found = new LinkedHashSet<>();

    public void add(Place place, String reason) {
        found.add(Problem.at(place, Optional.empty(), reason, Optional.empty()));
    }

    public void add(Place place, String value, String reason) {
        found.add(Problem.at(place, Optional.of(value), reason, Optional.empty()));
    }

    public void add(Place place, String value, String reason, Optional<String> suggestion) {
        found.add(Problem.at(place, Optional.of(value), reason, suggestion));
    }

    /** A name that is none of those known; the nearest of them is suggested, or all where none is near. */
    public void addUnknown(Place place, String name, String reason, Collection<String> known) {
        Optional<String> nearest = nearest(name, known).map(near -> "did you mean \"" + near + "\"?");
        add(place, name, reason, nearest.or(() -> listed(known)));
    }

    /** As {@link #addUnknown}, for a reason that lists what is known. */
    public void addMisspelled(Place place, String name, String reason, Collection<String> known) {
        add(place, name, reason, nearest(name, known).map(near -> "did you mean \"" + near + "\"?"));
    }

    public boolean isEmpty() {
        return found.isEmpty();
    }

    /** How many were found so far; compare two readings to learn whether a part of the file was sound. */
    public int count() {
        return found.size();
    }

    /** All problems in the order of the file. */
    public List<Problem> sorted() {
        List<Problem> sorted = new ArrayList<>(found);
        sorted.sort(BY_PLACE);
        return List.copyOf(sorted);
    }

    private static Optional<String> nearest(String name, Collection<String> known) {
        return name.length() > LONGEST_NAME ? Optional.empty() : NearestName.of(name, known);
    }

    private static Optional<String> listed(Collection<String> known) {
        return known.isEmpty() ? Optional.empty() : Optional.of("there is " + String.join(", ", known));
    }
}
