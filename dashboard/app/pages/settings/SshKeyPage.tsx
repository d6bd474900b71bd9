import { Group, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { regenerateSshKey, sshKeyQuery } from "@/api/account";
import { ActionButton } from "@/ui/ActionButton";
import { CopyLine } from "@/ui/CopyLine";
import { Page, Section } from "@/ui/Page";
import { QueryView } from "@/ui/QueryView";
import { Time } from "@/ui/Time";

export function SshKeyPage() {
  const key = useQuery(sshKeyQuery);
  return (
    <Page title="SSH key" narrow>
      <Section title="Public key">
        <QueryView query={key}>
          {({ public_key, updated_at }) => (
            <Stack>
              <Text size="sm">
                Your workspaces use its private half for git. Give this public half to your git server, and
                they can clone and push in your name.
              </Text>
              <CopyLine text={public_key.trim()} label="the public key" wrap />
              <Group justify="space-between">
                <Text size="sm" c="dimmed">
                  Made <Time value={updated_at} />
                </Text>
                <ActionButton
                  deed="Make a new key"
                  title="Make a new key?"
                  danger
                  run={regenerateSshKey}
                  done="There is a new key. Give its public half to your git servers."
                  refresh={[["ssh-key"]]}
                >
                  The old one ends at once: whatever knows its public half refuses you until it knows the new
                  one.
                </ActionButton>
              </Group>
            </Stack>
          )}
        </QueryView>
      </Section>
    </Page>
  );
}
