import { SideLayout, SideLink } from "@/ui/SideLayout";

export function SettingsLayout() {
  return (
    <SideLayout label="Settings">
      <SideLink to="/settings/account">Account</SideLink>
      <SideLink to="/settings/appearance">Appearance</SideLink>
      <SideLink to="/settings/tokens">API tokens</SideLink>
      <SideLink to="/settings/ssh-key">SSH key</SideLink>
      <SideLink to="/settings/secrets">Secrets</SideLink>
      <SideLink to="/settings/schedule">Quiet hours</SideLink>
      <SideLink to="/settings/notifications">Notifications</SideLink>
      <SideLink to="/settings/external-auth">Linked accounts</SideLink>
      <SideLink to="/settings/rights">My rights</SideLink>
    </SideLayout>
  );
}
