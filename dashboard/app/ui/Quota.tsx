import { Progress, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { quotaQuery } from "@/api/organizations";

/** How much of what workspaces may cost is in use. Nothing where nothing costs, is limited or is answered. */
export function Quota({ organization, user, named }: { organization: string; user: string; named?: string }) {
  const { data } = useQuery(quotaQuery(organization, user));
  const free = data?.budget === 0 && data.credits_consumed === 0;
  if (data === undefined || data.budget < 0 || free) return null;
  const { credits_consumed: used, budget } = data;
  const share = budget === 0 ? 100 : Math.min(100, (used / budget) * 100);
  const label = `${used} of ${budget} credits in use${named ? ` in ${named}` : ""}`;
  return (
    <div>
      <Text size="xs" c={used > budget ? "var(--cl-bad)" : "dimmed"}>
        {label}
      </Text>
      <Progress
        value={share}
        size="xs"
        w="12rem"
        aria-label={label}
        color={share >= 100 ? "red" : undefined}
      />
    </div>
  );
}
