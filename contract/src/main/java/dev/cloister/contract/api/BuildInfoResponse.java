package dev.cloister.contract.api;

import com.fasterxml.jackson.annotation.JsonInclude;

/** What a deployment says of itself to anybody: version, where it is reached, which agent protocol it speaks. */
public record BuildInfoResponse(
        String externalUrl,
        String version,
        String dashboardUrl,
        boolean telemetry,
        boolean workspaceProxy,
        String agentApiVersion,
        String provisionerApiVersion,
        String upgradeMessage,
        String deploymentId,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) String webpushPublicKey) {}
