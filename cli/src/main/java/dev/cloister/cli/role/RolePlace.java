package dev.cloister.cli.role;

import dev.cloister.cli.session.CliContext;
import dev.cloister.cli.session.CommandException;
import dev.cloister.cli.session.OrganizationOption;
import dev.cloister.contract.client.ApiClient;
import dev.cloister.contract.client.RoleCalls;
import java.io.IOException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Where roles live, with the options that say so. */
sealed interface RolePlace {
    RoleCalls in(CliContext context, ApiClient client) throws IOException, CommandException;

    @Command
    final class Site implements RolePlace {
        @Override
        public RoleCalls in(CliContext context, ApiClient client) {
            return client.roles();
        }
    }

    @Command
    final class InOrganization implements RolePlace {
        @Mixin
        private OrganizationOption organization = new OrganizationOption();

        @Override
        public RoleCalls in(CliContext context, ApiClient client) throws IOException, CommandException {
            return client.organizationCalls()
                    .roles(organization.find(context, client).id());
        }
    }
}
