package org.showroomlab.reports.report;

import java.math.BigInteger;
import java.util.Comparator;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Names as people count them: e2 before e10. */
final class NaturalOrder implements Comparator<String> {
    private static final Pattern PIECE = Pattern.compile("[0-9]+|[^0-9]+");

    @Override
    public int compare(String one, String other) {
        List<String> these = pieces(one);
        List<String> those = pieces(other);
        for (int i = 0; i < Math.min(these.size(), those.size()); i++) {
            int order = comparePieces(these.get(i), those.get(i));
            if (order != 0) {
                return order;
            }
        }
        int shorter = Integer.compare(these.size(), those.size());
        // e01 and e1 are the same number, but not the same name.
        return shorter != 0 ? shorter : one.compareTo(other);
    }

    private static List<String> pieces(String name) {
        return PIECE.matcher(name).results().map(MatchResult::group).toList();
    }

    private static int comparePieces(String one, String other) {
        return isNumber(one) && isNumber(other)
                ? new BigInteger(one).compareTo(new BigInteger(other))
                : one.compareTo(other);
    }

    private static boolean isNumber(String piece) {
        return piece.charAt(0) >= '0' && piece.charAt(0) <= '9';
    }
}
