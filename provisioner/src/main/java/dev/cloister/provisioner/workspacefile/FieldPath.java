package dev.cloister.provisioner.workspacefile;

/**
 * A field of a document, written for people as {@code apps[0].slug}.
 *
 * @param text empty for the document itself
 */
record FieldPath(String text) {
    static final FieldPath ROOT = new FieldPath("");

    FieldPath child(String name) {
        return new FieldPath(text.isEmpty() ? name : text + "." + name);
    }

    FieldPath item(int index) {
        return new FieldPath(text + "[" + index + "]");
    }

    FieldPath parent() {
        return new FieldPath(text.substring(0, Math.max(0, Math.max(text.lastIndexOf('.'), text.lastIndexOf('[')))));
    }

    /** The field of the document in which this one lies. */
    FieldPath top() {
        return new FieldPath(text.replaceAll("[.\\[].*", ""));
    }

    @Override
    public String toString() {
        return text;
    }
}
