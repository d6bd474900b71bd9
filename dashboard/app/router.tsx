import type { QueryClient } from "@tanstack/react-query";
import { createRouter } from "@tanstack/react-router";
import { CrashPage } from "./pages/errors/CrashPage";
import { MissingPage } from "./pages/errors/MissingPage";
import { accountRoutes } from "./routes/account";
import { administrationRoutes } from "./routes/administration";
import { entryRoutes } from "./routes/entry";
import { root, shell, signedIn } from "./routes/frame";
import { terminal, workRoutes } from "./routes/work";
import { Loading } from "./ui/States";

const tree = root.addChildren([
  ...entryRoutes,
  signedIn.addChildren([
    terminal,
    shell.addChildren([...workRoutes, ...administrationRoutes, ...accountRoutes]),
  ]),
]);

export function createAppRouter(queryClient: QueryClient) {
  return createRouter({
    routeTree: tree,
    context: { queryClient },
    defaultPendingComponent: Loading,
    defaultErrorComponent: CrashPage,
    defaultNotFoundComponent: MissingPage,
    defaultPendingMs: 300,
  });
}

declare module "@tanstack/react-router" {
  interface Register {
    router: ReturnType<typeof createAppRouter>;
  }
}
