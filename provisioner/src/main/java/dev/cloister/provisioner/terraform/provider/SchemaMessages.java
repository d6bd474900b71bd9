package dev.cloister.provisioner.terraform.provider;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cloister.provisioner.terraform.provider.WireMessage.Sent;

/** Schemas as Terraform asks for them; the numbers of the fields are those of {@code Schema} in the protocol. */
final class SchemaMessages {
    private static final int LIST = 2;
    private static final int SET = 3;

    private SchemaMessages() {}

    /** The answer to {@code GetProviderSchema}. */
    static Sent all(ProviderSchema schema) {
        var answer = new Sent();
        answer.message(1, schema(0, schema.provider()));
        schema.resources().values().forEach(type -> answer.message(2, entry(type)));
        schema.dataSources().values().forEach(type -> answer.message(3, entry(type)));
        return answer;
    }

    private static Sent entry(ProviderSchema.Type type) {
        return new Sent().text(1, type.name()).message(2, schema(type.version(), type.block()));
    }

    private static Sent schema(int version, BlockSchema block) {
        return new Sent().number(1, version).message(2, block(block));
    }

    private static Sent block(BlockSchema block) {
        var message = new Sent();
        block.attributes().values().forEach(attribute -> message.message(2, attribute(attribute)));
        block.blocks().values().forEach(nested -> message.message(3, nested(nested)));
        return message;
    }

    private static Sent attribute(AttributeSchema attribute) {
        return new Sent()
                .text(1, attribute.name())
                .bytes(2, attribute.type().toString().getBytes(UTF_8))
                .flag(4, attribute.required())
                .flag(5, attribute.optional())
                .flag(6, attribute.computed())
                .flag(7, attribute.sensitive())
                .flag(9, !attribute.deprecation().isEmpty());
    }

    private static Sent nested(BlockSchema.Nested nested) {
        return new Sent()
                .text(1, nested.name())
                .message(2, block(nested.content()))
                .number(3, nested.set() ? SET : LIST)
                .number(4, nested.minimum())
                .number(5, nested.maximum());
    }
}
