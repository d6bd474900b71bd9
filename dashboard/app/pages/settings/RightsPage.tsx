import { useMe } from "@/modules/session";
import { Page } from "@/ui/Page";
import { EffectiveRights } from "../user/EffectiveRights";

export function RightsPage() {
  const me = useMe();
  return (
    <Page title="My rights" intro="What you may do, and what gives or takes each right.">
      <EffectiveRights user={me.username} />
    </Page>
  );
}
