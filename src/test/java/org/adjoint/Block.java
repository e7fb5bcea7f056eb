package org.adjoint;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A fenced block of a page.
 *
 * @param kind the word behind the fence
 * @param text what stands between the fences
 */
record Block(String kind, String text) {

    private static final Pattern BLOCK = Pattern.compile("^(`{3,})(\\w+)\\n(.*?)^\\1$",
            Pattern.MULTILINE | Pattern.DOTALL);

    /** All blocks of a page. */
    static List<Block> of(Path page) throws IOException {
        var blocks = new ArrayList<Block>();
        var matcher = BLOCK.matcher(Files.readString(page));
        while (matcher.find()) {
            blocks.add(new Block(matcher.group(2), matcher.group(3)));
        }
        return blocks;
    }

    /** With {@code -Dreadme.update=true} writes into the page what is printed now. */
    static void update(Path page, String shown, String now) throws IOException {
        if (Boolean.getBoolean("readme.update")) {
            Files.writeString(page, Files.readString(page).replace(shown, now));
        }
    }
}
