import { Button, type MantineColorScheme, Menu, useMantineColorScheme } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { appearanceQuery, updateAppearance } from "@/api/account";
import { buildInfoQuery } from "@/api/session";
import { USUAL_FONT } from "@/modules/appearance";
import { notifyError } from "@/modules/notify";
import { signOut, useMe } from "@/modules/session";

const schemes: [MantineColorScheme, string][] = [
  ["light", "Light"],
  ["dark", "Dark"],
  ["auto", "As the system"],
];

export function UserMenu() {
  const me = useMe();
  const version = useQuery(buildInfoQuery).data?.version;
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const client = useQueryClient();
  const kept = useQuery(appearanceQuery).data;
  const choose = (scheme: MantineColorScheme) => {
    setColorScheme(scheme);
    // A server that keeps no appearance leaves it to this browser.
    if (kept === undefined) return;
    const next = { theme_preference: scheme, terminal_font: kept.terminal_font || USUAL_FONT };
    client.setQueryData(appearanceQuery.queryKey, next);
    void updateAppearance(next).catch(notifyError);
  };
  return (
    <Menu position="bottom-end" width={220}>
      <Menu.Target>
        <Button
          variant="subtle"
          color="gray"
          c="inherit"
          px="xs"
          rightSection={<span aria-hidden="true">▾</span>}
        >
          <span className="visually-hidden">Account: </span>
          {me.username}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{me.email}</Menu.Label>
        <Menu.Item component={Link} to="/settings/account">
          Account
        </Menu.Item>
        <Menu.Item component={Link} to="/settings/tokens">
          API tokens
        </Menu.Item>
        <Menu.Item component={Link} to="/cli-auth">
          Command-line sign-in
        </Menu.Item>
        {/* A page of the server, not of the dashboard. */}
        <Menu.Item component="a" href="/docs/api">
          API reference
        </Menu.Item>
        <Menu.Divider />
        <Menu.Label>Appearance</Menu.Label>
        {schemes.map(([scheme, text]) => (
          <Menu.Item
            key={scheme}
            onClick={() => choose(scheme)}
            rightSection={scheme === colorScheme ? "✓" : undefined}
            aria-current={scheme === colorScheme}
          >
            {text}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item onClick={() => void signOut().catch(notifyError)}>Sign out</Menu.Item>
        {version && <Menu.Label>Version {version}</Menu.Label>}
      </Menu.Dropdown>
    </Menu>
  );
}
