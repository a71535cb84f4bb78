package stream.weir.verification.reference;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the interface that declares a service's settings, with its comments, which no compiled class has. */
final class SettingsSource {
    private static final Pattern PART = Pattern.compile(
            "interface (\\w+) \\{|"
                    + "(?:/\\*\\*((?:(?!\\*/).)*)\\*/\\s*)?(?:@WithDefault\\(\"([^\"]*)\"\\)\\s*)?([\\w<>., ]+?) (\\w+)\\(\\);|"
                    + "^ {0,4}}",
            Pattern.DOTALL | Pattern.MULTILINE);
    private static final Pattern WRAPPED = Pattern.compile("Optional<(.*)>");
    private static final Pattern PREFIX = Pattern.compile("@ConfigMapping\\(prefix = \"([^\"]*)\"\\)");

    private final Map<String, List<Member>> interfaces = new LinkedHashMap<>();
    private final List<Setting> settings = new ArrayList<>();

    /**
     * @param key as it is written in a file
     * @param byDefault what it is unless told, in words
     */
    record Setting(String key, String byDefault, String meaning) {}

    private record Member(String name, String type, String byDefault, String comment) {}

    private SettingsSource() {}

    /** @param sources the interface with the prefix, and those of groups that it has from elsewhere */
    static List<Setting> of(List<String> sources) {
        String first = sources.getFirst();
        Matcher prefix = PREFIX.matcher(first);
        if (!prefix.find()) {
            throw new IllegalArgumentException("no @ConfigMapping in " + first);
        }
        SettingsSource all = new SettingsSource();
        String outermost = all.read(first.substring(prefix.end()));
        sources.stream().skip(1).forEach(all::read);
        all.expand(outermost, prefix.group(1), "");
        return all.settings;
    }

    /** The name of the outermost interface. */
    private String read(String source) {
        List<String> open = new ArrayList<>();
        String outermost = "";
        Matcher part = PART.matcher(source);
        while (part.find()) {
            if (part.group(1) != null) {
                open.addLast(part.group(1));
                interfaces.put(part.group(1), new ArrayList<>());
                outermost = outermost.isEmpty() ? part.group(1) : outermost;
            } else if (part.group(5) != null) {
                interfaces
                        .computeIfAbsent(open.getLast(), _ -> new ArrayList<>())
                        .add(new Member(
                                part.group(5),
                                part.group(4).strip(),
                                String.valueOf(part.group(3)),
                                part.group(2) == null ? "" : Page.cell(part.group(2))));
            } else {
                open.removeLast();
            }
        }
        return outermost;
    }

    /** @param within the optional group that the settings belong to; empty for none */
    private void expand(String name, String prefix, String within) {
        for (Member member : interfaces.getOrDefault(name, List.of())) {
            String key = prefix + "." + kebab(member.name());
            Matcher wrapped = WRAPPED.matcher(member.type());
            String type = wrapped.matches() ? wrapped.group(1) : member.type();
            if (interfaces.containsKey(type)) {
                expand(type, key, wrapped.matches() ? key : within);
            } else if (type.startsWith("Map<")) {
                settings.add(new Setting(key + ".*", "none", member.comment()));
            } else {
                settings.add(new Setting(key, byDefault(member, wrapped.matches(), within), member.comment()));
            }
        }
    }

    private static String byDefault(Member member, boolean optional, String within) {
        if (!member.byDefault().equals("null")) {
            return "`" + member.byDefault() + "`";
        }
        if (optional) {
            return "none";
        }
        return within.isEmpty() ? "required" : "required with the others of `" + within + "`";
    }

    private static String kebab(String name) {
        return name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }
}
