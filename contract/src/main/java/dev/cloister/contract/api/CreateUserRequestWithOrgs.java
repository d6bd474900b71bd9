package dev.cloister.contract.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A new user. Without organizations the user joins the default one. */
public record CreateUserRequestWithOrgs(
        @JsonInclude(JsonInclude.Include.NON_EMPTY) String email,
        String username,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) String name,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable SecretText password,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable LoginType loginType,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable UserStatus userStatus,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<UUID> organizationIds,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> roles,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean serviceAccount) {}
