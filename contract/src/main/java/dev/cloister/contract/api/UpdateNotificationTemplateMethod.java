package dev.cloister.contract.api;

import com.fasterxml.jackson.annotation.JsonInclude;

/** How a kind of notification is to be sent; empty: as the deployment does. */
public record UpdateNotificationTemplateMethod(
        @JsonInclude(JsonInclude.Include.NON_EMPTY) String method) {}
