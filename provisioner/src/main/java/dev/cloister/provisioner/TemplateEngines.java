package dev.cloister.provisioner;

import dev.cloister.provisioner.terraform.TerraformEngine;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Gives each template to the engine that it is written for: {@code *.tf} files to Terraform, others to the sandbox. */
public final class TemplateEngines implements Engine {
    private final Engine sandbox;
    private final Engine terraform;

    public TemplateEngines(Engine sandbox, Engine terraform) {
        this.sandbox = sandbox;
        this.terraform = terraform;
    }

    private Engine of(TemplateSource source) {
        return TerraformEngine.takes(source) ? terraform : sandbox;
    }

    @Override
    public TemplatePlan plan(TemplateSource source, Map<String, String> parameters) throws TemplateException {
        return of(source).plan(source, parameters);
    }

    @Override
    public TemplatePlan plan(
            TemplateSource source, Map<String, String> parameters, BuildLog log, Cancellation cancellation)
            throws TemplateException, InterruptedException {
        return of(source).plan(source, parameters, log, cancellation);
    }

    @Override
    public BuildOutcome build(BuildOrder order, BuildLog log, Cancellation cancellation)
            throws BuildException, InterruptedException {
        return of(order.source()).build(order, log, cancellation);
    }

    @Override
    public int dailyCost(BuildOrder order) throws BuildException {
        return of(order.source()).dailyCost(order);
    }

    @Override
    public HostReport inspect() {
        var here = sandbox.inspect();
        var there = terraform.inspect();
        return new HostReport(
                joined(here.enforced(), there.enforced()),
                joined(here.notEnforced(), there.notEnforced()),
                joined(here.problems(), there.problems()));
    }

    private static List<String> joined(List<String> first, List<String> second) {
        var all = new ArrayList<>(first);
        all.addAll(second);
        return all;
    }

    @Override
    public void reconcile(Collection<UUID> expectedRunning, Collection<UUID> underWay) {
        sandbox.reconcile(expectedRunning, underWay);
        terraform.reconcile(expectedRunning, underWay);
    }

    @Override
    public boolean running(UUID workspaceId) {
        return sandbox.running(workspaceId) || terraform.running(workspaceId);
    }

    @Override
    public void close() {
        terraform.close();
        sandbox.close();
    }
}
