import { useQuery } from "@tanstack/react-query";
import { Navigate } from "@tanstack/react-router";
import { firstUserQuery } from "@/api/session";
import { PublicFrame } from "@/ui/PublicFrame";
import { Failure, Loading } from "@/ui/States";
import { SetupForm } from "./SetupForm";

/** Creates the first administrator; afterwards it only leads to the login page. */
export function SetupPage() {
  const exists = useQuery(firstUserQuery);
  if (exists.isError) return <Failure error={exists.error} retry={() => void exists.refetch()} order={1} />;
  if (exists.isPending) return <Loading />;
  if (exists.data) return <Navigate to="/login" replace />;
  return (
    <PublicFrame
      title="Set up this server"
      intro="Create the first account. It administers the server and can invite others."
    >
      <SetupForm />
    </PublicFrame>
  );
}
