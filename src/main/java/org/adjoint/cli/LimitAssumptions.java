package org.adjoint.cli;

import java.util.ArrayList;
import java.util.List;

/** The hypotheses of {@code adjoint limit}: lists of propositions. */
final class LimitAssumptions {
    private LimitAssumptions() {
    }

    /** Each proposition by itself: {@code ;} separates, and {@code ,} outside of brackets. */
    static List<String> split(List<String> texts) {
        List<String> parts = new ArrayList<>();
        for (String text : texts) {
            int depth = 0;
            int start = 0;
            for (int k = 0; k <= text.length(); k++) {
                char c = k == text.length() ? ';' : text.charAt(k);
                depth += c == '(' || c == '[' || c == '{' ? 1 : c == ')' || c == ']' || c == '}' ? -1 : 0;
                if (k == text.length() || c == ';' || (c == ',' && depth <= 0)) {
                    String part = text.substring(start, k).strip();
                    if (!part.isEmpty()) {
                        parts.add(part);
                    }
                    start = k + 1;
                }
            }
        }
        return parts;
    }

}
