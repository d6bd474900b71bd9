package dev.cloister.provisioner.workspacefile;

import dev.cloister.provisioner.TemplateException;
import dev.cloister.provisioner.TemplateParameter;
import dev.cloister.provisioner.TemplatePreset;
import dev.cloister.provisioner.TemplateSource;
import dev.cloister.provisioner.TemplateVariable;
import java.util.List;
import java.util.Map;

/** A {@code workspace.yaml} that was read and found well-formed; parameters are not filled in yet. */
public final class WorkspaceFile {
    /** The file that makes a template one of ours. */
    public static final String NAME = "workspace.yaml";

    private final YamlDocument document;
    private final List<TemplateVariable> variables;
    private final Map<String, String> variableValues;
    private final List<TemplateParameter> parameters;
    private final List<TemplatePreset> presets;

    private WorkspaceFile(
            YamlDocument document,
            List<TemplateVariable> variables,
            Map<String, String> variableValues,
            List<TemplateParameter> parameters,
            List<TemplatePreset> presets) {
        this.document = document;
        this.variables = variables;
        this.variableValues = variableValues;
        this.parameters = parameters;
        this.presets = presets;
    }

    /**
     * Reads the template's {@code workspace.yaml}, with the values of its variables.
     *
     * @throws TemplateException with everything that is wrong with it
     */
    public static WorkspaceFile read(TemplateSource source) throws TemplateException {
        var problems = new Problems(NAME);
        var content = source.file(NAME)
                .orElseThrow(() ->
                        problems.single(new Place(0, 0), FieldPath.ROOT, "is missing; a template needs it at its top"));
        var document = YamlReader.read(content, problems);
        new SchemaCheck(document, problems).run();
        problems.throwIfAny();
        var reader = new VariableReader(document, problems);
        var variables = reader.read();
        var variableValues = reader.values(variables, source.variables());
        var parameters = new ParameterReader(document, problems).read();
        problems.throwIfAny();
        var presets = new PresetReader(document, problems).read(parameters);
        var references = References.of(variables, variableValues, parameters, Map.of(), "", "");
        new ReferenceCheck(document, references, problems).run();
        problems.throwIfAny();
        return new WorkspaceFile(document, variables, variableValues, parameters, presets);
    }

    public String name() {
        return document.root().path("name").asString("");
    }

    public String description() {
        return document.root().path("description").asString("");
    }

    public String icon() {
        return document.root().path("icon").asString("");
    }

    public List<TemplateVariable> variables() {
        return variables;
    }

    public List<TemplateParameter> parameters() {
        return parameters;
    }

    public List<TemplatePreset> presets() {
        return presets;
    }

    /**
     * Fills in the parameters. Values that are missing leave unchecked what depends on them.
     *
     * @throws TemplateException when a filled-in field makes no sense
     */
    public WorkspaceSpec resolve(Map<String, String> values, String workspaceName, String ownerName)
            throws TemplateException {
        var problems = new Problems(NAME);
        var references = References.of(variables, variableValues, parameters, values, workspaceName, ownerName);
        var spec = new SpecReader(new FilledDocument(document, references, problems), parameters, values).read();
        problems.throwIfAny();
        return spec;
    }
}
