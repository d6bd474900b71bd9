// Shows what the server pushes while no page is open, and opens the page that it is about.
self.addEventListener("push", (event) => {
  let message;
  try {
    message = event.data.json();
  } catch {
    return;
  }
  const url = (message.actions && message.actions[0] && message.actions[0].url) || "/inbox";
  event.waitUntil(
    self.registration.showNotification(String(message.title), {
      body: String(message.body || ""),
      tag: String(message.tag || ""),
      icon: "/favicon.svg",
      data: { url: String(url) },
    }),
  );
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  const target = new URL(event.notification.data.url, self.location.origin);
  // Only pages of this deployment: a link to elsewhere is read on the page, where one sees where it leads.
  const page = target.origin === self.location.origin ? target.href : `${self.location.origin}/inbox`;
  event.waitUntil(self.clients.openWindow(page));
});
