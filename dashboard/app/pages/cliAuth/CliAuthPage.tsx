import { Button, Group, Stack, Text } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { createSessionKey } from "@/api/users";
import { useMe } from "@/modules/session";
import { CopyLine } from "@/ui/CopyLine";
import { FormError } from "@/ui/FormError";
import { Page, Section } from "@/ui/Page";

/** Gives the command line a session. Only on a press of the button, so that no link can make one. */
export function CliAuthPage() {
  const me = useMe();
  const create = useMutation({ mutationFn: createSessionKey, gcTime: 0 });
  return (
    <Page title="Command-line sign-in" narrow>
      <Section title="Session token">
        <Stack>
          <Text size="sm">
            <code>cloister login {window.location.origin}</code> asks for a session token. Whoever has it acts
            as <strong>{me.username}</strong> on this server: paste it only into your own terminal.
          </Text>
          <FormError error={create.error} />
          {create.data ? (
            <>
              <CopyLine text={create.data.key} label="the session token" wrap />
              <Text size="sm" c="dimmed" role="status">
                It is shown this once. You can close this page when the command line has accepted it.
              </Text>
            </>
          ) : (
            <Group>
              <Button onClick={() => create.mutate()} loading={create.isPending}>
                Show a session token
              </Button>
            </Group>
          )}
        </Stack>
      </Section>
    </Page>
  );
}
