package dev.cloister.server;

import dev.cloister.contract.Secret;
import dev.cloister.provisioner.sandbox.Limits;
import dev.cloister.provisioner.sandbox.SandboxSettings;
import dev.cloister.provisioner.sandbox.UidRange;
import dev.cloister.provisioner.terraform.AgentScripts;
import dev.cloister.provisioner.terraform.TerraformSettings;
import dev.cloister.server.access.DeploymentRules;
import dev.cloister.server.identity.FirstSetup;
import dev.cloister.server.identity.Identity;
import dev.cloister.server.platform.config.ServerSettings;
import dev.cloister.server.secret.MasterKeys;
import dev.cloister.server.workspace.schedule.QuietHoursService;
import dev.cloister.server.workspace.schedule.WeeklySchedule;
import java.io.IOException;
import java.time.Duration;

/** What each part gets of the settings. */
final class PartSettings {
    /** The last of the range that belongs to workspaces. */
    private static final int TERRAFORM_UIDS = 10_000;

    /** As long as a build may take. */
    private static final Duration TERRAFORM_TIME = Duration.ofMinutes(30);

    private PartSettings() {}

    static Identity.Settings identity(
            ServerSettings settings, Secret setupToken, FirstSetup.AfterSetup afterSetup, DeploymentRules rules) {
        var sessions = settings.sessions();
        return new Identity.Settings(
                sessions.unused(),
                sessions.longest(),
                sessions.longestToken(),
                sessions.longestOwnerToken(),
                sessions.usualToken(),
                sessions.dormantAfterDays(),
                settings.limits().loginsPerMinute(),
                sessions.secureCookies(),
                setupToken,
                !settings.listening().isLoopbackOnly(),
                afterSetup,
                rules);
    }

    static SandboxSettings sandbox(ServerSettings settings, Installation installation, Addresses addresses)
            throws IOException {
        var usual = SandboxSettings.of(
                DataDirectory.prepare(settings.dataDirectory()).resolve("sandbox"),
                installation.agentImage(),
                addresses.agentUrl());
        return new SandboxSettings(
                usual.dataDirectory(),
                usual.agentImage(),
                settings.sandbox().images().orElse(settings.dataDirectory().resolve("images")),
                new UidRange(settings.sandbox().firstUid(), usual.uids().count()),
                limits(settings.sandbox().defaults()),
                limits(settings.sandbox().maximum()),
                usual.serverUrl(),
                settings.sandbox().privateNetworks(),
                settings.sandbox().stopGrace());
    }

    static TerraformSettings terraform(ServerSettings settings, Addresses addresses) throws IOException {
        var sandbox = settings.sandbox();
        return new TerraformSettings(
                DataDirectory.prepare(settings.dataDirectory()).resolve("terraform"),
                settings.terraform().program(),
                settings.terraform().account(),
                // After those of sandboxes.
                sandbox.firstUid() + 100_000_000 - TERRAFORM_UIDS,
                settings.terraform().environment(),
                TERRAFORM_TIME,
                settings.terraform().maxDisk(),
                addresses::accessUrl,
                AgentScripts.of(AgentScripts.architecture()));
    }

    static QuietHoursService.Settings quietHours(ServerSettings.QuietHours settings) {
        return new QuietHoursService.Settings(
                WeeklySchedule.daily("quiet-hours-default-schedule", settings.usual()), settings.userCanSet());
    }

    static MasterKeys masterKeys(ServerSettings settings) throws IOException {
        var given = settings.masterKey();
        return given.text().isPresent()
                ? MasterKeys.of(given.text().get())
                : MasterKeys.in(given.file()
                        .orElse(DataDirectory.prepare(settings.dataDirectory()).resolve("master.key")));
    }

    private static Limits limits(ServerSettings.SandboxLimits limits) {
        return new Limits(limits.cpuMillis(), limits.memoryBytes(), limits.diskBytes(), limits.processes());
    }
}
