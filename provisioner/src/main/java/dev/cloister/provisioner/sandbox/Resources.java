package dev.cloister.provisioner.sandbox;

import dev.cloister.provisioner.AgentPlan;
import dev.cloister.provisioner.AgentPlan.StartupBehavior;
import dev.cloister.provisioner.BuildException;
import dev.cloister.provisioner.PlannedResource;
import dev.cloister.provisioner.PlannedResource.ResourceDetail;
import dev.cloister.provisioner.workspacefile.WorkspaceSpec;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Says what a specification becomes, for the people who look at the workspace and for its agent. */
final class Resources {
    private static final long MEBIBYTE = 1L << 20;

    private final SandboxSettings settings;

    Resources(SandboxSettings settings) {
        this.settings = settings;
    }

    /** @throws BuildException when the template asks for more than the operator allows */
    Limits limits(WorkspaceSpec.Resources asked) throws BuildException {
        var defaults = settings.defaults();
        var maximum = settings.maximum();
        return new Limits(
                Math.toIntExact(
                        within("processors", asked.cpuMillis(), defaults.cpuMillis(), maximum.cpuMillis(), 1000)),
                within("MiB of memory", asked.memoryBytes(), defaults.memoryBytes(), maximum.memoryBytes(), MEBIBYTE),
                within("MiB of disk", asked.diskBytes(), defaults.diskBytes(), maximum.diskBytes(), MEBIBYTE),
                Math.toIntExact(within("processes", asked.processes(), defaults.processes(), maximum.processes(), 1)));
    }

    private static long within(String unit, @Nullable Number asked, long fallback, long maximum, long scale)
            throws BuildException {
        var value = asked == null ? Math.min(fallback, maximum) : asked.longValue();
        if (value > maximum) {
            throw new BuildException("The template asks for " + number(value, scale) + " " + unit + ", but this host "
                    + "allows at most " + number(maximum, scale)
                    + " for a workspace: choose less, or ask the operator.");
        }
        return value;
    }

    private static String number(long value, long scale) {
        var rounded = BigDecimal.valueOf(Math.round(1000.0 * value / scale), 3).stripTrailingZeros();
        return rounded.toPlainString();
    }

    PlannedResource running(
            WorkspaceSpec spec,
            Limits limits,
            Map<String, String> names,
            String shell,
            @Nullable String hostKey,
            List<String> warnings) {
        var agent = new AgentPlan(
                "main",
                "linux",
                Architecture.current().label(),
                spec.directory(),
                environment(spec, names, shell),
                spec.scripts(),
                spec.apps(),
                spec.metadata(),
                spec.scripts().stream().anyMatch(AgentPlan.Script::blocksLogin)
                        ? StartupBehavior.BLOCKING
                        : StartupBehavior.NON_BLOCKING,
                hostKey);
        return resource(spec.image(), limits, agent, warnings);
    }

    PlannedResource stopped(LaunchPlan plan) {
        return resource(plan.image(), plan.limits(), null, List.of());
    }

    private static PlannedResource resource(
            String image, Limits limits, @Nullable AgentPlan agent, List<String> warnings) {
        var details = new ArrayList<ResourceDetail>();
        details.add(new ResourceDetail("image", image));
        details.add(new ResourceDetail("processors", number(limits.cpuMillis(), 1000)));
        details.add(new ResourceDetail("memory", number(limits.memoryBytes(), MEBIBYTE) + " MiB"));
        details.add(new ResourceDetail("disk", number(limits.diskBytes(), MEBIBYTE) + " MiB"));
        details.add(new ResourceDetail("processes", Integer.toString(limits.processes())));
        return new PlannedResource(
                "workspace", "cloister_sandbox", "", agent == null ? List.of() : List.of(agent), details, warnings);
    }

    /** The template's own variables win over these. */
    private static Map<String, String> environment(WorkspaceSpec spec, Map<String, String> names, String shell) {
        var environment = new LinkedHashMap<String, String>();
        var proxy = "http://127.0.0.1:" + BootstrapFile.PROXY_PORT;
        for (var name : List.of("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY", "all_proxy", "ALL_PROXY")) {
            environment.put(name, proxy);
        }
        for (var name : List.of("no_proxy", "NO_PROXY")) {
            environment.put(name, "localhost,127.0.0.1,::1");
        }
        environment.put("SHELL", shell);
        environment.put("LANG", "C.UTF-8");
        environment.put("XDG_RUNTIME_DIR", "/run/user/1000");
        environment.putAll(names);
        environment.putAll(spec.environment());
        return environment;
    }
}
