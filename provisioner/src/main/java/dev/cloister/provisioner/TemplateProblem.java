package dev.cloister.provisioner;

/**
 * One thing wrong with a template.
 *
 * @param file of the template
 * @param line counted from 1; 0 when it concerns the file as a whole
 * @param column counted from 1; 0 like the line
 * @param field path such as {@code apps[0].slug}; empty for the document itself
 * @param message what is wrong and what to do
 */
public record TemplateProblem(String file, int line, int column, String field, String message) {
    @Override
    public String toString() {
        var place = line == 0 ? file : file + ":" + line + ":" + column;
        return field.isEmpty() ? place + ": " + message : place + ": " + field + ": " + message;
    }
}
