package stream.weir.store;

import java.util.regex.Pattern;
import stream.weir.store.StoreException.Outcome;

/** The names that every store takes; others could lead elsewhere, and are refused. */
public final class ObjectName {
    /** No part begins with a dot: that excludes {@code ..} and keeps a store's own temporary files apart. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9_.-]*(/[A-Za-z0-9_-][A-Za-z0-9_.-]*)*");

    private static final Pattern PREFIX =
            Pattern.compile("([A-Za-z0-9_-][A-Za-z0-9_.-]*/)*([A-Za-z0-9_-][A-Za-z0-9_.-]*)?");

    private ObjectName() {}

    /**
     * @param location of the store, for the error
     * @return the name
     */
    public static String check(String name, String location) throws StoreException {
        return check(NAME, name, "object name", location);
    }

    /** As {@link #check}, for what names begin with; that may be empty. */
    public static String checkPrefix(String prefix, String location) throws StoreException {
        return check(PREFIX, prefix, "prefix", location);
    }

    private static String check(Pattern pattern, String name, String what, String location) throws StoreException {
        if (!pattern.matcher(name).matches()) {
            throw new StoreException(
                    "'" + name + "' is no " + what + " for " + location
                            + ": it is relative, its parts are of letters, digits, '-', '_' and '.', and none begins with '.'",
                    Outcome.NOT_APPLIED);
        }
        return name;
    }
}
