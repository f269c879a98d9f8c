package org.eigendrift.cli.report;

/** HTML text under construction; everything that is not markup of ours goes through {@link #text}. */
final class Html {
    private final StringBuilder out = new StringBuilder();

    /** Appends markup as it is. */
    Html raw(String markup) {
        out.append(markup);
        return this;
    }

    /** Appends text, escaped. */
    Html text(String text) {
        out.append(escape(text));
        return this;
    }

    /** Appends an element with text; {@code tag} may carry attributes. */
    Html element(String tag, String text) {
        String name = tag.split(" ", 2)[0];
        return raw("<" + tag + ">").text(text).raw("</" + name + ">\n");
    }

    /** Appends an element of a class with text. */
    Html element(String tag, String style, String text) {
        return raw("<" + tag + " class=\"" + style + "\">").text(text).raw("</" + tag + ">\n");
    }

    /** Escapes for element content and double-quoted attributes; control characters become visible. */
    static String escape(String text) {
        StringBuilder escaped = new StringBuilder(text.length() + 16);
        for (int k = 0; k < text.length(); k++) {
            char c = text.charAt(k);
            switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                case '\'' -> escaped.append("&#39;");
                case '\n', '\t', '\r' -> escaped.append(c);
                default -> escaped.append(c < ' ' || c == 0x7F ? '\uFFFD' : c);
            }
        }
        return escaped.toString();
    }

    @Override
    public String toString() {
        return out.toString();
    }
}
