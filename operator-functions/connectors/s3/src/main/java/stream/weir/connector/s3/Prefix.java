package stream.weir.connector.s3;

import java.nio.file.FileSystems;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which objects are read: the one of this very key, or those whose keys have the folder before a {@code /} and, where there is a
 * pattern, match it behind that. Keys with a part behind the folder that begins with {@code .} or {@code _} are left out.
 *
 * @param folder as in keys, without a slash at its end; empty for the whole bucket
 */
record Prefix(String bucket, String folder, Optional<String> pattern) {
    private static final Pattern URI =
            Pattern.compile("s3://([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:/(.*))?", Pattern.DOTALL);

    /** @throws IllegalArgumentException saying what is wrong */
    static Prefix of(String uri, Optional<String> pattern) {
        Matcher parts = URI.matcher(uri);
        if (!parts.matches()) {
            throw new IllegalArgumentException(
                    "The uri " + uri
                            + " has to be s3://BUCKET or s3://BUCKET/PREFIX, where a bucket has 3 to 63 lower-case letters, digits, '-' and '.'");
        }
        String folder = parts.group(2) == null ? "" : parts.group(2).replaceAll("/+$", "");
        pattern.ifPresent(Prefix::matcher);
        return new Prefix(parts.group(1), folder, pattern);
    }

    private static PathMatcher matcher(String pattern) {
        try {
            return FileSystems.getDefault().getPathMatcher("glob:" + pattern);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("The pattern " + pattern + " is no glob: " + e.getMessage(), e);
        }
    }

    /** What the bucket is called. */
    String bucketUri() {
        return "s3://" + bucket;
    }

    /** What keys to ask for begin with. */
    String keys() {
        return folder;
    }

    /** Picks keys out. */
    Selection selection() {
        return new Selection(folder, pattern.map(Prefix::matcher));
    }

    /** Not for other threads at the same time. */
    record Selection(String folder, Optional<PathMatcher> matcher) {
        boolean takes(String key) {
            if (key.endsWith("/")) {
                return false; // what consoles make where somebody wants a folder
            }
            if (key.equals(folder)) {
                return true;
            }
            String below = folder.isEmpty() ? "" : folder + "/";
            if (!key.startsWith(below)) {
                return false;
            }
            String name = key.substring(below.length());
            return isVisible(name) && matcher.map(glob -> matches(glob, name)).orElse(true);
        }

        private static boolean isVisible(String name) {
            boolean first = true;
            for (int i = 0; i < name.length(); i++) {
                char c = name.charAt(i);
                if (first && (c == '.' || c == '_')) {
                    return false;
                }
                first = c == '/';
            }
            return true;
        }

        private static boolean matches(PathMatcher glob, String name) {
            try {
                return glob.matches(Path.of(name));
            } catch (InvalidPathException e) {
                return false;
            }
        }
    }

    @Override
    public String toString() {
        return bucketUri()
                + (folder.isEmpty() ? "" : "/" + folder)
                + pattern.map(glob -> "/" + glob).orElse("");
    }
}
