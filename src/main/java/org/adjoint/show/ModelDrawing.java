package org.adjoint.show;

import java.util.ArrayList;
import java.util.List;
import org.adjoint.expr.Size;
import org.adjoint.nn.Inspection;
import org.adjoint.nn.Inspection.Row;

/**
 * A model as a drawing in SVG: a box for each layer from top to bottom, arrows with the shapes that go through them, residual
 * blocks in frames; a layer that does not fit in red, with the law.
 */
public final class ModelDrawing {
    private static final int WIDTH = 560;
    private static final int LEFT = 40;
    private static final int BOX = 46;
    private static final int GAP = 34;
    private static final int LETTER = 78;

    private final StringBuilder out = new StringBuilder();
    private int y = 16;

    private ModelDrawing() {
    }

    /** The drawing. */
    public static String svg(Inspection model) {
        return new ModelDrawing().draw(model);
    }

    private String draw(Inspection model) {
        text(LEFT + WIDTH / 2, y + 12, "input " + model.input(), "middle", "#333333");
        y += 20;
        for (Row row : model.rows()) {
            arrow();
            List<String> facts = new ArrayList<>(List.of(row.output().toString()));
            if (!row.counts().parameters().equals(Size.ZERO)) {
                facts.add(row.counts().parameters() + " parameters");
            }
            if (!row.counts().multiplyAdds().equals(Size.ZERO)) {
                facts.add(row.counts().multiplyAdds() + " multiply-adds");
            }
            box(row.layer().path() + "  " + ModelTable.description(row), String.join("   ", facts), color(row));
        }
        model.misfit().ifPresent(why -> {
            arrow();
            List<String> lines = lines(why);
            box("does not fit", lines.get(0), "#f8d0d0");
            lines.stream().skip(1).forEach(line -> {
                y += 14;
                text(LEFT + 12, y, line, "start", "#a00000");
            });
        });
        int height = y + 24;
        return "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"" + (WIDTH + 2 * LEFT) + "\" height=\"" + height
                + "\" viewBox=\"0 0 " + (WIDTH + 2 * LEFT) + " " + height
                + "\" font-family=\"monospace\" font-size=\"12\">\n<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n"
                + out + "</svg>\n";
    }

    private static String color(Row row) {
        return row.isSum() ? "#e8e0f8" : row.counts().parameters().equals(Size.ZERO) ? "#eeeeee" : "#d8e8f8";
    }

    private void arrow() {
        int x = LEFT + WIDTH / 2;
        out.append("<path d=\"M").append(x).append(' ').append(y).append(" V").append(y + GAP - 16).append(" M")
                .append(x - 4).append(' ').append(y + GAP - 22)
                .append(" l4 6 l4 -6\" stroke=\"#333333\" fill=\"none\"/>\n");
        y += GAP - 14;
    }

    private void box(String title, String facts, String fill) {
        out.append("<rect x=\"").append(LEFT).append("\" y=\"").append(y).append("\" width=\"").append(WIDTH)
                .append("\" height=\"").append(BOX).append("\" rx=\"5\" fill=\"").append(fill)
                .append("\" stroke=\"#667788\"/>\n");
        text(LEFT + 12, y + 19, shortened(title), "start", "#000000");
        text(LEFT + 12, y + 36, shortened(facts), "start", "#445566");
        y += BOX;
    }

    private void text(int x, int at, String text, String anchor, String fill) {
        out.append("<text x=\"").append(x).append("\" y=\"").append(at).append("\" text-anchor=\"").append(anchor)
                .append("\" fill=\"").append(fill).append("\">").append(escaped(text)).append("</text>\n");
    }

    private static String shortened(String text) {
        return text.length() <= LETTER ? text : text.substring(0, LETTER - 1) + "…";
    }

    /** The text in lines that fit into a box. */
    private static List<String> lines(String text) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : text.split(" ")) {
            if (line.length() + word.length() >= LETTER && !line.isEmpty()) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        lines.add(line.toString());
        return lines;
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
