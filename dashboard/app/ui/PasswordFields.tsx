import { List, PasswordInput, type PasswordInputProps } from "@mantine/core";
import { useId } from "react";
import { passwordRules } from "@/modules/passwordRules";

interface NewPasswordProps extends PasswordInputProps {
  username: string;
  email: string;
}

/** A new password with its rules, each marked as met or not. */
export function NewPassword({ username, email, ...field }: NewPasswordProps) {
  const rules = useId();
  const value = typeof field.value === "string" ? field.value : "";
  return (
    <div>
      <PasswordInput {...field} autoComplete="new-password" required aria-describedby={rules} />
      <List id={rules} size="xs" mt={6} c="dimmed" listStyleType="none" spacing={2}>
        {passwordRules(value, username, email).map(({ text, met }) => (
          <List.Item key={text} c={met ? "var(--cl-good)" : undefined}>
            <span aria-hidden="true">{met ? "✓ " : "· "}</span>
            {text}
            <span className="visually-hidden">{met ? " (met)" : " (not met)"}</span>
          </List.Item>
        ))}
      </List>
    </div>
  );
}
