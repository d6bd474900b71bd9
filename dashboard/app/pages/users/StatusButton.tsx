import type { User } from "@/api/types";
import { setUserStatus } from "@/api/users";
import { useMe } from "@/modules/session";
import { ActionButton } from "@/ui/ActionButton";
import { refusal } from "@/ui/GuardedButton";

interface StatusButtonProps {
  user: User;
  mayUpdate: boolean | undefined;
  size?: "xs";
  /** Names the person, where many such buttons stand in a list. */
  label?: boolean;
}

/** Shuts an account out, or lets it in again. */
export function StatusButton({ user, mayUpdate, size, label }: StatusButtonProps) {
  const me = useMe();
  const suspends = user.status !== "suspended";
  const deed = suspends ? "Suspend" : "Activate";
  const own = user.id === me.id ? "You cannot suspend your own account." : undefined;
  return (
    <ActionButton
      deed={deed}
      size={size}
      label={label ? `${deed} ${user.username}` : undefined}
      reason={refusal(mayUpdate, "change accounts") ?? own}
      title={`${deed} ${user.username}?`}
      danger={suspends}
      c={undefined}
      run={() => setUserStatus(user.id, suspends ? "suspend" : "activate")}
      done={`${user.username} is ${suspends ? "suspended" : "active again"}.`}
      refresh={[["users"]]}
    >
      {suspends
        ? "Their sessions and open connections end at once, and they cannot sign in. Their workspaces stay."
        : "They can sign in again and reach their workspaces."}
    </ActionButton>
  );
}
