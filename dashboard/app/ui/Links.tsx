import { Anchor, type AnchorProps, Button, type ButtonProps } from "@mantine/core";
import { createLink } from "@tanstack/react-router";
import type { ReactNode, Ref } from "react";

interface Extra {
  ref?: Ref<HTMLAnchorElement>;
  children?: ReactNode;
}

/** A route as a text link. */
export const TextLink = createLink((props: AnchorProps & Extra) => <Anchor {...props} />);

/** A route that looks like a button. */
export const ButtonLink = createLink((props: ButtonProps & Extra) => <Button component="a" {...props} />);
