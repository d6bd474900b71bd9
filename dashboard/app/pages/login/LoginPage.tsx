import { useQuery } from "@tanstack/react-query";
import { Navigate } from "@tanstack/react-router";
import { firstUserQuery } from "@/api/session";
import { TextLink } from "@/ui/Links";
import { PublicFrame } from "@/ui/PublicFrame";
import { Failure, Loading } from "@/ui/States";
import { LoginForm } from "./LoginForm";

export function LoginPage() {
  const exists = useQuery(firstUserQuery);
  if (exists.isError) return <Failure error={exists.error} retry={() => void exists.refetch()} order={1} />;
  if (exists.isPending) return <Loading />;
  if (!exists.data) return <Navigate to="/setup" replace />;
  return (
    <PublicFrame title="Sign in" intro="Use the account your administrator gave you.">
      <LoginForm />
      <TextLink to="/reset-password" fz="sm" mt="md" display="block">
        I have forgotten my password
      </TextLink>
    </PublicFrame>
  );
}
