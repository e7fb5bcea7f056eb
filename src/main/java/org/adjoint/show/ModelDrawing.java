package org.adjoint.show;

import java.util.ArrayList;
import java.util.List;
import org.adjoint.expr.Size;
import org.adjoint.nn.Inspection;
import org.adjoint.nn.Inspection.Row;
import org.adjoint.nn.Model;
import org.adjoint.nn.Residual;
import org.adjoint.nn.Sequential;

/**
 * A model as a drawing in SVG: a box for each layer from top to bottom with what comes out of it, the shortcut of a
 * residual block in a column of its own beside the body, joined at the box of their sum; a layer that does not fit in
 * red, with the law.
 */
public final class ModelDrawing {
    private static final int WIDTH = 720;
    private static final int MARGIN = 40;
    private static final int BOX = 46;
    private static final int ARROW = 20;
    private static final int LINE = 14;
    /** How many letters fit into a box. */
    private static final int LETTERS = 94;

    private final Inspection model;
    private final StringBuilder out = new StringBuilder();
    private int next;
    private int y = 36;
    /** The last column that the block drawn at present needs. */
    private int lastColumn;
    private int widest;
    private boolean ended;

    private ModelDrawing(Inspection model) {
        this.model = model;
    }

    /** The drawing. */
    public static String svg(Inspection model) {
        return new ModelDrawing(model).draw();
    }

    private String draw() {
        text(center(0), y - 8, "input " + model.input(), "middle", "#333333");
        through(model.model(), 0);
        int width = (widest + 1) * (WIDTH + MARGIN) + MARGIN;
        int height = y + MARGIN;
        return "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"" + width + "\" height=\"" + height
                + "\" viewBox=\"0 0 " + width + " " + height
                + "\" font-family=\"monospace\" font-size=\"12\">\n"
                + "<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n"
                + out + "</svg>\n";
    }

    /**
     * Draws what a model is made of, downwards from the present height; containers nest no deeper than people write
     * them.
     */
    private void through(Model part, int column) {
        if (part instanceof Sequential chain) {
            chain.children().forEach(child -> through(child, column));
            return;
        }
        if (part instanceof Residual block && !ended) {
            branches(block, column);
        }
        layer(column);
    }

    /** Body and shortcut side by side, in columns that the next block uses again; both lines end at one height. */
    private void branches(Residual block, int column) {
        line(center(column), y, center(column), y + LINE);
        y += LINE;
        int top = y;
        int outside = lastColumn;
        lastColumn = column;
        through(block.body(), column);
        int body = y;
        if (ended) {
            return;
        }
        int beside = lastColumn + 1;
        lastColumn = beside;
        widest = Math.max(widest, beside);
        y = top;
        line(center(column), top, center(beside), top);
        through(block.shortcut(), beside);
        int shortcut = y;
        y = Math.max(body, shortcut) + LINE;
        line(center(column), body, center(column), y);
        line(center(beside), shortcut, center(beside), y);
        line(center(column), y, center(beside), y);
        lastColumn = Math.max(outside, lastColumn);
    }

    /** The next row; where there is none left, why the layer does not fit. */
    private void layer(int column) {
        if (ended) {
            return;
        }
        arrow(center(column));
        if (next < model.rows().size()) {
            Row row = model.rows().get(next++);
            box(column, row.layer().path() + "  " + ModelTable.description(row),
                    List.of(shortened(facts(row))), color(row));
            return;
        }
        ended = true;
        box(column, "does not fit", lines(model.misfit().orElse("")), "#f8d0d0");
    }

    private static String facts(Row row) {
        List<String> facts = new ArrayList<>(List.of(row.output().toString()));
        if (!row.counts().parameters().equals(Size.ZERO)) {
            facts.add(row.counts().parameters() + " parameters");
        }
        if (!row.counts().multiplyAdds().equals(Size.ZERO)) {
            facts.add(row.counts().multiplyAdds() + " multiply-adds");
        }
        return String.join(" · ", facts);
    }

    private static String color(Row row) {
        return row.isSum() ? "#e8e0f8" : row.counts().parameters().equals(Size.ZERO) ? "#eeeeee" : "#d8e8f8";
    }

    // ---- shapes

    private static int left(int column) {
        return MARGIN + column * (WIDTH + MARGIN);
    }

    private static int center(int column) {
        return left(column) + WIDTH / 2;
    }

    private void arrow(int x) {
        line(x, y, x, y + ARROW);
        y += ARROW;
        path("M" + (x - 4) + " " + (y - 6) + " l4 6 l4 -6");
    }

    private void line(int x1, int y1, int x2, int y2) {
        path("M" + x1 + " " + y1 + " L" + x2 + " " + y2);
    }

    private void path(String path) {
        out.append("<path d=\"").append(path).append("\" stroke=\"#333333\" fill=\"none\"/>\n");
    }

    private void box(int column, String title, List<String> lines, String fill) {
        int height = BOX + (lines.size() - 1) * LINE;
        out.append("<rect x=\"").append(left(column)).append("\" y=\"").append(y).append("\" width=\"").append(WIDTH)
                .append("\" height=\"").append(height).append("\" rx=\"5\" fill=\"").append(fill)
                .append("\" stroke=\"#667788\"/>\n");
        text(left(column) + 12, y + 19, shortened(title), "start", "#000000");
        for (int k = 0; k < lines.size(); k++) {
            text(left(column) + 12, y + 36 + k * LINE, lines.get(k), "start", "#445566");
        }
        y += height;
    }

    private void text(int x, int at, String text, String anchor, String fill) {
        out.append("<text x=\"").append(x).append("\" y=\"").append(at).append("\" text-anchor=\"").append(anchor)
                .append("\" fill=\"").append(fill).append("\" xml:space=\"preserve\">")
                .append(text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")).append("</text>\n");
    }

    private static String shortened(String text) {
        return text.length() <= LETTERS ? text : text.substring(0, LETTERS - 1) + "…";
    }

    /** The text in lines that fit into a box. */
    private static List<String> lines(String text) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : text.split(" ")) {
            if (line.length() + word.length() >= LETTERS && !line.isEmpty()) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        lines.add(line.toString());
        return lines;
    }
}
