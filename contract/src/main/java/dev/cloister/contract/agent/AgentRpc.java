package dev.cloister.contract.agent;

/** Names of the calls an agent makes, as they travel in dRPC. All are unary. */
public final class AgentRpc {
    /** Version of the protocol spoken here, sent as the {@code version} query parameter. */
    public static final String VERSION = "2.10";

    private static final String SERVICE = "/coder.agent.v2.Agent/";

    public static final String GET_MANIFEST = SERVICE + "GetManifest";
    public static final String GET_SERVICE_BANNER = SERVICE + "GetServiceBanner";
    public static final String UPDATE_STATS = SERVICE + "UpdateStats";
    public static final String UPDATE_LIFECYCLE = SERVICE + "UpdateLifecycle";
    public static final String BATCH_UPDATE_APP_HEALTHS = SERVICE + "BatchUpdateAppHealths";
    public static final String UPDATE_STARTUP = SERVICE + "UpdateStartup";
    public static final String BATCH_UPDATE_METADATA = SERVICE + "BatchUpdateMetadata";
    public static final String BATCH_CREATE_LOGS = SERVICE + "BatchCreateLogs";
    public static final String GET_ANNOUNCEMENT_BANNERS = SERVICE + "GetAnnouncementBanners";
    public static final String SCRIPT_COMPLETED = SERVICE + "ScriptCompleted";
    public static final String GET_RESOURCES_MONITORING_CONFIGURATION = SERVICE + "GetResourcesMonitoringConfiguration";
    public static final String PUSH_RESOURCES_MONITORING_USAGE = SERVICE + "PushResourcesMonitoringUsage";
    public static final String REPORT_CONNECTION = SERVICE + "ReportConnection";
    public static final String CREATE_SUB_AGENT = SERVICE + "CreateSubAgent";
    public static final String DELETE_SUB_AGENT = SERVICE + "DeleteSubAgent";
    public static final String LIST_SUB_AGENTS = SERVICE + "ListSubAgents";
    public static final String REPORT_BOUNDARY_LOGS = SERVICE + "ReportBoundaryLogs";
    public static final String UPDATE_APP_STATUS = SERVICE + "UpdateAppStatus";
    public static final String PUSH_CONTEXT_STATE = SERVICE + "PushContextState";

    private static final String GIT = "/cloister.agent.v1.Git/";

    public static final String GET_GIT_KEY = GIT + "GetGitKey";
    public static final String SIGN_FOR_GIT = GIT + "SignForGit";
    public static final String GET_PROVIDER_TOKEN = GIT + "GetProviderToken";

    private AgentRpc() {}
}
