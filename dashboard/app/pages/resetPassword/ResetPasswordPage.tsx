import { TextLink } from "@/ui/Links";
import { PublicFrame } from "@/ui/PublicFrame";
import { ResetPasswordForm } from "./ResetPasswordForm";

export function ResetPasswordPage() {
  return (
    <PublicFrame
      title="New password"
      intro="With a one-time code, from a mail of this server or from an administrator."
    >
      <ResetPasswordForm />
      <TextLink to="/login" fz="sm" mt="md" display="block">
        Back to signing in
      </TextLink>
    </PublicFrame>
  );
}
