package dev.cloister.server.template;

import dev.cloister.contract.api.ApiError;
import dev.cloister.contract.api.CreateTemplateVersionDryRunRequest;
import dev.cloister.contract.api.MatchedProvisioners;
import dev.cloister.contract.api.ProvisionerJob;
import dev.cloister.contract.api.ProvisionerJobLog;
import dev.cloister.contract.api.WorkspaceResource;
import dev.cloister.server.access.Action;
import dev.cloister.server.access.ResourceType;
import dev.cloister.server.build.JobId;
import dev.cloister.server.build.JobLogRoutes;
import dev.cloister.server.platform.http.Access;
import dev.cloister.server.platform.http.Pushes;
import dev.cloister.server.platform.http.Request;
import dev.cloister.server.platform.http.Response;
import dev.cloister.server.platform.http.Routes;

/** Dry runs over HTTP. */
final class DryRunRoutes {
    private static final Access READ = Access.to(Action.READ, ResourceType.TEMPLATE);
    private static final String GROUP = "Templates";
    private static final String ALL = "/api/v2/templateversions/{templateversion}/dry-run";
    private static final String ONE = ALL + "/{jobID}";

    private final DryRunService service;
    private final Pushes pushes;

    DryRunRoutes(DryRunService service, Pushes pushes) {
        this.service = service;
        this.pushes = pushes;
    }

    void register(Routes routes) {
        routes.post(ALL, READ, this::create)
                .named(GROUP, "Try what a version would make")
                .takes(CreateTemplateVersionDryRunRequest.class)
                .answers(201, ProvisionerJob.class);
        routes.get(ONE, READ, request -> Response.ok(service.get(request.caller(), version(request), job(request))))
                .named(GROUP, "Get the job of a dry run")
                .answers(200, ProvisionerJob.class);
        routes.get(
                        ONE + "/resources",
                        READ,
                        request -> Response.ok(service.resources(request.caller(), version(request), job(request))))
                .named(GROUP, "List what a dry run found would be made")
                .answersList(200, WorkspaceResource.class);
        routes.get(
                        ONE + "/matched-provisioners",
                        READ,
                        request -> Response.ok(service.matched(request.caller(), version(request), job(request))))
                .named(GROUP, "Count the provisioners that could do a dry run")
                .answers(200, MatchedProvisioners.class);
        routes.patch(ONE + "/cancel", READ, this::cancel)
                .named(GROUP, "Stop a dry run")
                .answers(200, ApiError.class);
        JobLogRoutes.described(routes.get(ONE + "/logs", READ, this::log)
                .named(GROUP, "Read the log of a dry run")
                .answersList(200, ProvisionerJobLog.class));
        JobLogRoutes.described(routes.socket(
                        ONE + "/logs",
                        READ,
                        request -> pushes.socket(
                                request,
                                service.follow(
                                        request.caller(), version(request), job(request), JobLogRoutes.after(request))))
                .named(GROUP, "Follow the log of a dry run")
                .answers(101));
    }

    private static TemplateVersionId version(Request request) {
        return new TemplateVersionId(request.id("templateversion"));
    }

    private static JobId job(Request request) {
        return new JobId(request.id("jobID"));
    }

    private Response create(Request request) {
        return Response.json(
                201,
                service.create(
                        request.user(), version(request), request.body(CreateTemplateVersionDryRunRequest.class)));
    }

    private Response cancel(Request request) {
        service.cancel(request.caller(), version(request), job(request));
        return Response.ok(ApiError.of("The dry run has been told to stop."));
    }

    private Response log(Request request) {
        JobLogRoutes.requireWhole(request);
        return JobLogRoutes.answer(
                request,
                service.log(
                        request.caller(),
                        version(request),
                        job(request),
                        JobLogRoutes.after(request),
                        JobLogRoutes.before(request)));
    }
}
