package dev.cloister.contract.api;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What an audit entry is about. */
public enum ResourceType {
    @JsonProperty("template")
    TEMPLATE,

    @JsonProperty("template_version")
    TEMPLATE_VERSION,

    @JsonProperty("user")
    USER,

    @JsonProperty("workspace")
    WORKSPACE,

    @JsonProperty("workspace_build")
    WORKSPACE_BUILD,

    @JsonProperty("git_ssh_key")
    GIT_SSH_KEY,

    @JsonProperty("api_key")
    API_KEY,

    @JsonProperty("group")
    GROUP,

    @JsonProperty("license")
    LICENSE,

    @JsonProperty("convert_login")
    CONVERT_LOGIN,

    @JsonProperty("health_settings")
    HEALTH_SETTINGS,

    @JsonProperty("notifications_settings")
    NOTIFICATIONS_SETTINGS,

    @JsonProperty("prebuilds_settings")
    PREBUILDS_SETTINGS,

    @JsonProperty("workspace_proxy")
    WORKSPACE_PROXY,

    @JsonProperty("organization")
    ORGANIZATION,

    @JsonProperty("oauth2_provider_app")
    OAUTH2_PROVIDER_APP,

    @JsonProperty("oauth2_provider_app_secret")
    OAUTH2_PROVIDER_APP_SECRET,

    @JsonProperty("custom_role")
    CUSTOM_ROLE,

    @JsonProperty("organization_member")
    ORGANIZATION_MEMBER,

    @JsonProperty("notification_template")
    NOTIFICATION_TEMPLATE,

    @JsonProperty("idp_sync_settings_organization")
    IDP_SYNC_SETTINGS_ORGANIZATION,

    @JsonProperty("idp_sync_settings_group")
    IDP_SYNC_SETTINGS_GROUP,

    @JsonProperty("idp_sync_settings_role")
    IDP_SYNC_SETTINGS_ROLE,

    @JsonProperty("workspace_agent")
    WORKSPACE_AGENT,

    @JsonProperty("workspace_app")
    WORKSPACE_APP,

    @JsonProperty("task")
    TASK,

    @JsonProperty("ai_seat")
    AI_SEAT,

    @JsonProperty("ai_provider")
    AI_PROVIDER,

    @JsonProperty("ai_provider_key")
    AI_PROVIDER_KEY,

    @JsonProperty("ai_gateway_key")
    AI_GATEWAY_KEY,

    @JsonProperty("group_ai_budget")
    GROUP_AI_BUDGET,

    @JsonProperty("user_ai_budget_override")
    USER_AI_BUDGET_OVERRIDE,

    @JsonProperty("chat")
    CHAT,

    @JsonProperty("user_secret")
    USER_SECRET,

    @JsonProperty("user_skill")
    USER_SKILL,

    /** Ours: what the dashboard is called and announces. */
    @JsonProperty("appearance")
    APPEARANCE,

    /** Ours: the logs themselves. */
    @JsonProperty("audit_log")
    AUDIT_LOG,

    /** Ours: where copies of the audit log are sent. */
    @JsonProperty("audit_sink")
    AUDIT_SINK
}
