package org.adjoint.verify;

/** Source text as reports show it. */
final class Text {
    private static final int LONGEST = 300;

    private Text() {
    }

    /** On one line, with single blanks, shortened when very long. */
    static String line(String text) {
        StringBuilder line = new StringBuilder(Math.min(text.length(), LONGEST + 1));
        boolean blank = false;
        for (int k = 0; k < text.length(); k++) {
            char c = text.charAt(k);
            if (c == '#' && text.indexOf('\n', k) >= 0) {
                // A comment inside a statement that goes on below.
                k = text.indexOf('\n', k);
                blank = true;
            } else if (Character.isWhitespace(c)) {
                blank = true;
            } else {
                if (blank && !line.isEmpty()) {
                    line.append(' ');
                }
                blank = false;
                line.append(c);
                if (line.length() > LONGEST) {
                    return line.append(" …").toString();
                }
            }
        }
        return line.toString();
    }
}
