package stream.weir.console;

import java.util.regex.Pattern;

/**
 * Hides what looks like a secret in a pipeline file. Files need not have any, as connectors take them from secrets and environment
 * variables by name; this is for those that have one all the same.
 */
public final class Secrets {
    private static final String HIDDEN = "***";

    /** A field whose name says so; those that end in Env or Secret name a place, not a secret. */
    private static final Pattern FIELD = Pattern.compile(
            "(?im)(\\b[\\w.-]*(?:password|passwd|token|apikey|api-key|secretkey|secret-key|authorization)[\"']?\\s*[:=]\\s*)"
                    + "(\"[^\"]*\"|'[^']*'|[^\\s,&}#\"']+)");

    /** A property of an address whose name says so. */
    private static final Pattern IN_QUERY = Pattern.compile(
            "(?i)([?&][\\w.-]*(?:key|token|secret|pass|auth|credential|sig|code)[\\w.-]*=)([^&\\s\"'#,}]+)");

    private static final Pattern IN_ADDRESS = Pattern.compile("(://[^/\\s:@]+:)([^@/\\s]+)(@)");

    private Secrets() {}

    /** The text without them. */
    public static String hiddenIn(String text) {
        String fields = FIELD.matcher(text).replaceAll("$1" + HIDDEN);
        String queries = IN_QUERY.matcher(fields).replaceAll("$1" + HIDDEN);
        return IN_ADDRESS.matcher(queries).replaceAll("$1" + HIDDEN + "$3");
    }
}
