import { Stack } from "@mantine/core";
import { Page } from "@/ui/Page";
import { PasswordForm } from "./PasswordForm";
import { ProfileForm } from "./ProfileForm";

export function AccountPage() {
  return (
    <Page title="Account" narrow>
      <Stack>
        <ProfileForm />
        <PasswordForm />
      </Stack>
    </Page>
  );
}
