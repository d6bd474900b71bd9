package dev.cloister.provisioner.terraform.provider;

import dev.cloister.provisioner.terraform.provider.Value.Fields;
import dev.cloister.provisioner.terraform.provider.WireMessage.Received;
import dev.cloister.provisioner.terraform.provider.WireMessage.Sent;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What Terraform asks a provider, for one run. The numbers are those of the fields in the protocol's messages. Answers
 * to plans and changes say that this provider follows the looser rules of older ones: templates count on defaults of
 * arguments that they leave out.
 */
final class ProviderCalls {
    private final ProviderSchema schema = ProviderSchema.published();
    private final Consumer<String> issued;
    private final BuildFacts given;
    private volatile BuildFacts facts;

    ProviderCalls(BuildFacts facts, Consumer<String> issued) {
        this.issued = issued;
        this.given = facts;
        this.facts = facts;
    }

    Sent schema(Received request) {
        return SchemaMessages.all(schema);
    }

    Sent validateProvider(Received request) throws IOException {
        var findings = new Findings();
        if (request.value(1) instanceof Fields config) {
            new SchemaRules(findings).check(schema.provider(), schema.provider().fitted(config));
        }
        return answer(2, findings);
    }

    /** A template may name another address of the server than the server itself would. */
    Sent configure(Received request) throws IOException {
        var findings = new Findings();
        if (request.value(2) instanceof Fields config) {
            var url = config.text("url");
            if (url.isPresent()) {
                try {
                    facts = given.reachedAt(URI.create(url.get()));
                } catch (IllegalArgumentException e) {
                    findings.error(List.of("url"), "\"url\" must be a URL");
                }
            }
        }
        return answer(1, findings);
    }

    Sent validateResource(Received request) throws IOException {
        return validate(schema.resource(request.text(1)), request);
    }

    Sent validateDataSource(Received request) throws IOException {
        return validate(schema.dataSource(request.text(1)), request);
    }

    private static Sent validate(Optional<ProviderSchema.Type> found, Received request) throws IOException {
        var findings = new Findings();
        ProviderSchema.Type type = known(found, request);
        if (request.value(2) instanceof Fields config) {
            Fields fitted = type.block().fitted(config);
            new SchemaRules(findings).check(type.block(), fitted);
            ResourceRules.check(type.name(), fitted, findings);
        }
        return answer(1, findings);
    }

    /** Any state that this provider or the published one has ever written is read as it is now understood. */
    Sent upgrade(Received request) throws IOException {
        ProviderSchema.Type type = known(schema.resource(request.text(1)), request);
        Value raw = JsonValues.read(Received.read(request.bytes(3)).bytes(1));
        return new Sent().value(1, raw instanceof Fields state ? type.block().fitted(state) : Value.NULL);
    }

    Sent read(Received request) throws IOException {
        ProviderSchema.Type type = known(schema.resource(request.text(1)), request);
        Value state = request.value(2);
        if (state instanceof Fields fields) {
            Fields fitted = type.block().fitted(fields);
            state = type.name().equals("coder_agent") ? told(Creation.agent(fitted, facts)) : fitted;
        }
        return new Sent().value(1, state).bytes(3, request.bytes(3));
    }

    Sent plan(Received request) throws IOException {
        ProviderSchema.Type type = known(schema.resource(request.text(1)), request);
        var answer = new Sent().bytes(3, request.bytes(5)).flag(5, true);
        if (!(request.value(3) instanceof Fields) || !(request.value(4) instanceof Fields config)) {
            return answer.value(1, Value.NULL);
        }
        var findings = new Findings();
        Fields fitted = type.block().fitted(config);
        ResourceRules.check(type.name(), fitted, findings);
        if (request.value(2) instanceof Fields prior) {
            var planned = Planning.update(type, fitted, type.block().fitted(prior));
            answer.value(1, planned.state());
            planned.replaces().forEach(name -> answer.message(2, FindingMessages.path(List.of(name))));
        } else {
            answer.value(1, Planning.create(type, fitted));
        }
        FindingMessages.add(answer, 4, onlyErrors(findings));
        return answer;
    }

    Sent apply(Received request) throws IOException {
        ProviderSchema.Type type = known(schema.resource(request.text(1)), request);
        var answer = new Sent().bytes(2, request.bytes(5)).flag(4, true);
        if (!(request.value(3) instanceof Fields planned)) {
            return answer.value(1, Value.NULL);
        }
        var findings = new Findings();
        Value prior = request.value(2);
        if (request.value(4) instanceof Fields config) {
            // What was unknown when it was planned is known now, so that rules may fail only here.
            Fields fitted = type.block().fitted(config);
            new SchemaRules(findings).check(type.block(), fitted);
            ResourceRules.check(type.name(), fitted, findings);
        }
        if (findings.hasErrors()) {
            answer.value(1, prior);
        } else {
            Fields state = type.block().fitted(planned);
            answer.value(1, prior instanceof Fields ? state : told(Creation.create(type, state, facts)));
        }
        FindingMessages.add(answer, 3, onlyErrors(findings));
        return answer;
    }

    private Fields told(Fields state) {
        state.text("token").ifPresent(issued);
        return state;
    }

    /** Warnings are told when the template is checked. */
    private static Findings onlyErrors(Findings findings) {
        return findings.hasErrors() ? findings : new Findings();
    }

    Sent readDataSource(Received request) throws IOException {
        ProviderSchema.Type type = known(schema.dataSource(request.text(1)), request);
        var findings = new Findings();
        if (!(request.value(2) instanceof Fields config)) {
            return new Sent().value(1, Value.NULL);
        }
        Fields fitted = type.block().fitted(config);
        new SchemaRules(findings).check(type.block(), fitted);
        if (findings.hasErrors()) {
            return answer(2, findings);
        }
        Fields filled = Planning.create(type, fitted);
        Fields state = new DataSources(facts).read(type.name(), filled, findings);
        var answer = new Sent();
        if (!findings.hasErrors()) {
            answer.value(1, state);
        }
        FindingMessages.add(answer, 2, onlyErrors(findings));
        return answer;
    }

    Sent stop(Received request) {
        // Nothing that is asked here takes long enough to be broken off.
        return new Sent();
    }

    private static Sent answer(int field, Findings findings) {
        var answer = new Sent();
        FindingMessages.add(answer, field, findings);
        return answer;
    }

    private static ProviderSchema.Type known(Optional<ProviderSchema.Type> type, Received request) throws IOException {
        return type.orElseThrow(() -> new IOException("there is no type " + request.text(1)));
    }
}
