import { notifications } from "@mantine/notifications";
import { describeError } from "@/api/errors";

export function notifyDone(message: string): void {
  notifications.show({ message, color: "verdigris" });
}

export function notifyError(error: unknown): void {
  const { message, detail } = describeError(error);
  notifications.show({ title: message, message: detail ?? "", color: "red", autoClose: 12_000 });
}
