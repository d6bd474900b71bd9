package dev.cloister.server.connection.agent;

import com.google.protobuf.Duration;
import com.google.protobuf.Empty;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import com.google.protobuf.Parser;
import dev.cloister.contract.agent.AgentRpc;
import dev.cloister.contract.agent.BatchCreateLogsRequest;
import dev.cloister.contract.agent.BatchUpdateAppHealthRequest;
import dev.cloister.contract.agent.BatchUpdateAppHealthResponse;
import dev.cloister.contract.agent.BatchUpdateMetadataRequest;
import dev.cloister.contract.agent.BatchUpdateMetadataResponse;
import dev.cloister.contract.agent.GetAnnouncementBannersRequest;
import dev.cloister.contract.agent.GetAnnouncementBannersResponse;
import dev.cloister.contract.agent.GetManifestRequest;
import dev.cloister.contract.agent.GetResourcesMonitoringConfigurationRequest;
import dev.cloister.contract.agent.GetResourcesMonitoringConfigurationResponse;
import dev.cloister.contract.agent.GetServiceBannerRequest;
import dev.cloister.contract.agent.ReportConnectionRequest;
import dev.cloister.contract.agent.ServiceBanner;
import dev.cloister.contract.agent.UpdateLifecycleRequest;
import dev.cloister.contract.agent.UpdateStartupRequest;
import dev.cloister.contract.agent.UpdateStatsRequest;
import dev.cloister.contract.agent.UpdateStatsResponse;
import dev.cloister.contract.agent.WorkspaceAgentScriptCompletedRequest;
import dev.cloister.contract.agent.WorkspaceAgentScriptCompletedResponse;
import dev.cloister.server.platform.Failure;
import dev.cloister.tunnel.drpc.DrpcException;
import dev.cloister.tunnel.drpc.DrpcMethod;
import dev.cloister.tunnel.drpc.DrpcServer;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** The calls that an agent can make. All others are answered as unimplemented, which agents expect of older servers. */
public final class AgentCalls {
    private static final int MAX_REQUEST = 2 << 20;
    private static final UpdateStatsResponse STATS_INTERVAL = UpdateStatsResponse.newBuilder()
            .setReportInterval(Duration.newBuilder().setSeconds(30))
            .build();

    private final Manifests manifests;
    private final AgentReports reports;
    private final MetadataBuffer metadata;
    private final List<AgentCall<?>> others;

    /** @param others what other features answer */
    public AgentCalls(Manifests manifests, AgentReports reports, MetadataBuffer metadata, List<AgentCall<?>> others) {
        this.manifests = manifests;
        this.reports = reports;
        this.metadata = metadata;
        this.others = List.copyOf(others);
    }

    /** Answers the calls of one connection. */
    DrpcServer server(AgentGrant grant) {
        var methods = new HashMap<>(own(grant));
        others.forEach(call -> methods.put(call.method(), other(grant, call)));
        return new DrpcServer(methods);
    }

    private static <Q extends MessageLite> DrpcMethod other(AgentGrant grant, AgentCall<Q> call) {
        return bytes -> answer(call.parser(), request -> call.answer(grant, request), bytes);
    }

    private Map<String, DrpcMethod> own(AgentGrant grant) {
        Set<String> keys = manifests.metadataKeys(grant);
        return Map.ofEntries(
                method(AgentRpc.GET_MANIFEST, GetManifestRequest.parser(), ignored -> manifests.manifest(grant)),
                method(
                        AgentRpc.UPDATE_STARTUP,
                        UpdateStartupRequest.parser(),
                        call -> reports.startup(grant, call.getStartup())),
                method(
                        AgentRpc.UPDATE_LIFECYCLE,
                        UpdateLifecycleRequest.parser(),
                        call -> reports.lifecycle(grant, call.getLifecycle())),
                method(AgentRpc.BATCH_CREATE_LOGS, BatchCreateLogsRequest.parser(), call -> reports.logs(grant, call)),
                method(AgentRpc.BATCH_UPDATE_METADATA, BatchUpdateMetadataRequest.parser(), call -> {
                    metadata.add(grant, keys, call);
                    return BatchUpdateMetadataResponse.getDefaultInstance();
                }),
                method(AgentRpc.BATCH_UPDATE_APP_HEALTHS, BatchUpdateAppHealthRequest.parser(), call -> {
                    reports.appHealth(grant, call);
                    return BatchUpdateAppHealthResponse.getDefaultInstance();
                }),
                method(AgentRpc.UPDATE_STATS, UpdateStatsRequest.parser(), call -> {
                    reports.stats(grant, call.getStats());
                    return STATS_INTERVAL;
                }),
                method(AgentRpc.SCRIPT_COMPLETED, WorkspaceAgentScriptCompletedRequest.parser(), call -> {
                    reports.scriptCompleted(grant, call.getTiming());
                    return WorkspaceAgentScriptCompletedResponse.getDefaultInstance();
                }),
                // The server carries every connection and knows its user: what the agent says adds nothing to the log.
                method(
                        AgentRpc.REPORT_CONNECTION,
                        ReportConnectionRequest.parser(),
                        ignored -> Empty.getDefaultInstance()),
                method(
                        AgentRpc.GET_SERVICE_BANNER,
                        GetServiceBannerRequest.parser(),
                        ignored -> ServiceBanner.getDefaultInstance()),
                method(
                        AgentRpc.GET_ANNOUNCEMENT_BANNERS,
                        GetAnnouncementBannersRequest.parser(),
                        ignored -> GetAnnouncementBannersResponse.getDefaultInstance()),
                method(
                        AgentRpc.GET_RESOURCES_MONITORING_CONFIGURATION,
                        GetResourcesMonitoringConfigurationRequest.parser(),
                        ignored -> GetResourcesMonitoringConfigurationResponse.getDefaultInstance()));
    }

    private static <Q extends MessageLite> Map.Entry<String, DrpcMethod> method(
            String name, Parser<Q> parser, Function<Q, MessageLite> handler) {
        return Map.entry(name, bytes -> answer(parser, handler, bytes));
    }

    private static <Q extends MessageLite> byte[] answer(
            Parser<Q> parser, Function<Q, MessageLite> handler, byte[] bytes) throws IOException {
        if (bytes.length > MAX_REQUEST) {
            throw new DrpcException(0, "the request is larger than " + MAX_REQUEST + " bytes");
        }
        try {
            return handler.apply(parser.parseFrom(bytes)).toByteArray();
        } catch (InvalidProtocolBufferException e) {
            throw new DrpcException(0, "the request is no message of its type");
        } catch (IllegalArgumentException e) {
            throw new DrpcException(0, "the request is not valid: " + e.getMessage());
        } catch (Failure e) {
            throw new DrpcException(0, String.valueOf(e.getMessage()));
        }
    }
}
