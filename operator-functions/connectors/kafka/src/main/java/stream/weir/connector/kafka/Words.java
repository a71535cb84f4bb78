package stream.weir.connector.kafka;

import java.util.Locale;

/** Words of pipeline files as names of constants. */
final class Words {
    private Words() {}

    /** {@code atLeastOnce} as {@code AT_LEAST_ONCE}. */
    static String constant(String spelled) {
        StringBuilder name = new StringBuilder();
        for (int i = 0; i < spelled.length(); i++) {
            char c = spelled.charAt(i);
            if (Character.isUpperCase(c)) {
                name.append('_');
            }
            name.append(c);
        }
        return name.toString().toUpperCase(Locale.ROOT);
    }
}
