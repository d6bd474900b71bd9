package dev.cloister.server.platform.sql;

import java.sql.Types;
import java.util.UUID;
import org.jdbi.v3.core.argument.AbstractArgumentFactory;
import org.jdbi.v3.core.argument.Argument;
import org.jdbi.v3.core.config.ConfigRegistry;

/** {@link UUID} as {@code uuid}, its null included, which the driver would otherwise take for a text. */
final class UuidArgument extends AbstractArgumentFactory<UUID> {
    UuidArgument() {
        super(Types.OTHER);
    }

    @Override
    protected Argument build(UUID value, ConfigRegistry config) {
        return (position, statement, context) -> statement.setObject(position, value);
    }
}
