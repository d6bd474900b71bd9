package dev.cloister.cli.account;

import dev.cloister.cli.terminal.Ages;
import dev.cloister.cli.terminal.Column;
import dev.cloister.contract.api.APIKeyWithOwner;
import java.time.Instant;
import java.util.stream.Collectors;

/** What a list of tokens can show. */
enum TokenColumn implements Column<APIKeyWithOwner> {
    ID,
    NAME,
    OWNER,
    SCOPES,
    ALLOW_LIST,
    LAST_USED,
    EXPIRES_AT,
    CREATED_AT;

    @Override
    public String cell(APIKeyWithOwner token, Instant now) {
        return switch (this) {
            case ID -> token.id();
            case NAME -> token.tokenName();
            case OWNER -> token.username();
            case SCOPES -> String.join(" ", token.scopes());
            case ALLOW_LIST ->
                token.allowList().stream()
                        .map(target -> target.type() + ":" + target.id())
                        .collect(Collectors.joining(" "));
            case LAST_USED -> Ages.since(token.lastUsed(), now);
            case EXPIRES_AT -> token.expiresAt().toString();
            case CREATED_AT -> token.createdAt().toString();
        };
    }

    @Override
    public String toString() {
        return Column.name(this);
    }
}
