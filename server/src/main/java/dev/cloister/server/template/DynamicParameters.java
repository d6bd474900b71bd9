package dev.cloister.server.template;

import dev.cloister.contract.api.DiagnosticExtra;
import dev.cloister.contract.api.DiagnosticSeverity;
import dev.cloister.contract.api.DynamicParametersRequest;
import dev.cloister.contract.api.DynamicParametersResponse;
import dev.cloister.contract.api.FriendlyDiagnostic;
import dev.cloister.provisioner.TemplateParameter;
import dev.cloister.server.access.Action;
import dev.cloister.server.access.Authorizer;
import dev.cloister.server.access.Caller;
import dev.cloister.server.access.ResourceType;
import dev.cloister.server.audit.Transactions;
import dev.cloister.server.platform.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a form for a version's parameters shows while it is filled in: the parameters with the answers so far and what is
 * wrong with each. The parameters of a {@code workspace.yaml} do not depend on one another or on who asks, so that all
 * there is to work out is whether the answers will do.
 */
final class DynamicParameters {
    private static final int MAX_INPUTS = 500;
    private static final int MAX_UNKNOWN = 20;

    private final Transactions transactions;
    private final Authorizer authorizer;
    private final TemplateVersionRepository versions;

    DynamicParameters(Transactions transactions, Authorizer authorizer, TemplateVersionRepository versions) {
        this.transactions = transactions;
        this.authorizer = authorizer;
        this.versions = versions;
    }

    /**
     * The parameters with answers.
     *
     * @throws Failure.Forbidden for an owner for whom the caller may not create workspaces
     */
    DynamicParametersResponse evaluate(Caller.User caller, TemplateVersionId id, DynamicParametersRequest request) {
        List<TemplateParameter> parameters = parameters(caller, id, request.ownerId());
        if (request.inputs().size() > MAX_INPUTS) {
            throw new Failure.Invalid("Validation failed.", "inputs", "Must have at most " + MAX_INPUTS + " entries.");
        }
        return new DynamicParametersResponse(
                request.id(),
                unknown(parameters, request.inputs()),
                parameters.stream()
                        .map(parameter ->
                                PreviewParameters.of(parameter, request.inputs().get(parameter.name())))
                        .toList());
    }

    private List<TemplateParameter> parameters(Caller.User caller, TemplateVersionId id, @Nullable UUID owner) {
        return transactions.read(tx -> {
            var permit = authorizer.require(tx, caller, Action.READ, id);
            TemplateVersion version = versions.get(tx, permit);
            if (owner != null && !owner.equals(caller.subject().id())) {
                // Otherwise it could be asked whether a person of that id exists.
                authorizer.requireCreate(caller, ResourceType.WORKSPACE, version.organizationId(), owner);
            }
            if (!version.imported()) {
                throw new Failure.PreconditionFailed("The import of this template version has not succeeded.");
            }
            return versions.parameters(tx, permit);
        });
    }

    private static List<FriendlyDiagnostic> unknown(List<TemplateParameter> parameters, Map<String, String> inputs) {
        Set<String> known = parameters.stream().map(TemplateParameter::name).collect(Collectors.toSet());
        var remarks = new ArrayList<FriendlyDiagnostic>();
        inputs.keySet().stream()
                .filter(name -> !known.contains(name))
                .sorted()
                .limit(MAX_UNKNOWN)
                .forEach(name -> remarks.add(new FriendlyDiagnostic(
                        DiagnosticSeverity.WARNING,
                        "The template has no such parameter.",
                        name.length() <= 64 ? name : name.substring(0, 64) + "…",
                        new DiagnosticExtra("unknown"))));
        return remarks;
    }
}
