import { subscribeBrowser, unsubscribeBrowser } from "@/api/account";

const WORKER = "/push-worker.js";

/** Whether this browser can be told while no page is open. */
export function canPush(): boolean {
  return "serviceWorker" in navigator && "PushManager" in window && "Notification" in window;
}

async function existing(): Promise<PushSubscription | null> {
  const worker = await navigator.serviceWorker.getRegistration(WORKER);
  return (await worker?.pushManager.getSubscription()) ?? null;
}

/** Whether this browser is subscribed. */
export const isSubscribed = async () => canPush() && (await existing()) !== null;

/** Asks the person, subscribes with the browser's push service, and tells the server. */
export async function subscribe(serverKey: string): Promise<void> {
  if ((await Notification.requestPermission()) !== "granted")
    throw new Error("This browser does not allow notifications from here. Allow them in its settings.");
  await navigator.serviceWorker.register(WORKER);
  const worker = await navigator.serviceWorker.ready;
  const subscription = await worker.pushManager.subscribe({
    userVisibleOnly: true,
    applicationServerKey: serverKey,
  });
  const { endpoint, keys } = subscription.toJSON();
  try {
    await subscribeBrowser({
      endpoint: endpoint ?? "",
      p256dh_key: keys?.p256dh ?? "",
      auth_key: keys?.auth ?? "",
    });
  } catch (error) {
    await subscription.unsubscribe();
    throw error;
  }
}

export async function unsubscribe(): Promise<void> {
  const subscription = await existing();
  if (subscription === null) return;
  await subscription.unsubscribe();
  await unsubscribeBrowser(subscription.endpoint);
}
